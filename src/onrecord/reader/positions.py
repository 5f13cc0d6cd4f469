"""Encoder scores, statements and events -> what parties want, offer, accept and refuse (`PositionDraft`).

Rules and the encoder's head propose (`stand_pool`), fitted weights choose among the candidates (`stand_signs`) and name
stance and issue (`stand_labels`); whose position it is waits for the cast (`stand_parties`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.issues import issue_of
from onrecord.reader.stand_frame import Frame, PositionDraft
from onrecord.reader.stand_labels import label
from onrecord.reader.stand_pool import pool
from onrecord.reader.stand_signs import keep, rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document
    from onrecord.reader.encoder import Scores
    from onrecord.reader.events import EventDraft

__all__ = ["PositionDraft", "find_positions", "issue_of"]

NEAR = 2
"""Sentences, and positions, back to which "that demand" is looked up."""
_POINTER = re.compile(
    r"(?:the|that|this|those|these|both|any such|such an?|its|his|her|their)?\s*(?:latest |new |first )?"
    r"(demands?|calls?|requests?|appeals?|conditions?|offers?|proposals?|ideas?|moves?|plans?|outline|terms)",
    re.IGNORECASE,
)
_WANTED = frozenset({"demand", "insist", "condition"})
_MEANT = {
    **dict.fromkeys(("demand", "call", "request", "appeal", "condition"), _WANTED),
    "offer": frozenset({"offer", "support", *_WANTED}),
}
"""The stances of the position that a word may point back to."""


def find_positions(
    document: Document, scores: Scores, statements: list[Attribution], events: list[EventDraft]
) -> list[PositionDraft]:
    """All positions of a document, in text order."""
    frame = Frame(document, statements, events)
    found = pool(document, scores, frame)
    rate(frame, scores, found)
    kept = keep(found)
    for n, draft in enumerate(kept):
        label(frame, scores, draft)
        looked_back(document, draft, kept[:n])
    return kept


def looked_back(document: Document, draft: PositionDraft, before: Sequence[PositionDraft]) -> None:
    """Where the words only point back ("that condition", "the offer"), the issue of the position that they mean."""
    pointer = _POINTER.fullmatch(document.text, *draft.span)
    if pointer is None:
        return
    home = document.sentence_at(draft.span[0])
    near = [d for d in before[-NEAR:] if home - document.sentence_at(d.span[0]) <= NEAR]
    stances = _MEANT.get(pointer.group(1).lower().rstrip("s"), _MEANT["offer"])
    meant = next((d for d in reversed(near) if d.stance in stances), None)
    if meant is not None:
        draft.issue = meant.issue
