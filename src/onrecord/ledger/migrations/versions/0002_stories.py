"""Versions of stories, notices, judgements; triggers that refuse changes; lists that lie in order of time.

The tables that spread readings out are made anew: `onrecord.ledger.lists.rebuild` fills them.

Revision: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_OLD = (
    "passages", "links", "agreements", "talks", "positions", "figures", "events", "statements", "times", "places",
    "actors",
)  # fmt: skip
_LEARNED = ("reports", "appearances", "readings", "notices", "judgements")
_STORY = ("language", "guid", "version", "signal", "embargoed", "agency", "located", "note", "provenance")
_KINDS = ("statements", "events", "figures", "positions", "talks", "agreements")
_OWN: dict[str, list[tuple[str, Any, bool]]] = {
    "statements": [
        ("act", sa.Text, False),
        ("quotation", sa.Text, False),
        ("source_name", sa.Text, False),
        ("source_key", sa.Text, False),
        ("source_kind", sa.Text, False),
        ("naming", sa.Text, False),
        ("chain_length", sa.Integer, False),
    ],
    "events": [("type", sa.Text, False), ("status", sa.Text, False)],
    "figures": [("measure", sa.Text, False), ("change", sa.Text, False), ("unit", sa.Text, True)],
    "positions": [("issue", sa.Text, False), ("stance", sa.Text, False)],
    "talks": [("form", sa.Text, False), ("outcome", sa.Text, False)],
    "agreements": [("name", sa.Text, True), ("status", sa.Text, False), ("kinds", sa.Text, True)],
}
_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the new tables; the old lists go, the readings stay."""
    sqlite = op.get_context().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TABLE passages_fts")
    for name in _OLD:
        op.drop_table(name)
    op.add_column("appearances", sa.Column("status", sa.Text, nullable=False, server_default=sa.text("'usable'")))
    for name in _STORY:
        op.add_column("appearances", sa.Column(name, sa.Text))
    op.create_index("ix_appearances_guid", "appearances", ["guid"])
    op.create_index("ix_appearances_added_at", "appearances", ["added_at"])
    _notices()
    _judgements()
    _states()
    _lists()
    _words(sqlite)
    _triggers(sqlite)


def downgrade() -> None:
    """There is no way back: notices and judgements would be lost."""
    raise NotImplementedError("a ledger of revision 0002 cannot become one of 0001")


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("seq", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("guid", sa.Text, nullable=False),
        sa.Column("version", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("report_id", "target_report_id", "reason", "issued")),
        sa.Column("added_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_notices"),
        sa.UniqueConstraint("id", name="uq_notices_id"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_notices_report_id"),
        sa.ForeignKeyConstraint(["target_report_id"], ["reports.id"], name="fk_notices_target_report_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_guid", "notices", ["guid"])
    op.create_index("ix_notices_target_report_id", "notices", ["target_report_id"])


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("seq", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "why", "added_at")),
        sa.PrimaryKeyConstraint("seq", name="pk_judgements"),
        sa.UniqueConstraint("id", name="uq_judgements_id"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_judgements_report_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgements_report_id", "judgements", ["report_id"])


def _states() -> None:
    op.create_table(
        "spread",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_spread"),
    )
    op.create_table(
        "answering",
        sa.Column("reading_seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.Column("ended", sa.Text),
        sa.PrimaryKeyConstraint("reading_seq", "since", name="pk_answering"),
    )
    op.create_table(
        "marks",
        sa.Column("reading_seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("record_id", sa.Text, nullable=False),
        sa.Column("variant", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text),
        sa.Column("hidden", sa.Integer, nullable=False),
        sa.Column("judgement_seq", sa.Integer),
        sa.PrimaryKeyConstraint("reading_seq", "record_id", "variant", "since", name="pk_marks"),
    )
    op.create_table(
        "source_counts",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("source_key", "source_kind", "naming", "name")),
        sa.Column("statements", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("source_key", "source_kind", "naming", name="pk_source_counts"),
    )
    op.create_index("ix_source_counts_statements", "source_counts", ["statements"])
    op.create_table(
        "heard",
        sa.Column("id", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading_seq", sa.Integer, nullable=False),
        sa.Column("source", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_heard"),
    )


def _lists() -> None:
    counts = [sa.Column(f"n_{name}", sa.Integer, nullable=False) for name in _KINDS]
    _list("overviews", *counts, sa.Column("opening", sa.Text))
    _list(
        "actors",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("record_id", "name", "kind")),
        *(sa.Column(name, sa.Text) for name in ("description", "country", "sector")),
    )
    for kind in _KINDS:
        _list(
            kind,
            sa.Column("record_id", sa.Text, nullable=False),
            sa.Column("variant", sa.Integer, nullable=False),
            *(sa.Column(name, sa.Text) for name in ("begin", "until", "ends")),
            *(sa.Column(name, sa.Text, nullable=False) for name in ("dated_by", "sentence", "names")),
            *(sa.Column(name, of, nullable=nullable) for name, of, nullable in _OWN[kind]),
            sa.Column("json", sa.Text, nullable=False),
        )
        lasting = sa.text("ends IS NOT NULL")
        op.create_index(f"ix_{kind}_ends", kind, ["ends"], sqlite_where=lasting, postgresql_where=lasting)
    op.create_index("ix_statements_source", "statements", ["source_key", "source_kind", "naming", "id"])


def _list(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", _BIG, autoincrement=False, nullable=False),
        sa.Column("reading_seq", sa.Integer, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_reading_seq", name, ["reading_seq"])


def _words(sqlite: bool) -> None:
    """The index of words: documents are words between single spaces already, so nothing is left to a tokenizer."""
    if sqlite:
        op.execute("CREATE VIRTUAL TABLE search USING fts5(terms, content='', tokenize=\"ascii tokenchars '_|'\")")
    else:
        op.execute("CREATE TABLE search (id BIGINT NOT NULL CONSTRAINT pk_search PRIMARY KEY, terms TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_terms ON search USING gin (terms)")


def _triggers(sqlite: bool) -> None:
    """What was learned stays as it is."""
    if not sqlite:
        op.execute(
            "CREATE FUNCTION onrecord_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger only appends: % is never changed', TG_TABLE_NAME; END $$"
        )
    for name in _LEARNED:
        if sqlite:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name} BEGIN "
                    f"SELECT RAISE(ABORT, 'the ledger only appends: {name} is never changed'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION onrecord_append_only()"
            )
