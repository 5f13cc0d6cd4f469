"""Encoder scores, statements and events -> what parties want, offer, accept and refuse (`PositionDraft`).

Rules and the encoder's head propose (`stand_pool`), fitted weights choose among the candidates (`stand_signs`) and name
stance and issue (`stand_labels`); whose position it is waits for the cast (`stand_parties`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reader.issues import issue_of
from onrecord.reader.stand_frame import Frame, PositionDraft
from onrecord.reader.stand_labels import label
from onrecord.reader.stand_pool import pool
from onrecord.reader.stand_signs import keep, rate

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document
    from onrecord.reader.encoder import Scores
    from onrecord.reader.events import EventDraft

__all__ = ["PositionDraft", "find_positions", "issue_of"]


def find_positions(
    document: Document, scores: Scores, statements: list[Attribution], events: list[EventDraft]
) -> list[PositionDraft]:
    """All positions of a document, in text order."""
    frame = Frame(document, statements, events)
    found = pool(document, scores, frame)
    rate(frame, scores, found)
    kept = keep(found)
    for draft in kept:
        label(frame, scores, draft)
    return kept
