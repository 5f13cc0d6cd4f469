"""Readings into the ledger, many in one transaction: what is new is kept, stories and lists are brought up to date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from onrecord.errors import LedgerError
from onrecord.ledger import rows, stories
from onrecord.ledger import tables as t
from onrecord.ledger.bulk import chunks, insert_mappings
from onrecord.ledger.lists import Fresh, spread_readings
from onrecord.ledger.spreading import encoded, lines
from onrecord.ledger.words import storable
from onrecord.records import content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table

    from onrecord.intake.items import Item
    from onrecord.ledger.rows import Row
    from onrecord.ledger.spreading import Line
    from onrecord.records import Reading

_KEY = 12
"""Hexadecimal digits of a report's short id: in a million reports, two share it once in 500 ledgers; then the
later one gets a longer key."""
_ADDING_LOCK = 0x6F6E72656164


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding did: `key` is the report's short id (empty where there is no report); the rest tells what was new.

    `outcome` is added (a new report), known (nothing new, or only another place where it appeared), read again (a
    new reading of a known report), superseding (it takes the place of an earlier version), withdrawing.
    """

    key: str
    new_report: bool
    new_appearance: bool
    new_reading: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one item brings, ready to be written; `reading` is None for a text that was not read."""

    report_id: str
    text: str
    appearance: Row
    item: Item | None
    reading: Row | None = None
    lines: tuple[Line, ...] = ()


def prepared(reading: Reading, item: Item | None = None) -> Prepared:
    """A reading's rows and lines for `Ledger.add_many`: everything that needs no database.  It can be pickled.

    Raises:
        LedgerError: OR-L07 when the report's id is not the hash of its text.
    """
    if reading.report.id != content_id(reading.report.text):
        raise LedgerError("OR-L07", f"the report's id {reading.report.id!r} is not the hash of its text")
    line, records = encoded(reading)
    return Prepared(
        report_id=reading.report.id,
        text=storable(reading.report.text),
        appearance=rows.appearance_row(reading.report, item),
        item=item,
        reading=rows.reading_row(reading, line),
        lines=tuple(lines(reading, records)),
    )


def prepared_unread(item: Item) -> Prepared:
    """The rows of a text that was not read."""
    report_id = content_id(item.text)
    return Prepared(
        report_id=report_id, text=storable(item.text), appearance=rows.unread_row(report_id, item), item=item
    )


def lock(connection: Connection) -> None:
    """Let one writer in at a time, so that the order of learning is the order in which it can be seen.

    SQLite does so by itself.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADDING_LOCK})


def write(connection: Connection, batch: Sequence[Prepared], now: str) -> list[Added]:
    """Keep a batch, in order; the transaction is the caller's."""
    lock(connection)
    before = _Before(connection, batch)
    reports, appearances, readings = _new_rows(before, batch, now)
    insert_mappings(connection, t.reports, reports)
    insert_mappings(connection, t.appearances, appearances)
    numbered = stories.numbered(connection, t.readings, [row for row, _ in readings])
    insert_mappings(connection, t.readings, numbered)
    told = stories.tell(connection, [p for p, new in zip(batch, before.new_appearance, strict=True) if new], now)
    fresh = [
        Fresh(seq=row["seq"], report_id=row["report_id"], added_at=now, lines=found)
        for row, (_, found) in zip(numbered, readings, strict=True)
    ]
    spread_readings(connection, fresh, alone=before.untouched(told), changed=told.touched)
    return [before.added(n, p, told.outcomes) for n, p in enumerate(batch)]


class _Before:
    """What the ledger had of a batch's reports, and what of the batch is new."""

    def __init__(self, connection: Connection, batch: Sequence[Prepared]) -> None:
        reports = [p.report_id for p in batch]
        self.keys: dict[str, str] = dict(_pairs(connection, t.reports, "id", "key", reports))
        self.old_reports = set(self.keys)
        self.appearances = _known(connection, t.appearances, [p.appearance["id"] for p in batch])
        self.readings = _known(connection, t.readings, [p.reading["id"] for p in batch if p.reading is not None])
        self.new_report: list[bool] = []
        self.new_appearance: list[bool] = []
        self.new_reading: list[bool] = []
        self._allot_keys(connection, reports)
        self._counts = Counter(p.report_id for p in batch)

    def _allot_keys(self, connection: Connection, reports: list[str]) -> None:
        """Give each new report the shortest beginning of its hash that no other report has."""
        waiting = [r for r in dict.fromkeys(reports) if r not in self.keys]
        taken: set[str] = set()
        length = _KEY
        while waiting:
            asked = {r: r.removeprefix("sha256:")[:length] for r in waiting}
            taken.update(key for key, _ in _pairs(connection, t.reports, "key", "id", list(asked.values())))
            for report_id, key in asked.items():
                if key not in taken:
                    taken.add(key)
                    self.keys[report_id] = key
            waiting = [r for r in waiting if r not in self.keys]
            length += 4

    def untouched(self, told: stories.Told) -> set[str]:
        """The new reports with one reading and no story: their reading answers, and nothing else changes."""
        return {r for r, n in self._counts.items() if n == 1 and r not in self.old_reports and r not in told.touched}

    def added(self, number: int, item: Prepared, outcomes: dict[str, str]) -> Added:
        new_report, new_appearance = self.new_report[number], self.new_appearance[number]
        new_reading = self.new_reading[number]
        plain = "added" if new_report else "read again" if new_reading else "known"
        outcome = outcomes.get(item.appearance["id"], plain) if new_appearance else plain
        return Added(
            key=self.keys[item.report_id],
            new_report=new_report,
            new_appearance=new_appearance,
            new_reading=new_reading,
            outcome=outcome,
        )


def _new_rows(
    before: _Before, batch: Sequence[Prepared], now: str
) -> tuple[list[Row], list[Row], list[tuple[Row, tuple[Line, ...]]]]:
    """The rows to write, each id once; notes in `before` what is new."""
    reports: list[Row] = []
    appearances: list[Row] = []
    readings: list[tuple[Row, tuple[Line, ...]]] = []
    seen_reports = set(before.old_reports)
    for p in batch:
        before.new_report.append(_first(p.report_id, seen_reports))
        before.new_appearance.append(_first(p.appearance["id"], before.appearances))
        before.new_reading.append(p.reading is not None and _first(p.reading["id"], before.readings))
        if before.new_report[-1]:
            reports.append({"id": p.report_id, "key": before.keys[p.report_id], "text": p.text, "added_at": now})
        if before.new_appearance[-1]:
            appearances.append(p.appearance | {"added_at": now})
        if before.new_reading[-1] and p.reading is not None:
            readings.append((p.reading | {"added_at": now}, p.lines))
    return reports, appearances, readings


def _first(value: str, seen: set[str]) -> bool:
    """Is this value not among those seen?  It is from now on."""
    if value in seen:
        return False
    seen.add(value)
    return True


def _known(connection: Connection, table: Table, ids: list[str]) -> set[str]:
    return {found for found, _ in _pairs(connection, table, "id", "id", ids)}


def _pairs(connection: Connection, table: Table, by: str, other: str, values: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for some in chunks(values):
        query = select(table.c[by], table.c[other].label("other")).where(table.c[by].in_(some))
        found.extend((row[0], row[1]) for row in connection.execute(query))
    return found
