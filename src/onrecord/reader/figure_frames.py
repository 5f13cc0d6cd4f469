"""Figures, times and places -> when and where a number holds: `as_of`, `period`, `places`.

The words of its own clause come first; where they say nothing, the size or toll of an event has the event's day and
place (`framed`).  Lengths and sums of money hold nowhere and on no day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord import records as R

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from onrecord.reader.document import Document
    from onrecord.reader.figure_drafts import FigureDraft

_TIMELESS = frozenset({"duration", "money"})
_COUNTED_OVER = frozenset(
    {"killed", "injured", "casualties", "missing", "abducted", "released", "detained", "displaced"}
)
_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+|early\s+|late\s+)?$", re.IGNORECASE)
_EDGE = re.compile(
    r"\b(?:since|from|until|till|before|after|by|ahead of)\s+(?:the\s+|early\s+|late\s+|mid-)?$", re.IGNORECASE
)
"""What makes a day the edge of a stretch, not the day of a count."""
_AWAY = re.compile(r"\b(?:since|before|after|until|when|while)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:since|before|after|until|when|while|who|which|whose|according|said|says|told)\b", re.IGNORECASE
)
"""What begins another clause between a number and a place."""


def _of_sentence(document: Document, at: int, times: Sequence[R.Time]) -> list[R.Time]:
    start, end = document.sentences[max(0, document.sentence_at(at))]
    first = bisect_left(times, start, key=lambda t: t.start)
    return list(times[first : bisect_left(times, end, lo=first, key=lambda t: t.start)])


def as_of(
    document: Document, f: FigureDraft, times: Sequence[R.Time], anchor: str | None, told: Collection[str] = ()
) -> tuple[str | None, str | None]:
    """The day at which a figure holds: stated in its sentence, else the anchor for counts that run on.

    Args:
        document: the report's text.
        f: the figure.
        times: the time expressions of the report's own text, in order.
        anchor: the day that the report counts from.
        told: ids of times at which something was said; they date a count that runs on, but no event.
    """
    if f.measure in _TIMELESS:
        return None, None
    runs = f.change in ("total", "level")
    days = [
        t
        for t in _of_sentence(document, f.start, times)
        if t.precision == "day"
        and t.begin
        and t.begin == t.until
        and not (anchor and t.begin[:10] > anchor[:10])
        and (runs or t.id not in told)
        and not _edge(document, t)
        and not _AWAY.search(_between(document, f, t))
    ]
    if days:
        return min(days, key=lambda t: abs(t.start - f.start)).begin, "stated"
    return (anchor, "anchor") if runs and anchor else (None, None)


def _edge(document: Document, t: R.Time) -> bool:
    return bool(_EDGE.search(document.text[max(0, t.start - 24) : t.start]))


def _between(document: Document, f: FigureDraft, t: R.Time) -> str:
    return document.text[f.end : t.start] if f.end <= t.start else document.text[t.end : f.start]


def period(
    document: Document, f: FigureDraft, times: Sequence[R.Time], as_of: str | None, told: Collection[str] = ()
) -> R.Period | None:
    """The days that a count of people covers: from "since March" to the day it holds for, or the stated time of the one
    event or day that it sizes.  None where the clause does not say; `told` as for `as_of`."""
    if f.measure not in _COUNTED_OVER:
        return None
    near = [t for t in _of_sentence(document, f.start, times) if t.begin]
    if f.change != "event":
        for t in near:
            if _SINCE.search(document.text[max(0, t.start - 20) : t.start]):
                return R.Period(begin=t.begin, until=as_of)
    if f.change in ("event", "increment"):
        clause = [
            t
            for t in near
            if f.clause[0] <= t.start < f.clause[1]
            and t.until
            and t.type in ("DATE", "TIME")
            and t.id not in told
            and not _edge(document, t)
        ]
        if clause:
            best = min(clause, key=lambda t: abs(t.start - f.start))
            return R.Period(begin=best.begin, until=best.until)
    return None


def place(document: Document, f: FigureDraft, places: Sequence[R.Place]) -> tuple[str, ...]:
    """Where a number holds: the nearest literal place of its clause; `places` are those of the report's own text."""
    if f.measure in _TIMELESS:
        return ()
    near = [
        p
        for p in places
        if p.use == "literal"
        and f.clause[0] <= p.start < f.clause[1]
        and not _ELSEWHERE.search(document.text, min(p.end, f.end), max(p.start, f.start))
    ]
    return (min(near, key=lambda p: _gap(f, p)).id,) if near else ()


def _gap(f: FigureDraft, p: R.Place) -> int:
    return p.start - f.end if p.start >= f.end else 2 * (f.start - p.end)


def framed(figures: Sequence[R.Figure], events: Sequence[R.Event]) -> list[R.Figure]:
    """The figures with the day and the places of the events that they size, where they have none of their own."""
    owner = {name: e for e in events for name in e.figures}
    return [_framed(f, owner[f.id]) if f.id in owner and f.measure not in _TIMELESS else f for f in figures]


def _framed(f: R.Figure, e: R.Event) -> R.Figure:
    if f.change not in ("event", "increment"):
        return f
    found = replace(f, places=f.places or e.places[:1])
    when = e.time
    if when.begin and when.begin == when.until and f.as_of is None and when.basis in ("stated", "context"):
        found = replace(found, as_of=when.begin, as_of_basis="stated")
    return found
