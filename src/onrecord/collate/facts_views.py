"""Questions -> series, histories, tracks and timelines, out of the facts that answered at a moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, or_, select, true

from onrecord.collate import tables as t
from onrecord.collate.derive import HAPPENINGS
from onrecord.collate.facts import CLASHES, DAYS, POSITIONS, SERIES, TRACKS
from onrecord.collate.grouping import Stories, happening_groups
from onrecord.collate.moments import Moment, chunks
from onrecord.collate.position_facts import PositionFact, position_key
from onrecord.collate.position_history import History, histories
from onrecord.collate.series import CHANGES, Origin, Series, series
from onrecord.collate.series_facts import FigureFact, series_key
from onrecord.collate.series_pruning import pruned
from onrecord.collate.timelines import TimelineEntry, one_per_story, timeline
from onrecord.collate.timelines_facts import DateFact
from onrecord.collate.tracks import MARGIN, Track, tracks
from onrecord.collate.tracks_facts import TrackFact
from onrecord.collate.views_seeds import within
from onrecord.errors import UsageError
from onrecord.gazetteer import country_by_name
from onrecord.ledger.filters import Filters
from onrecord.ledger.words import folded, query_words
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from onrecord.collate.standing import Told
    from onrecord.ledger import Ledger

F = TypeVar("F", bound=Record)
_TOLL_DAYS = 60
"""Days around those asked for in which the figures of one event may stand; those of running totals may stand anywhere."""
Question = Callable[[Connection], list[Any]]
"""What is asked, ready for a connection to collate's tables."""


class _Facts:
    """The facts that answered at a moment, and what their reports are to each other."""

    def __init__(self, connection: Connection, moment: Moment) -> None:
        self._connection, self.moment = connection, moment
        self._told: dict[int, Told] = {}
        self._stories = Stories(connection, moment)

    def keys(self, kind: str, wanted: ColumnElement[bool]) -> list[str]:
        """The keys of a kind under which there are facts of which a condition holds."""
        f = t.facts.c
        return sorted(self._connection.execute(select(f.key).where(f.kind == kind, wanted).distinct()).scalars())

    def load(self, cls: type[F], kind: str, wanted: ColumnElement[bool]) -> list[F]:
        """The facts of a kind of which a condition holds, each once; those of withdrawn reports are left out."""
        f, r = t.facts.c, t.reports.c
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


def _bearing(kind: str, role: str, name: str) -> ColumnElement[bool]:
    """Is a fact found under all words of a name?  A country's name as a place finds all places in it."""
    country = country_by_name(name) if role == "place" else None
    term = t.terms.c
    nodes = [
        t.facts.c.node.in_(select(term.node).where(term.kind == kind, term.term == f"{role}:{word}"))
        for word in folded(country[0] if country else name).split()
    ]
    return and_(true(), *nodes)


def _asked_for(kind: str, filters: Filters, roles: Sequence[str]) -> ColumnElement[bool]:
    given = [(role, value) for role in roles if (value := getattr(filters, role)) is not None]
    return and_(true(), *(_bearing(kind, role, value.replace("_", "")) for role, value in given))


def _named(filters: Filters, entries: Callable[..., Sequence[Any]]) -> frozenset[str] | None:
    """The ids of the ledger's records that stand in the words asked for; None where no words were."""
    if filters.text is None:
        return None
    return frozenset(e.id for e in entries(text=filters.text, as_known_on=filters.as_known_on))


def ask_series(ledger: Ledger, change: str | None = None, **given: Any) -> Question:
    """Series of figures: filters `measure place source since until text limit as_known_on`, and `change`.

    Without `change`, the tolls of single events are shown where more than one source or value is told.

    Raises:
        UsageError: OR-U02 a kind of change that there is none of; see `Filters` for the rest.
    """
    if change is not None and change not in CHANGES:
        raise UsageError("OR-U02", f"{change!r} is no kind of change; one of: {' '.join(CHANGES)}")
    filters = Filters(**given)
    members = _named(filters, ledger.figures)

    def question(connection: Connection) -> list[Series]:
        facts = _Facts(connection, Moment(filters.as_known_on))
        first, last = filters.since, filters.until
        keys = facts.keys(SERIES, _asked_for(SERIES, filters, ("measure", "place", "source")) & _within(first, last))
        if members is not None:
            held = [f for f in facts.of_reports(FigureFact, SERIES, _reports(members)) if f.id in members]
            keys = sorted({series_key(f) for f in held}.intersection(keys))
            first, last = _narrowed(first, last, [f.as_of for f in held])
        if change is not None:
            keys = [k for k in keys if k.split("|")[1] == change]
        tolls = {k for k in keys if k.split("|")[1] == "event"}
        near = _within(_moved(first, -_TOLL_DAYS), _moved(last, _TOLL_DAYS))
        found = facts.under(FigureFact, SERIES, [k for k in keys if k not in tolls])
        found += facts.under(FigureFact, SERIES, sorted(tolls), near)
        events = facts.happenings({f.event for f in found if f.event is not None and f.change == "event"})
        whole = series(found, facts.origin, events)
        told = pruned(whole, since=filters.since, until=filters.until, source=filters.source, members=members)
        return [s for s in told if change is not None or s.change != "event" or _tells(s)][: filters.limit]

    return question


def _tells(s: Series) -> bool:
    """Does a toll tell more than one report does: a value that changed, or two sources?"""
    return sum(len(line.points) for line in s.lines) > 1


def _reports(members: Collection[str]) -> set[str]:
    return {member.partition(":")[0] for member in members}


def ask_histories(ledger: Ledger, **given: Any) -> Question:
    """Positions over time: filters `actor issue source since until text limit as_known_on`.

    Raises:
        UsageError: see `Filters`.
    """
    filters = Filters(**given)
    members = _named(filters, ledger.positions)

    def question(connection: Connection) -> list[History]:
        facts = _Facts(connection, Moment(filters.as_known_on))
        keys = facts.keys(POSITIONS, _asked_for(POSITIONS, filters, ("actor", "issue", "source")))
        if members is not None:
            held = facts.of_reports(PositionFact, POSITIONS, _reports(members))
            keys = sorted({position_key(f) for f in held if f.id in members}.intersection(keys))
        whole = histories(facts.under(PositionFact, POSITIONS, keys), facts.origin)
        kept = (_kept(h, filters, members) for h in whole)
        return [h for h in kept if h.stands][: filters.limit]

    return question


def _kept(h: History, filters: Filters, members: frozenset[str] | None) -> History:
    """A history with the entries asked for; what changed is still told from the whole."""
    stands = tuple(
        s
        for s in h.stands
        if within(s.day, s.last, filters)
        and (members is None or not members.isdisjoint(s.members))
        and (filters.source is None or any(_bears(v.name, filters.source) for v in s.voices))
    )
    if not stands:
        return replace(h, stands=())
    return replace(h, stands=stands, begin=stands[0].day, until=stands[-1].last)


def _bears(name: str, asked: str) -> bool:
    return set(folded(asked).split()) <= set(folded(name).split())


def ask_tracks(ledger: Ledger, **given: Any) -> Question:
    """Negotiations: filters `actor place since until text limit as_known_on`.

    Raises:
        UsageError: see `Filters`.
    """
    filters = Filters(**given)
    wanted = [_named(filters, entries) for entries in (ledger.talks, ledger.agreements, ledger.events)]
    members = frozenset(i for ids in wanted if ids is not None for i in ids) if filters.text is not None else None

    def question(connection: Connection) -> list[Track]:
        facts = _Facts(connection, Moment(filters.as_known_on))
        found = facts.load(TrackFact, TRACKS, _around(filters))
        named = {f.id for f in found}
        if filters.actor is not None or filters.place is not None:
            here = _asked_for(TRACKS, filters, ("actor", "place"))
            named = {f.id for f in facts.load(TrackFact, TRACKS, here)}
        if members is not None:
            named &= members
        whole = tracks(found, facts.origin, facts.clashes(_around(filters)))
        return [k for k in whole if within(k.begin, k.until, filters) and not named.isdisjoint(k.members)][
            : filters.limit
        ]

    return question


def _between(first: str | None, last: str | None) -> list[ColumnElement[bool]]:
    """Conditions: a fact of some days, both inclusive."""
    day = t.facts.c.day
    return [*([day >= first] if first else []), *([day <= last] if last else [])]


def _within(first: str | None, last: str | None) -> ColumnElement[bool]:
    """Is a fact of some days, or without a day?"""
    asked = _between(first, last)
    return or_(t.facts.c.day.is_(None), and_(*asked)) if asked else true()


def _narrowed(first: str | None, last: str | None, days: Sequence[str | None]) -> tuple[str | None, str | None]:
    """The days that were asked for, no further than some facts reach; all where one of those has no day."""
    known = [d for d in days if d is not None]
    if not known or len(known) < len(days):
        return first, last
    return max(first or "", min(known)), min(last or t.NO_DAY, max(known))


def _around(filters: Filters) -> ColumnElement[bool]:
    """Days from which on, and up to which, facts have a part in tracks of the days asked for."""
    return and_(true(), *_between(_moved(filters.since, -MARGIN), _moved(filters.until, MARGIN)))


def _moved(day: str | None, by: int) -> str | None:
    """A day some days later; None stays None."""
    return day and (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def ask_timeline(ledger: Ledger, top: int, query: str | None = None, **given: Any) -> Question:
    """The most important days: filters `since until as_known_on`, of the reports that hold the words of `query`.

    Raises:
        UsageError: OR-U03 `top` below one; see `Filters` for the rest.
    """
    if top < 1:
        raise UsageError("OR-U03", f"the top {top} days are none")
    filters = Filters(text=query, **given)
    reports = None
    if query is not None:
        reports = {e.report.key for e in ledger.reports(text=query, as_known_on=filters.as_known_on)}
    words = [word for phrase in query_words(query or "") for word in folded(phrase).split()]

    def question(connection: Connection) -> list[TimelineEntry]:
        facts = _Facts(connection, Moment(filters.as_known_on))
        found = facts.load(DateFact, DAYS, true()) if reports is None else facts.under(DateFact, DAYS, sorted(reports))
        told = one_per_story(found, lambda f: facts.origin(f.seq).story)
        return timeline(told, top, words, filters.since, filters.until)

    return question
