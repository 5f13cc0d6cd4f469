"""Series of figures and timelines for people: a small chart and a table for every source's line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from onrecord.cli.view.figures import number
from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import STYLES, count_of, days, join, line, listed, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from onrecord.collate.series import Series
    from onrecord.collate.series_lines import Line, Phase, Point
    from onrecord.collate.timelines import TimelineEntry

_BARS = "▁▂▃▄▅▆▇█"
_FIRST, _LAST = 2, 8
"""Points of a long line that are shown at either end."""
_LINES = 8
"""Lines of a series that are shown: those with most points."""
_DIFFERENCES = 5
_BEFORE = {
    "at_least": "at least ", "more_than": "more than ", "about": "about ", "fewer_than": "fewer than ",
    "up_to": "up to ",
}  # fmt: skip
_KINDS = {"total": "running total", "level": "level", "event": "toll of an event", "increment": "additions"}


def value_of(low: float | None, high: float | None, relation: str) -> str:
    """ "more than 3,000", "24–99"."""
    if low is not None and high is not None and low != high:
        return f"{number(low)}–{number(high)}"
    bound = low if low is not None else high
    return _BEFORE.get(relation, "") + number(bound) if bound is not None else "?"


def print_series(console: Console, entries: Sequence[Series]) -> None:
    """Print series, each with its lines and where they differ."""
    if not entries:
        console.print("Nothing in the ledger fits.")
    for n, s in enumerate(entries):
        if n:
            console.print()
        console.print(_head(s))
        for k in s.lines[:_LINES]:
            _print_line(console, k)
        if len(s.lines) > _LINES:
            console.print(Text(f"  and {len(s.lines) - _LINES} sources more: --source NAME, --json", STYLES["faint"]))
        for d in s.differences[-_DIFFERENCES:]:
            told = listed([f"{line(v.name)} {value_of(v.low, v.high, v.relation)}" for v in d.values], " but ")
            console.print(Padding(Text.assemble(("differ ", STYLES["event"]), f"{d.as_of}: {told}"), (0, 0, 0, 2)))
        if len(s.differences) > _DIFFERENCES:
            console.print(
                Text(f"  and {len(s.differences) - _DIFFERENCES} days more on which they differ", STYLES["faint"])
            )


def _head(s: Series) -> Text:
    what = f"{plain(s.measure)}: {s.population}" if s.population else plain(s.measure)
    where = line(s.place) if s.place else "place not told"
    unit = f"in {line(s.unit)}" if s.unit else ""
    return join(
        Text(what, STYLES["head"]), Text(where, STYLES["place"]), _KINDS[s.change], unit, days(s.begin, s.until)
    )


def _print_line(console: Console, k: Line) -> None:
    chart = Text(_chart(k.points), STYLES["figure"])
    anonymous = "unnamed" if k.naming in ("anonymous", "none") else ""
    console.print(Padding(join(Text(line(k.name), STYLES["source"]), anonymous, chart), (0, 0, 0, 2)))
    columns = (
        Column("as of", 12, style=STYLES["time"]), Column("value", 12, 22, style=STYLES["figure"], right=True),
        Column("", 24, share=1),
    )  # fmt: skip
    table = fitted(columns, console.width - 4)
    table.show_header = False
    shown = k.points if len(k.points) <= _FIRST + _LAST + 1 else (*k.points[:_FIRST], None, *k.points[-_LAST:])
    for p in shown:
        if p is None:
            table.add_row("…", "", Text(f"{len(k.points) - _FIRST - _LAST} more", STYLES["faint"]))
            continue
        table.add_row(_day(p), value_of(p.low, p.high, p.relation), _about(p, k))
    console.print(Padding(table, (0, 0, 0, 4)))


def _day(p: Point) -> str:
    if p.as_of is None:
        return "undated"
    return p.as_of + (" ?" if p.dated_by == "report" else "")


def _about(p: Point, k: Line) -> Text:
    """How a point came to be: reported later, by how many, corrected, a new count."""
    late = f"reported {p.reported}" if p.reported and p.reported != p.as_of else ""
    by = f"by {listed(list(p.outlets))}" if p.outlets and list(p.outlets) != [k.name] else ""
    told = f"in {count_of(p.stories, 'reports')}" if p.stories > 1 else ""
    revised = Text("corrects the one before", STYLES["cue"]) if p.revises else ""
    return join(
        _begins(p, k), revised, Text(" ".join(filter(None, (late, by))), STYLES["faint"]), Text(told, STYLES["faint"])
    )


def _begins(p: Point, k: Line) -> Text | str:
    """What is said where a phase begins, in a line of more than one."""
    phase: Phase = k.phases[p.phase - 1]
    first = next(q for q in k.points if q.phase == p.phase)
    if first is not p:
        return Text(f"count {p.phase}", STYLES["faint"]) if len(k.phases) > 1 else ""
    since = f" since {phase.since}" if phase.since else ""
    if len(k.phases) == 1:
        return f"counted{since}" if since else ""
    word = f"starts anew, count {p.phase}{since}" if phase.restart else f"count {p.phase}{since}"
    return Text(word, STYLES["cue"] if phase.restart else STYLES["faint"])


def _chart(points: Sequence[Point]) -> str:
    """A bar per point, as high as its share of the highest."""
    if len(points) < 3:
        return ""
    most = max(p.value for p in points) or 1
    return "".join(_BARS[min(7, int(8 * p.value / most))] for p in points[-60:])


def print_timeline(console: Console, entries: Sequence[TimelineEntry]) -> None:
    """Print the days of a timeline."""
    if not entries:
        console.print("Nothing in the ledger fits.")
        return
    columns = (
        Column("day", 10, style=STYLES["time"]), Column("reports", 7, right=True), Column("", 30, share=1),
        Column("from", 12, style=STYLES["id"]),
    )  # fmt: skip
    table = fitted(columns, console.width)
    for e in entries:
        table.add_row(e.day, f"{e.reports:,}", line(e.line), e.report)
    console.print(table)
