"""Entries of the ledger as rows of one table each, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from onrecord.ledger import Entry, ReportEntry, SourceEntry
from onrecord.records import Agreement, Event, Figure, Position, Statement, Talks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COMMON = ("id", "begin", "until", "dated_by", "publisher", "agency", "published", "report_title")
COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": (
        *_COMMON, "source", "source_kind", "naming", "chain", "act", "quotation", "certainty", "polarity",
        "addressee", "content", "sentence",
    ),
    "events": (
        *_COMMON, "type", "modes", "contexts", "status", "actors", "recipients", "third_parties", "places",
        "according_to", "trigger", "text", "sentence",
    ),
    "figures": (
        *_COMMON, "measure", "low", "high", "relation", "unit", "population", "change", "as_of", "places",
        "according_to", "words", "sentence",
    ),
    "positions": (
        *_COMMON, "parties", "stance", "issue", "words", "gives", "toward", "guarantors", "status", "according_to",
        "sentence",
    ),
    "talks": (
        *_COMMON, "parties", "mediators", "places", "form", "level", "outcome", "according_to", "words", "sentence",
    ),
    "agreements": (
        *_COMMON, "name", "kinds", "status", "parties", "mediators", "stages", "according_to", "words", "sentence",
    ),
    "timeline": (
        *_COMMON, "kind", "type", "status", "actors", "recipients", "places", "according_to", "words", "sentence",
    ),
    "sources": ("name", "kind", "naming", "statements", "reports", "first", "last"),
    "reports": (
        "key", "id", "title", "publisher", "agency", "published", "language", "added_at", "reader_version",
        "appearances", "statements", "events", "figures", "positions", "talks", "agreements",
    ),
}  # fmt: skip
"""The columns of each view.  Several values in one cell are joined by "; "."""

_BY = "; "


def csv_lines(view: str, entries: Iterable[Entry | SourceEntry | ReportEntry]) -> Iterator[str]:
    """The header and a line per entry, without line ends."""
    columns = COLUMNS[view]
    yield csv_line(columns)
    for entry in entries:
        cells = _entry_cells(entry) if isinstance(entry, Entry) else entry.to_json()
        if isinstance(entry, ReportEntry):
            cells |= dict(entry.counts)
        yield csv_line([cells.get(column) for column in columns])


def csv_line(cells: Sequence[Any]) -> str:
    """One row as CSV, on one line, without a line end."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([_cell(cell) for cell in cells])
    return buffer.getvalue().replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return _BY.join(str(v) for v in value)
    return "" if value is None else value


def _entry_cells(entry: Entry) -> dict[str, Any]:
    report = entry.report
    cells: dict[str, Any] = {
        **{name: getattr(entry.record, name) for name in _PLAIN if hasattr(entry.record, name)},
        **entry.names,
        "id": entry.id,
        "kind": entry.kind,
        "begin": entry.begin,
        "until": entry.until,
        "dated_by": entry.dated_by,
        "publisher": report.publisher,
        "agency": report.agency,
        "published": report.published,
        "report_title": report.title,
        "sentence": entry.sentence,
    }
    return cells | _special(entry)


_PLAIN = (
    "act", "quotation", "certainty", "polarity", "type", "modes", "contexts", "status", "measure", "low", "high",
    "relation", "unit", "change", "as_of", "stance", "issue", "form", "level", "outcome", "name", "kinds",
)  # fmt: skip


def _special(entry: Entry) -> dict[str, Any]:
    """The cells that are not a field as it stands."""
    record = entry.record
    if isinstance(record, Statement):
        return {
            "source_kind": record.source.kind,
            "naming": record.source.naming,
            "content": [c.text for c in record.content],
        }
    if isinstance(record, Event):
        words = record.text.text if record.text is not None else record.trigger.text
        return {"trigger": record.trigger.text, "text": words, "words": words}
    if isinstance(record, Figure):
        population = record.population.text if record.population is not None else None
        return {"population": population, "words": record.span.text}
    if isinstance(record, Position):
        return {"words": record.span.text, "gives": [f"{g.issue}: {g.span.text}" for g in record.gives]}
    if isinstance(record, Talks):
        return {"words": record.span.text, "actors": entry.names.get("parties"), "status": record.outcome}
    assert isinstance(record, Agreement)
    stages = [f"{s.ordinal} {s.status}" for s in record.stages]
    return {"words": record.span.text, "actors": entry.names.get("parties"), "stages": stages}
