"""Positions over time for people: what a party held, since when, what changed, who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.view.parts import given, hanging
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import STYLES, count_of, days, join, listed, plain, quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, Group

    from onrecord.collate.position_history import Change, History, Stand


def print_histories(console: Console, entries: Sequence[History]) -> None:
    """Print histories, one table each."""
    if not entries:
        console.print("Nothing in the ledger fits.")
    for n, h in enumerate(entries):
        if n:
            console.print()
        span = days(h.begin, h.until) if h.begin else ""
        console.print(join(Text(h.party.name, STYLES["actor"]), Text(plain(h.issue), STYLES["head"]), span))
        columns = (
            Column("since", 12, 23, style=STYLES["time"]),
            Column("", 10, style=STYLES["cue"]),
            Column("", 30, share=1),
        )
        table = fitted(columns, console.width)
        table.show_header = False
        for s in h.stands:
            table.add_row(days(s.day, s.last) if s.day else "undated", plain(s.stance), _stand(s))
        console.print(table)


def _stand(s: Stand) -> Group:
    words = Text(quote([s.text]), STYLES["content"])
    gives = [given(g.issue, g.text) for g in s.gives]
    toward = f"of {listed([p.name for p in s.toward])}" if s.toward else ""
    sureties = f"guarantor: {listed([p.name for p in s.guarantors])}" if s.guarantors else ""
    by = {"own": "", "other": "as the other side tells it", "report": ""}[s.told_by]
    names = f"according to {listed([v.name for v in s.voices])}" if s.voices else ""
    told = f"in {count_of(s.stories, 'reports')}" if s.stories > 1 else ""
    past = "past" if s.past else ""
    return hanging(
        words, *gives, join(toward, sureties, past, Text(join(names, by, told).plain, STYLES["faint"])),
        *(_change(c) for c in s.changes),
    )  # fmt: skip


def _change(c: Change) -> Text:
    """What is different from the entry before."""
    style = STYLES["event"] if c.turn else STYLES["head"]
    if c.field == "stance":
        return Text.assemble(
            ("→ ", style), f"before: {plain(c.before)}", (", now the other side" if c.turn else "", style)
        )
    names = {"extent": "how much", "gives": "gives", "toward": "of"}
    return Text.assemble(("→ ", style), f"{names[c.field]}: {plain(c.after)}, before: {plain(c.before) or 'nothing'}")
