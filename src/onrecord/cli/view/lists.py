"""The ledger's answers as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from onrecord.cli.view.figures import figure_value, figure_what, figure_when
from onrecord.cli.view.judgements import judged_shortly
from onrecord.cli.view.parts import act, event_type, given, hanging, sides
from onrecord.cli.view.reading import side_by_side
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import (
    STYLES,
    count_of,
    days,
    heading,
    join,
    known,
    line,
    listed,
    once,
    plain,
    quote,
    quote_with_sentence,
)
from onrecord.records import Agreement, Event, Figure, Position, Statement, Talks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console, RenderableType

    from onrecord.ledger import Entry, ReportEntry, SourceEntry
    from onrecord.records import Span

_DAY = len("2025-05-22")
_SHORT = 160
"""Characters of a quote in a table: a cell must not fill the screen."""
_OPENING = 90
"""Characters of a report's opening that stand for its title."""


def print_list(console: Console, view: str, entries: Sequence[Any]) -> None:
    """Print what `Ledger.<view>` answered."""
    if not entries:
        console.print("Nothing in the ledger fits.")
        return
    if view == "positions":
        _print_positions(console, entries)
        return
    columns, row = _TABLES.get(view, _TABLES["timeline"])
    table = fitted(columns, console.width)
    for entry in entries:
        table.add_row(*row(entry))
    console.print(table)


def _when(entry: Entry, by: str = "\n") -> Text:
    """The record's days; where it has none of its own, the report's, marked."""
    if entry.dated_by == "stated":
        return Text(days(entry.begin, entry.until), STYLES["time"])
    day = entry.begin or entry.until or entry.reported
    return join(Text(days(day, day), STYLES["time"]), Text("reported", STYLES["faint"]) if day else "", by=by)


def _trace(entry: Entry, by: str = " · ") -> Text:
    """The record's id, where it was published, and what a person decided on it."""
    outlet = line(entry.report.publisher or entry.report.agency or "")
    decided = judged_shortly(entry.judged) if entry.judged is not None else ""
    return join(Text(entry.id, STYLES["id"]), Text(outlet, STYLES["faint"]), Text(decided, STYLES["cue"]), by=by)


def _told(entry: Entry) -> str:
    return listed(entry.names.get("according_to", ())) or "the report"


def _words(entry: Entry, span: Span | None) -> str:
    """The record's words, or their sentence where they are few."""
    return quote_with_sentence(span.text, entry.sentence) if span is not None else ""


def _statement(entry: Entry) -> tuple[RenderableType, ...]:
    record = entry.record
    assert isinstance(record, Statement)
    chain = [line(name) for name in entry.names.get("chain", ())]
    source = join(Text(" via ".join(reversed(chain)), STYLES["source"]), plain(record.source.naming), by="\n")
    words = quote([c.text for c in record.content], _SHORT) if record.content else ""
    said = join(act(record), Text(words, STYLES["content"]), by=" ")
    return _when(entry), source, join(said, _trace(entry), by="\n")


def _happening(entry: Entry) -> tuple[RenderableType, ...]:
    record, names = entry.record, entry.names
    there = listed(names.get("places", ()))
    where = f"in {there}" if there else ""
    told = f"according to {_told(entry)}"
    if isinstance(record, Event):
        what, who = event_type(record), sides(names.get("actors", ()), names.get("recipients", ()))
        words, detail = _words(entry, record.text or record.trigger), join(known(record.status), where, told)
    elif isinstance(record, Talks):
        what, who = Text("talks", STYLES["event"]), listed(names.get("parties", ()))
        words, detail = _words(entry, record.span), join(known(record.outcome), where, told)
    else:
        assert isinstance(record, Agreement)
        what, who = Text("agreement", STYLES["event"]), listed(names.get("parties", ()))
        stages = ", ".join(f"stage {s.ordinal} {plain(s.status)}" for s in record.stages)
        words = quote([record.name]) if record.name else _words(entry, record.span)
        detail = join(known(record.status), stages, told)
    told_by = join(Text(who, STYLES["head"]), Text(words, STYLES["content"]), detail, _trace(entry), by="\n")
    return _when(entry), what, told_by


def _figure(entry: Entry) -> tuple[RenderableType, ...]:
    record = entry.record
    assert isinstance(record, Figure)
    there = listed(entry.names.get("places", ()))
    what = join(figure_what(record), f"in {there}" if there else "")
    stated = figure_when(record) if entry.dated_by == "stated" else ""
    return stated or _when(entry), figure_value(record), what, _told(entry), _trace(entry, by="\n")


def _source(entry: SourceEntry) -> tuple[RenderableType, ...]:
    heard = days(entry.first, entry.last)
    return line(entry.name), plain(entry.kind), entry.naming, f"{entry.statements:,}", f"{entry.reports:,}", heard


def _report(entry: ReportEntry) -> tuple[RenderableType, ...]:
    report = entry.report
    counts = ", ".join(count_of(n, name) for name, n in entry.counts.items() if n) or "nothing found"
    opening = quote([entry.opening], _OPENING) if entry.opening else "(no title)"
    title = Text(line(report.title), STYLES["head"]) if report.title else Text(opening)
    outlet = join(*once((report.publisher, report.agency)))
    return (report.published or "unknown")[:_DAY], join(title, outlet, counts, by="\n"), report.key


_WHEN = Column("when", 12, style=STYLES["time"])
_TABLES: dict[str, tuple[tuple[Column, ...], Callable[[Any], tuple[RenderableType, ...]]]] = {
    "timeline": ((_WHEN, Column("what", 14), Column("who, words, status", 20, share=1)), _happening),
    "statements": ((_WHEN, Column("source", 18, 22, share=1), Column("act and words", 20, share=2)), _statement),
    "figures": (
        (_WHEN, Column("value", 11, share=2, style=STYLES["figure"]), Column("what", 14, share=4),
         Column("according to", 14, share=3), Column("id", 17)),
        _figure,
    ),
    "sources": (
        (Column("source", 20, 30, share=1, style=STYLES["source"]), Column("kind", 12, 14), Column("naming", 9),
         Column("statements", 10, right=True), Column("reports", 7, right=True),
         Column("heard", 12, 23, style=STYLES["time"])),
        _source,
    ),
    "reports": (
        (Column("published", 10, style=STYLES["time"]), Column("report", 20, share=1),
         Column("key", 12, style=STYLES["id"])),
        _report,
    ),
}  # fmt: skip
"""View -> its columns and what makes a row."""


def _print_positions(console: Console, entries: Sequence[Entry]) -> None:
    """Issue by issue, the parties side by side."""
    issues: dict[str, dict[str, list[RenderableType]]] = {}
    for entry in entries:
        record = entry.record
        assert isinstance(record, Position)
        party = listed(entry.names.get("parties", ())) or "party not named"
        issues.setdefault(record.issue, {}).setdefault(party, []).append(_position(entry, record))
    for number, (issue, columns) in enumerate(issues.items()):
        if number:
            console.print()
        console.print(heading(plain(issue)))
        for table in side_by_side(columns, console.width):
            console.print(table)


def _position(entry: Entry, record: Position) -> RenderableType:
    head = Text.assemble((plain(record.stance), STYLES["cue"]), " ", (_words(entry, record.span), STYLES["content"]))
    sureties = listed(entry.names.get("guarantors", ()))
    told = join(f"guarantor: {sureties}" if sureties else "", f"according to {_told(entry)}")
    return hanging(head, *(given(g.issue, g.span.text) for g in record.gives), told, _when(entry, " · "), _trace(entry))
