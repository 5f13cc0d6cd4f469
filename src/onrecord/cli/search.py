"""`onrecord search`: words into the reports, statements and actors that hold them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import DateType, ledger_option, open_ledger, output, put_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from onrecord.ledger.search import Hit

_KINDS = ("reports", "statements", "actors")
_LIMIT = 10


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--in", "kinds", type=click.Choice(_KINDS), multiple=True, help="Only these. May be given twice.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LIMIT,
    show_default=True,
    metavar="N",
    help="At most so many of each.",
)
@click.option("--as-known-on", type=DateType(), help="As the ledger knew it at the end of this day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@ledger_option
def search(
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    as_known_on: str | None,
    as_json: bool,
    ledger: str | None,
) -> None:
    """Find WORDS in reports, statements and names of actors, the best hits first.

    All words must be there, in any order, accents and case aside; "a phrase" in double quotes as it stands.
    """
    from onrecord.ledger.search import search as find

    asked = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with open_ledger(ledger, create=False) as kept:
        hits = find(kept, asked, kinds=kinds or _KINDS, limit=limit, as_known_on=as_known_on)
    if as_json:
        for hit in hits:
            put_line(json.dumps(hit.to_json(), ensure_ascii=False))
    else:
        _print(output(), hits)


def _print(console: Console, hits: Sequence[Hit]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from onrecord.cli.view.words import STYLES, count_of, heading, join, line, safe

    if not hits:
        console.print("Nothing in the ledger fits.")
    shown = ""
    for hit in hits:
        if hit.kind != shown:
            if shown:
                console.print()
            console.print(heading(hit.kind.capitalize()))
            shown = hit.kind
        often = count_of(hit.reports, "reports") if hit.kind == "actors" else ""
        about = (hit.day or "", line(hit.name or ""), often or line(hit.publisher or ""))
        console.print(join(Text(hit.id, STYLES["id"]), *about))
        words = Text()
        at = 0
        for start, end in hit.marks:
            words.append(safe(hit.snippet[at:start]))
            words.append(safe(hit.snippet[start:end]), STYLES["head"])
            at = end
        words.append(safe(hit.snippet[at:]))
        console.print(Padding(words, (0, 0, 0, 2)))
