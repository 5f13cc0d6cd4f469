"""Without an extra, its forms are rejected with what to install; importing the package loads none of them."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from onrecord.intake import Rejected, take_bytes
from onrecord.intake.web import http_fetcher
from tests.intake.samples import ATOM, newsml, page
from tests.intake.warcs import warc

EXTRAS = ("feedparser", "httpx2", "httpcore2", "protego", "fastwarc", "NewsMLG2", "lxml", "trafilatura", "py3langid")


@pytest.mark.parametrize(
    ("package", "extra", "data"),
    [("feedparser", "fetch", ATOM), ("NewsMLG2", "wire", newsml().encode()),
     ("fastwarc", "warc", warc(True, ("https://orm.example/1", 200, "text/html", page())))],
)  # fmt: skip
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, package: str, extra: str, data: bytes) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    (found,) = take_bytes(io.BytesIO(data), "-")
    assert isinstance(found, Rejected)
    assert (found.code, f"onrecord[{extra}]" in found.message) == ("OR-I05", True)


@pytest.mark.parametrize("package", ["httpx2", "protego"])
def test_without_its_packages_there_is_no_fetcher(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert http_fetcher() is None


def test_importing_loads_nothing_that_is_heavy_or_optional() -> None:
    code = f"import sys, onrecord, onrecord.intake, onrecord.cli.add, onrecord.cli.watch; print([m for m in {EXTRAS!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
