"""Texts that appear again elsewhere -> the outlets of reports that are known already.

An appearance brings no reading, so it is found by the moment of learning.  Several may share a second: the mark kept
is that second and how many there were.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, or_, select, update

from onrecord.collate import tables as t
from onrecord.collate.derive import HAPPENINGS, dumped
from onrecord.collate.moments import chunks, seq_of
from onrecord.collate.sightings import Sighting, outlet_term, outlet_words, with_seen
from onrecord.ledger import tables as ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DAY = 10


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
    """Add the places seen since a mark to the reports that do not have them; the readings concerned."""
    known: dict[int, dict[str, Any]] = {}
    changed: dict[int, list[Sighting]] = defaultdict(list)
    a, r = ledger.appearances.c, t.reports.c
    columns = (r.seq, r.json, a.added_at, a.publisher, a.agency, a.published)
    for row in connection.execute(_since(mark, *columns).order_by(r.seq, a.added_at, a.id)):
        said = known.setdefault(row.seq, json.loads(row.json))
        seen = Sighting(row.added_at, row.publisher, row.agency, row.published)
        more = with_seen(said, [seen])
        if more != said:
            known[row.seq] = more
            changed[row.seq].append(seen)
    if changed:
        line = update(t.reports).where(r.seq == bindparam("of_seq")).values(json=bindparam("line"))
        connection.execute(line, [{"of_seq": seq, "line": dumped(known[seq])} for seq in sorted(changed)])
        _add_terms(connection, changed)
    return set(changed)


def redated(connection: Connection, mark: str | None) -> set[int]:
    """The readings that get another day from the places seen since a mark: those learned in the same second, by
    which a reading without a day of its own is dated (`onrecord.collate.accounts.report_day`)."""
    a, r = ledger.appearances.c, t.reports.c
    query = _since(mark, r.seq).where(
        a.published.is_not(None),
        a.added_at == r.learned,
        r.replaced.is_(None),
        or_(r.day.is_(None), r.day > func.substr(a.published, 1, _DAY)),
    )
    return set(connection.execute(query).scalars())


def _since(mark: str | None, *columns: ColumnElement[Any]) -> Select[Any]:
    """What was seen since a mark of reports that collate has taken in."""
    a, r, readings = ledger.appearances.c, t.reports.c, ledger.readings.c
    since, _, _ = (mark or "|0").partition("|")
    query = select(*columns).select_from(ledger.appearances)
    query = query.join(ledger.readings, readings.report_id == a.report_id).join(t.reports, r.seq == readings.seq)
    return query.where(a.added_at >= since)


def _add_terms(connection: Connection, seen: Mapping[int, Iterable[Sighting]]) -> None:
    """Let what reports say in their own voice be found under new outlets."""
    words = {seq: outlet_words(found) for seq, found in seen.items()}
    m, k = t.members.c, t.terms.c
    for part in chunks(seq for seq, found in words.items() if found):
        nodes = [
            row.node
            for row in connection.execute(select(m.node, m.json).where(m.kind == HAPPENINGS, m.seq.in_(part)))
            if any(x["record"] == x["event"] for x in json.loads(row.json)["tellings"])
        ]
        there: set[tuple[int, str]] = set()
        for some in chunks(nodes):
            query = select(k.node, k.term).where(k.kind == HAPPENINGS, k.node.in_(some))
            there |= {(row.node, row.term) for row in connection.execute(query)}
        rows = [
            outlet_term(node, term, learned)
            for node in nodes
            for term, learned in words[seq_of(node)].items()
            if (node, term) not in there
        ]
        if rows:
            connection.execute(insert(t.terms), rows)
