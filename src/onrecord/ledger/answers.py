"""Rows of the ledger's tables into what it answers with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.ledger.entries import Entry, Explanation, Judged, Neighbour, ReportEntry, ReportRef
from onrecord.ledger.evidence import joins
from onrecord.ledger.judgements import judged as applied
from onrecord.ledger.judgements import verdicts
from onrecord.ledger.spreading import LINE, line_of
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

if TYPE_CHECKING:
    from onrecord.ledger.judgements import Judgement

_CLASSES: Mapping[str, type[Identified]] = {
    "statements": Statement,
    "events": Event,
    "figures": Figure,
    "positions": Position,
    "talks": Talks,
    "agreements": Agreement,
}
_KINDS = {letter: name for name, letter in RECORD_LISTS.items()}

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


def entry(kind: str, row: Row, judgements: Mapping[int, Judgement] | None = None) -> Entry:
    """One record, from a row of `queries.records`; `judgements` are those that rows refer to, by their number."""
    decided = (judgements or {}).get(row["judgement_seq"])
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
        judged=judged(decided) if decided is not None else None,
    )


def judged(decided: Judgement) -> Judged:
    """A judgement as an entry tells of it."""
    fields = (decided.value or {}).get("fields", {})
    return Judged(
        action=decided.action, who=decided.who, why=decided.why, when=decided.added_at, fields=tuple(sorted(fields))
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
        opening=row["opening"],
    )


def explanation(
    row: Row, reading: Reading, local: str, judgements: Sequence[Judgement], state: str
) -> Explanation | None:
    """The record `local` of a reading with its neighbours; None when the reading has no such record.

    `reading` is what the reader made of the report; people's corrections are put on it, what they rejected stays.
    """
    verdict = verdicts(reading, judgements).get(local)
    reading = applied(reading, judgements, keep_rejected=True)
    by_id = {record.id: record for record in reading.records()}
    record, kind = by_id.get(local), _KINDS.get(local[:1])
    if record is None or kind is None:
        return None
    last = verdict.judgements[-1] if verdict is not None else None
    return Explanation(
        id=f"{row['key']}:{local}",
        kind=kind,
        record=record,
        report=report_ref(row),
        reading=reading,
        entry=_entry_of(kind, row, reading, local, last) if kind in DATED else None,
        neighbours=tuple(_neighbours(row["key"], reading, local, by_id)),
        judgements=verdict.judgements if verdict is not None else (),
        state=state,
    )


def _entry_of(kind: str, row: Row, reading: Reading, local: str, last: Judgement | None) -> Entry:
    columns = (*LINE, *(c.name for c in DATED[kind].c if c.name not in {"id", "reading_seq", *LINE}))
    line = dict(zip(columns, line_of(reading, local, 0).values, strict=True))
    number = last.seq if last is not None else None
    return entry(kind, {**row, **line, "judgement_seq": number}, {last.seq: last} if last is not None else None)


def _neighbours(key: str, reading: Reading, local: str, by_id: Mapping[str, Identified]) -> Iterator[Neighbour]:
    for record_id, role, target in joins(reading):
        if local not in (record_id, target):
            continue
        other = target if record_id == local else record_id
        if other in by_id and other != local:
            yield Neighbour(
                role=role, incoming=target == local, id=f"{key}:{other}", kind=_KINDS[other[0]], record=by_id[other]
            )
