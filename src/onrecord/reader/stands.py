"""Statements, events and words of wanting and refusing -> positions found by rule (`PositionDraft`).

A predicate of `stand_words` gives the stance; its object is the span; its party is the source of the statement
that it attributes, the actor of the event that it triggers, or its grammatical subject.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.issues import issue_of
from onrecord.reader.stand_clauses import Clause, find_clauses
from onrecord.reader.stand_extent import Taken, complement
from onrecord.reader.stand_party import subject
from onrecord.reader.stand_words import RULES, Rule

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

_SPEAKERS = re.compile(r"(?:I|we|us|our|my|ourselves)$", re.IGNORECASE)
_ANAPHORS = re.compile(r"(?:it|he|she|they|its|his|her|their)$", re.IGNORECASE)
_NEGATED = re.compile(r"(?:\b(?:not|never|no longer|nor|neither)|n['’]t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NEGATIVE = {"demand": "refuse", "offer": "refuse", "accept": "refuse", "aim": "refuse", "support": "oppose"}
_POSSESSIVE = re.compile(r"((?:\b(?:its|his|her|their|our|my))|(?:[\w’'.-]+\s){0,4}[\w-]+(?:['’]s|s['’]))\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_BY = re.compile(r"(?:\s+(?:by|from|of)\s+)((?:the\s+)?[^,;.]{2,60}?)(?=\s+(?:for|to|that|was|were|is|has|had)\b|[,;.]|$)")
_DROPPED = re.compile(r"\b(?:dropped|withdrawn|withdrew|abandoned|no longer|given up|gave up)\b[^,;.]{0,40}$", re.IGNORECASE)


@dataclass(slots=True)
class PositionDraft:
    """One position in the making; a party that is not named here is that of the event or the statement."""

    span: Range
    stance: str
    issue: str
    parties: list[Range] = field(default_factory=list)
    gives: list[Range] = field(default_factory=list)
    statement: Attribution | None = None
    event: EventDraft | None = None
    score: float = 1.0
    toward: list[Range] = field(default_factory=list)
    guarantors: list[Range] = field(default_factory=list)
    status: str = "current"
    source: str = "head"
    """What found it: `head`, or the rule's name."""


class Frame:
    """Statements and events of a document by where they stand."""

    def __init__(self, document: Document, statements: list[Attribution], events: list[EventDraft]) -> None:
        self.document = document
        self._cues = sorted(((*c, n) for n, s in enumerate(statements) for c in s.cues), key=lambda c: c[:2])
        self._triggers = sorted(
            ((*t, n) for n, e in enumerate(events) for t in [e.trigger, *e.mentions]), key=lambda c: c[:2]
        )
        self.statements, self.events = statements, events
        self._told: dict[int, list[tuple[Range, Attribution]]] = {}
        for s in statements:
            for start, end in s.contents:
                for i in range(max(0, document.sentence_at(start)), document.sentence_at(max(start, end - 1)) + 1):
                    self._told.setdefault(i, []).append(((start, end), s))

    def cue_at(self, start: int, end: int) -> Attribution | None:
        """The statement one of whose cues shares a character with [start, end)."""
        n = _overlapping(self._cues, start, end)
        return self.statements[n] if n is not None else None

    def event_at(self, start: int, end: int) -> EventDraft | None:
        """The event one of whose triggers shares a character with [start, end)."""
        n = _overlapping(self._triggers, start, end)
        return self.events[n] if n is not None else None

    def told(self, offset: int) -> tuple[Attribution, Range] | None:
        """The innermost statement that tells what stands at the offset, with that stretch of its content."""
        held = [(r, s) for r, s in self._told.get(self.document.sentence_at(offset), ()) if r[0] <= offset < r[1]]
        if not held:
            return None
        r, s = min(held, key=lambda h: h[0][1] - h[0][0])
        return s, r

    def told_in(self, sentence: int) -> list[tuple[Range, Attribution]]:
        """The contents that reach into a sentence, with their statements."""
        return self._told.get(sentence, [])

    def stretch(self, offset: int) -> Range:
        """The sentence around the offset, within the innermost content that holds it."""
        start, end = self.document.sentences[max(0, self.document.sentence_at(offset))]
        told = self.told(offset)
        return (max(start, told[1][0]), min(end, told[1][1])) if told else (start, end)


def _overlapping(marks: list[tuple[int, int, int]], start: int, end: int) -> int | None:
    at = bisect_right(marks, (end, -1, -1))
    for a, b, n in reversed(marks[max(0, at - 4) : at]):
        if a < end and start < b:
            return n
    return None


def find_stands(
    document: Document, statements: list[Attribution], events: list[EventDraft], *, frame: Frame | None = None
) -> list[PositionDraft]:
    """All positions that words state, in text order."""
    frame = frame or Frame(document, statements, events)
    found: list[PositionDraft] = []
    for n, (first, last) in enumerate(document.sentence_words):
        inside = _stated(frame, first, last)
        for draft in _clauses(frame, n):
            _merge(draft, inside)
        found += inside
    return sorted(found, key=lambda d: d.span)


def _stated(frame: Frame, first: int, last: int) -> list[PositionDraft]:
    """What the predicates of one sentence state."""
    document = frame.document
    inside: list[PositionDraft] = []
    for i in range(first, last):
        start, end = document.words[i]
        for rule in RULES.get(document.text[start:end].lower(), ()):
            drafts = _apply(frame, rule, start, end)
            if drafts:
                inside += [d for d in drafts if not _known(d, inside)]
                break
    return inside


def _clauses(frame: Frame, sentence: int) -> list[PositionDraft]:
    """What whole clauses of one sentence state."""
    text = frame.document.text
    home = frame.document.sentences[sentence]
    told = frame.told_in(sentence)
    stretches = [(max(r[0], home[0]), min(r[1], home[1]), s) for r, s in told] or [(*home, None)]
    found: list[PositionDraft] = []
    for start, end, statement in stretches:
        for c in find_clauses(text, start, end, told=statement is not None):
            if statement is not None and (inner := frame.told(c.at)) and inner[0] is not statement:
                continue
            draft = _clause(frame, c, statement)
            if draft is not None:
                found.append(draft)
    return found


def _clause(frame: Frame, c: Clause, statement: Attribution | None) -> PositionDraft | None:
    text = frame.document.text
    issue = issue_of(text[slice(*c.span)])
    if issue == "other":
        return None
    draft = PositionDraft(
        c.span, c.stance, issue, gives=[c.gives] if c.gives else [], statement=statement, source=c.rule,
        toward=[c.toward] if c.toward else [],
    )  # fmt: skip
    if c.rule != "must":
        words = text[slice(*c.party)] if c.party else ""
        ours = statement is not None and (_SPEAKERS.match(words) or _ANAPHORS.match(words))
        if c.party and not ours:
            draft.parties = [c.party]
        elif statement is None:
            return None
    return draft


def _merge(draft: PositionDraft, found: list[PositionDraft]) -> None:
    """Add what a clause states; a condition takes the place of the refusal or offer that it qualifies."""
    if draft.stance == "condition" and draft.gives:
        start, end = draft.gives[0]
        for d in found:
            if d.stance in ("refuse", "offer", "accept", "aim") and d.span[0] < end + 2 and start - 2 < d.span[1]:
                draft.parties, draft.event, draft.statement = draft.parties or d.parties, d.event, d.statement or draft.statement
                found.remove(d)
                break
    if not _known(draft, found):
        found.append(draft)


def _known(draft: PositionDraft, found: list[PositionDraft]) -> bool:
    return any(d.span[0] < draft.span[1] and draft.span[0] < d.span[1] for d in found)


def _apply(frame: Frame, rule: Rule, start: int, end: int) -> list[PositionDraft]:
    """The positions that one predicate states."""
    text = frame.document.text
    limit = _limit(frame, start, end)
    tail = rule.tail.match(text, end, limit)
    if not tail or not rule.after.search(text[max(0, start - 40) : start]):
        return []
    at = tail.end()
    if rule.never.match(text, _skip(text, at, limit), limit) or at >= limit or text[at] in ".;:,)”":
        return []
    taken = complement(text, at, limit, rule.takes)
    if taken is None:
        return []
    if rule.weak and all(issue_of(text[slice(*s)]) == "other" for s in taken.spans):
        return []
    base = _party(frame, rule, start, end)
    if base is None:
        return []
    stance = rule.stance
    if _NEGATED.search(text[max(0, start - 30) : start]):
        if stance not in _NEGATIVE:
            return []
        stance = _NEGATIVE[stance]
    base.status = "past" if _DROPPED.search(text[max(0, start - 60) : start]) else "current"
    name = f"{text[start:end].lower()}/{rule.takes}"
    return [
        _position(text, base, stance, taken, span, name)
        for span in taken.spans
        if text[slice(*span)].lower() not in ("it", "them", "him", "her", "us", "that", "this", "me", "you")
    ]


def _skip(text: str, at: int, limit: int) -> int:
    while at < limit and (text[at].isspace() or text[at] in "“\"‘"):
        at += 1
    return at


def _position(text: str, base: PositionDraft, stance: str, taken: Taken, span: Range, source: str) -> PositionDraft:
    return PositionDraft(
        span, stance, issue_of(text[slice(*span)]), list(base.parties), statement=base.statement, event=base.event,
        toward=[taken.toward] if taken.toward else [], status=base.status, source=source,
    )  # fmt: skip


def _limit(frame: Frame, start: int, end: int) -> int:
    """Where the object must end: with the sentence, and with the content it stands in."""
    home = frame.document.sentences[frame.document.sentence_at(start)]
    told = frame.told(start)
    return min(home[1], told[1][1]) if told and told[1][1] > end else home[1]


def _party(frame: Frame, rule: Rule, start: int, end: int) -> PositionDraft | None:
    """A draft that holds the party of the predicate and where it is told; None where no party can be seen."""
    text = frame.document.text
    told = frame.told(start)
    base = PositionDraft((start, end), rule.stance, "other", statement=told[0] if told else None)
    cue = frame.cue_at(start, end)
    base.event = frame.event_at(start, end)
    if cue is not None and cue.sources:
        base.statement = cue
        return base
    if base.event is not None and base.event.actors:
        base.parties = list(base.event.actors)
        return base
    span = _owner(text, frame.stretch(start)[0], start, end) if rule.noun else subject(text, frame.stretch(start)[0], start)
    if span is None:
        return None
    words = text[slice(*span)]
    if told and (_SPEAKERS.match(words) or (_ANAPHORS.match(words) and span[0] - told[1][0] < 12 and told[0].sources)):
        return base
    base.parties = [span]
    return base


def _owner(text: str, begin: int, start: int, end: int) -> Range | None:
    """Whose demand, call or proposal it is."""
    before = _POSSESSIVE.search(text, max(begin, start - 70), start)
    if before:
        return before.span(1)
    by = _BY.match(text, end)
    return by.span(1) if by else None


