"""Questions -> answers out of collate's tables: the present from what is kept, an earlier day made anew."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from onrecord.collate import tables as t
from onrecord.collate.actor_entries import actors_then
from onrecord.collate.decisions import IDENTITIES
from onrecord.collate.derive import ACTORS, COPIES, HAPPENINGS
from onrecord.collate.entities import AccountOf, ActorEntry, CopiesEntry, Happening, LinkEntry
from onrecord.collate.grouping import copy_groups, happening_groups
from onrecord.collate.links import LINKS
from onrecord.collate.moments import Moment, seq_of
from onrecord.collate.standing import STANDINGS
from onrecord.collate.views_seeds import bearing, learned_by, named, seeds, within
from onrecord.errors import RecordNotFoundError, UsageError
from onrecord.ledger.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.collate.happening_groups import Group
    from onrecord.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: the ledger's filters, the moment, and what only collate knows.

    `refs` are the ids of the events that the words asked for stand in; None where none were asked for.
    """

    filters: Filters
    moment: Moment
    standing: tuple[str, ...] = ()
    link: str | None = None
    refs: frozenset[str] | None = None


class MostTold(NamedTuple):
    """The happenings of a story that most reports tell of, in order; how many there are, and their first and last day."""

    happenings: list[Happening]
    many: int
    first: str | None
    last: str | None


def ask(ledger: Ledger, given: Mapping[str, Any]) -> Asked:
    """A question from its keywords.

    Raises:
        UsageError: OR-U02 a standing or kind of link that there is none of; see `Filters` for the rest.
    """
    asked = dict(given)
    standing, link = asked.pop("standing", None), asked.pop("link", None)
    for word, among, what in ((standing, STANDINGS, "standing"), (link, LINKS, "link")):
        if word is not None and word not in among:
            raise UsageError("OR-U02", f"{word!r} is no {what}; one of: {' '.join(among)}")
    filters = Filters(**asked)
    moment = Moment(filters.as_known_on)
    refs = None
    if filters.text is not None:
        refs = frozenset(entry.id for entry in ledger.events(text=filters.text, as_known_on=moment.day))
    return Asked(filters=filters, moment=moment, standing=(standing,) if standing else (), link=link, refs=refs)


def tally(connection: Connection) -> dict[str, int]:
    """How much there is of everything."""
    g = t.groups.c
    rows = connection.execute(select(g.kind, func.count().label("entries")).group_by(g.kind))
    counted = {row.kind: row.entries for row in rows}
    reports = select(func.count()).select_from(t.reports).where(t.reports.c.replaced.is_(None))
    return {
        "reports": connection.execute(reports).scalar_one(),
        "copies": counted.get(COPIES, 0),
        "actors": counted.get(ACTORS, 0),
        "happenings": counted.get(HAPPENINGS, 0),
        "disputed": connection.execute(select(func.count()).where(g.standing == "disputed")).scalar_one(),
        "links": connection.execute(select(func.count()).select_from(t.links)).scalar_one(),
    }


def happenings(connection: Connection, asked: Asked) -> list[Happening]:
    """The happenings that fulfil the filters, earliest first."""
    if asked.moment.day is None:
        rows = connection.execute(_present(asked, select(t.groups.c.json))).scalars()
        return [Happening.from_json(json.loads(line)) for line in rows]
    found = [g.happening for g in groups_then(connection, asked)]
    return found[: asked.filters.limit]


def most_told(connection: Connection, asked: Asked) -> MostTold:
    """The happenings of which most reports tell, no more than the limit, in order; and how many there are in all."""
    if asked.moment.day is None:
        g = t.groups.c
        last = func.max(case((g.until < t.NO_DAY, g.until), else_=None))
        columns: list[Any] = [func.count().label("many"), func.min(g.begin).label("first"), last.label("last")]
        every = connection.execute(_wanted(asked, select(*columns))).one()
        query = _wanted(asked, select(g.json)).order_by(g.reports.desc(), g.begin, g.id).limit(asked.filters.limit)
        found = [Happening.from_json(json.loads(line)) for line in connection.execute(query).scalars()]
        first = None if every.first == t.NO_DAY else every.first
        return MostTold(sorted(found, key=_in_time), every.many, first, every.last)
    known = [g.happening for g in groups_then(connection, asked)]
    listed = [d for h in known for d in (h.begin or h.reported, h.until or h.begin or h.reported) if d is not None]
    most = sorted(known, key=lambda h: (-h.standing.reports, _in_time(h)))[: asked.filters.limit]
    first, last_day = min(listed, default=None), max(listed, default=None)
    return MostTold(sorted(most, key=_in_time), len(known), first, last_day)


def _in_time(h: Happening) -> tuple[str, str]:
    return h.begin or h.reported or t.NO_DAY, h.id


def _present(asked: Asked, query: Select[Any]) -> Select[Any]:
    """The present happenings that fulfil the filters, in order."""
    return _wanted(asked, query).order_by(t.groups.c.begin, t.groups.c.id).limit(asked.filters.limit)


def _wanted(asked: Asked, query: Select[Any]) -> Select[Any]:
    """The present happenings that fulfil the filters."""
    g, f = t.groups.c, asked.filters
    query = query.where(g.kind == HAPPENINGS, *_days(f))
    if f.type is not None:
        query = query.where(g.type == f.type.upper())
    if asked.standing:
        query = query.where(g.standing.in_(asked.standing))
    for condition in seeds(HAPPENINGS, f, asked.refs):
        query = query.where(g.id.in_(bearing(HAPPENINGS, condition)))
    return query


def _days(filters: Filters) -> list[ColumnElement[bool]]:
    """Do the days of a present group overlap with those asked for?"""
    g = t.groups.c
    found = []
    if filters.since is not None:
        found += [g.until >= filters.since, g.begin < t.NO_DAY]
    if filters.until is not None:
        found.append(g.begin <= filters.until)
    return found


def groups_then(connection: Connection, asked: Asked) -> list[Group]:
    """The happenings as they were known at an earlier moment that fulfil the filters, in order."""
    start = learned_by(connection, HAPPENINGS, asked.moment, asked.filters, asked.refs)
    found = [g for g in happening_groups(connection, start, asked.moment) if _fits(g, asked, start)]
    return sorted(found, key=lambda g: (g.happening.begin or g.happening.reported or "9999", g.id))


def _fits(g: Group, asked: Asked, start: set[int]) -> bool:
    h, f = g.happening, asked.filters
    return (
        within(h.begin or h.reported, h.until or h.begin or h.reported, f)
        and (f.type is None or h.type == f.type.upper())
        and (not asked.standing or h.standing.standing in asked.standing)
        and any(m.node in start for m in g.members)
    )


def copies(connection: Connection, asked: Asked) -> list[CopiesEntry]:
    """Groups of copies, the largest first."""
    f, g = asked.filters, t.groups.c
    if asked.moment.day is not None:
        nodes = learned_by(connection, COPIES, asked.moment, f, None)
        made = [x.entry for x in copy_groups(connection, {seq_of(n) for n in nodes}, asked.moment)]
        kept = [e for e in made if within(e.first, e.last, f)]
        return sorted(kept, key=lambda e: (-e.reports, e.first or "9999", e.id))[: f.limit]
    query = select(g.json).where(g.kind == COPIES, *_days(f))
    query = query.order_by(g.reports.desc(), g.begin, g.id).limit(f.limit)
    return [CopiesEntry.from_json(json.loads(line)) for line in connection.execute(query).scalars()]


def actors(connection: Connection, asked: Asked) -> list[ActorEntry]:
    """Actors that have a name, those in most reports first."""
    f, g = asked.filters, t.groups.c
    if asked.moment.day is not None:
        nodes = named(connection, ACTORS, f.actor) if f.actor is not None else None
        made = [e for e in actors_then(connection, nodes, asked.moment) if not e.id.startswith("c:")]
        kept = [e for e in made if within(e.first, e.last, f)]
        return sorted(kept, key=lambda e: (-e.reports, e.id))[: f.limit]
    query = select(g.json).where(g.kind == ACTORS, g.standing.is_(None))
    conditions = _days(f)
    if f.actor is not None:
        own = t.groups.alias("own")  # whoever bears the name may be listed under another
        for condition in seeds(ACTORS, replace(f, source=None, place=None, measure=None), None):
            bears = own.c.id.in_(bearing(ACTORS, condition))
            conditions.append(g.id.in_(select(own.c.standing).where(own.c.kind == IDENTITIES, bears)))
    query = query.where(*conditions).order_by(g.reports.desc(), g.id).limit(f.limit)
    return [ActorEntry.from_json(json.loads(line)) for line in connection.execute(query).scalars()]


def linked_in(g: Group) -> list[LinkEntry]:
    """The links of a happening as they are listed."""
    return [link_entry({**k.to_json(), "about": None}, g.id) for k in g.links]


def link_entry(data: Mapping[str, Any], group: str) -> LinkEntry:
    """A link as it is listed, from its JSON and the name of its group."""
    happening = group if group.startswith(HAPPENINGS) else None
    return LinkEntry(
        kind=data["kind"], field=data["field"], group=happening, about=data["about"], a=data["a"], b=data["b"]
    )


def accounts(connection: Connection, asked: str, moment: Moment) -> tuple[Happening, list[AccountOf], list[LinkEntry]]:
    """A happening with everyone's word on it and the links between them."""
    m = t.members.c
    by = m.grp == asked if asked.startswith(HAPPENINGS) else m.ref == asked
    nodes = set(connection.execute(select(m.node).where(m.kind == HAPPENINGS, by)).scalars())
    for g in happening_groups(connection, nodes, moment):
        if g.id == asked or any(member.node in nodes for member in g.members):
            return g.happening, g.side_by_side(), linked_in(g)
    raise RecordNotFoundError(asked)


def copy_group(connection: Connection, asked: str, moment: Moment) -> CopiesEntry:
    """A group of copies by its id."""
    m = t.members.c
    nodes = set(connection.execute(select(m.node).where(m.kind == COPIES, m.grp == asked)).scalars())
    for g in copy_groups(connection, {seq_of(n) for n in nodes}, moment):
        if g.id == asked or any(seq_of(n) in g.seqs for n in nodes):
            return g.entry
    raise RecordNotFoundError(asked)
