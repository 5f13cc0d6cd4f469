"""Rows of the ledger's tables into what it answers with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.ledger import rows
from onrecord.ledger.entries import Entry, Explanation, Neighbour, ReportEntry, ReportRef
from onrecord.ledger.tables import DATED
from onrecord.records import (
    RECORD_LISTS,
    Agreement,
    Event,
    Figure,
    Identified,
    Position,
    Reading,
    Statement,
    Talks,
)

_CLASSES: Mapping[str, type[Identified]] = {
    "statements": Statement,
    "events": Event,
    "figures": Figure,
    "positions": Position,
    "talks": Talks,
    "agreements": Agreement,
}
_KINDS = {letter: name for name, letter in RECORD_LISTS.items()}

_OPENING = 200
"""Characters of the story that are given for a report without a title."""
_HEADER = re.compile(r"\s*date\s+\d{4}-\d{2}-\d{2}\s")
_LEAD = re.compile(r"^[\s\W_]*?(?=[\w\"“‘'«])")

Row = Mapping[str, Any]


def report_ref(row: Row) -> ReportRef:
    """The report that a row of `queries.REPORT_COLUMNS` tells of."""
    return ReportRef(
        id=row["report_id"],
        key=row["key"],
        title=row["report_title"],
        publisher=row["report_publisher"],
        agency=row["report_agency"],
        published=row["report_published"],
    )


def entry(kind: str, row: Row) -> Entry:
    """One record, from a row of `queries.records`."""
    return Entry(
        id=f"{row['key']}:{row['record_id']}",
        kind=kind,
        record=_CLASSES[kind].from_json(json.loads(row["json"])),
        report=report_ref(row),
        begin=row["begin"],
        until=row["until"],
        dated_by=row["dated_by"],
        reported=row["report_day"],
        names={role: tuple(names) for role, names in json.loads(row["names"]).items()},
        sentence=row["sentence"],
    )


def report_entry(row: Row) -> ReportEntry:
    """One report, from a row of `queries.reports`."""
    return ReportEntry(
        report=report_ref(row),
        language=row["language"],
        added_at=row["added_at"],
        reader_version=row["reader_version"],
        appearances=row["appearances"],
        counts={name: row[f"n_{name}"] for name in DATED},
        opening=_opening(Reading.loads(row["untitled_json"])) if row["untitled_json"] else None,
    )


def _opening(reading: Reading) -> str | None:
    """The first words of the story, after its dateline."""
    report = reading.report
    start = report.dateline.span.end if report.dateline is not None else 0
    if report.dateline is None and len(reading.sentences) > 1 and _HEADER.match(report.text):
        start = reading.sentences[1][0]
    words = _LEAD.sub("", " ".join(report.text[start : start + _OPENING * 2].split()))
    return words[:_OPENING] or None


def explanation(row: Row, reading: Reading, local: str) -> Explanation | None:
    """The record `local` of a reading with its neighbours; None when the reading has no such record."""
    by_id = {record.id: record for record in reading.records()}
    record, kind = by_id.get(local), _KINDS.get(local[:1])
    if record is None or kind is None:
        return None
    line = next((r for r in rows.record_rows(reading, kind) if r["record_id"] == local), None)
    return Explanation(
        id=f"{row['key']}:{local}",
        kind=kind,
        record=record,
        report=report_ref(row),
        reading=reading,
        entry=entry(kind, {**row, **line}) if line is not None and kind in DATED else None,
        neighbours=tuple(_neighbours(row["key"], reading, local, by_id)),
    )


def _neighbours(key: str, reading: Reading, local: str, by_id: Mapping[str, Identified]) -> Iterator[Neighbour]:
    for link in rows.link_rows(reading):
        ends = (link["record_id"], link["target_id"])
        if local not in ends:
            continue
        other = ends[1] if ends[0] == local else ends[0]
        if other in by_id and other != local:
            yield Neighbour(
                role=link["role"],
                incoming=ends[1] == local,
                id=f"{key}:{other}",
                kind=_KINDS[other[0]],
                record=by_id[other],
            )
