"""Facts of negotiations -> tracks: rounds of talks, delegations, agreements with their stages, in order of time.

Reports name the parties of a negotiation unevenly: one has Israel and Hamas, the next the United States besides, a
third Hamas alone.  So a fact goes to the pair of parties that most reports of those weeks set against each other, of
the pairs that it may belong to.  A pair counts for more when its sides fight each other in those weeks, and for less
when one of them mediates elsewhere or takes part in what two others negotiate.  A pair's facts make one track for as
long as no gap between them is longer than `_PAUSE`.  All of it is a function of the set of facts.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from onrecord.collate.facts_parties import Party  # noqa: TC001 - the codec looks annotations up when it runs
from onrecord.collate.tracks_deals import Deal, deals
from onrecord.collate.tracks_facts import AGREEMENT, DELEGATION, ROUND, TrackFact
from onrecord.collate.tracks_rounds import Move, Round, moves, rounds
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from onrecord.collate.series import Origin

_PAUSE = 75
"""Days without any news of it after which a negotiation has ended; what comes later is another."""
_NEAR = 60
"""Days around a fact in which reports tell which parties negotiate."""
MARGIN = _PAUSE + _NEAR
"""Days before and after those asked for of which the facts may change a track."""
_MEDIATES = 0.3
"""What a pair counts for that does not fight and of which one stands between two others in those weeks."""
_CLEAR = 2.0
"""How much more a pair must count than the next for a fact that names only one party of it."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Record):
    """A negotiation between two parties: who mediates or hosts, where, what happened in it.

    `reports` counts reports of which none is a copy of another; `others` are those named as taking part beside them.
    """

    id: str
    parties: tuple[Party, ...]
    mediators: tuple[Party, ...]
    others: tuple[Party, ...]
    places: tuple[str, ...]
    begin: str | None
    until: str | None
    reports: int
    rounds: tuple[Round, ...]
    moves: tuple[Move, ...]
    deals: tuple[Deal, ...]

    @property
    def members(self) -> frozenset[str]:
        """The ids of the records that the track is made of and that say more than a name."""
        told = [o.members for r in self.rounds for o in r.outcomes] + [m.members for m in self.moves]
        return frozenset(i for ids in (*told, *(d.members for d in self.deals)) for i in ids)

    @property
    def tells(self) -> bool:
        """Does it tell of more than the name of an agreement in one report?"""
        return self.reports > 1 and bool(self.rounds or self.moves or any(d.steps for d in self.deals))


def tracks(
    facts: Iterable[TrackFact],
    origin: Callable[[int], Origin],
    clashes: Mapping[Pair, Sequence[str]] | None = None,
) -> list[Track]:
    """The tracks that some facts make up, the latest first.

    Args:
        facts: all facts of the time asked for (`_NEAR` and `_PAUSE` days more on either side settle its edges).
        origin: a report, by its seq, as one of a group of copies.
        clashes: pair of sides → the days on which reports have one attack the other.
    """
    every = sorted(facts, key=lambda f: f.id)
    field = _Field(every, clashes or {})
    by_pair: dict[Pair, list[TrackFact]] = defaultdict(list)
    for fact in every:
        pair = field.pair_of(fact)
        if pair is not None and fact.begin is not None:
            by_pair[pair].append(fact)
    names = {p.id: p for f in reversed(every) for p in (*f.parties, *f.mediators)}
    found = [
        _track((names[pair[0]], names[pair[1]]), part, origin)
        for pair, some in by_pair.items()
        for part in _parted(some)
    ]
    return sorted(found, key=lambda t: (t.until or "", t.reports, t.id), reverse=True)


class _Field:
    """Which pairs of parties reports set against each other, and when."""

    def __init__(self, facts: Sequence[TrackFact], clashes: Mapping[Pair, Sequence[str]]) -> None:
        days: dict[Pair, set[tuple[int, str]]] = defaultdict(set)
        between: dict[str, dict[Pair, set[int]]] = defaultdict(lambda: defaultdict(set))
        for fact in facts:
            if (day := _number(fact.begin)) is None:
                continue
            ids = sorted({p.id for p in fact.parties})
            for pair in combinations(ids, 2):
                days[pair].add((day, fact.report))
                for third in {*ids, *(m.id for m in fact.mediators)} - set(pair):
                    between[third][pair].add(day)
        self._days = {pair: sorted(day for day, _ in told) for pair, told in days.items()}
        self._between = {i: {p: sorted(told) for p, told in pairs.items()} for i, pairs in between.items()}
        self._fights = {pair: sorted(date.fromisoformat(d).toordinal() for d in told) for pair, told in clashes.items()}
        self._weights: dict[tuple[Pair, int], float] = {}
        self._of: dict[str, list[Pair]] = defaultdict(list)
        for pair in sorted(self._days):
            for party in pair:
                self._of[party].append(pair)

    def pair_of(self, fact: TrackFact) -> Pair | None:
        """The pair that a fact belongs to, or None where that cannot be told."""
        day = _number(fact.begin)
        if day is None:
            return None
        ids = sorted({p.id for p in fact.parties})
        if len(ids) > 1:
            pairs = set(combinations(ids, 2))
            pairs |= {p for i in ids for p in self._between_of(i, day) if not set(ids).isdisjoint(p)}
            return max(pairs, key=lambda pair: (self._weight(pair, day), pair))
        weights = {pair: self._weight(pair, day) for i in ids for pair in self._of.get(i, ())}
        ranked = sorted(weights, key=lambda pair: (-weights[pair], pair))
        if not ranked or weights[ranked[0]] <= 0:
            return None
        rest = weights[ranked[1]] if len(ranked) > 1 else 0.0
        return ranked[0] if weights[ranked[0]] >= _CLEAR * rest else None

    def _between_of(self, party: str, day: int) -> list[Pair]:
        """The pairs between which a party stands in those weeks."""
        return [pair for pair, told in self._between.get(party, {}).items() if _within(told, day)]

    def _weight(self, pair: Pair, day: int) -> float:
        found = self._weights.get((pair, day))
        if found is None:
            fights = 1 + math.log1p(_within(self._fights.get(pair, ()), day))
            mediates = fights <= 1 and any(self._between_of(i, day) for i in pair)
            found = _within(self._days.get(pair, ()), day) * fights * (_MEDIATES if mediates else 1.0)
            self._weights[pair, day] = found
        return found


def _within(days: Sequence[int], day: int) -> int:
    return bisect_right(days, day + _NEAR) - bisect_left(days, day - _NEAR)


def _number(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _parted(facts: Sequence[TrackFact]) -> list[list[TrackFact]]:
    """A pair's facts, parted where nothing is heard for long."""
    ordered = sorted(facts, key=lambda f: (f.begin or "", f.id))
    parts: list[list[TrackFact]] = []
    last = 0
    for fact in ordered:
        day = _number(fact.begin) or 0
        if not parts or day - last > _PAUSE:
            parts.append([])
        parts[-1].append(fact)
        last = max(last, day)
    return parts


def _track(between: tuple[Party, Party], facts: Sequence[TrackFact], origin: Callable[[int], Origin]) -> Track:
    pair = (between[0].id, between[1].id)
    seen: Counter[Party] = Counter()
    mediate: Counter[Party] = Counter()
    for fact in facts:
        seen.update(p for p in fact.parties if p.id not in pair)
        mediate.update(m for m in fact.mediators if m.id not in pair)
    first = min(facts, key=lambda f: (f.begin or "9999", f.id))
    places = Counter(p for f in facts if f.kind != AGREEMENT for p in f.places)
    by_kind = {kind: [f for f in facts if f.kind == kind] for kind in (ROUND, DELEGATION, AGREEMENT)}
    return Track(
        id="t" + hashlib.sha256(f"{pair[0]}|{pair[1]}|{first.id}".encode()).hexdigest()[:12],
        parties=between, mediators=tuple(_each(mediate)), others=tuple(p for p in _each(seen) if p not in mediate),
        places=tuple(sorted(places, key=lambda n: (-places[n], n))),
        begin=first.begin, until=max(f.until or f.begin or "" for f in facts),
        reports=len({origin(f.seq).story for f in facts}),
        rounds=tuple(rounds(by_kind[ROUND], origin)), moves=tuple(moves(by_kind[DELEGATION], origin)),
        deals=tuple(deals(by_kind[AGREEMENT], origin)),
    )  # fmt: skip


def _each(counted: Counter[Party]) -> list[Party]:
    """Parties, each once under one of its names, the most frequent first."""
    names: dict[str, Party] = {}
    times: Counter[str] = Counter()
    for p in sorted(counted, key=lambda p: (p.id, p.name)):
        names.setdefault(p.id, p)
        times[p.id] += counted[p]
    return [names[i] for i in sorted(times, key=lambda i: (-times[i], i))]
