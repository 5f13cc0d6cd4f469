"""Questions about links and disputes -> answers: those of happenings, of figures, and of words that are alike."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from onrecord.collate import tables as t
from onrecord.collate.derive import HAPPENINGS, UTTERANCES
from onrecord.collate.entities import Dispute, LinkEntry
from onrecord.collate.facts import SERIES
from onrecord.collate.figure_groups import links_in, slots_at
from onrecord.collate.grouping import utterance_links
from onrecord.collate.links_figures import group_of
from onrecord.collate.moments import chunks
from onrecord.collate.views import Asked, groups_then, happenings, link_entry, linked_in
from onrecord.collate.views_seeds import bearers, bearing, learned_by, seeds, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.collate.links import Link

AGAINST = ("denies", "contradicts")
"""Links of a dispute."""
_FIGURES = "s"
"""What the names of groups of figures begin with."""


class _Found(NamedTuple):
    """A link with what it is listed by."""

    day: str
    group: str
    ordinal: int
    link: LinkEntry


def disputes(connection: Connection, asked: Asked) -> list[Dispute]:
    """Disputed happenings and figures with the links that say in what, by their days."""
    disputed = replace(asked, standing=("disputed",))
    if asked.moment.day is None:
        listed = happenings(connection, disputed)
        linked = _links_of(connection, [h.id for h in listed])
        found = [_dispute(linked.get(h.id, ()), h) for h in listed]
    else:
        found = [_dispute(linked_in(g), g.happening) for g in groups_then(connection, disputed)]
    found += _figures(connection, asked)
    found.sort(key=lambda d: (d.day or t.NO_DAY, d.happening.id if d.happening is not None else d.about or ""))
    return found[: asked.filters.limit]


def _dispute(links: Iterable[LinkEntry], happening: Any) -> Dispute:
    against = tuple(k for k in links if k.kind in AGAINST)
    return Dispute(happening=happening, about=None, day=happening.begin or happening.reported, links=against)


def _figures(connection: Connection, asked: Asked) -> list[Dispute]:
    """Figures for the same day that cannot all be right."""
    if not _about_figures(asked) or asked.filters.type is not None or asked.standing:
        return []
    found = _found(connection, replace(asked, link="contradicts"), figures_alone=True)
    disputed = []
    for (day, _), same in groupby(found, key=lambda f: (f.day, f.group)):
        links = tuple(f.link for f in same)
        disputed.append(Dispute(happening=None, about=links[0].about, day=day, links=links))
    return disputed


def _about_figures(asked: Asked) -> bool:
    """Can figures fulfil the filters?  Series have places, sources and measures, not actors."""
    return asked.filters.actor is None and asked.refs is None


def links(connection: Connection, asked: Asked) -> list[LinkEntry]:
    """Links by the day of the later statement."""
    return [f.link for f in _found(connection, asked)]


def _found(connection: Connection, asked: Asked, figures_alone: bool = False) -> list[_Found]:
    limit = None if figures_alone else asked.filters.limit
    if asked.moment.day is not None:
        kept = [f for f in _then(connection, asked, figures_alone) if _fits(f, asked)]
        return sorted(kept, key=lambda f: f[:3])[:limit]
    k = t.links.c
    query = select(k.day, k.grp, k.ordinal, k.json).where(*_present(connection, asked, figures_alone))
    rows = connection.execute(query.order_by(k.day, k.grp, k.ordinal).limit(limit))
    return [_Found(r.day, r.grp, r.ordinal, link_entry(json.loads(r.json), r.grp)) for r in rows]


def _fits(found: _Found, asked: Asked) -> bool:
    day = None if found.day == t.NO_DAY else found.day
    return (asked.link is None or found.link.kind == asked.link) and within(day, day, asked.filters)


def _present(connection: Connection, asked: Asked, figures_alone: bool) -> list[ColumnElement[bool]]:
    k, f = t.links.c, asked.filters
    found: list[ColumnElement[bool]] = [k.kind == asked.link] if asked.link is not None else []
    if f.since is not None:
        found += [k.day >= f.since, k.day < t.NO_DAY]
    if f.until is not None:
        found.append(k.day <= f.until)
    if figures_alone:
        found += [k.grp >= _FIGURES, k.grp < chr(ord(_FIGURES) + 1)]
    wanted = [k.grp.in_(bearing(HAPPENINGS, c)) for c in seeds(HAPPENINGS, f, asked.refs)]
    where = _wanted_figures(asked)
    if not wanted and where is None:
        return found
    names = {group_of(*s) for s in slots_at(connection, asked.moment, *where)} if where is not None else set()
    here = [k.grp.in_(part) for part in chunks(names)]
    mine = [and_(*wanted)] if wanted and not figures_alone else []
    found.append(or_(false(), *mine, *here))
    return found


def _wanted_figures(asked: Asked) -> list[ColumnElement[bool]] | None:
    """Conditions on facts where the filters name a place, source or measure; None where they do not."""
    if not _about_figures(asked):
        return None
    roles = [
        (role, name) for role in ("place", "source", "measure") if (name := getattr(asked.filters, role)) is not None
    ]
    return [t.facts.c.node.in_(bearers(SERIES, role, name)) for role, name in roles] or None


def _then(connection: Connection, asked: Asked, figures_alone: bool) -> list[_Found]:
    f = asked.filters
    wide = replace(asked, filters=replace(f, since=None, until=None, limit=None), standing=())
    groups: list[tuple[str, str | None, list[Link]]] = []
    if not figures_alone:
        groups += [(g.id, None, g.links) for g in groups_then(connection, wide)]
    if not figures_alone and not seeds(HAPPENINGS, f, asked.refs):
        spoken = learned_by(connection, UTTERANCES, asked.moment, wide.filters, None)
        groups += [(name, None, found) for name, _, found in utterance_links(connection, spoken, asked.moment)]
    if _about_figures(asked):
        where = _wanted_figures(asked) or []
        groups += [links_in(connection, s, asked.moment) for s in sorted(slots_at(connection, asked.moment, *where))]
    return [
        _Found(k.a.said or k.b.said or t.NO_DAY, name, n, link_entry({**k.to_json(), "about": about}, name))
        for name, about, found in groups
        for n, k in enumerate(found)
    ]


def _links_of(connection: Connection, groups: list[str]) -> dict[str, list[LinkEntry]]:
    found: dict[str, list[LinkEntry]] = {}
    k = t.links.c
    for part in chunks(groups):
        query: Select[Any] = select(k.grp, k.json).where(k.grp.in_(part)).order_by(k.grp, k.ordinal)
        for row in connection.execute(query):
            found.setdefault(row.grp, []).append(link_entry(json.loads(row.json), row.grp))
    return found
