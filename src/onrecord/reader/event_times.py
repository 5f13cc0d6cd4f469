"""A happening and the report's time expressions -> when it happened, as far as the report tells.

Candidates are the dated times of the sentences that name the happening and of the two before, the day of the lead, and
the report's own day; "unknown" is the other choice.  What speaks for a candidate (`signs`) is weighed with weights
fitted on coded reports by `training/fit_event_times.py`; the head's own choice, an argument of the trigger, is one sign.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.word_table import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

MAX_NAMINGS = 4
"""Later mentions than these are not searched for times."""
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|added|wrote|according to|confirmed|statement|declared|warned|interview|briefing|conference)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:–—]|--|\b(?:and|but|while|after|before|when|since|as|who|which|that|where)\b", re.IGNORECASE)
_LEAD_WORD = re.compile(
    r"\b(on|in|since|until|by|from|after|before|during|for|between|at|within|through|of)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_PAST_PERFECT = re.compile(r"\bhad(?: been)?(?:\W+\w+)?\W+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of days that a happening may have; `time` is None for the report's own day."""

    kind: str
    begin: str | None
    until: str | None
    precision: str
    naming: Range
    time: R.Time | None = None


def event_time(document: Document, e: EventDraft, times: Sequence[R.Time], anchor: str | None = None) -> R.EventTime:
    """When it happened; `times` in text order, `anchor` the day that the report counts from."""
    best, top = None, 0.0
    for c in candidates(document, e, times, anchor):
        value = sum(_weights().get(s, 0.0) for s in signs(document, e, c, anchor))
        if value > top:
            best, top = c, value
    if best is None:
        return R.EventTime()
    basis = "stated" if best.kind in ("here", "again") else "anchor" if best.time is None else "context"
    ref = best.time.id if best.time is not None else None
    return R.EventTime(ref=ref, begin=best.begin, until=best.until, precision=best.precision, basis=basis)


def candidates(document: Document, e: EventDraft, times: Sequence[R.Time], anchor: str | None) -> Iterator[Candidate]:
    """Every stretch of days that could be meant, each time expression once."""
    seen: set[str] = set()
    home = max(0, document.sentence_at(e.trigger[0]))
    namings = [e.trigger, *e.mentions[: MAX_NAMINGS - 1]]
    places: list[tuple[str, int, Range]] = []
    for n, naming in enumerate(namings):
        places.append(("here" if n == 0 else "again", max(0, document.sentence_at(naming[0])), naming))
    places += [("before", home - 1, e.trigger), ("before that", home - 2, e.trigger)]
    places += [("lead", i, e.trigger) for i in range(min(2, home))]
    for kind, sentence, naming in places:
        for t in _within(document, times, sentence):
            if t.id not in seen and (t.begin or t.until):
                seen.add(t.id)
                yield Candidate(kind, t.begin, t.until, t.precision, naming, t)
    if anchor:
        yield Candidate("anchor", anchor[:10], anchor[:10], "day", e.trigger)


def _within(document: Document, times: Sequence[R.Time], sentence: int) -> Sequence[R.Time]:
    if not 0 <= sentence < len(document.sentences):
        return ()
    start, end = document.sentences[sentence]
    first = bisect_left(times, start, key=lambda t: t.start)
    return times[first : bisect_left(times, end, lo=first, key=lambda t: t.start)]


def signs(document: Document, e: EventDraft, c: Candidate, anchor: str | None) -> Iterator[str]:
    """What speaks for or against a candidate."""
    yield c.kind
    yield f"{c.kind} {e.type}"
    yield f"{c.kind} {e.status}"
    yield f"{c.kind} told" if e.statement is not None else f"{c.kind} own voice"
    if e.is_cue:
        yield f"{c.kind} cue"
    if e.times:
        yield f"{c.kind} elsewhere given"
    home = document.sentences[max(0, document.sentence_at(c.naming[0]))]
    if _PAST_PERFECT.search(document.text, max(home[0], c.naming[0] - 25), c.naming[0]):
        yield f"{c.kind} past perfect"
    if c.time is None:
        return
    near = "near" if c.kind in ("here", "again") else "off"
    yield f"{near} {c.precision}"
    yield f"{near} {c.time.type}"
    if any(a < c.time.end and c.time.start < b for a, b in e.times):
        yield "argument"
    if anchor and c.begin and c.begin[:10] > anchor[:10]:
        yield f"ahead {e.status}"
        yield "ahead"
    if anchor and c.begin and c.begin[:4] < anchor[:4]:
        yield f"{near} year before"
    yield from _beside(document, c, home, near)


def _beside(document: Document, c: Candidate, home: Range, near: str) -> Iterator[str]:
    """Signs from the words between a time and the trigger."""
    t = c.time
    if t is None:
        return
    line = max(0, document.sentence_at(t.start))
    first = document.sentences[line][0]
    if m := _LEAD_WORD.search(document.text[max(first, t.start - 30) : t.start]):
        yield f"{near} {m[1].lower()}"
    if _SAID.search(document.text, max(first, t.start - 25), t.start):
        yield f"{near} said"
    if not home[0] <= t.start < home[1]:
        return
    left = t.end <= c.naming[0]
    between = document.text[t.end : c.naming[0]] if left else document.text[c.naming[1] : t.start]
    breaks = len(_BREAK.findall(between))
    side = "left" if left else "right"
    yield f"{side} {min(breaks, 3)}"
    yield f"{side} {'close' if len(between) < 20 else 'mid' if len(between) < 60 else 'wide'}"
    if _SAID.search(between):
        yield f"{side} said between"
    if m := re.search(r"\b(after|before|since|when|while|until)\b", between, re.IGNORECASE):
        yield f"{side} over {m[1].lower()}"


@cache
def _weights() -> Mapping[str, float]:
    return weights("event_time_weights.tsv")
