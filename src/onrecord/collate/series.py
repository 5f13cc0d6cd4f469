"""Figures across reports -> series: one measure, population, place and kind of change over time, one line per source.

Totals, levels, event tolls and increments are different series.  Nothing is added up, nothing averaged; where sources
differ on the same moment, the series says so.  A series is a function of the set of facts that it is asked of, so it
is the same in whatever order reports came.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from onrecord.collate.facts_voices import heard
from onrecord.collate.series_facts import UNPLACED, FigureFact, series_key
from onrecord.collate.series_lines import Line, Point, line, points
from onrecord.collate.series_populations import PEOPLE
from onrecord.collate.series_tolls import tolls
from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

CHANGES = ("total", "level", "event", "increment")
"""Kinds of change, in the order in which they are shown."""
_COMPARABLE = 4.0
"""Running totals or levels further apart than this count different things, whatever their words say."""
_ABOUT = 0.05
"""What "about" leaves open on either side."""
_ONLY = 0.8
"""A count without a qualifier ("hostages") joins the one qualifier that at least so many of the others bear.  Not so
"people": 1,300 Israelis and 2,200 people killed in one place on one day are two counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Record):
    """A value beside others for the same day: who gives it, and the figure."""

    source: str
    name: str
    low: int | float | None
    high: int | float | None
    relation: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Record):
    """A day for which sources give values that cannot all be right."""

    as_of: str
    values: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Record):
    """Figures of one measure, population, place and kind of change; `about` names the happening of an event's toll."""

    id: str
    measure: str
    change: str
    population: str
    area: str
    place: str | None
    begin: str | None
    until: str | None
    lines: tuple[Line, ...]
    differences: tuple[Difference, ...] = ()
    unit: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a report is to others: the group of copies that it belongs to (its own key, where it has none), and whose
    word its own voice is: the key and the name of its agency or outlet."""

    story: str
    voice: str
    outlet: str


def series(
    facts: Iterable[FigureFact],
    origin: Callable[[int], Origin],
    happening: Mapping[str, str] | None = None,
) -> list[Series]:
    """The series that some figures make up, in the order in which they are listed.

    Args:
        facts: all figures of the keys asked for (see `series_key`); what is left out may change a series.
        origin: a report, by its seq, as one of a group of copies.
        happening: event → the happening that it is an account of, for the tolls of events; without it, an event's
            toll is compared with that of others at its place and day.
    """
    keyed: dict[tuple[str, str], list[FigureFact]] = defaultdict(list)
    for fact in facts:
        about = _about(fact, happening or {}) if fact.change == "event" else ""
        keyed[series_key(fact), about].append(fact)
    made: list[Series] = []
    for (_, about), alike in sorted(keyed.items()):
        for qualifiers, counted in sorted(_qualified(alike).items()):
            parts = tolls(counted, lambda f: _whose(f, origin)) if counted[0].change == "event" else [counted]
            made.extend(_series(part, qualifiers, about, origin) for part in parts)
    return sorted(made, key=order)


def _whose(fact: FigureFact, origin: Callable[[int], Origin]) -> frozenset[str]:
    of = origin(fact.seq)
    return frozenset(heard(v, of.voice, of.outlet).source for v in fact.voices)


def rank(change: str, area: str) -> tuple[int, ...]:
    """What is listed before what: what is known to be in one country before what may be anywhere, then by change."""
    return int(area == UNPLACED), CHANGES.index(change)


def weight(s: Series) -> int:
    """How many figures a series holds."""
    return len({m for k in s.lines for p in k.points for m in p.members})


def order(s: Series) -> tuple[object, ...]:
    """The order in which series are listed: by rank, the fullest first."""
    return rank(s.change, s.area), -weight(s), s.measure, s.area, s.population, s.begin or "9999", s.id


def _about(fact: FigureFact, happening: Mapping[str, str]) -> str:
    if fact.event is not None and fact.event in happening:
        return happening[fact.event]
    return f"{fact.place or ''} {fact.as_of or fact.id}"


def _qualified(facts: Sequence[FigureFact]) -> dict[tuple[str, ...], list[FigureFact]]:
    """Facts of one key by what sets their populations apart."""
    found: dict[tuple[str, ...], list[FigureFact]] = defaultdict(list)
    for fact in facts:
        found[fact.qualifiers].append(fact)
    told = {q: len(f) for q, f in found.items() if q}
    if () in found and told and not facts[0].head.startswith(PEOPLE):
        most = max(told, key=lambda q: (told[q], q))
        if told[most] >= _ONLY * sum(told.values()):
            found[most] += found.pop(())
    return found


def _series(
    facts: Sequence[FigureFact], qualifiers: tuple[str, ...], about: str, origin: Callable[[int], Origin]
) -> Series:
    first = min(facts, key=lambda f: (f.as_of or "9999", f.id))
    lines = _lines(facts, origin, first.change)
    days = sorted(p.as_of for k in lines for p in k.points if p.as_of)
    named = f"{series_key(first)}|{' '.join(qualifiers)}|{about}|{first.id if about else ''}"
    return Series(
        id="s" + hashlib.sha256(named.encode()).hexdigest()[:12], measure=first.measure, change=first.change,
        population=" ".join((*qualifiers, first.head)), area=first.area, place=_place(facts),
        begin=days[0] if days else None, until=days[-1] if days else None, lines=lines,
        differences=tuple(_differences(lines, first.change)), unit=first.unit,
        about=about if first.change == "event" else None,
    )  # fmt: skip


def _place(facts: Sequence[FigureFact]) -> str | None:
    names = sorted({f.place for f in facts if f.place})
    return names[0] if names else None


def _lines(facts: Sequence[FigureFact], origin: Callable[[int], Origin], change: str) -> tuple[Line, ...]:
    """One line per source, those with most points first."""
    given: dict[str, list[tuple[FigureFact, str, str]]] = defaultdict(list)
    names: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for fact in facts:
        of = origin(fact.seq)
        for voice in fact.voices:
            v = heard(voice, of.voice, of.outlet)
            given[v.source].append((fact, of.story, of.outlet))
            names[v.source].append((fact.reported or "9999", v.name, v.naming, v.side or ""))
    found = []
    for source, told in given.items():
        _, name, naming, side = min(names[source])
        found.append(line(source, name, naming, side or None, points(told), change))
    return tuple(sorted(found, key=lambda k: (-len(k.points), k.source)))


def _differences(lines: Sequence[Line], change: str) -> list[Difference]:
    """The days for which the last values of sources exclude each other."""
    days: dict[str, list[tuple[Line, Point]]] = defaultdict(list)
    for k in lines:
        last: dict[tuple[str, int], Point] = {}
        for p in k.points:
            if p.as_of:
                last[p.as_of, p.phase] = p
        for (day, _), p in last.items():
            days[day].append((k, p))
    found = []
    for day, told in sorted(days.items()):
        apart: set[int] = set()
        ranges = [bounds(p) for _, p in told]
        for (n, one), (m, other) in combinations(enumerate(told), 2):
            if not (n in apart and m in apart) and _exclude(ranges[n], ranges[m]) and _comparable(one, other, change):
                apart |= {n, m}
        if apart:
            found.append(Difference(as_of=day, values=tuple(_told(*told[n]) for n in sorted(apart))))
    return found


def _told(k: Line, p: Point) -> Told:
    return Told(source=k.source, name=k.name, low=p.low, high=p.high, relation=p.relation, member=p.members[0])


def _exclude(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _comparable(one: tuple[Line, Point], other: tuple[Line, Point], change: str) -> bool:
    """Do two points of two sources count the same thing, by how they are dated, how large and from when?"""
    (k, p), (j, q) = one, other
    if k.source == j.source or (change == "increment" and p.dated_by != q.dated_by):
        return False
    if change in ("total", "level"):
        small, large = sorted((p.value, q.value))
        return not (small <= 0 or large / small > _COMPARABLE or (p.since and q.since and p.since != q.since))
    return True


def bounds(p: Point) -> tuple[float, float]:
    """The least and the most that a value may mean: "more than 3,000" is 3,000 and up, "about 100" 95 to 105."""
    low = float(p.low) if p.low is not None else 0.0
    high = float(p.high) if p.high is not None else float("inf")
    if p.relation in ("at_least", "more_than"):
        high = float("inf")
    elif p.relation in ("fewer_than", "up_to"):
        low = 0.0
    elif p.relation == "about":
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low, high
