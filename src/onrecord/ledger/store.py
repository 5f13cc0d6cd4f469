"""The ledger itself: readings in, answers out."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import ColumnElement, Connection, and_, insert, select
from sqlalchemy.exc import SQLAlchemyError

from onrecord.errors import LedgerError, OnrecordError, RecordNotFoundError
from onrecord.ledger import answers, queries, rows
from onrecord.ledger import tables as t
from onrecord.ledger.engine import default_location, insert_new, ledger_url, open_engine, reason, writing
from onrecord.ledger.entries import Entry, Explanation, ReportEntry, SourceEntry
from onrecord.ledger.filters import Filters
from onrecord.ledger.words import storable
from onrecord.records import Reading, content_id

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

_KEY = 12
"""Hexadecimal digits of a report's short id: in a million reports, two share it once in 500 ledgers; then the
later one gets a longer key."""
_RECORD_ID = re.compile(r"(?:sha256:)?(?P<key>[0-9a-f]{4,64})(?::(?P<record>[a-z]\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a reading did: `key` is the report's short id; the rest tells what was not there before."""

    key: str
    new_report: bool
    new_appearance: bool
    new_reading: bool


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Reports and readings, kept and asked.

    Appending: `add` keeps the report, the place where it appeared and its reading, each under an id derived from
    its content; what is there already stays as it is.  A different reading of a known report (a newer reader,
    another date given) is kept beside the old one, and the last one added answers.

    Transactions: one per report, so that a crash loses at most the report in hand.
    Threads: one `Ledger` may serve many threads; each call takes its own connection.  SQLite lets one writer in at
    a time (others wait up to 30 s) and never blocks readers; processes may share a file in the same way.  A ledger
    in memory belongs to one thread.  After a fork, open it anew.
    Schema: the ledger brings an older schema up to date when it is opened, unless `create` is false and there is
    none at all.

    Args:
        location: path of an SQLite file, ":memory:", or a URL (`sqlite:///…`, `postgresql://user@host/name`);
            without it, what ONRECORD_LEDGER says or one file in the user's data directory.
        create: whether a ledger that is not there may be made.
        clock: tells when something was learned; must give times with a zone.

    Raises:
        LedgerError: OR-L01 it cannot be opened or is no ledger, OR-L02 it is newer than this version,
            OR-L06 there is none and `create` is false.  Every method raises OR-L03 when the database fails.
    """

    def __init__(
        self,
        location: str | os.PathLike[str] | None = None,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._clock = clock
        self._engine = open_engine(ledger_url(location if location is not None else default_location()), create)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections.  Closing twice does nothing."""
        self._engine.dispose()

    def add(self, reading: Reading) -> Added:
        """Keep a reading and its report.

        Raises:
            LedgerError: OR-L07 when the report's id is not the hash of its text (ids must come from content).
        """
        if reading.report.id != content_id(reading.report.text):
            raise LedgerError("OR-L07", f"the report's id {reading.report.id!r} is not the hash of its text")
        with _told(), writing(self._engine) as connection:
            return self._add(connection, reading)

    def add_many(self, readings: Iterable[Reading]) -> list[Added]:
        """Keep readings, one transaction each; what was added before an error stays."""
        return [self.add(reading) for reading in readings]

    def statements(self, **filters: Any) -> list[Entry]:
        """The statements that fulfil the filters (see `Filters`), earliest first."""
        return self._list("statements", Filters(**filters))

    def events(self, **filters: Any) -> list[Entry]:
        """The events that fulfil the filters, earliest first; those without a date under their report's."""
        return self._list("events", Filters(**filters))

    def figures(self, **filters: Any) -> list[Entry]:
        """The figures that fulfil the filters, by the day they hold for."""
        return self._list("figures", Filters(**filters))

    def positions(self, **filters: Any) -> list[Entry]:
        """The positions that fulfil the filters, earliest first."""
        return self._list("positions", Filters(**filters))

    def talks(self, **filters: Any) -> list[Entry]:
        """The rounds of talks that fulfil the filters, earliest first."""
        return self._list("talks", Filters(**filters))

    def agreements(self, **filters: Any) -> list[Entry]:
        """The agreements that fulfil the filters, earliest first."""
        return self._list("agreements", Filters(**filters))

    def timeline(self, **filters: Any) -> list[Entry]:
        """Events, talks and agreements together, earliest first; those without a date under their report's."""
        asked = Filters(**filters)
        found = [entry for kind in ("events", "talks", "agreements") for entry in self._list(kind, asked)]
        found.sort(key=_in_time)
        return found[: asked.limit]

    def sources(self, **filters: Any) -> list[SourceEntry]:
        """Who makes the statements that fulfil the filters, the most heard first."""
        query = queries.sources(Filters(**filters), self._engine.dialect.name)
        return [SourceEntry(**row) for row in self._rows(query)]

    def reports(self, **filters: Any) -> list[ReportEntry]:
        """The reports that fulfil the filters, by publication."""
        query = queries.reports(Filters(**filters), self._engine.dialect.name)
        return [answers.report_entry(row) for row in self._rows(query)]

    def reading(self, report_id: str) -> Reading:
        """The current reading of a report, by its id, its key or an unambiguous beginning of it.

        Raises:
            RecordNotFoundError: OR-L04.
        """
        key, _ = _parts(report_id)
        with _told(), self._engine.connect() as connection:
            return Reading.loads(self._current(connection, key, report_id)["json"])

    def get(self, record_id: str) -> Explanation:
        """One record ("1d7ed79f7ded:s3") with the reading it stands in and its neighbours.

        Raises:
            RecordNotFoundError: OR-L04 there is no such record in the report's current reading.
        """
        key, local = _parts(record_id)
        if local is None:
            raise RecordNotFoundError(record_id)
        with _told(), self._engine.connect() as connection:
            row = self._current(connection, key, record_id)
            reading = Reading.loads(row["json"])
            found = answers.explanation(row, reading, local)
            if found is None:
                raise RecordNotFoundError(record_id)
            return found

    def _list(self, kind: str, filters: Filters) -> list[Entry]:
        query = queries.records(t.DATED[kind], filters, self._engine.dialect.name)
        return [answers.entry(kind, row) for row in self._rows(query)]

    def _rows(self, query: Any) -> list[dict[str, Any]]:
        with _told(), self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _current(self, connection: Connection, key: str, asked: str) -> dict[str, Any]:
        """The row of the current reading of the one report whose key or hash begins so."""
        query = (
            select(*queries.REPORT_COLUMNS, t.readings.c.json)
            .join(t.reports, t.reports.c.id == t.readings.c.report_id)
            .where(_begins(key), queries.current())
        )
        found = [dict(row) for row in connection.execute(query.limit(2)).mappings()]
        exact = [row for row in found if row["key"] == key] or found
        if len(exact) != 1:
            raise RecordNotFoundError(asked)
        return exact[0]

    def _add(self, connection: Connection, reading: Reading) -> Added:
        now = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        report = reading.report
        key = _key(connection, report.id)
        kept = {"id": report.id, "key": key, "text": storable(report.text), "added_at": now}
        new_report = insert_new(connection, t.reports, kept, "id")
        appearance = rows.appearance_row(report) | {"added_at": now}
        new_appearance = insert_new(connection, t.appearances, appearance, "id")
        row = rows.reading_row(reading, reading.dumps()) | {"added_at": now}
        new_reading = insert_new(connection, t.readings, row, "id")
        if new_reading:
            seq = connection.execute(select(t.readings.c.seq).where(t.readings.c.id == row["id"])).scalar_one()
            _spread(connection, reading, seq)
        return Added(key=key, new_report=new_report, new_appearance=new_appearance, new_reading=new_reading)


def _in_time(entry: Entry) -> tuple[str, str, bool]:
    """As `queries.records` sorts."""
    first, last = entry.begin or entry.until, entry.until or entry.begin
    return first or entry.reported or "9999", last or entry.reported or "9999", first is None


def _spread(connection: Connection, reading: Reading, seq: int) -> None:
    """Write the rows that make a reading's records askable."""
    spread = {table: rows.record_rows(reading, name) for name, table in t.RECORDS.items()}
    spread[t.links] = rows.link_rows(reading)
    spread[t.passages] = rows.passage_rows(reading)
    for table, found in spread.items():
        if found:
            connection.execute(insert(table), [{"reading_seq": seq, **row} for row in found])


def _key(connection: Connection, report_id: str) -> str:
    """The key of a report: the one it has, else the shortest beginning of its hash that no other report has."""
    digest = report_id.removeprefix("sha256:")
    taken = connection.execute(select(t.reports.c.key, t.reports.c.id).where(_begins(digest[:_KEY])))
    keys = {row.id: row.key for row in taken}
    if report_id in keys:
        return str(keys[report_id])
    length = _KEY
    while digest[:length] in keys.values():
        length += 4
    return digest[:length]


def _begins(digits: str) -> ColumnElement[bool]:
    """Do a report's hash and these digits begin alike?  A range, because LIKE would not use the index."""
    first = f"sha256:{digits}"
    return and_(t.reports.c.id >= first, t.reports.c.id < first + "g")


def _parts(record_id: str) -> tuple[str, str | None]:
    match = _RECORD_ID.fullmatch(record_id.strip())
    if match is None:
        raise RecordNotFoundError(record_id)
    return match["key"], match["record"]


@contextmanager
def _told() -> Iterator[None]:
    """The database's failures as ours."""
    try:
        yield
    except OnrecordError:
        raise
    except SQLAlchemyError as error:
        raise LedgerError("OR-L03", f"the ledger failed: {reason(error)}") from error
