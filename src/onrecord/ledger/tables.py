"""The ledger's tables, one definition for SQLite and PostgreSQL.  docs/ledger.md describes every column.

`reports`, `appearances`, `readings`, `notices` and `judgements` are what was learned, in order: triggers of the
database refuse to change or delete a row of them.  The other tables spread the readings out for asking; they hold
nothing that those five do not, and are made anew when `SPREAD_VERSION` differs.  Dates are ISO 8601 text of ten
characters, moments UTC ISO text to the second; both sort as they should in both dialects.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

SPREAD_VERSION = "1"
"""Raised whenever the same readings would give other rows in the tables below them."""

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
    Column("added_at", Text, nullable=False, index=True),
    Column("language", Text),
    Column("guid", Text, index=True),
    Column("version", Text),
    Column("status", Text, nullable=False, server_default=text("'usable'")),
    Column("signal", Text),
    Column("embargoed", Text),
    Column("agency", Text),
    Column("located", Text),
    Column("note", Text),
    Column("provenance", Text),
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

notices = Table(
    "notices",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("guid", Text, nullable=False, index=True),
    Column("version", Text),
    Column("kind", Text, nullable=False),
    Column("report_id", Text, ForeignKey("reports.id")),
    Column("target_report_id", Text, ForeignKey("reports.id"), index=True),
    Column("reason", Text),
    Column("issued", Text),
    Column("added_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("report_id", Text, ForeignKey("reports.id"), index=True),
    Column("target", Text, nullable=False),
    Column("value", Text),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

LEARNED = (reports, appearances, readings, notices, judgements)
"""The tables that are only ever appended to, in the order in which their rows refer to each other."""

spread = Table(
    "spread",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

answering = Table(
    "answering",
    metadata,
    Column("reading_seq", Integer, primary_key=True, autoincrement=False),
    Column("since", Text, primary_key=True),
    Column("until", Text),
    Column("ended", Text),
)

marks = Table(
    "marks",
    metadata,
    Column("reading_seq", Integer, primary_key=True, autoincrement=False),
    Column("record_id", Text, primary_key=True),
    Column("variant", Integer, primary_key=True, autoincrement=False),
    Column("since", Text, primary_key=True),
    Column("until", Text),
    Column("hidden", Integer, nullable=False),
    Column("judgement_seq", Integer),
)

source_counts = Table(
    "source_counts",
    metadata,
    Column("source_key", Text, primary_key=True),
    Column("source_kind", Text, primary_key=True),
    Column("naming", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Index(None, "statements"),
)


heard = Table(
    "heard",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("reading_seq", Integer, nullable=False),
    Column("source", BigInteger, nullable=False),
)


def _listed(name: str, *columns: Column[Any]) -> Table:
    """A table whose rows lie in the order in which they are listed: its key tells their place in time."""
    return Table(
        name,
        metadata,
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
        Column("reading_seq", Integer, nullable=False),
        *columns,
        Index(None, "reading_seq"),
    )


def _dated(name: str, *columns: Column[Any]) -> Table:
    """A table of records of one kind: the columns that all have, and its own."""
    made = _listed(
        name,
        Column("record_id", Text, nullable=False),
        Column("variant", Integer, nullable=False),
        Column("begin", Text),
        Column("until", Text),
        Column("ends", Text),
        Column("dated_by", Text, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("names", Text, nullable=False),
        *columns,
        Column("json", Text, nullable=False),
    )
    # what lasts: the few records that a day may lie in the middle of
    lasting = made.c.ends.is_not(None)
    Index(f"ix_{name}_ends", made.c.ends, sqlite_where=lasting, postgresql_where=lasting)
    return made


overviews = _listed(
    "overviews",
    *(
        Column(f"n_{name}", Integer, nullable=False)
        for name in ("statements", "events", "figures", "positions", "talks", "agreements")
    ),
    Column("opening", Text),
)
actors = _listed(
    "actors",
    Column("record_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("description", Text),
    Column("country", Text),
    Column("sector", Text),
)
statements = _dated(
    "statements",
    Column("act", Text, nullable=False),
    Column("quotation", Text, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_key", Text, nullable=False),
    Column("source_kind", Text, nullable=False),
    Column("naming", Text, nullable=False),
    Column("chain_length", Integer, nullable=False),
)
Index("ix_statements_source", statements.c.source_key, statements.c.source_kind, statements.c.naming, statements.c.id)
events = _dated("events", Column("type", Text, nullable=False), Column("status", Text, nullable=False))
figures = _dated(
    "figures",
    Column("measure", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("unit", Text),
)
positions = _dated("positions", Column("issue", Text, nullable=False), Column("stance", Text, nullable=False))
talks = _dated("talks", Column("form", Text, nullable=False), Column("outcome", Text, nullable=False))
agreements = _dated("agreements", Column("name", Text), Column("status", Text, nullable=False), Column("kinds", Text))

DATED = {
    "statements": statements,
    "events": events,
    "figures": figures,
    "positions": positions,
    "talks": talks,
    "agreements": agreements,
}
"""The tables that a person can list with filters, by the name of the reading's list."""

SPREAD = (answering, marks, source_counts, heard, overviews, actors, *DATED.values())
"""The derived tables; beside them stands the index of words, `search`, which every dialect makes its own way."""
