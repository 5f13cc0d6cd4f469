"""Two words on one happening -> the field in which they cannot both be right: value, time, place, actor or cause.

Differences are looked for in what both of them state; what only one of them says is no difference.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from onrecord.collate.actors_sides import same_side
from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.collate.accounts import Account, Scene
    from onrecord.collate.tellings import Telling, Value

Marked = tuple[int, int, str]
"""A span: start, end, text."""

_ABOUT = 0.1
""" "About 3,000" may be 2,700 or 3,300."""
_EARTH_KM = 6371.0
_APART_KM = 60.0
"""Two settlements further apart than this are two places; nearer, one report may name the suburb, one the city."""
_EXACT_PLACES = frozenset(("point", "city"))
_PEOPLE = frozenset("people person persons dead deaths lives victims casualties others".split())


class Difference(NamedTuple):
    """The field, and the words on both sides where these are fewer than the whole telling."""

    field: str
    a: Marked | None = None
    b: Marked | None = None

    def turned(self) -> Difference:
        """The same seen from the other side."""
        return Difference(self.field, self.b, self.a)


def same_moment(a: Telling, b: Telling) -> bool:
    """Do two tellings speak of the same moment: said on the same day, or their values hold for the same one?"""
    if a.said is not None and a.said == b.said:
        return True
    days = {v.as_of for v in a.values if v.as_of} & {v.as_of for v in b.values if v.as_of}
    return bool(days)


def difference(a: Telling, b: Telling, of_a: Account, of_b: Account) -> Difference | None:
    """The first field in which two tellings of the same moment cannot both be right."""
    values = values_differ(a.values, b.values, a.report == b.report)
    if values is not None:
        return Difference("value", *values)
    for name, differ in (("time", _times), ("place", _places), ("actor", _actors), ("cause", _causes)):
        if differ(of_a, of_b):
            return Difference(name)
    return None


def values_differ(a: Sequence[Value], b: Sequence[Value], one_report: bool = False) -> tuple[Marked, Marked] | None:
    """The first two values of the same thing whose bounds have nothing in common."""
    for v in a:
        for w in b:
            if comparable(v, w, one_report) and apart(v, w):
                return (v.start, v.end, v.text), (w.start, w.end, w.text)
    return None


def values_changed(a: Sequence[Value], b: Sequence[Value]) -> tuple[Marked, Marked] | None:
    """The first two values of the same thing that one source gives otherwise the second time."""
    for v in a:
        for w in b:
            if comparable(v, w, one_report=True) and (v.low, v.high) != (w.low, w.high):
                return (v.start, v.end, v.text), (w.start, w.end, w.text)
    return None


def comparable(v: Value, w: Value, one_report: bool = False) -> bool:
    """Do two values count the same thing, as of the same day where both say which?

    Running totals and levels are left to `onrecord.collate.links_figures`, which knows the whole series.
    In one report, and of one source, a toll of the event and a total are set against each other: "31 died …, but the
    army put the dead at nine".
    """
    kinds = {v.change, w.change}
    if v.measure != w.measure or not (kinds == {"event"} or (one_report and kinds == {"event", "total"})):
        return False
    if v.as_of and w.as_of and v.as_of != w.as_of and v.change != "event":
        return False
    return _same_unit(v.unit, w.unit)


def _same_unit(a: str | None, b: str | None) -> bool:
    one, two = _head(a), _head(b)
    return not one or not two or one == two or (one in _PEOPLE and two in _PEOPLE)


def _head(unit: str | None) -> str:
    words = folded(unit or "").split()
    return words[-1] if words else ""


def apart(v: Value, w: Value) -> bool:
    """Have the bounds of two values nothing in common?"""
    (low, high), (other_low, other_high) = bounds(v), bounds(w)
    return high < other_low or other_high < low


def bounds(v: Value) -> tuple[float, float]:
    """The lowest and highest number that a value allows."""
    return within_reach(v.low, v.high, v.relation)


def within_reach(low: float | None, high: float | None, relation: str) -> tuple[float, float]:
    """The bounds of a figure; open ends are infinite, "about" leaves a tenth on both sides."""
    first = float("-inf") if low is None else float(low)
    last = float("inf") if high is None else float(high)
    return (first * (1 - _ABOUT), last * (1 + _ABOUT)) if relation == "about" else (first, last)


def _times(a: Account, b: Account) -> bool:
    """Days that both state and that do not meet."""
    if a.dated_by != "stated" or b.dated_by != "stated" or not (a.begin and a.until and b.begin and b.until):
        return False
    return a.until < b.begin or b.until < a.begin


def _places(a: Account, b: Account) -> bool:
    """Settlements that both name, all of them far from all of the other's."""
    here, there = ([p for p in x.places if p.precision in _EXACT_PLACES and p.latitude is not None] for x in (a, b))
    return bool(here and there) and all(distance_km(p, q) > _APART_KM for p in here for q in there)


def distance_km(p: Scene, q: Scene) -> float:
    """The great-circle distance of two places (haversine formula)."""
    lat, other = radians(p.latitude or 0), radians(q.latitude or 0)
    across = sin((other - lat) / 2) ** 2
    along = cos(lat) * cos(other) * sin(radians((q.longitude or 0) - (p.longitude or 0)) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, across + along)))


def _actors(a: Account, b: Account) -> bool:
    """An act of force that each lays at another's door: the sides of all that the one names are others than those of
    all that the other names, and its victim is the same, or the other's actor.

    An air force and its army are one side; whose "militants" are is not told.
    """
    if "ASSAULT" not in (a.type, b.type) or not (a.sides and b.sides):
        return False
    if any(same_side(one, other) is not False for one in a.sides for other in b.sides):
        return False
    return bool(set(a.actors) & set(b.recipients) or set(a.recipients) & set(b.recipients))


def _causes(a: Account, b: Account) -> bool:
    """Two means of the same attack, one for each."""
    if a.type != "ASSAULT" or b.type != "ASSAULT":
        return False
    return len(a.modes) == 1 and len(b.modes) == 1 and a.modes != b.modes and bool({*a.modes, *b.modes} & _EXCLUDING)


_EXCLUDING = frozenset(("suicide-attack", "unconventional", "aerial", "firearms"))
"""Modes that are told apart by what happened, not by how closely it is described."""
