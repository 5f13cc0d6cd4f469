"""One happening or one group of copies explained: everyone's words side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from onrecord.cli.view.collated import STANDING_STYLES, STANDING_WORDS, counts, link_lines, some, when
from onrecord.cli.view.parts import sides
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import STYLES, count_of, heading, join, known, labelled, line, once, plain, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from onrecord.collate.entities import AccountOf, CopiesEntry, Happening, LinkEntry

_DAY = len("2025-05-22")
_WORDS = 400
"""Characters of an account's words that are shown."""
_SAID = {
    "one_source": "A single source tells of it",
    "one_side": "Only sources of one side tell of it",
    "both_sides": "Sources of both sides tell of it",
    "independent": "Unrelated sources tell of it",
    "disputed": "It is denied, or told differently, by another source",
    "withdrawn": "Every report of it has been withdrawn or superseded",
}
"""What a standing says; never whether it is true."""


def print_happening(
    console: Console, happening: Happening, accounts: Sequence[AccountOf], links: Sequence[LinkEntry]
) -> None:
    """Print a happening: what it is, what stands behind it, its accounts, what they are to each other."""
    h = happening
    console.print(join(Text(h.id, STYLES["head"]), "happening"))
    console.print(join(Text(h.type, STYLES["event"]), ", ".join(map(plain, h.modes)), known(h.status)))
    for name, value in (
        ("when", when(h).plain.replace("\n", " ")), ("who", sides(h.actors, h.recipients)), ("with", some(h.others)),
        ("where", some(h.places)), ("figures", "; ".join(line(f) for f in h.figures)),
    ):  # fmt: skip
        if value:
            console.print(labelled(f"  {name}: ", value))
    word = Text(STANDING_WORDS[h.standing.standing], STANDING_STYLES[h.standing.standing])
    said = join(word, _SAID[h.standing.standing], counts(h.standing))
    console.print(labelled("  standing: ", said))
    console.print()
    console.print(heading("Accounts"))
    table = fitted(_COLUMNS, console.width)
    for account in accounts:
        table.add_row(*_row(account))
    console.print(table)
    if links:
        console.print()
        console.print(heading("What they are to each other"))
        for link in links:
            console.print(link_lines(link))


_COLUMNS = (Column("said", 10, style=STYLES["time"]), Column("source", 16, 24, share=1), Column("words", 30, share=3))


def _row(a: AccountOf) -> tuple[Any, ...]:
    if a.own_voice:
        source = join(Text(line(a.source), STYLES["source"]), Text("the report itself", STYLES["faint"]), by="\n")
    else:
        source = join(Text(line(a.source), STYLES["source"]), Text(a.naming, STYLES["faint"]), by="\n")
    says = Text("denies: ", STYLES["event"]) if a.denies else Text("")
    words = Text.assemble(says, (quote([a.words], _WORDS), STYLES["content"]))
    figures = Text("; ".join(map(line, a.values)), STYLES["figure"])
    taken_back = Text(a.withdrawn or "", STYLES["event"])
    copied = f"carried by {count_of(a.copies, 'reports')}" if a.copies > 1 else ""
    report = join(*once((a.publisher, a.agency)), (a.published or "")[:_DAY], copied)
    trace = join(Text(a.id, STYLES["id"]), Text(report.plain, STYLES["faint"]))
    return a.said or "undated", source, join(words, figures, taken_back, trace, by="\n")


def happening_json(happening: Happening, accounts: Sequence[AccountOf], links: Sequence[LinkEntry]) -> dict[str, Any]:
    """What `--json` prints."""
    told = {"accounts": [a.to_json() for a in accounts], "links": [k.to_json() for k in links]}
    return {**happening.to_json(), "kind": "happening", "number_of_accounts": happening.accounts, **told}


def print_copies(console: Console, entry: CopiesEntry) -> None:
    """Print a group of copies: where it goes back to and who carries it."""
    console.print(join(Text(entry.id, STYLES["head"]), f"{count_of(entry.reports, 'reports')} of one text"))
    for name, value in (
        ("title", line(entry.title or "")), ("origin", entry.origin), ("agency", line(entry.agency or "")),
        ("published by", line(entry.publisher or "")), ("outlets", some(entry.outlets, 20)),
        ("reports", " ".join(entry.keys)),
    ):  # fmt: skip
        if value:
            console.print(labelled(f"  {name}: ", value))
