"""The first tables: reports, appearances, readings, their records, links and passages with a text index.

Revision: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_RECORD_COLUMNS: dict[str, list[tuple[str, Any, bool]]] = {
    "actors": [
        ("name", sa.Text, False),
        ("kind", sa.Text, False),
        ("country", sa.Text, True),
        ("sector", sa.Text, True),
        ("search", sa.Text, False),
    ],
    "places": [
        ("name", sa.Text, True),
        ("use", sa.Text, False),
        ("country", sa.Text, True),
        ("geonameid", sa.Integer, True),
        ("search", sa.Text, False),
    ],
    "times": [
        ("type", sa.Text, False),
        ("value", sa.Text, False),
        ("begin", sa.Text, True),
        ("until", sa.Text, True),
    ],
}
_DATED: list[tuple[str, Any, bool]] = [
    ("begin", sa.Text, True),
    ("until", sa.Text, True),
    ("dated_by", sa.Text, False),
    ("sentence", sa.Text, False),
    ("names", sa.Text, False),
]
_DATED_COLUMNS: dict[str, list[tuple[str, Any, bool]]] = {
    "statements": [
        ("act", sa.Text, False),
        ("quotation", sa.Text, False),
        ("source_name", sa.Text, False),
        ("source_key", sa.Text, False),
        ("source_kind", sa.Text, False),
        ("naming", sa.Text, False),
        ("chain_length", sa.Integer, False),
        ("search", sa.Text, False),
    ],
    "events": [("type", sa.Text, False), ("status", sa.Text, False)],
    "figures": [("measure", sa.Text, False), ("change", sa.Text, False), ("unit", sa.Text, True)],
    "positions": [("issue", sa.Text, False), ("stance", sa.Text, False)],
    "talks": [("form", sa.Text, False), ("outcome", sa.Text, False)],
    "agreements": [("name", sa.Text, True), ("status", sa.Text, False), ("kinds", sa.Text, True)],
}
_INDEXES = (
    ("reports", ["added_at"]),
    ("appearances", ["report_id"]),
    ("readings", ["report_id"]),
    ("readings", ["published"]),
    ("readings", ["added_at"]),
    ("statements", ["act"]),
    ("statements", ["source_key"]),
    ("events", ["type"]),
    ("figures", ["measure"]),
    ("positions", ["issue"]),
    ("links", ["reading_seq", "target_id"]),
    ("passages", ["reading_seq", "record_id"]),
)


def upgrade() -> None:
    """Make everything."""
    _report_tables()
    _reading_table()
    for name, columns in _RECORD_COLUMNS.items():
        _record_table(name, columns)
    for name, columns in _DATED_COLUMNS.items():
        _record_table(name, [*_DATED, *columns])
    _link_tables()
    for table, indexed in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(indexed)}", table, indexed)
    _text_index()


def downgrade() -> None:
    """Remove everything."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE passages_fts")
    for name in ("passages", "links", *_DATED_COLUMNS, *_RECORD_COLUMNS, "readings", "appearances", "reports"):
        op.drop_table(name)


def _report_tables() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("key", name="uq_reports_key"),
    )
    op.create_table(
        "appearances",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("source_id", "publisher", "url", "title", "published")),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appearances"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_appearances_report_id"),
    )


def _reading_table() -> None:
    op.create_table(
        "readings",
        sa.Column("seq", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("reader_version", sa.Text, nullable=False),
        *(
            sa.Column(name, sa.Text)
            for name in ("title", "language", "publisher", "agency", "byline", "published", "anchor")
        ),
        sa.Column("voice", sa.Text, nullable=False),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_readings"),
        sa.UniqueConstraint("id", name="uq_readings_id"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_readings_report_id"),
        sqlite_autoincrement=True,
    )


def _record_table(name: str, columns: list[tuple[str, Any, bool]]) -> None:
    op.create_table(
        name,
        sa.Column("reading_seq", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        *(sa.Column(column, kind, nullable=nullable) for column, kind, nullable in columns),
        sa.Column("json", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("reading_seq", "record_id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["reading_seq"], ["readings.seq"], name=f"fk_{name}_reading_seq"),
    )


def _link_tables() -> None:
    op.create_table(
        "links",
        sa.Column("reading_seq", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("target_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("reading_seq", "record_id", "role", "target_id", name="pk_links"),
        sa.ForeignKeyConstraint(["reading_seq"], ["readings.seq"], name="fk_links_reading_seq"),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("reading_seq", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
        sa.ForeignKeyConstraint(["reading_seq"], ["readings.seq"], name="fk_passages_reading_seq"),
    )


def _text_index() -> None:
    """FTS5 over `passages.body` on SQLite, filled by a trigger; an expression index on PostgreSQL."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE passages_fts USING fts5("
            "body, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
        )
        op.execute(
            "CREATE TRIGGER passages_after_insert AFTER INSERT ON passages BEGIN "
            "INSERT INTO passages_fts(rowid, body) VALUES (new.id, new.body); END"
        )
    else:
        op.execute("CREATE INDEX ix_passages_body ON passages USING gin (to_tsvector('simple', body))")
