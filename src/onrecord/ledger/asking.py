"""The ledger's answers, read in order and no further than asked for."""

from __future__ import annotations

import heapq
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.exc import SQLAlchemyError

from onrecord.errors import LedgerError, OnrecordError, RecordNotFoundError
from onrecord.ledger import answers, judging, queries, rows
from onrecord.ledger import tables as t
from onrecord.ledger.bulk import chunks
from onrecord.ledger.engine import reason
from onrecord.ledger.entries import Entry, ReportEntry, SourceEntry
from onrecord.ledger.filters import Filters
from onrecord.ledger.judgements import judged
from onrecord.ledger.known import CURRENT, Appearance, Known
from onrecord.ledger.placing import in_time
from onrecord.records import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Select


_RECORD_ID = re.compile(r"(?:sha256:)?(?P<key>[0-9a-f]{4,64})(?::(?P<record>[a-z]\d+))?")
_TIMELINE = ("events", "talks", "agreements")
_AT_ONCE = 200
"""Rows or readings that are fetched at a time."""

Row = dict[str, Any]


@contextmanager
def told() -> Iterator[None]:
    """The database's failures as ours.

    Raises:
        LedgerError: OR-L03.
    """
    try:
        yield
    except OnrecordError:
        raise
    except SQLAlchemyError as error:
        raise LedgerError("OR-L03", f"the ledger failed: {reason(error)}") from error


def entries(connection: Connection, kind: str, filters: Filters) -> Iterator[Entry]:
    """The records of a kind that fulfil the filters, in order of time."""
    return _entries(connection, ((kind, row) for row in _records(connection, kind, filters)), filters.limit)


def timeline(connection: Connection, filters: Filters) -> Iterator[Entry]:
    """Events, talks and agreements together, in order of time."""
    runs = [[(kind, row) for row in _records(connection, kind, filters)] for kind in _TIMELINE]
    merged = heapq.merge(*runs, key=lambda found: in_time(found[1]["id"]))
    return _entries(connection, merged, filters.limit)


def sources(connection: Connection, filters: Filters) -> Iterator[SourceEntry]:
    """Who makes the statements that fulfil the filters, the most heard first."""
    if filters == Filters(limit=filters.limit):
        return (SourceEntry(**row) for row in _rows(connection, queries.all_sources(), filters))
    asked = queries.Asked(filters, connection.dialect.name)
    some = [list(_rows(connection, queries.sources(asked), Filters()))] if not queries.is_hopeless(filters) else []
    for numbers in _lasting(connection, "statements", filters):
        some.append(list(_rows(connection, queries.sources(asked, numbers), Filters())))
    return _source_entries(connection, _merged(some)[: filters.limit])


def _merged(lists: list[list[Row]]) -> list[Row]:
    """Counts of the same sources added up, the most heard first."""
    if len(lists) == 1:
        return lists[0]
    found: dict[int, Row] = {}
    for row in (row for some in lists for row in some):
        one = found.setdefault(row["source"], row)
        if one is not row:
            one["statements"] += row["statements"]
            one["reports"] += row["reports"]
            one["first"] = min(one["first"], row["first"])
            one["last"] = max(filter(None, (one["last"], row["last"])), default=None)
    return sorted(found.values(), key=lambda row: (-row["statements"], row["source"]))


def _source_entries(connection: Connection, found: list[Row]) -> Iterator[SourceEntry]:
    """Counts with the names of those counted, which their first and last statements tell."""
    numbers = {row[end] for row in found for end in ("first", "last") if row[end] is not None}
    told: dict[int, Row] = {}
    for some in chunks(sorted(numbers)):
        told.update((row["id"], dict(row)) for row in connection.execute(queries.heard_in(some)).mappings())
    for row in found:
        first, last = told[row["first"]], told.get(row["last"] or -1)
        yield SourceEntry(
            name=first["source_name"],
            kind=first["source_kind"],
            naming=first["naming"],
            statements=row["statements"],
            reports=row["reports"],
            first=first["first"],
            last=last["last"] if last is not None else None,
        )


def reports(connection: Connection, filters: Filters) -> Iterator[ReportEntry]:
    """The reports that fulfil the filters, by publication."""
    query = queries.reports(queries.Asked(filters, connection.dialect.name))
    return (answers.report_entry(row) for row in _rows(connection, query, filters))


def last_reading(connection: Connection, key: str, asked: str, day: str | None) -> Row:
    """The row of the last reading, by a day, of the one report whose key or hash begins so.

    Raises:
        RecordNotFoundError: OR-L04.
    """
    newer = t.readings.alias("newer")
    later = [newer.c.report_id == t.readings.c.report_id, newer.c.seq > t.readings.c.seq]
    query = (
        select(*queries.REPORT_COLUMNS, t.readings.c.json)
        .join(t.reports, t.reports.c.id == t.readings.c.report_id)
        .where(begins(key))
    )
    if day is not None:
        query = query.where(t.readings.c.added_at < day + "~")
        later.append(newer.c.added_at < day + "~")
    found = [dict(row) for row in connection.execute(query.where(~exists().where(*later)).limit(2)).mappings()]
    exact = [row for row in found if row["key"] == key] or found
    if len(exact) != 1:
        raise RecordNotFoundError(asked)
    return exact[0]


def known(
    connection: Connection, after_seq: int, day: str | None, limit: int | None, current: bool, seqs: list[int] | None
) -> list[Known]:
    """The next readings after one, in the order of learning."""
    r = t.readings.c
    query = select(r.seq, r.report_id, t.reports.c.key, r.added_at, r.json).join(
        t.reports, t.reports.c.id == r.report_id
    )
    query = query.where(r.seq > after_seq).order_by(r.seq).limit(min(limit or _AT_ONCE, _AT_ONCE))
    if day is not None:
        query = query.where(r.added_at < day + "~")
    if current:
        query = query.join(t.answering, t.answering.c.reading_seq == r.seq).where(queries.answers_on(day))
    if seqs is not None:
        query = query.where(r.seq.in_(seqs))
    found = [dict(row) for row in connection.execute(query).mappings()]
    reports = list(dict.fromkeys(row["report_id"] for row in found))
    seen = appearances(connection, reports, day)
    decided = judging.load(connection, reports=reports, as_known_on=day)
    states = _states(connection, [row["seq"] for row in found], day)
    return [
        Known(
            seq=row["seq"],
            key=row["key"],
            added_at=row["added_at"],
            reading=judged(Reading.loads(row["json"]), decided),
            appearances=tuple(seen.get(row["report_id"], ())),
            state=states[row["seq"]],
        )
        for row in found
    ]


def appearances(connection: Connection, reports: Iterable[str], day: str | None) -> dict[str, list[Appearance]]:
    """Report -> where it appeared, by a day."""
    a = t.appearances.c
    found: dict[str, list[Appearance]] = {}
    for some in chunks(reports):
        query = select(t.appearances).where(a.report_id.in_(some)).order_by(a.added_at, a.id)
        if day is not None:
            query = query.where(a.added_at < day + "~")
        for row in connection.execute(query).mappings():
            found.setdefault(row["report_id"], []).append(rows.appearance(dict(row)))
    return found


def state_of(connection: Connection, seq: int, day: str | None) -> str:
    """Whether a reading answers, or why not."""
    return _states(connection, [seq], day)[seq]


def begins(digits: str) -> ColumnElement[bool]:
    """Do a report's hash and these digits begin alike?  A range, because LIKE would not use the index."""
    first = f"sha256:{digits}"
    return and_(t.reports.c.id >= first, t.reports.c.id < first + "g")


def parts(record_id: str) -> tuple[str, str | None]:
    """An id as people write it, as the report's key (or hash) and the record's id.

    Raises:
        RecordNotFoundError: OR-L04 it is no id.
    """
    match = _RECORD_ID.fullmatch(record_id.strip())
    if match is None:
        raise RecordNotFoundError(record_id)
    return match["key"], match["record"]


def _records(connection: Connection, kind: str, filters: Filters) -> Iterator[Row]:
    """Rows of one kind; what lasts into the days asked for stands before what begins in them."""
    asked = queries.Asked(filters, connection.dialect.name)
    for numbers in _lasting(connection, kind, filters):
        yield from _rows(connection, queries.records(kind, asked, numbers), filters)
    yield from _rows(connection, queries.records(kind, asked), filters)


def _lasting(connection: Connection, kind: str, filters: Filters) -> Iterator[list[int]]:
    if filters.since is not None:
        found = connection.execute(queries.lasting(kind, filters, connection.dialect.name)).scalars().all()
        yield from chunks(found)


def _entries(connection: Connection, found: Iterable[tuple[str, Row]], limit: int | None) -> Iterator[Entry]:
    """Rows, each with its kind, as entries; judgements are looked up for some of them at a time."""
    rest = islice(found, limit)
    while some := list(islice(rest, _AT_ONCE)):
        numbers = {row["judgement_seq"] for _, row in some if row["judgement_seq"] is not None}
        decided = {j.seq: j for j in judging.load(connection, seqs=numbers)} if numbers else {}
        for kind, row in some:
            yield answers.entry(kind, row, decided)


def _rows(connection: Connection, query: Select[Any], filters: Filters) -> Iterator[Row]:
    if queries.is_hopeless(filters):
        return
    if filters.limit is not None:
        query = query.limit(filters.limit)
    asking = connection.execution_options(yield_per=_AT_ONCE) if filters.limit is None else connection
    with asking.execute(query) as result:  # who stops early leaves no cursor open
        for row in result.mappings():
            yield dict(row)


def _states(connection: Connection, seqs: list[int], day: str | None) -> dict[int, str]:
    """Reading -> current, or what ended its last answering by a day."""
    a = t.answering.c
    found: dict[int, str] = {}
    for some in chunks(seqs):
        query = select(a.reading_seq, a.since, a.until, a.ended).where(a.reading_seq.in_(some)).order_by(a.since)
        for row in connection.execute(query):
            if day is not None and row.since > day:
                continue
            open_ = row.until is None or (day is not None and row.until > day)
            found[row.reading_seq] = CURRENT if open_ else row.ended
    return found
