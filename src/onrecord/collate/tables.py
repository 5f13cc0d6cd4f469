"""Collate's own tables, in the ledger's database, one definition for SQLite and PostgreSQL.

All of it is derived: `COLLATE_VERSION` names the rules by which it was made, and a ledger whose tables were made by
other rules has them dropped and made anew.  docs/collate.md describes every column.

A *node* is one thing of one reading that can be joined to those of other readings; its number is the reading's
`seq`, times 4096, plus the number in the record's id (0 for the report itself).  Nodes and edges stay when a reading
is replaced, so that the state of any earlier day can be made again from them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text

COLLATE_VERSION = "5"
"""Raised whenever the same ledger would give other groups, standings, links or facts."""

NO_DAY = "~"
"""Stands for a day that is not known where rows are put in order: after all others."""

NODE = 4096
"""Nodes in one reading at most."""

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)

state = Table(
    "collate_state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "collate_reports",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, index=True),
    Column("learned", Text, nullable=False, index=True),
    Column("replaced", Text, index=True),
    Column("replaced_by", Integer),
    Column("day", Text),
    Column("json", Text, nullable=False),
)

members = Table(
    "collate_members",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("node", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("ref", Text, nullable=False),
    Column("day", Text),
    Column("grp", Text),
    Column("blocks", LargeBinary),
    Column("json", Text, nullable=False),
    Index(None, "kind", "grp", "day"),
    Index(None, "kind", "ref"),
    Index(None, "seq", "kind"),
)

blocks = Table(
    "collate_blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("node", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

edges = Table(
    "collate_edges",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("node", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False),
    Column("weight", Float, nullable=False),
    Column("json", Text),
    sqlite_with_rowid=False,
)

groups = Table(
    "collate_groups",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("begin", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("type", Text),
    Column("standing", Text),
    Column("reports", Integer, nullable=False),
    Column("json", Text, nullable=False),
    Index(None, "kind", "begin", "id"),
    Index(None, "kind", "standing", "begin"),
    Index(None, "kind", "reports"),
    Index(None, "kind", "type", "begin"),
)

terms = Table(
    "collate_terms",
    metadata,
    Column("term", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("node", BigInteger, primary_key=True, autoincrement=False),
    Column("learned", Text),
    Index(None, "node"),
    sqlite_with_rowid=False,
)

decisions = Table(
    "collate_decisions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("action", Text, nullable=False),
    Column("learned", Text, nullable=False),
    Index(None, "kind", "one"),
    Index(None, "kind", "other"),
)

links = Table(
    "collate_links",
    metadata,
    Column("grp", Text, primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("field", Text),
    Column("day", Text, nullable=False),
    Column("node", BigInteger, nullable=False),
    Column("other", BigInteger, nullable=False),
    Column("json", Text, nullable=False),
    Index(None, "day", "grp", "ordinal"),
    Index(None, "kind", "day"),
)

facts = Table(
    "collate_facts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("node", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("line", Text, nullable=False),
    Column("day", Text),
    Column("json", Text, nullable=False),
    Index(None, "kind", "key", "line", "day", "node"),
    Index(None, "node", "kind"),
    Index(None, "seq", "kind"),
)
