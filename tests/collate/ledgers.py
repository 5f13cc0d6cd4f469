"""What the tests of collate on a ledger have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from onrecord.collate import tables
from onrecord.intake.items import Item
from tests.collate.plain import Line, report
from tests.fakes import Days

if TYPE_CHECKING:
    from onrecord.collate import Collation
    from onrecord.ledger import Ledger
    from onrecord.records import Reading

SHELLED = "Varda *shelled* the crowded fish market of Port Selu with heavy guns at dawn"


def april() -> Days:
    return Days(datetime(2025, 4, 1, 12, tzinfo=UTC))


def front(**known: Any) -> Reading:
    return report(Line(SHELLED, source="Tesh Front", killed=31), **known)


def item(reading: Reading, guid: str, version: str, **known: Any) -> Item:
    return Item(text=reading.report.text, guid=guid, version=version, **known)


def everything(collation: Collation, **asked: Any) -> dict[str, list[Any]]:
    return {view: getattr(collation, view)(**asked) for view in ("happenings", "disputes", "copies", "actors", "links")}


def rows(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """All that collate has written, in order."""
    with ledger.engine.connect() as connection:
        return {
            t.name: sorted(tuple(row) for row in connection.execute(select(t)))
            if t.name != "collate_members"
            else sorted(
                (r.kind, r.node, r.ref, r.day or "", r.grp or "", r.json) for r in connection.execute(select(t))
            )
            for t in tables.metadata.sorted_tables
            if t.name != "collate_state"
        }
