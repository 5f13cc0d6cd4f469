"""The ledger's tables, one definition for SQLite and PostgreSQL.  docs/ledger.md describes every column.

`reports`, `appearances` and `readings` are what was learned, in order, and are only ever appended to.  The other
tables spread the readings out for asking; they hold nothing that `readings.json` does not.  Dates are ISO 8601
text of ten characters, which sorts as it should in both dialects.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("added_at", Text, nullable=False, index=True),
)

appearances = Table(
    "appearances",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("source_id", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("title", Text),
    Column("published", Text),
    Column("added_at", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report_id", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("reader_version", Text, nullable=False),
    Column("title", Text),
    Column("language", Text),
    Column("publisher", Text),
    Column("agency", Text),
    Column("byline", Text),
    Column("published", Text, index=True),
    Column("anchor", Text),
    Column("voice", Text, nullable=False),
    Column("added_at", Text, nullable=False, index=True),
    Column("json", Text, nullable=False),
    sqlite_autoincrement=True,
)


def _record_table(name: str, *columns: Column[Any]) -> Table:
    """A table of records of one kind: the columns that all have, and its own."""
    return Table(
        name,
        metadata,
        Column("reading_seq", Integer, ForeignKey("readings.seq"), primary_key=True),
        Column("record_id", Text, primary_key=True),
        Column("ordinal", Integer, nullable=False),
        *columns,
        Column("json", Text, nullable=False),
    )


def _dated(*columns: Column[Any]) -> list[Column[Any]]:
    """The columns of a record that has a place in time and a line for people."""
    return [
        Column("begin", Text),
        Column("until", Text),
        Column("dated_by", Text, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("names", Text, nullable=False),
        *columns,
    ]


actors = _record_table(
    "actors",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sector", Text),
    Column("search", Text, nullable=False),
)
places = _record_table(
    "places",
    Column("name", Text),
    Column("use", Text, nullable=False),
    Column("country", Text),
    Column("geonameid", Integer),
    Column("search", Text, nullable=False),
)
times = _record_table(
    "times",
    Column("type", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("begin", Text),
    Column("until", Text),
)
statements = _record_table(
    "statements",
    *_dated(
        Column("act", Text, nullable=False, index=True),
        Column("quotation", Text, nullable=False),
        Column("source_name", Text, nullable=False),
        Column("source_key", Text, nullable=False, index=True),
        Column("source_kind", Text, nullable=False),
        Column("naming", Text, nullable=False),
        Column("chain_length", Integer, nullable=False),
        Column("search", Text, nullable=False),
    ),
)
events = _record_table(
    "events",
    *_dated(Column("type", Text, nullable=False, index=True), Column("status", Text, nullable=False)),
)
figures = _record_table(
    "figures",
    *_dated(
        Column("measure", Text, nullable=False, index=True),
        Column("change", Text, nullable=False),
        Column("unit", Text),
    ),
)
positions = _record_table(
    "positions",
    *_dated(Column("issue", Text, nullable=False, index=True), Column("stance", Text, nullable=False)),
)
talks = _record_table("talks", *_dated(Column("form", Text, nullable=False), Column("outcome", Text, nullable=False)))
agreements = _record_table(
    "agreements", *_dated(Column("name", Text), Column("status", Text, nullable=False), Column("kinds", Text))
)

links = Table(
    "links",
    metadata,
    Column("reading_seq", Integer, ForeignKey("readings.seq"), primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("target_id", Text, primary_key=True),
    Index(None, "reading_seq", "target_id"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reading_seq", Integer, ForeignKey("readings.seq"), nullable=False),
    Column("record_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "reading_seq", "record_id"),
)

DATED = {
    "statements": statements,
    "events": events,
    "figures": figures,
    "positions": positions,
    "talks": talks,
    "agreements": agreements,
}
"""The tables that a person can list with filters, by the name of the reading's list."""

RECORDS = {"actors": actors, "places": places, "times": times, **DATED}
