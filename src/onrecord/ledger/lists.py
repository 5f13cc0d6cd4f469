"""The derived tables: which readings answer on which days, the lines of lists, the index of words, the sources.

Everything here can be thrown away and made again from what was learned (`rebuild`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, insert, select, text, update

from onrecord.ledger import judging, stories
from onrecord.ledger import tables as t
from onrecord.ledger.bulk import chunks, insert_documents, insert_rows
from onrecord.ledger.placing import place
from onrecord.ledger.spreading import LINE, encoded, lines
from onrecord.ledger.versions import DAY, intervals
from onrecord.records import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection, Table

    from onrecord.ledger.spreading import Line

COLUMNS = {
    "reports": ("id", "reading_seq", *(c.name for c in t.overviews.c if c.name.startswith("n_")), "opening"),
    "actors": ("id", "reading_seq", "record_id", "name", "kind", "description", "country", "sector"),
    **{
        kind: ("id", "reading_seq", *LINE, *(c.name for c in table.c if c.name not in {"id", "reading_seq", *LINE}))
        for kind, table in t.DATED.items()
    },
}
TABLES: dict[str, Table] = {"reports": t.overviews, "actors": t.actors, **t.DATED}
_KEY, _KIND, _NAMING, _NAME = (
    COLUMNS["statements"].index(name) - 2 for name in ("source_key", "source_kind", "naming", "source_name")
)
_NEXT = "next"
_AT_ONCE = 200
"""Readings that are spread anew at a time."""

Counts = dict[tuple[str, str, str], list[Any]]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A reading that has just been written, with its lines."""

    seq: int
    report_id: str
    added_at: str
    lines: tuple[Line, ...]


def spread_readings(connection: Connection, fresh: Sequence[Fresh], alone: set[str], changed: set[str]) -> None:
    """Write the lines of new readings and bring the rest up to date.

    `alone` are new reports of which nothing else is known; `changed` other reports that may answer or no longer do.
    """
    write_lines(connection, [(f.seq, line) for f in fresh for line in f.lines])
    single = [f for f in fresh if f.report_id in alone]
    insert_rows(
        connection,
        t.answering,
        [(f.seq, f.added_at[:DAY], None, None) for f in single],
        ("reading_seq", "since", "until", "ended"),
    )
    counts: Counts = {}
    for f in single:
        _count_lines(counts, f.lines)
    _add_counts(connection, counts)
    renew(connection, changed | {f.report_id for f in fresh if f.report_id not in alone})


def write_lines(connection: Connection, found: Sequence[tuple[int, Line]]) -> None:
    """Number lines (each with its reading's seq) and write them with their documents."""
    if not found:
        return
    running = _take(connection, len(found))
    by_kind: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    documents, heard = [], []
    for n, (seq, line) in enumerate(found, running):
        number = place(line.kind, line.first, line.last, line.stands_in, n)
        by_kind[line.kind].append((number, seq, *line.values))
        documents.append((number, line.terms))
        if line.kind == "statements":
            heard.append((number, seq, source_code(*(line.values[i] for i in (_KEY, _KIND, _NAMING)))))
    for kind, some in by_kind.items():
        insert_rows(connection, TABLES[kind], some, COLUMNS[kind])
    insert_rows(connection, t.heard, heard, ("id", "reading_seq", "source"))
    insert_documents(connection, documents)


@lru_cache(maxsize=20_000)
def source_code(key: str, kind: str, naming: str) -> int:
    """A source as a number, to count by: 63 bits of a hash, alike for the same source in every ledger."""
    told = hashlib.blake2b("\n".join((key, kind, naming)).encode(), digest_size=8).digest()
    return int.from_bytes(told) >> 1


def renew(connection: Connection, reports: set[str]) -> None:
    """Find out anew on which days the readings of some reports answer, and what people decided on their records."""
    if not reports:
        return
    readings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    r = t.readings.c
    for some in chunks(sorted(reports)):
        for row in connection.execute(select(r.seq, r.report_id, r.added_at).where(r.report_id.in_(some))):
            readings[row.report_id].append((row.seq, row.added_at))
    seqs = [seq for found in readings.values() for seq, _ in found]
    before = counted(connection, seqs)
    for some in chunks(seqs):
        connection.execute(delete(t.answering).where(t.answering.c.reading_seq.in_(some)))
    versions = stories.of_reports(connection, readings)
    rows = [
        (i.seq, i.since, i.until, i.ended)
        for report_id, found in readings.items()
        for i in intervals(report_id, found, versions.get(report_id, {}))
    ]
    insert_rows(connection, t.answering, rows, ("reading_seq", "since", "until", "ended"))
    judging.apply(connection, list(readings), write_lines)
    _add_counts(connection, _difference(before, counted(connection, seqs)))
    connection.execute(delete(t.source_counts).where(t.source_counts.c.statements <= 0))


def rebuild(connection: Connection, progress: Callable[[int, int], None] | None = None) -> None:
    """Make every derived row anew from what was learned; `progress` is told how many readings of how many are done."""
    for table in t.SPREAD:
        connection.execute(delete(table))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")
    else:
        connection.exec_driver_sql("TRUNCATE search")
    connection.execute(delete(t.spread))
    connection.execute(
        insert(t.spread), [{"name": "version", "value": t.SPREAD_VERSION}, {"name": _NEXT, "value": "1"}]
    )
    r = t.readings.c
    total = connection.execute(select(func.count()).select_from(t.readings)).scalar_one()
    last, done = 0, 0
    while found := connection.execute(select(r.seq, r.json).where(r.seq > last).order_by(r.seq).limit(_AT_ONCE)).all():
        numbered: list[tuple[int, Line]] = []
        for seq, line in found:
            reading = Reading.loads(line)
            numbered.extend((seq, made) for made in lines(reading, encoded(reading)[1]))
        write_lines(connection, numbered)
        last, done = found[-1].seq, done + len(found)
        if progress is not None:
            progress(done, total)
    reports = connection.execute(select(r.report_id).distinct()).scalars().all()
    for start in range(0, len(reports), _AT_ONCE):
        renew(connection, set(reports[start : start + _AT_ONCE]))


def is_current(connection: Connection) -> bool:
    """Were the derived tables made by the rules of this version?"""
    version = select(t.spread.c.value).where(t.spread.c.name == "version")
    return connection.execute(version).scalar() == t.SPREAD_VERSION


def _take(connection: Connection, count: int) -> int:
    """The first of so many running numbers, which are then used up."""
    found = connection.execute(select(t.spread.c.value).where(t.spread.c.name == _NEXT)).scalar_one()
    connection.execute(update(t.spread).where(t.spread.c.name == _NEXT).values(value=str(int(found) + count)))
    return int(found)


def _count_lines(counts: Counts, found: Iterable[Line]) -> None:
    """Add one reading's statements to the counts of sources."""
    seen = set()
    for line in found:
        if line.kind == "statements":
            source = (line.values[_KEY], line.values[_KIND], line.values[_NAMING])
            name = line.values[_NAME]
            row = counts.setdefault(source, [name, 0, 0])
            row[0] = min(row[0], name)
            row[1] += 1
            if source not in seen:
                seen.add(source)
                row[2] += 1


def counted(connection: Connection, seqs: list[int] | None = None) -> Counts:
    """The sources of those of some readings, or of all, that answer now: name, statements, reports."""
    s, m = t.statements.c, t.marks.c
    hidden = exists().where(
        m.reading_seq == s.reading_seq, m.record_id == s.record_id, m.variant == s.variant, m.until.is_(None),
        m.hidden == 1,
    )  # fmt: skip
    counts: Counts = {}
    for some in chunks(seqs) if seqs is not None else [None]:
        query = (
            select(s.source_key, s.source_kind, s.naming, func.min(s.source_name), func.count())
            .add_columns(func.count(s.reading_seq.distinct()))
            .where(~hidden, *([s.reading_seq.in_(some)] if some is not None else []))
            .where(exists().where(t.answering.c.reading_seq == s.reading_seq, t.answering.c.until.is_(None)))
            .group_by(s.source_key, s.source_kind, s.naming)
        )
        for key, kind, naming, *rest in connection.execute(query):
            row = counts.setdefault((key, kind, naming), [rest[0], 0, 0])
            row[0], row[1], row[2] = min(row[0], rest[0]), row[1] + rest[1], row[2] + rest[2]
    return counts


def _difference(before: Counts, after: Counts) -> Counts:
    found: Counts = {}
    for source in {**before, **after}:
        old, new = before.get(source, ["", 0, 0]), after.get(source, ["", 0, 0])
        if old[1:] != new[1:]:
            found[source] = [new[0] or old[0], new[1] - old[1], new[2] - old[2]]
    return found


def _add_counts(connection: Connection, counts: Counts) -> None:
    if not counts:
        return
    least = "MIN" if connection.dialect.name == "sqlite" else "LEAST"
    names = ("source_key", "source_kind", "naming", "name", "statements", "reports")
    statement = text(
        f"INSERT INTO source_counts ({', '.join(names)}) VALUES ({', '.join(':' + n for n in names)}) "  # noqa: S608 - our names
        "ON CONFLICT (source_key, source_kind, naming) DO UPDATE SET "
        f"name = {least}(source_counts.name, excluded.name), "
        "statements = source_counts.statements + excluded.statements, "
        "reports = source_counts.reports + excluded.reports"
    )
    rows = [dict(zip(names, (*source, *row), strict=True)) for source, row in sorted(counts.items())]
    connection.execute(statement, rows)
