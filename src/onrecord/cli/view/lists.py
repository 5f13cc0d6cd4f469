"""The ledger's answers as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.cli.view.parts import figure_what, figure_when, sides
from onrecord.cli.view.reading import side_by_side
from onrecord.cli.view.words import STYLES, days, figure_value, join, line, listed, plain, quote
from onrecord.records import Agreement, Event, Figure, Position, Statement, Talks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from onrecord.ledger import Entry, ReportEntry, ReportRef, SourceEntry

_DAYS = 12
"""Columns of a day and a dash."""
_SHORT = 110
"""Characters of a quote in a table: a cell must not fill the screen."""


def print_list(console: Console, view: str, entries: Sequence[Any]) -> None:
    """Print what `Ledger.<view>` answered."""
    if not entries:
        console.print("Nothing in the ledger fits.")
        return
    if view == "positions":
        _print_positions(console, entries)
        return
    heads, row = _TABLES.get(view, _TABLES["timeline"])
    table = Table(box=None, padding=(0, 1, 0, 0), expand=True, header_style=STYLES["faint"])
    for head, style, ratio in heads:
        width = _DAYS if head == "when" else None
        table.add_column(head, style=style, width=width, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    for entry in entries:
        table.add_row(*row(entry))
    console.print(table)


def _when(entry: Entry) -> str:
    mark = " ?" if entry.dated_by == "report" else ""
    return days(entry.begin, entry.until) + mark


def _outlet(report: ReportRef) -> str:
    return line(report.publisher or report.agency or "")


def _trace(entry: Entry) -> Text:
    """The record's id and, below it, where it was published."""
    return join(Text(entry.id, STYLES["id"]), Text(_outlet(entry.report), STYLES["faint"]), by="\n")


def _told(entry: Entry) -> str:
    return listed(entry.names.get("according_to", ())) or "the report"


def _statement(entry: Entry) -> tuple[Text | str, ...]:
    record = entry.record
    assert isinstance(record, Statement)
    chain = [line(name) for name in entry.names.get("chain", ())]
    source = Text(" via ".join(reversed(chain)), STYLES["source"])
    act = plain(record.act) + (" (not)" if record.polarity == "negative" else "")
    words = quote([c.text for c in record.content], _SHORT) if record.content else ""
    what = join(Text(act, STYLES["cue"]), Text(words, STYLES["content"]), by=" ")
    return _when(entry), join(source, plain(record.source.naming), by="\n"), what, _trace(entry)


def _happening(entry: Entry) -> tuple[Text | str, ...]:
    record, names = entry.record, entry.names
    there = listed(names.get("places", ()))
    where = f"in {there}" if there else ""
    if isinstance(record, Event):
        what = Text(record.type, STYLES["event"])
        if record.modes:
            what.append("\n" + ", ".join(record.modes), STYLES["faint"])
        who = sides(names.get("actors", ()), names.get("recipients", ()))
        words = quote([record.text.text if record.text is not None else record.trigger.text], _SHORT)
        detail = join(plain(record.status), where, f"according to {_told(entry)}")
    elif isinstance(record, Talks):
        what, who = Text("talks", STYLES["event"]), listed(names.get("parties", ()))
        words, detail = quote([record.span.text], _SHORT), join(plain(record.outcome), where)
    else:
        assert isinstance(record, Agreement)
        what, who = Text("agreement", STYLES["event"]), listed(names.get("parties", ()))
        stages = ", ".join(f"stage {s.ordinal} {plain(s.status)}" for s in record.stages)
        words, detail = quote([record.name or record.span.text], _SHORT), join(plain(record.status), stages)
    return _when(entry), what, join(Text(who, STYLES["head"]), words, detail, by="\n"), _trace(entry)


def _figure(entry: Entry) -> tuple[Text | str, ...]:
    record = entry.record
    assert isinstance(record, Figure)
    value = Text(figure_value(record), STYLES["figure"])
    there = listed(entry.names.get("places", ()))
    what = join(figure_what(record), f"in {there}" if there else "")
    return figure_when(record) or _when(entry), value, what, _told(entry), _trace(entry)


def _source(entry: SourceEntry) -> tuple[Text | str, ...]:
    name = Text(line(entry.name), STYLES["source"])
    heard = days(entry.first, entry.last)
    return name, plain(entry.kind), entry.naming, str(entry.statements), str(entry.reports), heard


def _report(entry: ReportEntry) -> tuple[Text | str, ...]:
    report = entry.report
    counts = ", ".join(f"{n} {name}" for name, n in entry.counts.items() if n) or "nothing found"
    title = Text(line(report.title or "(no title)"), STYLES["head"])
    outlet = join(*(line(part) for part in (report.publisher, report.agency) if part))
    return report.published or "unknown", join(title, outlet, counts, by="\n"), Text(report.key, STYLES["id"])


_Heads = tuple[tuple[str, str, int], ...]
_WHEN = ("when", STYLES["time"], 1)
_ID = ("id", "", 0)
_TABLES: dict[str, tuple[_Heads, Callable[[Any], tuple[Text | str, ...]]]] = {
    "timeline": ((_WHEN, ("what", "", 3), ("who, words, status", "", 10), _ID), _happening),
    "statements": ((_WHEN, ("source", "", 5), ("act and words", "", 9), _ID), _statement),
    "figures": ((_WHEN, ("value", "", 3), ("what", "", 5), ("according to", "", 4), _ID), _figure),
    "sources": (
        (("source", "", 4), ("kind", "", 2), ("naming", "", 2), ("statements", "", 0), ("reports", "", 0),
         ("heard", "", 3)),
        _source,
    ),
    "reports": ((("published", STYLES["time"], 3), ("report", "", 10), _ID), _report),
}  # fmt: skip
"""View -> its columns (heading, style, share of the width; 0 as wide as needed) and what makes a row."""


def _print_positions(console: Console, entries: Sequence[Entry]) -> None:
    """Issue by issue, the parties side by side."""
    issues: dict[str, dict[str, list[Text]]] = {}
    for entry in entries:
        record = entry.record
        assert isinstance(record, Position)
        party = listed(entry.names.get("parties", ())) or "party not named"
        text = Text.assemble((plain(record.stance), STYLES["cue"]), " ", quote([record.span.text], _SHORT))
        for give in record.gives:
            text.append(f"\n  for it gives {plain(give.issue)} {quote([give.span.text], _SHORT)}")
        sureties = listed(entry.names.get("guarantors", ()))
        detail = join(f"guarantor: {sureties}" if sureties else "", _when(entry), f"according to {_told(entry)}")
        text.append("\n  ").append_text(detail).append(f"\n  {entry.id}", STYLES["id"])
        issues.setdefault(record.issue, {}).setdefault(party, []).append(text)
    for number, (issue, columns) in enumerate(issues.items()):
        if number:
            console.print()
        console.print(Rule(Text(plain(issue), STYLES["head"]), align="left", characters="─"))
        for table in side_by_side(columns, console.width):
            console.print(table)
