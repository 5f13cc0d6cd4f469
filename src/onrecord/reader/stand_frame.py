"""Statements and events of a document by where they stand (`Frame`), and the draft of a position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

SPEECH_ACTS = frozenset({"REQUEST", "REJECT", "AGREE", "SUPPORT", "ACCUSE", "THREATEN"})
"""Events whose object a position may be."""


@dataclass(slots=True)
class PositionDraft:
    """One position in the making.

    Its party is what `parties` name; where that is empty the actors of `event`; where that is none the source of
    `statement`.
    """

    span: Range
    stance: str
    issue: str
    parties: list[Range] = field(default_factory=list)
    gives: list[Range] = field(default_factory=list)
    statement: Attribution | None = None
    event: EventDraft | None = None
    score: float = 0.0
    """Log-odds of its being a position."""
    toward: list[Range] = field(default_factory=list)
    guarantors: list[Range] = field(default_factory=list)
    status: str = "current"
    rule: str = ""
    """The rule that found it; empty for the encoder's head."""
    weak: bool = False
    """The rule's words have many uses, and no issue is named."""


class Frame:
    """Look-ups by offset; every one costs a bisection or the statements of one sentence."""

    def __init__(self, document: Document, statements: list[Attribution], events: list[EventDraft]) -> None:
        self.document = document
        self.statements, self.events = statements, events
        self.spare: list[PositionDraft] = []
        """What rules state only weakly: words of many uses, about nothing that an issue names."""
        self._cues = sorted((*c, n) for n, s in enumerate(statements) for c in s.cues)
        self._triggers = sorted((*t, n) for n, e in enumerate(events) for t in [e.trigger, *e.mentions])
        self._told: dict[int, list[tuple[Range, Attribution]]] = {}
        for s in statements:
            for start, end in s.contents:
                first, last = document.sentence_at(start), document.sentence_at(max(start, end - 1))
                for i in range(max(0, first), last + 1):
                    self._told.setdefault(i, []).append(((start, end), s))

    def cue_at(self, start: int, end: int) -> Attribution | None:
        """The statement one of whose cues shares a character with [start, end)."""
        n = _overlapping(self._cues, start, end)
        return self.statements[n] if n is not None else None

    def event_at(self, start: int, end: int) -> EventDraft | None:
        """The event one of whose triggers shares a character with [start, end)."""
        n = _overlapping(self._triggers, start, end)
        return self.events[n] if n is not None else None

    def speech_before(self, offset: int) -> EventDraft | None:
        """The last event of demanding, refusing and the like in the sentence before the offset."""
        start = self.document.sentences[max(0, self.document.sentence_at(offset))][0]
        for a, _, n in reversed(
            self._triggers[bisect_left(self._triggers, (start, -1, -1)) : bisect_left(self._triggers, (offset, -1, -1))]
        ):
            if a >= start and self.events[n].type in SPEECH_ACTS:
                return self.events[n]
        return None

    def told(self, offset: int) -> tuple[Attribution, Range] | None:
        """The innermost statement that tells what stands at the offset, with that stretch of its content."""
        held = [(r, s) for r, s in self._told.get(self.document.sentence_at(offset), ()) if r[0] <= offset < r[1]]
        if not held:
            return None
        r, s = min(held, key=lambda h: h[0][1] - h[0][0])
        return s, r

    def stretch(self, offset: int) -> Range:
        """The sentence around the offset, within the innermost content that holds it."""
        start, end = self.document.sentences[max(0, self.document.sentence_at(offset))]
        told = self.told(offset)
        return (max(start, told[1][0]), min(end, told[1][1])) if told else (start, end)

    def limit(self, start: int, end: int) -> int:
        """Where the object of a predicate [start, end) must end: with the sentence, and the content it stands in."""
        home = self.document.sentences[max(0, self.document.sentence_at(start))]
        told = self.told(start)
        return min(home[1], told[1][1]) if told and told[1][1] > end else home[1]


def _overlapping(marks: list[tuple[int, int, int]], start: int, end: int) -> int | None:
    at = bisect_right(marks, (end, -1, -1))
    for a, b, n in reversed(marks[max(0, at - 4) : at]):
        if a < end and start < b:
            return n
    return None
