"""Texts that appear again elsewhere -> the outlets of reports that are known already.

An appearance brings no reading, so it is found by the moment of learning.  Several may share a second: the mark kept
is that second and how many there were.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, func, select, update

from onrecord.collate import tables as t
from onrecord.ledger import tables as ledger


def last_appearances(connection: Connection, mark: str | None) -> str:
    """The mark of the last appearances; the same as before where there are no new ones."""
    a = ledger.appearances.c
    since, _, count = (mark or "|0").partition("|")
    fresh = connection.execute(select(func.count()).where(a.added_at >= since)).scalar_one()
    if fresh == int(count):
        return f"{since}|{count}"
    last = connection.execute(select(func.max(a.added_at))).scalar_one()
    return f"{last}|{connection.execute(select(func.count()).where(a.added_at >= last)).scalar_one()}"


def add_outlets(connection: Connection, mark: str | None) -> set[int]:
    """Add the outlets of appearances since a mark to the reports that do not have them; the readings concerned."""
    a, r, readings = ledger.appearances.c, t.reports.c, ledger.readings.c
    since, _, _ = (mark or "|0").partition("|")
    query = (
        select(r.seq, r.json, a.publisher, a.added_at)
        .join(ledger.readings, readings.report_id == a.report_id)
        .join(t.reports, r.seq == readings.seq)
        .where(a.added_at >= since, a.publisher.is_not(None))
        .order_by(a.added_at, a.publisher)
    )
    known: dict[int, dict[str, list[list[str]]]] = {}
    changed = set()
    for row in connection.execute(query):
        said = known.setdefault(row.seq, json.loads(row.json))
        if row.publisher not in {outlet for outlet, _ in said["outlets"]}:
            said["outlets"].append([row.publisher, row.added_at])
            changed.add(row.seq)
    for seq in sorted(changed):
        line = json.dumps(known[seq], ensure_ascii=False, separators=(",", ":"))
        connection.execute(update(t.reports).where(r.seq == seq).values(json=line))
    return changed
