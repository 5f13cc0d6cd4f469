"""Positions that a whole clause states: conditions ("will sign only if …"), refusals ("would not withdraw") and
what must or should be done (`find_clauses`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader.stand_extent import extents
from onrecord.reader.stand_party import subject

if TYPE_CHECKING:
    from onrecord.reader.document import Range

_IF = (
    r"only (?:if|when|once|after)|but only (?:if|after|when)|unless|provided(?: that)?|on (?:the )?condition (?:that )?|as long as|so long as|"
    r"once|until|without|before|if|(?:only )?in (?:exchange|return) for|when"
)
_MARKER = re.compile(rf"[\s,“\"–—]+(?P<mark>{_IF})\s+(?:that\s+)?", re.I)
_FRONT = re.compile(r"(?:^|[.“\"]\s*|\bthat\s+)(?P<mark>unless|if|first)\s+", re.I)
_PLEDGE = re.compile(
    r"\b(?:(?:will|would|could|can|may|might|shall)\s+(?:(?:only|then|also|still)\s+)?(?!not\b|be (?:like|hard|able))|['’]ll\s+|(?:ready|willing|prepared|minded|agreed|"
    r"offered|promised|pledged|open)\s+to\s+)(?=[a-z])"
)
_REFUSAL = re.compile(
    r"\b(?:(?:will|would|could|can|does|do)\s*(?:not|n['’]t|never)|won['’]t|cannot|never)\s+(?:ever\s+|again\s+)?(?=[a-z])|"
    r"\b(?:there\s+)?(?:will|would|can|is|was|are)\s+(?:be\s+)?(?=no\s)|\b(?:will|would|can)\s+(?:accept|sign|free|tolerate|deliver|allow|make)\s+(?=no\s)|"
    r"\b(?:refus\w+|declin\w+)\s+(?=to\s)|\b(?:rul\w+ out|suspend\w+|reject\w+)\s+(?=\w)"
)
_STRONG_MARKS = frozenset({"only if", "only when", "only once", "only after", "but only if", "but only after", "but only when", "provided", "provided that"})
_EXCHANGE = re.compile(r"in (?:exchange|return) for$", re.I)
_OFFERS = re.compile(r"(?:ready|willing|prepared|offer\w*|agreed|would|could|will|'ll|’ll)", re.I)
_MODAL = re.compile(r"\b(?:must|should|ought to|ha(?:s|ve) to|needs? to)\s+(?:also\s+|now\s+|immediately\s+|first\s+)?(?!have\b|be (?:able|clear|noted|remembered|aware)\b)(?=(?:not\s+)?[a-z])")
_OURSELVES = re.compile(r"(?:we|I|our\b.*|us)$", re.I)
_IDLE = re.compile(
    r"(?:not\s+)?(?:say|comment|know|think|see|tell|talk about|happen|remember|believe|forget|imagine|understand|expect|speculate|confirm|be (?:able|enough|easy|possible|"
    r"possible|known|seen|sure|surprised|used|surprising)|have been|have to|need to|like|look|seem|mean|matter|work|want|give (?:his|her|details|a)|name|elaborate|discuss|get used|feel|rule out|"
    r"exclude|identify|afford|wait|hear|recall|find|sleep|eat|make (?:it|sense|any)|take long|surprise)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A position as a clause states it: where its verb stands, what it is about, what is given for it."""

    at: int
    span: Range
    stance: str
    rule: str
    gives: Range | None = None
    party: Range | None = None
    toward: Range | None = None


def find_clauses(text: str, start: int, end: int, *, told: bool) -> list[Clause]:
    """The positions of one stretch, a sentence or the part of it that one statement tells."""
    found = _conditions(text, start, end)
    if told:
        found += _refusals(text, start, end, found)
        found += _modals(text, start, end)
    return found


def _conditions(text: str, start: int, end: int) -> list[Clause]:
    found: list[Clause] = []
    for m in _MARKER.finditer(text, start, end):
        mark = m.group("mark").lower().strip()
        main = _main(text, start, m.start(), mark)
        if main is None or found and m.end() < found[-1].span[1]:
            continue
        verb, gives = main
        spans = extents(text, m.end(), end, "n" if _EXCHANGE.search(mark) else "t")
        if not spans or spans[0][1] - spans[0][0] < 4:
            continue
        span = spans[0]
        found.append(Clause(verb, span, "condition", f"if/{mark}", gives, subject(text, start, verb)))
    return found


def _main(text: str, start: int, end: int, mark: str) -> tuple[int, Range] | None:
    """The verb of the clause that a condition hangs on, and what the party would do; None where it is no position."""
    clause = max((m.end() for m in re.finditer(r"[;:]\s|,\s(?:but|and|while)\s", text[start:end])), default=0) + start
    refusals = list(_REFUSAL.finditer(text, clause, end))
    pledges = list(_PLEDGE.finditer(text, clause, end))
    negative = mark in ("unless", "until", "without", "before", "as long as", "so long as")
    if negative and refusals:
        last = refusals[-1]
    elif not negative and pledges and mark not in ("before", "when", "once", "if") or pledges and mark in ("once", "if", "when") and _near(text, pledges[-1].end(), end):
        last = pledges[-1]
    elif mark in ("in exchange for", "in return for") and not pledges:
        return None
    else:
        return None
    gives = (last.end(), end)
    if end - last.end() > 110 or end - last.end() < 2 or _IDLE.match(text, last.end()):
        return None
    return last.start(), gives


def _near(text: str, start: int, end: int) -> bool:
    return end - start < 60 and not re.search(r",\s", text[start:end])


def _refusals(text: str, start: int, end: int, taken: list[Clause]) -> list[Clause]:
    found = []
    for m in re.finditer(r"\b(?:(?:will|would|does|do)\s*(?:not|n['’]t|never)|won['’]t|cannot|can['’]t|can not)\s+(?=[a-z])", text[start:end]):
        at, verb = start + m.start(), start + m.end()
        if _IDLE.match(text, verb) or any(c.at == at for c in taken):
            continue
        spans = extents(text, verb, end, "i")
        if spans:
            found.append(Clause(at, spans[0], "refuse", "would not", party=subject(text, start, at)))
    return found


def _modals(text: str, start: int, end: int) -> list[Clause]:
    found = []
    for m in _MODAL.finditer(text, start, end):
        if _IDLE.match(text, m.end()):
            continue
        spans = extents(text, m.end(), end, "i")
        who = subject(text, start, m.start())
        if not spans or who is None or re.search(r"\b(?:if|whether|what|why|how|who)\s+[^,.]*$", text[start : m.start()]):
            continue
        ours = bool(_OURSELVES.match(text[slice(*who)]))
        found += [Clause(m.start(), s, "insist" if ours else "demand", "must", toward=None if ours else who) for s in spans]
    return found
