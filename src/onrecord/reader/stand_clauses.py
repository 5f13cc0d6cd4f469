"""Positions that a whole clause states: conditions ("will sign only if …"), threats ("… unless they are freed"),
refusals ("would not withdraw") and what must or should be done (`find_clauses`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.reader.stand_extent import extents
from onrecord.reader.stand_party import subject

if TYPE_CHECKING:
    from onrecord.reader.document import Range

MAX_MARKS = 20
"""No sentence holds more conditions, refusals or modal verbs that matter."""
_IF = (
    r"but only (?:if|after|when|once)|only (?:if|when|once|after)|unless|provided(?: that)?|on (?:the )?condition (?:that )?|as long as|"
    r"so long as|once|until|without|before|if|(?:only )?in (?:exchange|return) for|when"
)
_MARKER = re.compile(rf"[\s,“\"–—]+(?P<mark>{_IF})[\s“\"]+(?:that\s+)?", re.IGNORECASE)
_FRONT = re.compile(r"(?:\bthat\s+|[“\"]|^)(?P<mark>unless)\s+", re.IGNORECASE)
_PLEDGE = re.compile(
    r"\b(?:(?P<leave>could|may|might|can)\s+|(?:will|would|shall)\s+|['’]ll\s+|(?:ready|willing|prepared|minded|agreed|offered|"
    r"promised|pledged|open)\s+to\s+)(?:(?:only|then|also|still|rather)\s+)?(?!not\b|be (?:like|hard|able)|have\b)(?=[a-z])"
)
_REFUSAL = re.compile(
    r"\b(?:(?:will|would|could|can|does|do)\s*(?:not|n['’]t|never)|won['’]t|cannot|never)\s+(?:ever\s+|again\s+)?(?=[a-z])|"
    r"\b(?:there\s+)?(?:will|would|can|is|was|are)\s+(?:be\s+)?(?=no\s)|\b(?:will|would|can)\s+(?:accept|sign|free|tolerate|deliver|allow|make)\s+(?=no\s)|"
    r"\b(?:refus\w+|declin\w+)\s+(?=to\s)|\b(?:rul\w+ out|suspend\w*|reject\w*|withh\w+)\s+(?=\w)|\bno (?:\w+ ){1,3}(?:would|will)\s+(?=\w)"
)
_THREAT = re.compile(
    r"\b(?:threat\w*|warn\w*|vow\w*|ultimatum|boycott\w*|strike|resume|block\w*|attack\w*|kill\w*|begin|launch\w*|force|stay|remain|camp|continue|go on|"
    r"pull (?:his|her|its|out)|quit|walk out|resign|halt|cut|close|reopen the war|invade|fire)\b",
    re.IGNORECASE,
)
_EXCHANGE = re.compile(r"in (?:exchange|return) for$", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(?:must|should|ought to|ha(?:s|ve) to|needs? to)\s+(?:(?:also|now|immediately|first)\s+)?(?!have\b|never be\b|be (?:able|clear|noted|remembered|aware)\b)"
    r"(?=(?:not\s+)?[a-z])"
)
_PASSIVE = re.compile(r"be\s+(?:\w+ly\s+)?\w+(?:ed|en|n|t|d)\b")
_OURSELVES = re.compile(r"(?:we|I|our\b.*|us)$", re.IGNORECASE)
_WOULD_NOT = re.compile(
    r"\b(?:(?:will|would)\s*(?:not|n['’]t|never)|won['’]t)\s+(?=[“\"]?[a-z])|\b(?:can\s*not|can['’]t|could not|(?:does|do)(?:\s+not|n['’]t))\s+"
    r"(?=(?:accept|negotiate|talk|bargain|sit|sign|recogni[sz]e|pay|support|tolerate|agree|compromise|surrender)\b)"
)
_IDLE = re.compile(
    r"(?:not\s+)?(?:say|comment|know|think|see|tell|talk about|happen|remember|believe|forget|imagine|understand|expect|speculate|confirm|be (?:able|enough|"
    r"easy|possible|known|seen|sure|surprised|used|surprising|named|quoted|identified)|have been|have to|need to|like|look|seem|mean|matter|work|want|give (?:his|her|details|a)|"
    r"name|elaborate|get used|feel|necessarily|rule|exclude|identify|afford|wait|hear|recall|find|sleep|eat|make (?:it|sense|any)|take long|surprise|consider whether|hesitate|be (?:the|an?) (?:last|first|end))\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A position as a clause states it: where its verb stands, what it is about, what is given for it.

    Without a `party`, or with an empty one, it is the speaker's.
    """

    at: int
    span: Range
    stance: str
    rule: str
    gives: Range | None = None
    party: Range | None = None
    toward: Range | None = None


def find_clauses(text: str, start: int, end: int) -> list[Clause]:
    """The positions that the clauses of one sentence state."""
    found = _conditions(text, start, end)
    held = {c.at for c in found}
    found += [c for c in _refusals(text, start, end) if c.at not in held]
    return found + _modals(text, start, end)


def _conditions(text: str, start: int, end: int) -> list[Clause]:
    found: list[Clause] = []
    for m in [*_FRONT.finditer(text, start, end), *_MARKER.finditer(text, start, end)][:MAX_MARKS]:
        mark = " ".join(m.group("mark").lower().split())
        if found and m.start() < found[-1].span[1] and m.end() > found[-1].span[0]:
            continue
        spans = extents(text, m.end(), end, "n" if _EXCHANGE.search(mark) else "t")
        if not spans or spans[0][1] - spans[0][0] < 4:
            continue
        clause = _condition(text, start, m.start(), mark, spans[0])
        if clause is not None:
            found.append(clause)
    return found


def _condition(text: str, start: int, at: int, mark: str, span: Range) -> Clause | None:
    """What a condition hangs on decides what it is; None where that is no position."""
    begin = max((m.end() for m in re.finditer(r"[;:]\s|,\s(?:but|and|while)\s", text[start:at])), default=0) + start
    refusals, pledges = (list(p.finditer(text, begin, at)) for p in (_REFUSAL, _PLEDGE))
    main, rule = None, f"if/{mark}"
    if mark in ("unless", "until", "without", "before", "as long as", "so long as"):
        main = refusals[-1] if refusals else None
    elif pledges and (mark not in ("once", "if", "when") or _near(text, pledges[-1].end(), at)):
        main = pledges[-1]
    if main is None or _threatens(text, begin, at, mark, span):
        negated = mark == "if" and re.search(r"\bnot\b|n['’]t\b", text[slice(*span)])
        if (mark in ("unless", "until") or negated) and (mark == "unless" or _THREAT.search(text, begin, at)):
            return Clause(at, span, "condition", f"{rule} threat")
        return None
    if not 2 <= at - main.end() <= 110 or _IDLE.match(text, main.end()):
        return None
    permitted = "leave" in main.groupdict() and main.group("leave")
    party = None if permitted or _PASSIVE.match(text, main.end()) else subject(text, start, main.start())
    return Clause(main.start(), span, "condition", rule, (main.end(), at), party)


def _threatens(text: str, begin: int, at: int, mark: str, span: Range) -> bool:
    return mark == "if" and bool(re.search(r"\bnot\b", text[slice(*span)])) and bool(_THREAT.search(text, begin, at))


def _near(text: str, start: int, end: int) -> bool:
    return end - start < 60 and not re.search(r",\s", text[start:end])


def _refusals(text: str, start: int, end: int) -> list[Clause]:
    found = []
    for m in islice(_WOULD_NOT.finditer(text, start, end), MAX_MARKS):
        if _IDLE.match(text, m.end()):
            continue
        party = subject(text, start, m.start())
        if party is not None and _PASSIVE.match(text, m.end()):
            party = (m.start(), m.start())
        spans = extents(text, m.end(), end, "i")
        if spans and party is not None:
            found.append(Clause(m.start(), spans[0], "refuse", "would not", party=party))
    return found


def _modals(text: str, start: int, end: int) -> list[Clause]:
    found = []
    for m in islice(_MODAL.finditer(text, start, end), MAX_MARKS):
        if _IDLE.match(text, m.end()):
            continue
        spans = extents(text, m.end(), end, "i")
        who = subject(text, start, m.start())
        if (
            not spans
            or who is None
            or re.search(r"\b(?:if|whether|what|why|how|who)\s+[^,.]*$", text[start : m.start()])
        ):
            continue
        ours = bool(_OURSELVES.match(text[slice(*who)]))
        found += [
            Clause(m.start(), s, "insist" if ours else "demand", "must", toward=None if ours else who) for s in spans
        ]
    return found
