"""Facts out of collate's table: those that answered at a moment, and the conditions that filters put on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from onrecord.collate import tables as t
from onrecord.collate.derive import HAPPENINGS
from onrecord.collate.facts import CLASHES
from onrecord.collate.grouping import Stories, happening_groups
from onrecord.collate.moments import Moment, chunks
from onrecord.collate.series import Origin
from onrecord.gazetteer import country_by_name
from onrecord.ledger.words import folded
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from onrecord.collate.standing import Told
    from onrecord.ledger.filters import Filters

F = TypeVar("F", bound=Record)
Question = Callable[[Connection], list[Any]]
"""What is asked, ready for a connection to collate's tables."""


class Facts:
    """The facts that answered at a moment, and what their reports are to each other."""

    def __init__(self, connection: Connection, moment: Moment) -> None:
        self._connection, self.moment = connection, moment
        self._told: dict[int, Told] = {}
        self._stories = Stories(connection, moment)
        self._nothing = moment.is_before(connection)

    def keys(self, kind: str, wanted: ColumnElement[bool]) -> dict[str, int]:
        """The keys of a kind, in order, with the number of facts under each of which a condition holds."""
        f = t.facts.c
        if self._nothing:
            return {}
        query = select(f.key, func.count()).where(f.kind == kind, wanted).group_by(f.key)
        return dict(sorted((key, count) for key, count in self._connection.execute(query)))

    def load(self, cls: type[F], kind: str, wanted: ColumnElement[bool]) -> list[F]:
        """The facts of a kind of which a condition holds, each once; those of withdrawn reports are left out."""
        f, r = t.facts.c, t.reports.c
        if self._nothing:
            return []
        query = select(f.node, f.seq, f.json).join(t.reports, r.seq == f.seq)
        query = query.where(f.kind == kind, wanted, self.moment.answering())
        rows = {row.node: row for row in self._connection.execute(query)}
        self._told |= self._stories.of({row.seq for row in rows.values()})
        alive = [row for row in rows.values() if self._told[row.seq].withdrawn is None]
        return [cls.from_json(json.loads(row.json)) for row in alive]

    def under(self, cls: type[F], kind: str, keys: Sequence[str], *wanted: ColumnElement[bool]) -> list[F]:
        """The facts under some keys of which conditions hold."""
        return [f for part in chunks(keys) for f in self.load(cls, kind, and_(t.facts.c.key.in_(part), *wanted))]

    def of_reports(self, cls: type[F], kind: str, reports: Collection[str]) -> list[F]:
        """The facts of some reports, by their keys."""
        seq, key = t.reports.c.seq, t.reports.c.key
        parts = ({*part} for part in chunks(reports))
        return [x for part in parts for x in self.load(cls, kind, t.facts.c.seq.in_(select(seq).where(key.in_(part))))]

    def happenings(self, events: Collection[str]) -> dict[str, str]:
        """Event → the happening that it was an account of."""
        m = t.members.c
        here = [(m.kind == HAPPENINGS) & m.ref.in_(part) for part in chunks(events)]
        if self.moment.day is None:
            rows = (row for where in here for row in self._connection.execute(select(m.ref, m.grp).where(where)))
            return {row.ref: row.grp for row in rows if row.grp is not None}
        nodes = {n for where in here for n in self._connection.execute(select(m.node).where(where)).scalars()}
        groups = happening_groups(self._connection, nodes, self.moment)
        return {member.ref: g.id for g in groups for member in g.members}

    def clashes(self, wanted: ColumnElement[bool]) -> dict[tuple[str, str], list[str]]:
        """Pairs of sides that fought → a day for every report that tells of it, of those of which a condition holds."""
        f, r = t.facts.c, t.reports.c
        query = select(f.key, f.day).join(t.reports, r.seq == f.seq).order_by(f.day)
        found: dict[tuple[str, str], list[str]] = {}
        for row in self._connection.execute(query.where(f.kind == CLASHES, wanted, self.moment.answering())):
            a, _, b = row.key.partition("|")
            found.setdefault((a, b), []).append(row.day)
        return found

    def origin(self, seq: int) -> Origin:
        """The report of a fact as one of a group of copies."""
        told = self._told[seq]
        return Origin(story=told.story, voice=told.voice, outlet=told.agency or told.publisher or "the report")


def bearing(kind: str, role: str, name: str) -> ColumnElement[bool]:
    """Is a fact found under all words of a name?  A country's name as a place finds all places in it."""
    country = country_by_name(name) if role == "place" else None
    term = t.terms.c
    nodes = [
        t.facts.c.node.in_(select(term.node).where(term.kind == kind, term.term == f"{role}:{word}"))
        for word in folded(country[0] if country else name).split()
    ]
    return and_(true(), *nodes)


def asked_for(kind: str, filters: Filters, roles: Sequence[str]) -> ColumnElement[bool]:
    """Is a fact found under what the filters ask for in some roles (actor, place, source …)?"""
    given = [(role, value) for role in roles if (value := getattr(filters, role)) is not None]
    return and_(true(), *(bearing(kind, role, value.replace("_", "")) for role, value in given))


def named_in(filters: Filters, entries: Callable[..., Sequence[Any]]) -> frozenset[str] | None:
    """The ids of the ledger's records that stand in the words asked for; None where no words were."""
    if filters.text is None:
        return None
    return frozenset(e.id for e in entries(text=filters.text, as_known_on=filters.as_known_on))


def between(first: str | None, last: str | None) -> list[ColumnElement[bool]]:
    """Conditions: a fact of some days, both inclusive."""
    day = t.facts.c.day
    return [*([day >= first] if first else []), *([day <= last] if last else [])]


def within_days(first: str | None, last: str | None) -> ColumnElement[bool]:
    """Is a fact of some days, or without a day?"""
    asked = between(first, last)
    return or_(t.facts.c.day.is_(None), and_(*asked)) if asked else true()


def moved(day: str | None, by: int) -> str | None:
    """A day some days later; None stays None."""
    return day and (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def reports_of(members: Collection[str]) -> set[str]:
    """The keys of the reports that some records ("1d7ed79f7ded:f3") stand in."""
    return {member.partition(":")[0] for member in members}
