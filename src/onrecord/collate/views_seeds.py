"""Filters -> the members that bear a name, and those from which groups of an earlier day are made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from onrecord.collate import tables as t
from onrecord.collate.moments import Moment
from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Collection

    from onrecord.ledger.filters import Filters

_LASTS = 31
"""Days that a happening may last for its members to be found under the first of them."""

Condition = ColumnElement[bool]
NOW = Moment()


def seeds(kind: str, filters: Filters, refs: Collection[str] | None, moment: Moment = NOW) -> list[Condition]:
    """Conditions on a member, all of which some member of a group must fulfil."""
    m = t.members.c
    found: list[Condition] = []
    for role in ("actor", "place", "source", "measure"):
        asked = getattr(filters, role)
        if asked is not None:
            found.append(m.node.in_(bearers(kind, role, asked, moment)))
    if refs is not None:
        found.append(m.ref.in_(sorted(refs)))
    return found


def bearers(kind: str, role: str, name: str, moment: Moment = NOW) -> Select[Any]:
    """The nodes of a kind that bore all words of a name at a moment; a country's name finds all places in it."""
    term = t.terms.c
    known = [] if moment.day is None else [or_(term.learned.is_(None), term.learned <= moment.until)]
    words = _words(role, name)
    nodes = select(term.node).where(term.kind == kind, term.term == words[0], *known)
    for word in words[1:]:
        more = select(term.node).where(term.kind == kind, term.term == word, *known)
        nodes = nodes.where(term.node.in_(more))
    return nodes


def _words(role: str, name: str) -> list[str]:
    if role == "measure":
        return [f"{role}:{name}"]
    if role == "place":
        from onrecord.gazetteer import country_by_name

        country = country_by_name(name)
        if country is not None:
            return [f"{role}:{folded(country[0])}"]
    return [f"{role}:{word}" for word in folded(name).split()]


def bearing(kind: str, condition: Condition) -> Select[Any]:
    """The present groups that have a member of which the condition holds."""
    m = t.members.c  # without "grp IS NOT NULL", for which SQLite would go through all members that have a group
    return select(m.grp).where(m.kind == kind, condition)


def named(connection: Connection, kind: str, name: str) -> set[int]:
    """The nodes of a kind that bear a name in the role of an actor."""
    return set(connection.execute(bearers(kind, "actor", name)).scalars())


def learned_by(
    connection: Connection, kind: str, moment: Moment, filters: Filters, refs: Collection[str] | None
) -> set[int]:
    """The nodes that answered at a moment and fulfil the filters, days generously."""
    m, r = t.members.c, t.reports.c
    if moment.is_before(connection):
        return set()
    query = select(m.node).join(t.reports, r.seq == m.seq).where(m.kind == kind, moment.answering())
    if kind != "w":
        query = query.where(*seeds(kind, filters, refs, moment))
    day = func.coalesce(m.day, "9999")
    if filters.since is not None:
        query = query.where(day >= _earlier(filters.since))
    if filters.until is not None:
        query = query.where(m.day <= _later(filters.until))
    return set(connection.execute(query).scalars())


def _earlier(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=_LASTS)).isoformat()


def _later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=_LASTS)).isoformat()


def within(begin: str | None, until: str | None, filters: Filters) -> bool:
    """Do some days overlap with those asked for?"""
    first, last = begin or until, until or begin
    if filters.since is not None and (last is None or last[:10] < filters.since):
        return False
    return filters.until is None or (first is not None and first[:10] <= filters.until)
