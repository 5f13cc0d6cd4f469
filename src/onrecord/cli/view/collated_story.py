"""A story's page for people: timeline, voices, disputes, and the sections that others add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from onrecord.cli.view.collated import body, print_disputes, standing_text, when
from onrecord.cli.view.history import print_histories
from onrecord.cli.view.series import print_series
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.tracks import print_tracks
from onrecord.cli.view.words import STYLES, count_of, days, heading, join, line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from onrecord.collate.story import Story

_VOICES = 15
"""Sources that a page shows."""

PRINTERS: dict[str, Callable[[Console, Sequence[Any]], None]] = {
    "figures over time": print_series,
    "positions over time": print_histories,
    "negotiations": print_tracks,
}
"""Heading of a further section -> what prints its entries."""


def print_story(console: Console, page: Story) -> None:
    """Print the page of a story."""
    if not page.timeline:
        console.print(f"No sentence in the ledger that tells of an event holds all of “{line(page.query)}”.")
        console.print("Fewer words find more; `onrecord show happenings` lists everything.")
        return
    span = days(page.first, page.last)
    happenings = count_of(page.happenings, "happenings")
    more = "more than " if "disputes" in page.cut else ""
    disputed = f"{more}{len(page.disputes):,} disputed" if page.disputes else ""
    console.print(join(Text(line(page.query), STYLES["head"]), span, happenings, disputed))
    console.print()
    _timeline(console, page)
    _voices(console, page)
    if page.disputes:
        console.print()
        console.print(heading("Where accounts differ"))
        print_disputes(console, page.disputes)
        _more(console, page, "disputes")
    for name, entries in page.sections.items():
        if entries:
            console.print()
            console.print(heading(name.capitalize()))
            PRINTERS[name](console, entries)
            _more(console, page, name)


def _more(console: Console, page: Story, name: str) -> None:
    if name in page.cut:
        console.print(Text("… and more: --limit shows more", STYLES["faint"]))


def _timeline(console: Console, page: Story) -> None:
    more = page.happenings - len(page.timeline)
    console.print(heading("Timeline" if not more else "Timeline, those of which most reports tell"))
    table = fitted(
        (Column("when", 12, style=STYLES["time"]), Column("what", 14), Column("", 20, share=1)), console.width
    )
    table.show_header = False
    for h in page.timeline:
        table.add_row(when(h), join(Text(h.type, STYLES["event"]), standing_text(h.standing), by="\n"), body(h))
    console.print(table)
    if more:
        console.print(Text(f"… and {more:,} more: --limit shows more, --since and --until narrow", STYLES["faint"]))


def _voices(console: Console, page: Story) -> None:
    console.print()
    console.print(heading("Who says what"))
    columns = (
        Column("source", 20, 34, share=1, style=STYLES["source"]), Column("tells of", 8, right=True),
        Column("alone", 6, right=True), Column("denies", 6, right=True),
    )  # fmt: skip
    table = fitted(columns, console.width)
    for v in page.voices[:_VOICES]:
        table.add_row(line(v.name), f"{v.happenings:,}", f"{v.alone:,}", f"{v.denies:,}" if v.denies else "")
    console.print(table)
    if len(page.voices) > _VOICES:
        console.print(Text(f"and {len(page.voices) - _VOICES:,} more", STYLES["faint"]))
