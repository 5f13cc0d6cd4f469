"""People's judgements in the database: kept, found again, and put on top of the lines of lists."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from onrecord.ledger import rows
from onrecord.ledger import tables as t
from onrecord.ledger.bulk import chunks, insert_mappings, insert_rows
from onrecord.ledger.judgements import CORRECT, ON_RECORDS, REJECT, Judgement, Verdict, corrected, verdicts
from onrecord.ledger.spreading import line_of
from onrecord.ledger.stories import numbered
from onrecord.ledger.versions import DAY
from onrecord.records import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from onrecord.ledger.spreading import Line

_MARK = ("reading_seq", "record_id", "variant", "since", "until", "hidden", "judgement_seq")


def keep(connection: Connection, decided: Mapping[str, Any]) -> Judgement:
    """Write a judgement (all fields but `seq` and `id`; `target` and `value` as JSON values)."""
    row = dict(decided)
    row["target"] = rows.kept(json.dumps(row["target"], sort_keys=True))
    row["value"] = json.dumps(row["value"], sort_keys=True) if row["value"] is not None else None
    row["id"] = rows.judgement_id(row)
    query = select(t.judgements).where(t.judgements.c.id == row["id"])
    if (there := connection.execute(query).mappings().first()) is None:
        insert_mappings(connection, t.judgements, numbered(connection, t.judgements, [row]))
        there = connection.execute(query).mappings().one()
    return _judgement(dict(there))


def load(
    connection: Connection,
    *,
    reports: Iterable[str] | None = None,
    seqs: Iterable[int] | None = None,
    after_seq: int = 0,
    as_known_on: str | None = None,
) -> list[Judgement]:
    """Judgements in the order in which they were made: all, those on some reports, or those of some numbers."""
    j = t.judgements.c
    query = select(t.judgements).where(j.seq > after_seq).order_by(j.seq)
    if as_known_on is not None:
        query = query.where(j.added_at < as_known_on + "~")
    narrowed = [query]
    if reports is not None:
        narrowed = [query.where(j.report_id.in_(some)) for some in chunks(reports)]
    elif seqs is not None:
        narrowed = [query.where(j.seq.in_(some)) for some in chunks(seqs)]
    return [_judgement(dict(row)) for some in narrowed for row in connection.execute(some).mappings()]


def apply(
    connection: Connection,
    reports: list[str],
    write_lines: Callable[[Connection, Sequence[tuple[int, Line]]], None],
) -> None:
    """Mark the lines of some reports' readings as people decided, and add lines for what they corrected."""
    by_report: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in load(connection, reports=reports):
        if judgement.action in ON_RECORDS and judgement.report_id is not None:
            by_report[judgement.report_id].append(judgement)
    if not by_report:
        return
    for some in chunks(by_report):
        query = select(t.readings.c.seq, t.readings.c.json).where(t.readings.c.report_id.in_(some))
        for seq, line in connection.execute(query).all():
            _clear(connection, seq)
            reading = Reading.loads(line)
            for verdict in verdicts(reading, by_report[reading.report.id]).values():
                _mark(connection, seq, reading, verdict, write_lines)


def _clear(connection: Connection, seq: int) -> None:
    """Remove what earlier judgements made; the documents of removed lines lead nowhere and do no harm."""
    connection.execute(delete(t.marks).where(t.marks.c.reading_seq == seq))
    s = t.statements.c
    connection.execute(delete(t.heard).where(t.heard.c.id.in_(select(s.id).where(s.reading_seq == seq, s.variant > 0))))
    for table in t.DATED.values():
        connection.execute(delete(table).where(table.c.reading_seq == seq, table.c.variant > 0))


def _mark(
    connection: Connection,
    seq: int,
    reading: Reading,
    verdict: Verdict,
    write_lines: Callable[[Connection, Sequence[tuple[int, Line]]], None],
) -> None:
    found = [(seq, line_of(changed, verdict.record_id, n)) for n, changed in variants(reading, verdict)]
    write_lines(connection, found)
    insert_rows(connection, t.marks, [(seq, verdict.record_id, *row) for row in mark_rows(verdict)], _MARK)


def variants(reading: Reading, verdict: Verdict) -> list[tuple[int, Reading]]:
    """The reading after each correction of a record, with the number of the line that it makes."""
    some = verdict.corrections
    return [(n, corrected(reading, verdict.record_id, some[:n])) for n in range(1, len(some) + 1)]


def mark_rows(verdict: Verdict) -> list[tuple[int, str, str | None, int, int | None]]:
    """(variant, since, until, hidden, judgement) of a record's lines: which of them is seen on which days.

    Line 0 is the reader's; each correction makes another.  What was decided last on a day holds from that day on.
    """
    states: list[tuple[str, int, bool, int]] = []  # day, the line that is seen, rejected, judgement
    line = 0
    for judgement in verdict.judgements:
        line += judgement.action == CORRECT
        states.append((judgement.added_at[:DAY], line, judgement.action == REJECT, judgement.seq))
    by_day = {day: (seen, rejected, number) for day, seen, rejected, number in states}
    days = sorted(by_day)
    found: list[tuple[int, str, str | None, int, int | None]] = []
    for variant in range(line + 1):
        if variant:
            found.append((variant, "", days[0], 1, None))
        for day, until in zip(days, [*days[1:], None], strict=True):
            seen, rejected, number = by_day[day]
            shown = seen == variant and not rejected
            found.append((variant, day, until, int(not shown), number))
    return found


def _judgement(values: dict[str, Any]) -> Judgement:
    values["target"] = json.loads(values["target"])
    values["value"] = json.loads(values["value"]) if values["value"] else None
    return Judgement(**values)
