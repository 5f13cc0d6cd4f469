"""The tolls of one happening -> the tolls of one event each.

A happening may go on for days ("Israeli strikes on the Strip"), and every day then has a toll of its own.  A toll that
is told again, or corrected, by the same source stands within a day and rises; other sources may lag and differ more.
"""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.collate.series_facts import FigureFact

_NEWS, _TOLD_AGAIN = 1, 3
"""Days between two values of one toll, and between two reports of the same value."""
_LIVE = 200
"""Tolls of one happening that may be told at the same time, at most; keeps a war in one happening from costing hours."""
_FALLS, _RISES, _DIFFERS = 0.9, 2.0, 4.0
"""By what factor a source's later value of a toll may lie below or above its earlier one; how far sources differ."""


def tolls(facts: Sequence[FigureFact], whose: Callable[[FigureFact], frozenset[str]]) -> list[list[FigureFact]]:
    """Facts of one happening, parted into those that can be values of one toll; a function of the set.

    `whose` gives the sources of a fact.
    """
    clusters: list[list[tuple[FigureFact, frozenset[str]]]] = []
    for fact in sorted(facts, key=lambda f: (_day(f), f.id)):
        entry = (fact, whose(fact))
        live = [c for c in clusters[-_LIVE:] if _late_by(c[-1][0], fact) <= _TOLD_AGAIN]
        fitting = [c for c in live if all(_one(other, entry) for other in c)]
        if fitting:
            nearest = min(fitting, key=lambda c: min(abs(math.log(_size(fact) / _size(f))) for f, _ in c))
            nearest.append(entry)
        else:
            clusters.append([entry])
    return [[fact for fact, _ in c] for c in clusters]


def _size(fact: FigureFact) -> float:
    return max(value(fact), 0.1)


def _one(one: tuple[FigureFact, frozenset[str]], other: tuple[FigureFact, frozenset[str]]) -> bool:
    """Can two facts, the earlier first, be values of one toll?"""
    (early, whose), (late, theirs) = one, other
    apart = _late_by(early, late)
    if early.report == late.report or apart > _TOLD_AGAIN:
        return False
    if (early.low, early.high) == (late.low, late.high):
        return True
    low, high = value(early), value(late)
    if apart > _NEWS or low <= 0 or high <= 0:
        return False
    if whose == theirs:
        return _FALLS <= high / low <= _RISES
    return max(high / low, low / high) <= _DIFFERS


def _late_by(a: FigureFact, b: FigureFact) -> int:
    """Days between two facts; many where a day is unknown."""
    first, last = _day(a), _day(b)
    return abs((date.fromisoformat(last) - date.fromisoformat(first)).days) if first and last else _TOLD_AGAIN + 1


def _day(fact: FigureFact) -> str:
    return fact.as_of or fact.reported or ""


def value(fact: FigureFact) -> float:
    """The number by which figures are ordered: the lower bound, else the upper."""
    return float(fact.low if fact.low is not None else fact.high or 0)
