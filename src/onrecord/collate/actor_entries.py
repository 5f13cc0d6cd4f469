"""The actors of readings that came and went -> the list of actors, counts and days, brought up to date.

Two layers of rows.  Under `IDENTITIES` each identity has what its own reports say; under `ACTORS` stands each actor
as it is listed: identities of one family name that are one person (`onrecord.collate.actors_families`), and those that
people have merged, counted together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from onrecord.collate import tables as t
from onrecord.collate.actors import Identity
from onrecord.collate.actors_families import family
from onrecord.collate.decisions import IDENTITIES, SPLIT, Decision, decided, united
from onrecord.collate.derive import ACTORS, Derived
from onrecord.collate.entities import ActorEntry
from onrecord.collate.moments import Moment, chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NOW = Moment()


@dataclass(slots=True)
class _Change:
    """What came and went of one identity: how many reports, what they say of it, and on which days."""

    reports: int = 0
    came: list[dict[str, Any]] = field(default_factory=list)
    went: list[dict[str, Any]] = field(default_factory=list)
    days: list[str] = field(default_factory=list)


def count_actors(connection: Connection, came: Sequence[Derived], went: Iterable[int]) -> None:
    """Count the actors of new readings (already written) in, and those of replaced readings out."""
    m = t.members
    changes: dict[str, _Change] = defaultdict(_Change)
    for d in came:
        found = [row for row in d.members if row["kind"] == ACTORS]
        for identity in {row["grp"] for row in found}:
            changes[identity].reports += 1
        for row in found:
            changes[row["grp"]].came.append(json.loads(row["json"])["identity"])
            changes[row["grp"]].days += [row["day"]] if row["day"] else []
    for part in chunks(went):
        here = (m.c.kind == ACTORS, m.c.seq.in_(part))
        rows = connection.execute(select(m.c.grp, m.c.seq, m.c.json).where(*here)).all()
        gone = [row for row in rows if row.grp is not None]
        for identity, _ in {(row.grp, row.seq) for row in gone}:
            changes[identity].reports -= 1
        for lost in gone:
            changes[lost.grp].went.append(json.loads(lost.json)["identity"])
        connection.execute(update(m).where(*here).values(grp=None))
    touched = set(changes)
    for part in chunks(changes):
        touched |= _write(connection, {name: changes[name] for name in part})
    join_actors(connection, touched)


def _write(connection: Connection, changes: Mapping[str, _Change]) -> set[str]:
    """Write the rows of identities; the actors that they belonged to until now."""
    g = t.groups.c
    here = (g.kind == IDENTITIES, g.id.in_(list(changes)))
    old = {row.id: row for row in connection.execute(select(t.groups).where(*here))}
    connection.execute(delete(t.groups).where(*here))
    rows = []
    for name, change in changes.items():
        before = old.get(name)
        reports = (before.reports if before is not None else 0) + change.reports
        if reports <= 0:
            continue
        days = change.days + [d for d in (before.begin, before.until) if d != t.NO_DAY] if before else change.days
        first, last = (min(days, default=None), max(days, default=None)) if not change.went else _days(connection, name)
        rows.append(_row(IDENTITIES, name, _best(connection, name, change, before), reports, first, last))
    if rows:
        connection.execute(insert(t.groups), rows)
    return {row.standing for row in old.values() if row.standing is not None}


def _best(connection: Connection, name: str, change: _Change, before: Row[Any] | None) -> dict[str, Any]:
    """The fullest that any report says of an identity.  All are only looked through when that was lost."""
    known = change.came
    if before is not None:
        last = json.loads(before.json)
        if last in change.went and last not in change.came:
            return min(_all_names(connection, name), key=_fullness)
        known = [*known, last]
    return min(known, key=_fullness)


def _days(connection: Connection, name: str) -> tuple[str | None, str | None]:
    """The first and last day of an identity, from both ends of an index."""
    m = t.members.c
    here = (m.kind == ACTORS, m.grp == name, m.day.is_not(None))
    first = connection.execute(select(m.day).where(*here).order_by(m.day).limit(1)).scalar()
    return first, connection.execute(select(m.day).where(*here).order_by(m.day.desc()).limit(1)).scalar()


def _all_names(connection: Connection, identity: str) -> list[dict[str, Any]]:
    m = t.members.c
    rows = connection.execute(select(m.json).where(m.kind == ACTORS, m.grp == identity).distinct())
    return [json.loads(line)["identity"] for line in rows.scalars()]


def _fullness(known: Mapping[str, Any]) -> tuple[Any, ...]:
    """The fullest name that any report gives; of a state, the shortest ("Israel", not "the Israeli government")."""
    length = len(known["name"])
    rest = tuple(known[name] or "~" for name in ("name", "kind", "country", "sector", "side"))
    return (length if known["kind"] == "state" else -length, *rest)


def _row(
    kind: str, name: str, data: Mapping[str, Any], reports: int, first: str | None, last: str | None
) -> dict[str, Any]:
    return {
        "kind": kind, "id": name, "begin": first or t.NO_DAY, "until": last or t.NO_DAY,
        "type": data.get("family") or None, "standing": None, "reports": reports,
        "json": json.dumps(dict(data), ensure_ascii=False, separators=(",", ":")),
    }  # fmt: skip


def join_actors(connection: Connection, identities: Iterable[str]) -> None:
    """Make the actors anew that some identities belong to, before or now."""
    decisions = decided(connection, "actors", NOW)
    rows = _related(connection, set(identities), decisions)
    g = t.groups.c
    before = {row.standing for row in rows.values()} - {None} | set(identities)
    for part in chunks(before):
        connection.execute(delete(t.groups).where(g.kind == ACTORS, g.id.in_(part)))
    owners = joined([Identity.from_json(json.loads(r.json)) for r in rows.values()], decisions)
    made: dict[str, list[Row[Any]]] = defaultdict(list)
    for name, row in rows.items():
        made[owners[name]].append(row)
        if row.standing != owners[name]:
            connection.execute(update(t.groups).where(g.kind == IDENTITIES, g.id == name).values(standing=owners[name]))
    listed = [_listed(owner, parts) for owner, parts in sorted(made.items())]
    if listed:
        connection.execute(insert(t.groups), listed)


def _related(connection: Connection, identities: set[str], decisions: Sequence[Decision]) -> dict[str, Any]:
    """The rows of some identities, of those that share a family name with one, or a decision, as far as that leads."""
    g = t.groups.c
    found: dict[str, Any] = {}
    wanted = identities
    while wanted:
        rows = [
            row
            for part in chunks(wanted)
            for row in connection.execute(select(t.groups).where(g.kind == IDENTITIES, g.id.in_(part)))
        ]
        families = {row.type for row in rows} - {None}
        for part in chunks(families):
            rows += connection.execute(select(t.groups).where(g.kind == IDENTITIES, g.type.in_(part)))
        new = {row.id: row for row in rows if row.id not in found}
        found |= new
        ids = wanted | set(new)
        more = {end for d in decisions if {d.one, d.other} & ids for end in (d.one, d.other)}
        more |= {row.standing for row in new.values() if row.standing is not None}
        wanted = more - found.keys() - ids
    return found


def joined(identities: Iterable[Identity], decisions: Sequence[Decision]) -> dict[str, str]:
    """Identity → the actor that it is: by family name, then by what people have decided."""
    by_family: dict[str, list[Identity]] = defaultdict(list)
    owners = {}
    for i in sorted(identities, key=lambda i: i.id):
        owners[i.id] = i.id
        if i.family:
            by_family[i.family].append(i)
    for same in by_family.values():
        owners |= family(same)
    groups: dict[str, list[str]] = defaultdict(list)
    for name, owner in owners.items():
        groups[owner].append(name)
    parted = [part for owner, names in sorted(groups.items()) for part in _parted(owner, names, decisions)]
    return {name: _head(group, owners) for group in united(parted, decisions) for name in group}


def _parted(owner: str, names: Sequence[str], decisions: Iterable[Decision]) -> list[list[str]]:
    """The identities of one person; those that people have set apart from it stand alone."""
    apart = {d.other if d.one == owner else d.one for d in decisions if d.action == SPLIT and owner in (d.one, d.other)}
    rest = [name for name in names if name not in apart]
    return [rest, *([name] for name in names if name in apart)]


def _head(group: Sequence[str], owners: Mapping[str, str]) -> str:
    """The id that stands for an actor: one that a family chose, the table's before others, then by the alphabet."""
    return min(group, key=lambda i: (owners[i] != i, not i.startswith(("t:", "s:")), i))


def _listed(owner: str, parts: Sequence[Row[Any]]) -> dict[str, Any]:
    days = [row.begin for row in parts if row.begin != t.NO_DAY]
    last = [row.until for row in parts if row.until != t.NO_DAY]
    entry = _entry(
        owner, [json.loads(row.json) for row in parts], sum(row.reports for row in parts),
        min(days, default=None), max(last, default=None),
    )  # fmt: skip
    row = _row(ACTORS, owner, entry.to_json(), entry.reports, entry.first, entry.last)
    return row | {"type": entry.kind, "standing": "class" if owner.startswith("c:") else None}


def _entry(
    owner: str, known: Sequence[Mapping[str, Any]], reports: int, first: str | None, last: str | None
) -> ActorEntry:
    best = min(known, key=lambda k: (k["id"] != owner or not owner.startswith("t:"), *_fullness(k)))
    return ActorEntry(
        id=owner, name=best["name"], kind=best["kind"], country=best["country"], sector=best["sector"],
        side=best["side"], reports=reports, first=first, last=last,
    )  # fmt: skip


def actors_then(connection: Connection, nodes: set[int] | None, moment: Moment) -> list[ActorEntry]:
    """The actors as they were known at a moment, all of them or those of some nodes; counted anew."""
    found: dict[str, list[Row[int, int, str | None, str]]] = defaultdict(list)
    asked = set()
    for row in _rows(connection, moment):
        identity = json.loads(row.json)["identity"]["id"]
        found[identity].append(row)
        if nodes is None or row.node in nodes:
            asked.add(identity)
    known = {name: [json.loads(row.json)["identity"] for row in rows] for name, rows in found.items()}
    best = [Identity.from_json(min(said, key=_fullness)) for said in known.values()]
    owners = joined(best, decided(connection, "actors", moment))
    parts: dict[str, list[str]] = defaultdict(list)
    for name, owner in owners.items():
        parts[owner].append(name)
    made = []
    for owner, names in parts.items():
        if asked.isdisjoint(names):
            continue
        days = [row.day for name in names for row in found[name] if row.day]
        reports = sum(len({row.seq for row in found[name]}) for name in names)
        said = [min(known[name], key=_fullness) for name in names]
        made.append(_entry(owner, said, reports, min(days, default=None), max(days, default=None)))
    return made


def _rows(connection: Connection, moment: Moment) -> Iterator[Row[int, int, str | None, str]]:
    m, r = t.members, t.reports
    query = select(m.c.node, m.c.seq, m.c.day, m.c.json).join(r, r.c.seq == m.c.seq)
    yield from connection.execute(query.where(m.c.kind == ACTORS, moment.answering()))
