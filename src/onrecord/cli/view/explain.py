"""One record explained: its fields, its sentences with its words marked, its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from onrecord.cli.view.context import Context
from onrecord.cli.view.judgements import judged_line
from onrecord.cli.view.marked import Mark, legend, marked, spans_of
from onrecord.cli.view.parts import summary
from onrecord.cli.view.words import STYLES, count_of, days, heading, join, labelled, line, once, plain
from onrecord.records import Event, Figure, Identified, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from onrecord.ledger import Entry, Explanation, Neighbour

_DAY = len("2025-05-22")
_UNTOLD = {"unknown", "none", "positive"}
"""Values that tell nothing."""
_PASSAGES = 5
"""Stretches of text that are shown for one record; an actor may be mentioned in every sentence."""


def print_explanation(console: Console, found: Explanation) -> None:
    """Print a record, where it stands and what it is joined to."""
    names = Context(found.reading)
    report = found.report
    console.print(join(Text(found.id, STYLES["head"]), _singular(found.kind)))
    console.print(join(*once((report.title, report.publisher, report.agency)), (report.published or "")[:_DAY]))
    console.print()
    console.print(summary(found.record, names))
    for name, value in _values(found):
        console.print(labelled(f"  {plain(name)}: ", value))
    if found.entry is not None and found.entry.judged is not None:
        console.print(labelled("  judged: ", judged_line(found.entry.judged)))
    if found.state != "current":
        console.print(labelled("  report: ", f"{found.state}; its records are not in the lists"))
    _print_passages(console, found)
    if found.neighbours:
        console.print()
        console.print(heading("Neighbours"))
        console.print(_neighbours(found, names))


def explanation_json(found: Explanation) -> dict[str, Any]:
    """What `--json` prints: the ledger's entry where there is one, the passages and the neighbours."""
    base = found.entry.to_json() if found.entry is not None else {"id": found.id, "kind": found.kind}
    return {
        **base,
        "report": found.report.to_json(),
        "record": found.record.to_json(),
        "passages": [
            {"start": start, "end": end, "text": found.reading.report.text[start:end]}
            for start, end in _stretches(found)
        ],
        "neighbours": [
            {"role": n.role, "incoming": n.incoming, "id": n.id, "kind": n.kind, "record": n.record.to_json()}
            for n in found.neighbours
        ],
        "judgements": [judgement.to_json() for judgement in found.judgements],
        "state": found.state,
    }


def _singular(kind: str) -> str:
    return kind if kind == "talks" else kind.removesuffix("s")


def _dated(entry: Entry) -> str:
    if entry.dated_by == "none":
        return f"none of its own; reported {entry.reported}" if entry.reported else "unknown"
    by = " (the report's own)" if entry.dated_by == "report" else ""
    return days(entry.begin, entry.until) + by


def _values(found: Explanation) -> Iterator[tuple[str, str]]:
    """The plain fields of a record that tell something; what it is joined to stands among the neighbours."""
    record = found.record
    ids = {r.id for r in found.reading.records()}
    if found.entry is not None:
        yield "date", _dated(found.entry)
    if isinstance(record, Statement):
        yield "source", ", ".join(plain(w) for w in (record.source.kind, record.source.naming) if w not in _UNTOLD)
    for name, value in record.to_json().items():
        if name in {"id", "start", "end", "text", "as_of", "as_of_basis"}:
            continue
        values = value if isinstance(value, list) else [value]
        told = [line(str(v)) for v in values if isinstance(v, str | int | float) and not isinstance(v, bool)]
        told = [v for v in told if v not in ids and v not in _UNTOLD]
        if told:
            yield name, ", ".join(plain(v) for v in told)


def _print_passages(console: Console, found: Explanation) -> None:
    stretches = _stretches(found)
    marks = _marks(found)
    coloured = console.color_system is not None
    shown = stretches[:_PASSAGES]
    for start, end in shown:
        inside = [
            Mark(max(m.start, start) - start, -(min(m.end, end) - start), m.what, m.neighbour)
            for m in marks
            if m.start < end and start < m.end
        ]
        console.print()
        console.print(marked(found.reading.report.text[start:end], sorted(inside), coloured))
    if len(stretches) > len(shown):
        more = count_of(len(stretches) - len(shown), "more sentences")
        console.print(Text(f"… and in {more}", STYLES["faint"]))
    if shown:
        console.print()
        seen = [m for m in marks if any(m.start < end and start < m.end for start, end in shown)]
        console.print(legend(seen, coloured))


def _marks(found: Explanation) -> list[Mark]:
    """The record's own words and those of its neighbours, which give way where both are the same."""
    own = {Mark(s.start, -s.end, what) for s, what in _spans(found.record)}
    taken = {(mark.start, mark.end) for mark in own}
    others = {
        Mark(s.start, -s.end, what, True)
        for neighbour in found.neighbours
        for s, what in spans_of(neighbour.record)
        if (s.start, s.end) not in taken and not (what == "content" and isinstance(neighbour.record, Statement))
    }
    return sorted(mark for mark in own | others if 0 <= mark.start < mark.end)


def _spans(record: Identified) -> Iterator[tuple[Span, str]]:
    """The record's words with those around them that belong to it."""
    yield from spans_of(record)
    if isinstance(record, Event) and record.text is not None:
        yield record.text, "content"
    if isinstance(record, Figure) and record.population is not None:
        yield record.population, "content"


def _stretches(found: Explanation) -> list[tuple[int, int]]:
    """The sentences that the record's spans touch, those that follow each other joined."""
    spans = [s for s, _ in _spans(found.record)]
    whole = found.reading.sentences or ((0, len(found.reading.report.text)),)
    touched = [(a, b) for a, b in whole if any(s.start < b and a < s.end for s in spans)]
    joined: list[tuple[int, int]] = []
    for start, end in touched:
        if joined and found.reading.report.text[joined[-1][1] : start].strip() == "":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _neighbours(found: Explanation, names: Context) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=17, style=STYLES["faint"])
    table.add_column(width=17, style=STYLES["id"], overflow="fold")
    table.add_column(ratio=1)
    roles: dict[tuple[str, bool], list[Neighbour]] = {}
    for neighbour in found.neighbours:
        roles.setdefault((neighbour.id, neighbour.incoming), []).append(neighbour)
    for (record_id, incoming), same in roles.items():
        role = ", ".join(plain(n.role) for n in same)
        table.add_row(f"{'←' if incoming else '→'} {role}", record_id, summary(same[0].record, names))
    return table
