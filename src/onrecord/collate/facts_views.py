"""Questions -> histories, tracks and timelines, out of the facts that answered at a moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, true

from onrecord.collate.facts import DAYS, POSITIONS, TRACKS
from onrecord.collate.facts_asked import Facts, Question, asked_for, between, moved, named_in, reports_of
from onrecord.collate.moments import Moment
from onrecord.collate.position_facts import PositionFact, position_key
from onrecord.collate.position_history import History, histories
from onrecord.collate.timelines import TimelineEntry, one_per_story, timeline
from onrecord.collate.timelines_facts import DateFact
from onrecord.collate.tracks import MARGIN, Track, tracks
from onrecord.collate.tracks_facts import TrackFact
from onrecord.collate.views_seeds import within
from onrecord.errors import UsageError
from onrecord.ledger.filters import Filters
from onrecord.ledger.words import folded, query_words

if TYPE_CHECKING:
    from onrecord.ledger import Ledger


def ask_histories(ledger: Ledger, **given: Any) -> Question:
    """Positions over time: filters `actor issue source since until text limit as_known_on`.

    Raises:
        UsageError: see `Filters`.
    """
    filters = Filters(**given)
    members = named_in(filters, ledger.positions)

    def question(connection: Connection) -> list[History]:
        facts = Facts(connection, Moment(filters.as_known_on))
        keys = list(facts.keys(POSITIONS, asked_for(POSITIONS, filters, ("actor", "issue", "source"))))
        if members is not None:
            held = facts.of_reports(PositionFact, POSITIONS, reports_of(members))
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
    wanted = [named_in(filters, entries) for entries in (ledger.talks, ledger.agreements, ledger.events)]
    members = frozenset(i for ids in wanted if ids is not None for i in ids) if filters.text is not None else None

    def question(connection: Connection) -> list[Track]:
        facts = Facts(connection, Moment(filters.as_known_on))
        found = facts.load(TrackFact, TRACKS, _around(filters))
        named = {f.id for f in found}
        if filters.actor is not None or filters.place is not None:
            here = asked_for(TRACKS, filters, ("actor", "place"))
            named = {f.id for f in facts.load(TrackFact, TRACKS, here)}
        if members is not None:
            named &= members
        whole = tracks(found, facts.origin, facts.clashes(_around(filters)))
        return [k for k in whole if within(k.begin, k.until, filters) and not named.isdisjoint(k.members)][
            : filters.limit
        ]

    return question


def _around(filters: Filters) -> ColumnElement[bool]:
    """Days from which on, and up to which, facts have a part in tracks of the days asked for."""
    return and_(true(), *between(moved(filters.since, -MARGIN), moved(filters.until, MARGIN)))


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
        facts = Facts(connection, Moment(filters.as_known_on))
        found = facts.load(DateFact, DAYS, true()) if reports is None else facts.under(DateFact, DAYS, sorted(reports))
        told = one_per_story(found, lambda f: facts.origin(f.seq).story)
        return timeline(told, top, words, filters.since, filters.until)

    return question
