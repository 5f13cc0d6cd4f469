"""Encoder scores, statements and events -> what parties want, offer, accept and refuse (`PositionDraft`).

Rules find most of it (`stands`); the encoder's head adds what they leave, and names issues that no word names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reader.attribution import chars
from onrecord.reader.contents import speaks_of
from onrecord.reader.issues import issue_of
from onrecord.reader.stand_frame import Frame, PositionDraft
from onrecord.reader.stands import find_stands

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores
    from onrecord.reader.events import EventDraft

__all__ = ["PositionDraft", "find_positions", "issue_of"]

MIN_SCORE = 0.70
"""Mean label probability below which a span of the head is not believed."""
OUTSIDE_BIAS = 0.0
MIN_ARGUMENT_SCORE = 0.40
SURE_ISSUE = 0.60
"""From here on the head's issue is taken for a span whose words name none."""


def find_positions(
    document: Document, scores: Scores, statements: list[Attribution], events: list[EventDraft]
) -> list[PositionDraft]:
    """All positions of a document, in text order."""
    frame = Frame(document, statements, events)
    found = find_stands(document, statements, events, frame=frame)
    for draft in found:
        _name_issue(document, scores, draft)
    held = sorted(d.span for d in found)
    at = 0
    for draft in _of_head(document, scores, frame):
        while at < len(held) and held[at][1] <= draft.span[0]:
            at += 1
        if at == len(held) or held[at][0] >= draft.span[1]:
            found.append(draft)
    return sorted(found, key=lambda d: d.span)


def _name_issue(document: Document, scores: Scores, draft: PositionDraft) -> None:
    """The head's issue of a span whose words name none, where it is sure."""
    words = document.words_in(*draft.span)
    if draft.issue == "other" and len(words):
        issue, sure = scores.best("issue", words.start, words.stop)
        if sure >= SURE_ISSUE:
            draft.issue = issue


def _of_head(document: Document, scores: Scores, frame: Frame) -> list[PositionDraft]:
    """The positions that the encoder's head sees, in text order."""
    found = []
    for p in scores.spans("position", bias=OUTSIDE_BIAS):
        first, last = _content_words(document, p.first, p.last)
        if p.score < MIN_SCORE or last - first < 2:
            continue
        span = chars(document, first, last)
        stance, _ = scores.best("stance", p.first, p.last)
        issue = issue_of(document.text[slice(*span)], scores.best("issue", p.first, p.last))
        draft = PositionDraft(span, stance, issue, score=p.score)
        for a in scores.arguments("stand", p.first):
            if a.score >= MIN_ARGUMENT_SCORE:
                (draft.parties if a.label == "party" else draft.gives).append(chars(document, a.first, a.last))
        told = frame.told(span[0])
        draft.statement = told[0] if told else None
        draft.event = frame.speech_before(span[0])
        draft.toward = list(draft.event.recipients) if draft.event else []
        found.append(draft)
    return found


def _content_words(document: Document, first: int, last: int) -> Range:
    """A span of the head without the particles and marks at its ends ("to", "of a"); a "to" that leads a verb stays."""
    while (
        first < last
        and not speaks_of(document, first, first + 1)
        and document.word(first).lower() not in ("to", "the", "a", "an", "that", "no", "not")
    ):
        first += 1
    while first < last and not speaks_of(document, last - 1, last):
        last -= 1
    return first, last
