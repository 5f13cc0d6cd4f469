"""Stories with several versions: what a new version or a withdrawal means for those that were there before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from onrecord.ledger import rows
from onrecord.ledger import tables as t
from onrecord.ledger.bulk import chunks, insert_mappings
from onrecord.ledger.versions import Version, answer, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table

    from onrecord.intake.items import Item
    from onrecord.ledger.rows import Row
    from onrecord.ledger.writer import Prepared

SUPERSEDES, CORRECTS, WITHDRAWS = "supersedes", "corrects", "withdraws"
_WITHDRAWN = frozenset({"withheld", "canceled"})


@dataclass(slots=True)
class Told:
    """What new versions did: the reports that may answer or no longer answer, and outcomes by appearance."""

    touched: set[str] = field(default_factory=set)
    outcomes: dict[str, str] = field(default_factory=dict)


def tell(connection: Connection, new: Sequence[Prepared], now: str) -> Told:
    """Write the notices that new appearances (already written) bring with them."""
    told = Told()
    versions = [p for p in new if p.appearance["guid"] is not None]
    if not versions:
        return told
    fresh = {p.appearance["id"] for p in versions}
    history = _history(connection, {p.appearance["guid"] for p in versions}, without=fresh)
    notices = []
    for p in versions:
        row = p.appearance
        known = history[row["guid"]]
        notice, outcome = _notice(p, known)
        alone = not known and row["status"] not in _WITHDRAWN
        known.append(_version(row | {"added_at": now}))
        if not alone:  # the first version of a story answers as any report does
            told.touched.update(v.report_id for v in known if v.report_id is not None)
        if notice is not None:
            notices.append(notice | {"added_at": now})
        if outcome is not None:
            told.outcomes[row["id"]] = outcome
    _keep(connection, notices)
    return told


def withdraw(connection: Connection, item: Item, guid: str, now: str) -> tuple[bool, str | None, set[str]]:
    """Write the notice of a withdrawal that came without a text.

    Gives whether it is new, the report that answered for the story until now, and all reports of the story.
    """
    known = _history(connection, {guid}, without=set())[guid]
    target, _ = answer(known)
    notice = rows.notice_row(WITHDRAWS, guid, item.version, None, target, item)
    new = _keep(connection, [notice | {"added_at": now}])
    return bool(new), target, {v.report_id for v in known if v.report_id is not None}


def of_reports(connection: Connection, reports: Iterable[str]) -> dict[str, dict[str, list[Version]]]:
    """Report -> guid -> all that is known of each story that the report is a version of."""
    guids: dict[str, set[str]] = defaultdict(set)
    for some in chunks(reports):
        query = select(t.appearances.c.report_id, t.appearances.c.guid).where(
            t.appearances.c.report_id.in_(some), t.appearances.c.guid.is_not(None)
        )
        for report_id, guid in connection.execute(query):
            guids[report_id].add(guid)
    history = _history(connection, {g for found in guids.values() for g in found}, without=set())
    return {report_id: {guid: history[guid] for guid in found} for report_id, found in guids.items()}


def numbered(connection: Connection, table: Table, found: list[Row]) -> list[Row]:
    """Rows with their `seq`, taken from the database's own counter; the caller is the only writer."""
    if not found:
        return []
    name = table.name
    if connection.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        last = connection.execute(query, {"name": name}).scalar() or 0
        numbers: list[Any] = list(range(last + 1, last + 1 + len(found)))
    else:
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'seq')) FROM generate_series(1, :n)")
        numbers = sorted(connection.execute(query, {"name": name, "n": len(found)}).scalars())
    return [{"seq": number} | row for number, row in zip(numbers, found, strict=True)]


def _notice(p: Prepared, known: list[Version]) -> tuple[Row | None, str | None]:
    """What a new version says of those before it, and the outcome of adding it where that is not the plain one."""
    row, item = p.appearance, p.item
    before, _ = answer(known)
    if row["status"] in _WITHDRAWN:
        return rows.notice_row(WITHDRAWS, row["guid"], row["version"], p.report_id, before, item), "withdrawing"
    after, _ = answer([*known, _version(row | {"added_at": "9"})])
    if after == p.report_id and before is not None and before != p.report_id:
        kind = CORRECTS if row["signal"] == "correction" else SUPERSEDES
        return rows.notice_row(kind, row["guid"], row["version"], p.report_id, before, item), "superseding"
    if after is not None and after != p.report_id:  # it came late
        return rows.notice_row(SUPERSEDES, row["guid"], row["version"], after, p.report_id, None), None
    return None, None


def _version(row: Row) -> Version:
    return Version(row["added_at"], rank(row["version"]), row["report_id"], row["status"] in _WITHDRAWN)


def _history(connection: Connection, guids: set[str], without: set[str]) -> dict[str, list[Version]]:
    """Guid -> its versions and withdrawals, without some appearances."""
    found: dict[str, list[Version]] = defaultdict(list)
    a, n = t.appearances.c, t.notices.c
    for some in chunks(sorted(guids)):
        query = select(a.id, a.guid, a.added_at, a.version, a.report_id, a.status).where(a.guid.in_(some))
        for row in connection.execute(query).mappings():
            if row["id"] not in without:
                found[row["guid"]].append(_version(dict(row)))
        query = select(n.guid, n.added_at, n.version).where(
            n.guid.in_(some), n.kind == WITHDRAWS, n.report_id.is_(None)
        )
        for row in connection.execute(query).mappings():
            found[row["guid"]].append(Version(row["added_at"], rank(row["version"]), None, withdrawn=True))
    return found


def _keep(connection: Connection, notices: list[Row]) -> list[Row]:
    """Write the notices that are new."""
    by_id = {notice["id"]: notice for notice in notices}
    for some in chunks(list(by_id)):
        for known in connection.execute(select(t.notices.c.id).where(t.notices.c.id.in_(some))).scalars():
            del by_id[known]
    new = list(by_id.values())
    insert_mappings(connection, t.notices, numbered(connection, t.notices, new))
    return new
