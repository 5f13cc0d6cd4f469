"""A happening and the report's time expressions -> when it happened, as far as the report tells.

Candidates are the dated times of the sentences that name the happening and of the two before, the day of the lead, and
the report's own day; "unknown" is the other choice.  What speaks for a candidate (`signs`) is weighed with weights
fitted on coded reports by `training/fit_event_times.py`; the head's own choice, an argument of the trigger, is one sign.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.word_table import weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from onrecord.reader.attribution import Attribution
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
_SINCE = re.compile(r"\bsince\s+(?:the\s+|early\s+|late\s+|mid-)?$", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"\b(after|before|since|when|while|until|as|who|which|that|where|whose|if|because|but|following|during)\b|;",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:has|have|'ve|’ve)(?: been)?(?:\W+\w+)?\W+$", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|would|to|is to|are to|due to|could|may|might|should)(?: be)?(?:\W+\w+)?\W+$", re.IGNORECASE
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|its|their|his|her)\W+(?:[\w’'-]+\W+){0,2}$", re.IGNORECASE)
_PAST_PERFECT = re.compile(r"\bhad(?: been)?(?:\W+\w+)?\W+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the report stands around its happenings."""

    triggers: Sequence[tuple[int, int, str]] = ()
    """Every span that names a happening, with its type, in text order."""
    cues: Sequence[tuple[int, int, str]] = ()
    """The cues of statements whose time is known, with the id of that time, in text order."""
    said: Mapping[int, str] = field(default_factory=dict)
    """The id of the time at which a statement was made, by `id` of the statement."""
    outside: frozenset[str] = frozenset()
    """Ids of times that are no part of the report's own text: those of its dateline and header."""

    def inside(self, start: int, end: int) -> Sequence[tuple[int, int, str]]:
        """The triggers that begin within a stretch."""
        first = bisect_left(self.triggers, start, key=lambda t: t[0])
        return self.triggers[first : bisect_left(self.triggers, end, lo=first, key=lambda t: t[0])]

    def between(self, e: EventDraft, naming: Range, t: R.Time) -> bool:
        """Does another happening's trigger stand between a happening's and a time?"""
        own = {e.trigger, *e.mentions}
        return any(x[:2] not in own for x in self.inside(min(t.end, naming[1]), max(t.start, naming[0])))


NO_FRAME = Frame()


def frame_of(
    events: Sequence[EventDraft],
    statements: Sequence[Attribution],
    said: Mapping[int, str],
    outside: Iterable[str] = (),
) -> Frame:
    """The frame of a report's happenings."""
    triggers = sorted((*r, e.type) for e in events for r in (e.trigger, *e.mentions))
    cues = sorted((*c, said[id(s)]) for s in statements if id(s) in said for c in s.cues)
    return Frame(triggers, cues, said, frozenset(outside))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of days that a happening may have; `time` is None for the report's own day."""

    kind: str
    begin: str | None
    until: str | None
    precision: str
    naming: Range
    time: R.Time | None = None


def event_time(
    document: Document,
    e: EventDraft,
    times: Sequence[R.Time],
    anchor: str | None = None,
    frame: Frame = NO_FRAME,
) -> R.EventTime:
    """When it happened; `times` in text order, `anchor` the day that the report counts from."""
    best, top = None, 0.0
    for c in candidates(document, e, times, anchor, frame):
        value = sum(_weights().get(s, 0.0) for s in signs(document, e, c, anchor, frame))
        if value > top:
            best, top = c, value
    if best is None:
        return R.EventTime()
    anchored = best.time is None or best.kind == "dateline"
    basis = "stated" if best.kind in ("here", "again") else "anchor" if anchored else "context"
    ref = best.time.id if best.time is not None else None
    return R.EventTime(ref=ref, begin=best.begin, until=best.until, precision=best.precision, basis=basis)


def candidates(
    document: Document, e: EventDraft, times: Sequence[R.Time], anchor: str | None, frame: Frame = NO_FRAME
) -> Iterator[Candidate]:
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
                since = _since(document, t)
                if since and frame.between(e, naming, t):
                    continue  # "freed the men that it had held since May"
                opens = since and anchor and t.begin and t.begin[:10] <= anchor[:10]
                until = anchor[:10] if opens and anchor else t.until
                where = kind if t.id not in frame.outside else "dateline"
                yield Candidate(where, t.begin, until, t.precision, naming, t)
    if anchor:
        yield Candidate("anchor", anchor[:10], anchor[:10], "day", e.trigger)


def _since(document: Document, t: R.Time) -> bool:
    """Does a time open a stretch that goes on to the report's day ("since January")?"""
    return bool(_SINCE.search(document.text[max(0, t.start - 20) : t.start]) or _SINCE.match(t.text + " "))


def _within(document: Document, times: Sequence[R.Time], sentence: int) -> Sequence[R.Time]:
    if not 0 <= sentence < len(document.sentences):
        return ()
    start, end = document.sentences[sentence]
    first = bisect_left(times, start, key=lambda t: t.start)
    return times[first : bisect_left(times, end, lo=first, key=lambda t: t.start)]


def signs(
    document: Document, e: EventDraft, c: Candidate, anchor: str | None, frame: Frame = NO_FRAME
) -> Iterator[str]:
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
    yield from _tense(document, c, home)
    if c.time is None:
        return
    if c.kind == "dateline":
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
    yield from _framed(document, e, c, near, frame)


def _tense(document: Document, c: Candidate, home: Range) -> Iterator[str]:
    """Signs from the words before the trigger, and from where it stands in the report."""
    before = document.text[max(home[0], c.naming[0] - 30) : c.naming[0]]
    for name, pattern in (("perfect", _PERFECT), ("future", _FUTURE), ("definite", _DEFINITE)):
        if pattern.search(before):
            yield f"{c.kind} {name}"
    if document.quotes_in(*c.naming):
        yield f"{c.kind} quoted"
    if c.kind in ("here", "before", "anchor", "dateline") and document.sentence_at(c.naming[0]) < 2:
        yield f"{c.kind} in lead"


def _framed(document: Document, e: EventDraft, c: Candidate, near: str, frame: Frame) -> Iterator[str]:
    """Signs from the other happenings and the statements around a time."""
    t = c.time
    if t is None:
        return
    line = document.sentences[max(0, document.sentence_at(t.start))]
    own = {e.trigger, *e.mentions}
    others = [x for x in frame.inside(*line) if x[:2] not in own]
    if near == "near" and line[0] <= c.naming[0] < line[1]:
        gap = _gap(c.naming, t)
        if frame.between(e, c.naming, t):
            yield "other between"
        elif any(_gap(x, t) < gap for x in others):
            yield "other nearer"
        elif others:
            yield "nearest"
        else:
            yield "alone"
    elif near == "off":
        yield (
            f"{c.kind} same type"
            if any(x[2] == e.type for x in others)
            else f"{c.kind} other type"
            if others
            else f"{c.kind} bare"
        )
        if _paragraph(document, t.start) == _paragraph(document, c.naming[0]):
            yield f"{c.kind} same paragraph"
    if document.text[line[0] : t.start].count(" ") < 3:
        yield f"{near} fronted"
    yield from _voiced(document, e, t, near, frame)


def _voiced(document: Document, e: EventDraft, t: R.Time, near: str, frame: Frame) -> Iterator[str]:
    """Is it the time at which something was said: the happening itself, or by who tells of it?"""
    if e.statement is not None and frame.said.get(id(e.statement)) == t.id:
        yield f"{near} of teller"
        yield f"{near} of teller {e.status}"
        return
    line = document.sentences[max(0, document.sentence_at(t.start))]
    first = bisect_left(frame.cues, line[0], key=lambda c: c[0])
    last = bisect_left(frame.cues, line[1], lo=first, key=lambda c: c[0])
    dated = [c for c in frame.cues[first:last] if c[2] == t.id]
    if any(c[0] < e.trigger[1] and e.trigger[0] < c[1] for c in dated):
        yield f"{near} of its saying"
    elif dated:
        yield f"{near} of a saying"


def _gap(naming: Range | tuple[int, int, str], t: R.Time) -> int:
    return max(naming[0] - t.end, t.start - naming[1])


def _paragraph(document: Document, offset: int) -> int:
    return bisect_left(document.paragraphs, offset + 1, key=lambda p: p[0])


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
    if m := _SUBORDINATE.search(between):
        yield f"{side} over {m[0].lower()}"
    if m and "," in between[m.end() :]:
        yield f"{side} over a whole clause"
    if left and "," in between:
        opened = [m[0].lower() for m in _SUBORDINATE.finditer(document.text, first, t.start)]
        if opened:
            yield f"left of a clause after {opened[-1]}"
            yield "left of a clause"
    if _since(document, t):
        before = document.text[max(home[0], c.naming[0] - 30) : c.naming[0]]
        yield f"since {'perfect' if _PERFECT.search(before) or _PAST_PERFECT.search(before) else 'other'} {side}"


@cache
def _weights() -> Mapping[str, float]:
    return weights("event_time_weights.tsv")
