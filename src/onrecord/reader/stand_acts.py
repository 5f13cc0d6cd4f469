"""Positions that no listed predicate states: the objects of statements that demand, offer, accept, reject, denounce
or praise by their act (`act_of`), and objects that stand before their verb (`fronted`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader.stand_extent import Taken, complement, extents

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Range

_STANCES = {
    "demand": "demand",
    "ask": "demand",
    "propose": "offer",
    "offer": "offer",
    "promise": "offer",
    "accept": "accept",
    "reject": "refuse",
}
_CALLED = re.compile(
    r"\b(?:call|describ|regard|label|brand|dismiss|denounc|condemn|criticis|criticiz)\w*", re.IGNORECASE
)
_PRAISED = re.compile(r"\b(?:welcom|prais|hail|applaud|commend)\w*", re.IGNORECASE)
_JUDGED = re.compile(r"\s+(?:as\b|(?=[“\"‘])|(?:an?|the|un\w+|il\w+|in\w+|dis\w+)\s*\w*$)")
_FROM = re.compile(
    r"\b(?:guarantees?|assurances?),?\s+(?:\w+ly\s+)?(?:from|by)\s+(?P<who>(?:the\s+)?[A-Z][^;.]{1,80}?)(?=,?\s+(?:that|in exchange|in return|to|before|and (?:a|an|the|on|for)|who|which)\b|[,;.]\s+(?![A-Z])|[.;]|\s*$)"
)
_GUARANTEES = re.compile(
    r"(?P<who>(?:the\s+)?[A-Z][^;.]{1,80}?)\s+(?:would\s+|should\s+|must\s+)?(?:guarantees?\b|acts? as guarantors?)"
)
MAX_AFTER_CHARS = 60
"""How far behind a guarantee its guarantor may be named."""
_FRONTED = re.compile(
    r"[,–—-]\s*(?P<what>(?:an?|the) (?:\w+ )?(?:offer|idea|step|demand|plan|proposal|condition|move|request|call|measure)|which)\s+(?:(?:which|that)\s+)?"
    r"(?P<who>[^,;.]{2,60}?)\s+(?:(?:has|have|had|is|are|was|were|said to|so far|repeatedly|since|also|\w+ly)\s+)*$"
)


def act_of(text: str, statement: Attribution) -> tuple[str, Taken] | None:
    """The stance of a statement that is a position as a whole, and its object; None where it is none."""
    cue = " ".join(text[slice(*c)] for c in statement.cues)
    if not statement.contents or not statement.sources:
        return None
    start, end = statement.contents[0]
    if statement.act in _STANCES:
        taken = complement(text, start, end, "iotn")
        return (_STANCES[statement.act], taken) if taken else None
    if statement.act in ("criticise", "accuse") and _CALLED.search(cue):
        span = _judged(text, start, end)
        return ("oppose", Taken((span,))) if span else None
    if statement.act in ("praise", "support") and _PRAISED.search(cue):
        spans = extents(text, start, end, "n")[:1]
        return ("support", Taken(tuple(spans))) if spans else None
    return None


def _judged(text: str, start: int, end: int) -> Range | None:
    """ "called the ruling "a disgrace"": what is called something."""
    spans = extents(text, start, end, "n")
    if not spans:
        return None
    start, end = spans[0]
    cut = _JUDGED.search(text, start, end)
    if cut and cut.start() - start > 2:
        end = cut.start()
    return (start, end) if end - start > 2 else None


def fronted(text: str, begin: int, at: int) -> tuple[Range, Range] | None:
    """ ", an offer which the front turned down": the object and the party that stand before a verb at `at`."""
    m = _FRONTED.search(text, max(begin, at - 140), at)
    return (m.span("what"), m.span("who")) if m else None


def guarantors(text: str, span: Range, limit: int) -> list[Range]:
    """ "guarantees, primarily from Norway, that …", "Norway guarantees that …": who stands behind what is asked."""
    start, end = span
    if m := _FROM.search(text, start, min(limit, end + MAX_AFTER_CHARS)):
        return [m.span("who")]
    m = _GUARANTEES.match(text, start, end)
    return [m.span("who")] if m else []
