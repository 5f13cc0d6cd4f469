"""A packed WARC file of invented articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.intake.warcs import warc

if TYPE_CHECKING:
    from pathlib import Path


def page(number: int, word: str = "quiet") -> bytes:
    body = "".join(
        f"<p>{name} said that the {word} talks on lake number {number} would go on, and that {n + 3} killed is a figure "
        "which nobody in the harbour towns had confirmed by the end of the long day.</p>"
        for n, name in enumerate(("Maren", "Tesh", "Varda", "Orlo"))
    )
    return (
        f"<html lang='en'><head><title>Talks {number}</title></head><body><article><h1>Talks {number} go on</h1>"
        f"{body}</article></body></html>"
    ).encode()


def archive(path: Path, count: int, deadly: int | None = None) -> Path:
    """A file with so many articles; one of them may be deadly (see `jobs.Deadly`)."""
    pages = [
        (f"https://orm.example/{n}", 200, "text/html", page(n, "deadly" if n == deadly else "quiet"))
        for n in range(count)
    ]
    path.write_bytes(warc(True, *pages))
    return path
