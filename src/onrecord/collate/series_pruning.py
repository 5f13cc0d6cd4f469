"""Series -> what of them was asked for: the points of some days, the lines of some sources, the words of some reports.

Series are made whole first, so that phases, revisions and differences do not depend on what is asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onrecord.collate.series import Series
    from onrecord.collate.series_lines import Line, Point


def pruned(
    found: Iterable[Series],
    *,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    members: frozenset[str] | None = None,
) -> list[Series]:
    """Series without what was not asked for; those of which nothing is left are gone.

    Args:
        found: whole series.
        since, until: days that points must hold for, both inclusive; points without a day are kept.
        source: words of the name of a line's source.
        members: figures of which a point must hold one.
    """

    def wanted(p: Point) -> bool:
        if p.as_of is not None and ((since and p.as_of < since) or (until and p.as_of > until)):
            return False
        return members is None or not members.isdisjoint(p.members)

    kept = []
    for s in found:
        lines = tuple(k for line in s.lines if _named(line, source) and (k := _line(line, wanted)).points)
        days = sorted(p.as_of for k in lines for p in k.points if p.as_of)
        left = {m for k in lines for p in k.points for m in p.members}
        apart = tuple(d for d in s.differences if source is None and any(v.member in left for v in d.values))
        if lines:
            begin, end = (days[0], days[-1]) if days else (None, None)
            kept.append(replace(s, lines=lines, differences=apart, begin=begin, until=end))
    return kept


def _line(line: Line, wanted: Callable[[Point], bool]) -> Line:
    return replace(line, points=tuple(p for p in line.points if wanted(p)))


def _named(line: Line, source: str | None) -> bool:
    return source is None or set(folded(source).split()) <= set(folded(line.name).split())
