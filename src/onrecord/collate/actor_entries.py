"""The actors of readings that came and went -> the list of actors, counts and days, brought up to date."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from onrecord.collate import tables as t
from onrecord.collate.derive import ACTORS, Derived
from onrecord.collate.entities import ActorEntry
from onrecord.collate.moments import Moment, chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def count_actors(connection: Connection, came: Sequence[Derived], went: Iterable[int]) -> None:
    """Count the actors of new readings (already written) in, and those of replaced readings out."""
    m = t.members
    change: dict[str, int] = defaultdict(int)
    names: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for d in came:
        found = [row for row in d.members if row["kind"] == ACTORS]
        for identity in {row["grp"] for row in found}:
            change[identity] += 1
        for row in found:
            names[row["grp"]].append(json.loads(row["json"])["identity"])
    lost: set[str] = set()
    for part in chunks(went):
        here = (m.c.kind == ACTORS, m.c.seq.in_(part), m.c.grp.is_not(None))
        for identity, seqs in connection.execute(
            select(m.c.grp, func.count(m.c.seq.distinct())).where(*here).group_by(m.c.grp)
        ):
            change[identity] -= seqs
            lost.add(identity)
        connection.execute(update(m).where(*here).values(grp=None))
    for part in chunks(change):
        _write(connection, part, change, names, lost)


def _write(
    connection: Connection,
    identities: list[str],
    change: Mapping[str, int],
    names: Mapping[str, list[dict[str, Any]]],
    lost: set[str],
) -> None:
    g, m = t.groups.c, t.members.c
    old = {row.id: row for row in connection.execute(select(t.groups).where(g.kind == ACTORS, g.id.in_(identities)))}
    days = connection.execute(
        select(m.grp, func.min(m.day).label("first"), func.max(m.day).label("last"))
        .where(m.kind == ACTORS, m.grp.in_(identities))
        .group_by(m.grp)
    )
    heard = {row.grp: row for row in days}
    connection.execute(delete(t.groups).where(g.kind == ACTORS, g.id.in_(identities)))
    rows = []
    for identity in identities:
        reports = (old[identity].reports if identity in old else 0) + change[identity]
        if reports <= 0:
            continue
        known = names.get(identity, [])
        if identity in lost:
            known = _all_names(connection, identity)
        elif identity in old:
            known = [*known, json.loads(old[identity].json)]
        entry = _entry(identity, known, reports, heard[identity].first, heard[identity].last)
        rows.append(_row(entry))
    if rows:
        connection.execute(insert(t.groups), rows)


def _all_names(connection: Connection, identity: str) -> list[dict[str, Any]]:
    m = t.members.c
    rows = connection.execute(select(m.json).where(m.kind == ACTORS, m.grp == identity).distinct())
    return [json.loads(line)["identity"] for line in rows.scalars()]


def _entry(
    identity: str, known: Iterable[Mapping[str, Any]], reports: int, first: str | None, last: str | None
) -> ActorEntry:
    """The fullest name that any report gives; of a state, the shortest ("Israel", not "the Israeli government")."""
    best = min(known, key=_fullness)
    return ActorEntry(
        id=identity, name=best["name"], kind=best["kind"], country=best["country"], sector=best["sector"],
        side=best["side"], reports=reports, first=first, last=last,
    )  # fmt: skip


def _fullness(known: Mapping[str, Any]) -> tuple[Any, ...]:
    length = len(known["name"])
    rest = tuple(known[name] or "~" for name in ("name", "kind", "country", "sector", "side"))
    return (length if known["kind"] == "state" else -length, *rest)


def _row(entry: ActorEntry) -> dict[str, Any]:
    return {
        "kind": ACTORS, "id": entry.id, "begin": entry.first or t.NO_DAY, "until": entry.last or t.NO_DAY, "type": entry.kind,
        "standing": "class" if entry.id.startswith("c:") else None, "reports": entry.reports,
        "json": json.dumps(entry.to_json(), ensure_ascii=False, separators=(",", ":")),
    }  # fmt: skip


def actors_then(connection: Connection, nodes: Iterable[int] | None, moment: Moment) -> list[ActorEntry]:
    """The actors as they were known at a moment, all of them or those of some nodes; counted anew."""
    found: dict[str, list[Row[int, str | None, str]]] = defaultdict(list)
    for row in _rows(connection, nodes, moment):
        found[json.loads(row.json)["identity"]["id"]].append(row)
    made = []
    for identity, rows in found.items():
        days = [row.day for row in rows if row.day]
        known = [json.loads(row.json)["identity"] for row in rows]
        seqs = {row.seq for row in rows}
        made.append(_entry(identity, known, len(seqs), min(days, default=None), max(days, default=None)))
    return made


def _rows(connection: Connection, nodes: Iterable[int] | None, moment: Moment) -> Iterator[Row[int, str | None, str]]:
    m, r = t.members, t.reports
    query = select(m.c.seq, m.c.day, m.c.json).join(r, r.c.seq == m.c.seq).where(m.c.kind == ACTORS, moment.answering())
    if nodes is None:
        yield from connection.execute(query)
        return
    for part in chunks(nodes):
        yield from connection.execute(query.where(m.c.node.in_(part)))
