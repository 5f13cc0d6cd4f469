"""Proves that a ledger is what it says it is: ids are hashes of what they name, spans quote, lists tell the readings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, func, select, table, text

from onrecord.errors import RecordError
from onrecord.ledger import judging, lists, rows, stories
from onrecord.ledger import tables as t
from onrecord.ledger.asking import told
from onrecord.ledger.bulk import chunks
from onrecord.ledger.evidence import spans
from onrecord.ledger.judgements import verdicts
from onrecord.ledger.placing import place, running
from onrecord.ledger.spreading import encoded, line_of, lines
from onrecord.ledger.versions import intervals
from onrecord.ledger.words import storable
from onrecord.records import Reading, content_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

    from onrecord.ledger.spreading import Line
    from onrecord.ledger.store import Ledger

_AT_ONCE = 200
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be: where, and what."""

    where: str
    what: str

    def to_json(self) -> dict[str, str]:
        """As JSON values."""
        return {"where": self.where, "what": self.what}


def faults(ledger: Ledger, progress: Callable[[int, int], None] | None = None) -> Iterator[Fault]:
    """Everything that is wrong with a ledger, in one view of it; nothing where all is well.

    Checked: the database's own structure; that every id is the hash of its content; that every span of every reading
    quotes its text; that every row of the derived tables is what the readings, notices and judgements give, and that
    none is missing.  `progress` is told how many readings of how many are done.
    """
    level = {"isolation_level": "REPEATABLE READ"} if ledger.engine.dialect.name == "postgresql" else {}
    with told(), ledger.engine.connect().execution_options(**level) as connection, connection.begin():
        yield from _structure(connection)
        yield from _learned(connection)
        yield from _readings(connection, progress)
        yield from _answering(connection)
        yield from _sources(connection)
        yield from _words(connection)


def _structure(connection: Connection) -> Iterator[Fault]:
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check"):
        if line != "ok":
            yield Fault("database", str(line))
    for found in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(str(found[0]), f"row {found[1]} names a row of {found[2]} that is not there")


def _learned(connection: Connection) -> Iterator[Fault]:
    """Ids of everything but readings."""
    for row in _all(connection, "SELECT id, key, text FROM reports"):
        if not row["id"].removeprefix("sha256:").startswith(row["key"]):
            yield Fault(f"report {row['key']}", "its key is not the beginning of its hash")
        # a text with half characters or NUL is kept with U+FFFD in their place; its readings have it as it was
        if content_id(row["text"]) != row["id"] and "\ufffd" not in row["text"]:
            yield Fault(f"report {row['key']}", "its id is not the hash of its text")
    for name, hashed in (
        ("appearances", rows.appearance_id), ("notices", rows.notice_id), ("judgements", rows.judgement_id),
    ):  # fmt: skip
        for row in _all(connection, f"SELECT * FROM {name}"):  # noqa: S608 - our names
            if hashed(row) != row["id"]:
                yield Fault(f"{name} {row['id'][:19]}", "its id is not the hash of what it says")


def _readings(connection: Connection, progress: Callable[[int, int], None] | None) -> Iterator[Fault]:
    r = t.readings.c
    total = connection.execute(select(func.count()).select_from(t.readings)).scalar_one()
    last, done = 0, 0
    query = select(t.readings, t.reports.c.text.label("text")).join(t.reports, t.reports.c.id == r.report_id)
    while some := connection.execute(query.where(r.seq > last).order_by(r.seq).limit(_AT_ONCE)).mappings().all():
        found = [dict(row) for row in some]
        stored = _stored(connection, [row["seq"] for row in found])
        for row in found:
            yield from _reading(connection, row, stored.get(row["seq"], []))
        last, done = found[-1]["seq"], done + len(found)
        if progress is not None:
            progress(done, total)


def _reading(connection: Connection, row: Row, stored: list[tuple[str, int, tuple[Any, ...]]]) -> Iterator[Fault]:
    where = f"reading {row['seq']}"
    try:
        reading = Reading.loads(row["json"])
    except RecordError as error:
        yield Fault(where, f"cannot be understood: {error}")
        return
    for name, value in rows.reading_row(reading, row["json"]).items():
        if row[name] != value:
            yield Fault(where, f"its {name} is not that of its JSON")
    whole = reading.report.text
    if content_id(whole) != reading.report.id or storable(whole) != row["text"]:
        yield Fault(where, "its text is not the report's")
    for span in _quotes(reading):
        if whole[span.start : span.end] != span.text:
            yield Fault(where, f"{span.text!r} is not what stands at [{span.start}, {span.end}]")
    wanted = Counter((line.kind, line.values) for line in _lines(connection, reading))
    there = Counter((kind, values) for kind, _, values in stored)
    for kind, values in wanted - there:
        yield Fault(where, f"the line of {kind} {values[0]} is missing or wrong")
    for kind, values in there - wanted:
        yield Fault(where, f"the line of {kind} {values[0]} is not what the reading gives")
    places = {(line.kind, line.values): line for line in _lines(connection, reading)}
    for kind, number, values in stored:
        line = places.get((kind, values))
        if line and place(kind, line.first, line.last, line.stands_in, running(number)) != number:
            yield Fault(where, f"the line of {kind} {values[0]} stands in the wrong place")


def _quotes(reading: Reading) -> Iterator[Any]:
    for record in reading.records():
        yield from spans(record)
    yield from spans(reading.report)
    for note in reading.notes:
        yield from spans(note)


def _lines(connection: Connection, reading: Reading) -> list[Line]:
    """The lines that a reading should have: its own, and those that people's corrections made."""
    found = list(lines(reading, encoded(reading)[1]))
    decided = judging.load(connection, reports=[reading.report.id])
    for verdict in verdicts(reading, decided).values():
        for n, changed in judging.variants(reading, verdict):
            found.append(line_of(changed, verdict.record_id, n))
    return found


def _stored(connection: Connection, seqs: list[int]) -> dict[int, list[tuple[str, int, tuple[Any, ...]]]]:
    """Reading -> its lines as (kind, number, values)."""
    found: dict[int, list[tuple[str, int, tuple[Any, ...]]]] = {}
    for kind, listed in lists.TABLES.items():
        columns = [listed.c[name] for name in lists.COLUMNS[kind]]
        for row in connection.execute(select(*columns).where(listed.c.reading_seq.in_(seqs))):
            found.setdefault(row[1], []).append((kind, row[0], tuple(row[2:])))
    return found


def _answering(connection: Connection) -> Iterator[Fault]:
    """Do the days on which readings answer follow from what was learned?"""
    readings: dict[str, list[tuple[int, str]]] = {}
    r, a = t.readings.c, t.answering.c
    for row in connection.execute(select(r.report_id, r.seq, r.added_at)):
        readings.setdefault(row.report_id, []).append((row.seq, row.added_at))
    for some in chunks(list(readings)):
        versions = stories.of_reports(connection, some)
        wanted = {i for report in some for i in intervals(report, readings[report], versions.get(report, {}))}
        seqs = [seq for report in some for seq, _ in readings[report]]
        there: set[Any] = set()
        for part in chunks(seqs):
            query = select(a.reading_seq, a.since, a.until, a.ended).where(a.reading_seq.in_(part))
            there.update(tuple(row) for row in connection.execute(query))
        for interval in wanted:
            if (interval.seq, interval.since, interval.until, interval.ended) not in there:
                yield Fault(f"reading {interval.seq}", "the days on which it answers are wrong")
        if len(there) > len(wanted):
            yield Fault(f"reading {min(seqs)} and others", "there are days on which they answer too many")


def _sources(connection: Connection) -> Iterator[Fault]:
    wanted = lists.counted(connection)
    c = t.source_counts.c
    there = {
        (row.source_key, row.source_kind, row.naming): [row.statements, row.reports]
        for row in connection.execute(select(c.source_key, c.source_kind, c.naming, c.statements, c.reports))
    }
    for source in {**wanted, **there}:
        if wanted.get(source, [None])[1:] != there.get(source, []):
            yield Fault(f"source {source[0]!r}", "it is counted wrongly")
    names = "s.id, s.reading_seq AS seq, s.source_key, s.source_kind, s.naming, h.reading_seq, h.source"
    for row in _all(connection, f"SELECT {names} FROM statements s LEFT JOIN heard h ON h.id = s.id"):  # noqa: S608
        code = lists.source_code(row["source_key"], row["source_kind"], row["naming"])
        if (row["reading_seq"], row["source"]) != (row["seq"], code):
            yield Fault(f"reading {row['seq']}", f"a statement of {row['source_key']!r} cannot be counted")


def _words(connection: Connection) -> Iterator[Fault]:
    """Has every line a document in the index of words?"""
    documents = "search_docsize" if connection.dialect.name == "sqlite" else "search"
    number = table(documents, column("id")).c.id
    for kind, listed in lists.TABLES.items():
        lost = select(func.count()).select_from(listed).where(listed.c.id.not_in(select(number)))
        if count := connection.execute(lost).scalar_one():
            yield Fault(kind, f"{count} lines cannot be found by their words")


def _all(connection: Connection, query: str) -> Iterator[Mapping[str, Any]]:
    with connection.execution_options(yield_per=_AT_ONCE).execute(text(query)) as result:
        for row in result.mappings():
            yield dict(row)
