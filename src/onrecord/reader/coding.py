"""Small rules that turn words and positions into codebook values: quotation, certainty, modes, contexts, times."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.contexts import Story
from onrecord.reader.event_times import event_time
from onrecord.reader.figure_events import figure_owners
from onrecord.reader.go_betweens import mediating, third_parties
from onrecord.reader.modes import best_mode, zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft
    from onrecord.reader.figures import FigureDraft

__all__ = [
    "Story", "as_of", "certainty", "event_modes", "event_places", "event_time", "figure_owners", "inherit", "mediating",
    "period", "quotation", "third_parties",
]  # fmt: skip
"""The rules by name; those of some size live in modules of their own."""

_PROBABLE = re.compile(
    r"\b(?:belie\w+|think|thinks|thought|suspect\w*|fear\w*|expect\w*|estimat\w+|hope[sd]?|hinted|suggest\w*|likely|probabl\w+|appear\w*)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"\b(?:may|might|possib\w+|could|allegedly|reportedly|rumou?r\w*|unconfirmed)\b", re.IGNORECASE)


def quotation(document: Document, contents: list[Range]) -> str:
    """`direct` where all content stands in quotation marks, `mixed` where some of it does."""
    if not contents:
        return "indirect"
    quoted = sum(max(0, min(e, qe) - max(s, qs)) for s, e in contents for qs, qe in document.quotes)
    total = sum(e - s for s, e in contents)
    if quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted > 0 else "indirect"


def certainty(cue: str, act: str) -> str:
    """Of the source towards the content, from the cue."""
    if _POSSIBLE.search(cue):
        return "possible" if not re.search(r"reportedly|allegedly", cue, re.IGNORECASE) else "unknown"
    if act in ("believe", "estimate") or _PROBABLE.search(cue):
        return "probable"
    return "certain"


def inherit(statements: list[R.Statement], document: Document) -> list[R.Statement]:
    """ "The diplomat said" in the next sentence keeps the broadcaster that cited him in its chain."""
    carried: dict[tuple[str, ...], tuple[int, tuple[R.ChainLink, ...]]] = {}
    found = []
    for told in statements:
        s = told
        at = min((c.start for c in (*s.cue, *s.content)), default=0)
        home = document.sentence_at(at)
        key = s.source.actors
        if len(s.chain) > 1 and s.within is None and key:
            carried[key] = (home, s.chain[:-1])
        elif len(s.chain) == 1 and key in carried and 0 < home - carried[key][0] <= 2:
            outer = tuple(replace(x, inherited=True) for x in carried[key][1])
            s = replace(s, chain=(*outer, *s.chain))
            carried[key] = (home, outer)
        found.append(s)
    return found


def event_modes(document: Document, e: EventDraft) -> tuple[str, ...]:
    """PLOVER modes of an event."""
    return best_mode(e.type, zones(document, e))


_PLACED = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "AID", "CONSULT", "RETREAT", "SANCTION"})
"""Types that have a place more often than not where one stands in their clause; acts of speech seldom have one."""


def event_places(e: EventDraft, places: Sequence[R.Place]) -> tuple[str, ...]:
    """Where it happened: the head's place arguments, else for deeds the literal places of the clause; at most two."""
    given = [p for span in e.places for p in _between(places, *span)]
    if not given and e.type in _PLACED:
        given = list(_between(places, *e.clause))
    literal = sorted({(p.start, p.id) for p in given if p.use == "literal"})
    return tuple(name for _, name in literal[:2])


def _between(places: Sequence[R.Place], start: int, end: int) -> Sequence[R.Place]:
    first = bisect_left(places, start, key=lambda p: p.start)
    return places[first : bisect_left(places, end, lo=first, key=lambda p: p.start)]


def as_of(document: Document, f: FigureDraft, times: list[R.Time], anchor: str | None) -> tuple[str | None, str | None]:
    """The day at which a figure holds: stated in its sentence, else the anchor for counts that run on."""
    start, end = document.sentences[max(0, document.sentence_at(f.start))]
    days = [t for t in times if start <= t.start < end and t.precision == "day" and t.begin and t.begin == t.until]
    if days:
        return min(days, key=lambda t: abs(t.start - f.start)).begin, "stated"
    if f.change in ("total", "level") and anchor:
        return anchor, "anchor"
    return None, None


_COUNTED_OVER = frozenset(
    {"killed", "injured", "casualties", "missing", "abducted", "released", "detained", "displaced"}
)
_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+|early\s+|late\s+)?$", re.IGNORECASE)


def period(document: Document, f: FigureDraft, times: Sequence[R.Time], as_of: str | None) -> R.Period | None:
    """The days that a count of people covers: from "since March" to the day it holds for, or the stated time of the one
    event or day that it sizes.  None where the clause does not say."""
    if f.measure not in _COUNTED_OVER:
        return None
    start, end = document.sentences[max(0, document.sentence_at(f.start))]
    near = [t for t in times[bisect_left(times, start, key=lambda t: t.start) :] if t.start < end and t.begin]
    for t in near:
        if _SINCE.search(document.text[max(start, t.start - 20) : t.start]):
            return R.Period(begin=t.begin, until=as_of)
    if f.change in ("event", "increment"):
        clause = [t for t in near if f.clause[0] <= t.start < f.clause[1] and t.until and t.type in ("DATE", "TIME")]
        if clause:
            best = min(clause, key=lambda t: abs(t.start - f.start))
            return R.Period(begin=best.begin, until=best.until)
    return None
