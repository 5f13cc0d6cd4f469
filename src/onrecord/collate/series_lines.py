"""The figures that one source gives for one thing counted -> its line: points in order of time, revisions, phases.

A line is a function of the set of its figures, whatever the order in which they came.  Nothing is added up and nothing
is averaged: a point is a value that somebody gave.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.records.codec import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.collate.series_facts import FigureFact

_SLACK = 0.98
"""A running total may come down by so much and still be the same count (a few names struck off)."""
_ROUNDED = 0.9
"""The same for a round or vague number ("about 50,000" after 53,762)."""
_JUMP, _PER_MONTH = 3.0, 2.0
"""How far a running total may rise from one report to the next: threefold at once, and twofold more for every month
between them.  Wide on purpose: tolls of the first days of a war double overnight; what must be told apart are a day's
toll and a war's, three or more powers of ten away."""
_SAME_COUNT = 14
"""Days by which the stated beginnings of one count may differ ("since March", "since the truce ended on March 18")."""
_CORRECTED = 2.0
"""A new value for the same day further off than this is no revision but another count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Record):
    """A value that a source gave for a day.

    `as_of` is the day, `dated_by` how it is known (stated, report, none); `reported` the day on which the value was
    first reported; `members` the figures that say it, earliest first, in `stories` reports of which none is a copy of
    another; `revises` the first member of the point of the same day that it takes the place of; `phase` counts the
    phases of the line from 1.
    """

    as_of: str | None
    dated_by: str
    reported: str | None
    low: int | float | None
    high: int | float | None
    relation: str
    members: tuple[str, ...]
    stories: int = 1
    outlets: tuple[str, ...] = ()
    revises: str | None = None
    phase: int = 1
    since: str | None = None
    text: str = ""
    sentence: str = ""

    @property
    def value(self) -> float:
        """The number by which values are ordered: the lower bound, else the upper."""
        return float(self.low if self.low is not None else self.high or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Record):
    """A stretch of a line that counts from one beginning: `since` where it is stated, the days of its first and last
    point.  `restart` is set where the running total fell and went on from there."""

    number: int
    since: str | None
    first: str | None
    last: str | None
    restart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Record):
    """What one source says in one series, earliest first."""

    source: str
    name: str
    naming: str
    side: str | None
    points: tuple[Point, ...]
    phases: tuple[Phase, ...]


def points(facts: Iterable[tuple[FigureFact, str, str]]) -> list[Point]:
    """Figures of one source, each with its report's story (copies share one) and outlet, as points.

    The same value for the same day is one point, however many reports give it.  Where the day is only that of the
    report, the same value reported again within a week is no new count.
    """
    groups: dict[tuple[object, ...], list[tuple[FigureFact, str, str]]] = {}
    for entry in sorted(facts, key=lambda e: (e[0].reported or "9999", e[0].id)):
        fact = entry[0]
        same = (fact.as_of, fact.low, fact.high, fact.relation, fact.event if fact.change == "increment" else None)
        groups.setdefault(same, []).append(entry)
    return [_point(group) for group in groups.values()]


def _point(group: Sequence[tuple[FigureFact, str, str]]) -> Point:
    first = group[0][0]
    stated = any(fact.dated_by == "stated" for fact, _, _ in group)
    return Point(
        as_of=first.as_of, dated_by="stated" if stated else first.dated_by, reported=first.reported, low=first.low,
        high=first.high, relation=first.relation, members=tuple(fact.id for fact, _, _ in group),
        stories=len({story for _, story, _ in group}), outlets=tuple(sorted({o for _, _, o in group if o})),
        since=min((fact.since for fact, _, _ in group if fact.since), default=None), text=first.text,
        sentence=first.sentence,
    )  # fmt: skip


def line(source: str, name: str, naming: str, side: str | None, found: Sequence[Point], change: str) -> Line:
    """A source's line from its points: phases of a running total, revisions of any count."""
    ordered = sorted(found, key=_order)
    counts = _counts(ordered) if change == "total" else [ordered]
    counts.sort(key=lambda c: _order(c[0]))
    told = [replace(p, phase=n) for n, count in enumerate(counts, 1) for p in _revised(count)]
    phases = tuple(_phase(n, counts) for n in range(len(counts)))
    return Line(
        source=source, name=name, naming=naming, side=side, points=tuple(sorted(told, key=_order)), phases=phases
    )


def _order(p: Point) -> tuple[str, str, float, str]:
    return p.as_of or "9999", p.reported or "9999", p.value, p.members[0]


def _counts(ordered: Sequence[Point]) -> list[list[Point]]:
    """The points of running totals parted into counts, each of which only grows (but for corrections)."""
    counts: list[list[Point]] = []
    for p in ordered:
        fitting = [(d, n) for n, count in enumerate(counts) if (d := _distance(count, p)) is not None]
        if fitting:
            counts[min(fitting)[1]].append(p)
        else:
            counts.append([p])
    return counts


def _distance(count: Sequence[Point], p: Point) -> float | None:
    """How far a point lies from the end of a count; None where it cannot go on from there."""
    last = count[-1]
    since = next((q.since for q in count if q.since), None)
    if since and p.since and abs(_days(since, p.since)) > _SAME_COUNT:
        return None
    if p.since and _days(p.since, count[0].as_of) < 0:  # what is older cannot be part of it
        return None
    if last.value <= 0 or p.value <= 0:
        return 0.0 if last.value <= p.value else None
    ratio = p.value / last.value
    if last.as_of == p.as_of:
        return abs(math.log(ratio)) if 1 / _CORRECTED <= ratio <= _CORRECTED else None
    months = max(0, _days(last.as_of, p.as_of)) / 30
    slack = _SLACK if p.relation == "exactly" == last.relation else _ROUNDED
    return abs(math.log(ratio)) if slack <= ratio <= _JUMP + _PER_MONTH * months else None


def _days(a: str | None, b: str | None) -> int:
    if not a or not b:
        return 0
    return (date.fromisoformat(b) - date.fromisoformat(a)).days


def _revised(count: Sequence[Point]) -> list[Point]:
    """Points with what each takes the place of: the value that was reported before it for the same day."""
    done: list[Point] = []
    for p in count:
        before = next((q for q in reversed(done) if p.as_of is not None and q.as_of == p.as_of and _near(p, q)), None)
        later = before is not None and _report(before) != _report(p)
        done.append(replace(p, revises=before.members[0]) if before is not None and later else p)
    return done


def _report(p: Point) -> str:
    return p.members[0].partition(":")[0]


def _near(p: Point, q: Point) -> bool:
    low, high = sorted((p.value, q.value))
    return high <= low * _CORRECTED


def _phase(n: int, counts: Sequence[Sequence[Point]]) -> Phase:
    """A phase; it is a restart where an earlier count stood higher and did not go on beside it, and where its own
    beginning is stated or it is told of more than once: one lower number alone may be of something else."""
    count = counts[n]
    first = count[0].as_of or "9999"
    since = next((p.since for p in count if p.since), None)
    ends = [(c[-1].as_of or "9999", c[-1].value) for c in counts[:n]]
    ended = not any(day > first for day, _ in ends) and any(value > count[0].value for _, value in ends)
    restart = ended and (since is not None or len(count) > 1)
    return Phase(
        number=n + 1, since=since, first=first, last=count[-1].as_of,
        restart=restart,
    )  # fmt: skip
