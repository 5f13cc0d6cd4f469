"""Encoder scores and statements -> what parties want, offer, accept and refuse (`PositionDraft`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.attribution import Attribution, chars

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores
    from onrecord.reader.events import EventDraft

MIN_SCORE = 0.40
OUTSIDE_BIAS = 0.15
MIN_ARGUMENT_SCORE = 0.40

_ISSUE_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (issue, re.compile(pattern, re.IGNORECASE))
    for issue, pattern in (
        ("guarantees", r"\b(?:guarantees?|assurances?)\b"),
        ("hostages", r"\b(?:hostages?|captives?|abductees?)\b"),
        ("prisoners", r"\b(?:prisoners?|detainees?|soldiers held|prisoner)\b"),
        ("end_of_war", r"\b(?:end(?:ing)? (?:the |of the )?(?:war|conflict|hostilities)|permanent (?:ceasefire|truce|end)|halt the war|stop the war|lasting peace|peace)\b"),
        ("ceasefire", r"\b(?:ceasefire|cease-fire|truce|cessation|pause in (?:the )?fighting|stop (?:the )?(?:fighting|shelling|bombing|firing)|halt (?:to )?(?:the )?(?:fighting|offensive|shelling))\b"),
        ("withdrawal", r"\b(?:withdraw\w*|pull(?:ing)? (?:out|back)|pull-?out|leave the (?:territory|country|region)|pull-?back)\b"),
        ("aid_access", r"\b(?:humanitarian|aid|convoys?|relief|corridors?|food and medicine)\b"),
        ("disarmament", r"\b(?:disarm\w*|lay(?:ing)? down (?:their |its )?(?:arms|weapons)|demobili\w+|hand(?:ing)? over (?:their |its )?weapons)\b"),
        ("arms", r"\b(?:arms|weapons?|missiles?|ammunition)\b"),
        ("sanctions", r"\b(?:sanctions?|embargo|tariffs?)\b"),
        ("recognition", r"\b(?:recogni[sz]\w*|statehood|a (?:\w+ )?state\b)"),
        ("inspection", r"\b(?:inspect\w*|inspectors|monitors?|verification|observers)\b"),
        ("refugees", r"\b(?:refugees?|displaced|right of return|asylum)\b"),
        ("elections", r"\b(?:elections?|vote|ballot|referendum|re-election|polls)\b"),
        ("legislation", r"\b(?:bill|law|legislation|amendment|constitution\w*|act)\b"),
        ("autonomy", r"\b(?:autonom\w+|self-rule|federal\w*|independence|self-determination)\b"),
        ("compensation", r"\b(?:compensat\w+|reparations?|damages)\b"),
        ("justice", r"\b(?:justice|investigat\w+|inquiry|trial|prosecut\w+|accountab\w+|court|charges|sentence|extradit\w+)\b"),
        ("apology", r"\b(?:apolog\w+|regret)\b"),
        ("resignation", r"\b(?:resign\w*|step(?:s|ping)? down|stand down|go|quit|removal|oust\w*|leave (?:office|power))\b"),
        ("protection", r"\b(?:protect\w*|safety|security)\b"),
        ("restraint", r"\b(?:restraint|calm|de-escalat\w+|refrain)\b"),
        ("talks", r"\b(?:talks|negotiat\w+|dialogue|mediat\w+|meet(?:ing)?)\b"),
        ("presence_of_forces", r"\b(?:troops|peacekeep\w+|forces|bases?)\b"),
        ("territory", r"\b(?:territor\w+|border|land|annex\w*)\b"),
        ("governance", r"\b(?:government|govern\w*|reforms?|power|rule|democra\w+)\b"),
    )
)  # fmt: skip


@dataclass(slots=True)
class PositionDraft:
    """One position in the making."""

    span: Range
    stance: str
    issue: str
    parties: list[Range] = field(default_factory=list)
    gives: list[Range] = field(default_factory=list)
    statement: Attribution | None = None
    event: EventDraft | None = None
    score: float = 1.0


def issue_of(text: str, head: tuple[str, float] | None = None) -> str:
    """The issue that some words are about: the head's where it is sure or nothing is listed, else by the words."""
    if head and head[1] >= 0.6:
        return head[0]
    hits = [(m.start(), issue) for issue, pattern in _ISSUE_WORDS if (m := pattern.search(text))]
    if head and any(issue == head[0] for _, issue in hits):
        return head[0]
    if hits:
        return min(hits, key=lambda h: h[0])[1]
    return head[0] if head else "other"


def find_positions(
    document: Document, scores: Scores, statements: list[Attribution], events: list[EventDraft]
) -> list[PositionDraft]:
    """All positions of a document, in text order."""
    found = []
    for p in scores.spans("position", bias=OUTSIDE_BIAS):
        if p.score < MIN_SCORE:
            continue
        span = chars(document, p.first, p.last)
        stance, _ = scores.best("stance", p.first, p.last)
        head = scores.best("issue", p.first, p.last)
        draft = PositionDraft(span, stance, issue_of(document.text[span[0] : span[1]], head), score=p.score)
        for a in scores.arguments("stand", p.first):
            if a.score >= MIN_ARGUMENT_SCORE:
                (draft.parties if a.label == "party" else draft.gives).append(chars(document, a.first, a.last))
        _context(document, draft, statements, events)
        found.append(draft)
    return found


def _context(document: Document, draft: PositionDraft, statements: list[Attribution], events: list[EventDraft]) -> None:
    """The statement that tells the position and the event whose object it is."""
    start = draft.span[0]
    told = [s for s in statements if any(a <= start < b for a, b in s.contents)]
    if told:
        draft.statement = min(told, key=lambda s: sum(b - a for a, b in s.contents))
    home = document.sentence_at(start)
    near = [
        e
        for e in events
        if document.sentence_at(e.trigger[0]) == home and e.trigger[0] < start and e.type in ("REQUEST", "REJECT", "AGREE", "SUPPORT", "ACCUSE", "THREATEN")
    ]
    if near:
        draft.event = max(near, key=lambda e: e.trigger[0])
