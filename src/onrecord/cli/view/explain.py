"""One record explained: its fields, its sentences with its words marked, its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.cli.view.marked import marked
from onrecord.cli.view.parts import summary
from onrecord.cli.view.words import STYLES, days, join, line, plain
from onrecord.records import (
    Actor,
    Agreement,
    Event,
    Figure,
    Identified,
    Place,
    Position,
    Span,
    Statement,
    Talks,
    Time,
)
from onrecord.records.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from onrecord.ledger import Explanation, Neighbour

_PASSAGES = 5
"""Stretches of text that are shown for one record; an actor may be mentioned in every sentence."""


def print_explanation(console: Console, found: Explanation) -> None:
    """Print a record, where it stands and what it is joined to."""
    names = Names(found.reading)
    report = found.report
    console.print(join(Text(found.id, STYLES["head"]), _singular(found.kind)))
    told = (report.title, report.publisher, report.agency, report.published)
    console.print(join(*(line(part) for part in told if part)))
    if found.entry is not None:
        console.print(join(days(found.entry.begin, found.entry.until), f"dated by: {plain(found.entry.dated_by)}"))
    console.print()
    console.print(summary(found.record, names))
    for name, value in _values(found.record):
        console.print(Text(f"  {plain(name)}: ", STYLES["faint"]).append(value))
    _print_passages(console, found)
    if found.neighbours:
        console.print()
        console.print(Rule(Text("Neighbours", STYLES["head"]), align="left", characters="─"))
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
    }


def _singular(kind: str) -> str:
    return kind if kind == "talks" else kind.removesuffix("s")


def _values(record: Identified) -> Iterator[tuple[str, str]]:
    """The plain fields of a record that hold something."""
    for name, value in record.to_json().items():
        if name in {"id", "start", "end", "text"}:
            continue
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield name, line(str(value))
        elif isinstance(value, list) and value and all(isinstance(v, str) for v in value):
            yield name, ", ".join(line(v) for v in value)


def _print_passages(console: Console, found: Explanation) -> None:
    text, spans = found.reading.report.text, list(_spans(found.record))
    stretches = _stretches(found)
    for start, end in stretches[:_PASSAGES]:
        inside = [
            (Span(max(s.start, start) - start, min(s.end, end) - start, ""), what)
            for s, what in spans
            if s.start < end and start < s.end
        ]
        console.print()
        console.print(marked(text[start:end], inside, console.color_system is not None))
    if len(stretches) > _PASSAGES:
        console.print(Text(f"… and in {len(stretches) - _PASSAGES} more sentence(s)", STYLES["faint"]))


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


def _spans(record: Identified) -> Iterator[tuple[Span, str]]:
    """The record's own words, each with what it is."""
    if isinstance(record, Statement):
        yield from ((link.span, "source") for link in record.chain if link.span is not None)
        if record.source.span is not None:
            yield record.source.span, "source"
        yield from ((s, "cue") for s in record.cue)
        yield from ((s, "content") for s in record.content)
    elif isinstance(record, Event):
        yield from ((s, "event") for s in (record.trigger, *record.mentions))
        if record.text is not None:
            yield record.text, "content"
    elif isinstance(record, Figure):
        yield record.span, "figure"
        if record.population is not None:
            yield record.population, "content"
    elif isinstance(record, Position):
        yield record.span, "content"
        yield from ((give.span, "content") for give in record.gives)
    elif isinstance(record, Talks | Agreement):
        yield record.span, "event"
        for stage in record.stages if isinstance(record, Agreement) else ():
            if stage.span is not None:
                yield stage.span, "content"
    elif isinstance(record, Actor):
        yield from ((m, "source") for m in record.mentions)
    else:
        assert isinstance(record, Place | Time)
        yield record, "place" if isinstance(record, Place) else "time"


def _neighbours(found: Explanation, names: Names) -> Table:
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
