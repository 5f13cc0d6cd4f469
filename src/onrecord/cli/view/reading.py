"""One reading as a record for people: header, statements by source, timeline, positions, figures, talks, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.view import parts
from onrecord.cli.view.context import Context
from onrecord.cli.view.figures import figure_value, figure_what, figure_when
from onrecord.cli.view.marked import print_text
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import STYLES, event_days, heading, join, labelled, line, listed, once, plain, quote

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from onrecord.records import Reading, Report, Statement

_KEY = 12
_FIGURES = (
    Column("", 4, style=STYLES["id"]),
    Column("value", 13, share=2, style=STYLES["figure"]),
    Column("what", 14, share=4),
    Column("as of", 12, style=STYLES["time"]),
    Column("according to", 14, share=3),
)
_NOTED = 60
"""Characters of the words that a note is about."""
_PARTY_COLUMN = 36
"""Columns that a party's positions need at least; two parties stand side by side at 80."""


def print_reading(console: Console, reading: Reading, *, with_text: bool = False) -> None:
    """Print a reading; with `with_text`, its text with the spans marked comes after the header."""
    names = Context(reading)
    _print_header(console, reading, names)
    if with_text:
        _section(console, "Text", None)
        print_text(console, reading)
    _print_statements(console, reading, names)
    _print_events(console, reading, names)
    _print_positions(console, reading, names)
    _print_figures(console, reading, names)
    for title, records in (("Talks", reading.talks), ("Agreements", reading.agreements)):
        if records:
            _section(console, title, len(records))
        for record in records:
            lines = parts.talks_lines(record, names) if title == "Talks" else parts.agreement_lines(record, names)  # type: ignore[arg-type]
            console.print(_with_id(record.id, lines))
    _print_notes(console, reading)


def side_by_side(columns: dict[str, list[RenderableType]], width: int) -> list[Table]:
    """Parties side by side, each with its lines below it; as many tables as the width makes needed."""
    at_once = max(1, width // _PARTY_COLUMN)
    names = list(columns)
    tables = []
    for first in range(0, len(names), at_once):
        shown = names[first : first + at_once]
        table = Table(box=None, padding=(0, 2, 0, 0), expand=True, show_edge=False, header_style=STYLES["source"])
        for name in shown:
            table.add_column(Text(line(name)), ratio=1, overflow="fold")
        table.add_row(*(Group(*columns[name]) for name in shown))
        tables.append(table)
    return tables


def _section(console: Console, title: str, count: int | None) -> None:
    console.print()
    shown = f"{title} ({count})" if count is not None else title
    console.print(heading(shown))


def _with_id(record_id: str, what: RenderableType) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=4, style=STYLES["id"], no_wrap=True)
    table.add_column(ratio=1)
    table.add_row(record_id, what)
    return table


def _print_header(console: Console, reading: Reading, names: Context) -> None:
    report = reading.report
    if report.title:
        console.print(Text(line(report.title), STYLES["head"]))
    key = Text(f"report {report.id.removeprefix('sha256:')[:_KEY]}", STYLES["id"])
    console.print(join(*once((report.publisher, report.agency, report.byline)), key))
    if report.dateline is not None:
        place = listed(names.of_places([report.dateline.place] if report.dateline.place else []))
        told = join(line(report.dateline.span.text), place, report.dateline.date or "")
        console.print(labelled("dateline ", told))
    console.print(_dates(report))
    if report.url:
        console.print(Text(line(report.url), STYLES["faint"]))


def _dates(report: Report) -> Text:
    published = f"published {report.published} ({report.published_basis})" if report.published else "date unknown"
    anchor = f"read as of {report.anchor} ({report.anchor_basis})" if report.anchor else ""
    return join(published, anchor, report.language or "")


def _print_statements(console: Console, reading: Reading, names: Context) -> None:
    if not reading.statements:
        return
    _section(console, "Statements", len(reading.statements))
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for statement in reading.statements:
        groups.setdefault(names.chain(statement), []).append(statement)
    for chain, statements in groups.items():
        console.print(_source_line(chain, statements[0]))
        for statement in statements:
            console.print(Padding(_with_id(statement.id, parts.statement_line(statement, names)), (0, 0, 0, 2)))


def _source_line(chain: tuple[str, ...], statement: Statement) -> Text:
    """ "Israeli diplomatic source · unnamed person, anonymous · via Kan TV"."""
    source = statement.source
    kind = ", ".join(plain(w) for w in (source.kind, source.naming) if w not in {"unknown", "none"})
    outer = [line(name) for name in reversed(chain[:-1])]
    via = "via " + " via ".join(outer) if outer else ""
    inherited = "(carried over)" if any(link.inherited for link in statement.chain) else ""
    return join(Text(line(chain[-1]), STYLES["source"]), kind, join(via, inherited, by=" "))


def _print_events(console: Console, reading: Reading, names: Context) -> None:
    if not reading.events:
        return
    _section(console, "Events", len(reading.events))
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=4, style=STYLES["id"], no_wrap=True)
    table.add_column(width=13, style=STYLES["time"])
    table.add_column(width=14)
    table.add_column(ratio=1)
    known = sorted(reading.events, key=lambda e: e.time.begin or e.time.until or "9999")
    for event in known:
        table.add_row(event.id, event_days(event.time), parts.event_type(event), parts.event_lines(event, names))
    console.print(table)


def _print_positions(console: Console, reading: Reading, names: Context) -> None:
    if not reading.positions:
        return
    _section(console, "Positions", len(reading.positions))
    columns: dict[str, list[RenderableType]] = {}
    for position in reading.positions:
        party = listed(names.of_actors(position.parties)) or "party not named"
        shown = parts.hanging(*parts.position_pieces(position, names))
        columns.setdefault(party, []).append(_with_id(position.id, shown))
    for table in side_by_side(columns, console.width):
        console.print(table)


def _print_figures(console: Console, reading: Reading, names: Context) -> None:
    if not reading.figures:
        return
    _section(console, "Figures", len(reading.figures))
    table = fitted(_FIGURES, console.width)
    for f in reading.figures:
        told = listed(names.according_to(f.according_to)) or "the report"
        there = listed(names.of_places(f.places))
        what = join(figure_what(f), f"in {there}" if there else "")
        table.add_row(f.id, figure_value(f), what, figure_when(f), told)
    console.print(table)


def _print_notes(console: Console, reading: Reading) -> None:
    if not reading.notes:
        return
    _section(console, "Notes", len(reading.notes))
    for note in reading.notes:
        words = Text(quote([note.span.text], _NOTED), STYLES["content"]) if note.span is not None else ""
        console.print(labelled(f"{note.code} ", join(line(note.message), words, by=" ")))
