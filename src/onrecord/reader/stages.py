"""The stages of an agreement, by their ordinals, with how far each has come (`find_stages`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range

_NUMBER = "two|three|four|five|six|2|3|4|5|6"
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6} | {str(n): n for n in range(2, 7)}
ORDINALS = {
    w: n
    for n, ws in enumerate(("first initial opening 1st", "second 2nd", "third 3rd final", "fourth 4th", "fifth 5th"), 1)
    for w in ws.split()
}
_WORD = r"(?:stage|phase|step|part|tranche|batch)"
STAGED = re.compile(rf"\b({_NUMBER})[- ]{_WORD}\b|\bin ({_NUMBER}) {_WORD}s\b|\b({_NUMBER}) {_WORD}s\b", re.IGNORECASE)
_STAGE = re.compile(
    rf"\b(?:the |a |an )?({'|'.join(ORDINALS)})\s+{_WORD}\b|\b(?:stage|phase)\s+(one|two|three|1|2|3)\b"
    r"|(?<=[.]\s)(?:A|The) (third|second)(?=\s*,|\s+would|\s+under)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:refus\w+|reject\w+|declin\w+|unwilling|would not|balk\w*|block\w*|called off|put off|cancel\w*|halted|not accepted|throwing|suspend\w*|has not accepted|not take part)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:under|released|freed|handed over|completed|carried out|ended|concluded|implemented|during|expired|saw|since|extend)\b",
    re.IGNORECASE,
)
_DONE_AFTER = re.compile(
    r"^[^.;]{0,30}\b(?:ended|expired|was completed|concluded|was carried out|saw|went)\b", re.IGNORECASE
)
_UNDER_WAY = re.compile(r"\b(?:began|begun|under way|underway|started|entered|in progress|is being)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|plann?\w*|due|to begin|foresee\w*|envisag\w*|calls? for|then|next|later|was to|were to|is to|are to|must|open to|prepare)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class StageDraft:
    """One stage of an agreement."""

    ordinal: int
    span: Range | None
    status: str = "unknown"


def find_stages(document: Document) -> tuple[list[StageDraft], int, int]:
    """The stages that a text counts or tells, where the first of them is told, and how many are counted.

    "A three-stage deal" has three even where fewer are told.  A stage before one that was refused is done.
    """
    told: dict[int, StageDraft] = {}
    count, first = 0, -1
    for start, end in document.sentences:
        sentence = document.text[start:end]
        for m in STAGED.finditer(sentence):
            count = max(count, COUNTS[next(g for g in m.groups() if g).lower()])
            first = start + m.start() if first < 0 else first
        for m in _STAGE.finditer(sentence):
            n = _number(m)
            status = _status(sentence, m.start(), m.end())
            first = start + m.start() if first < 0 else first
            if n not in told:
                told[n] = StageDraft(n, (start + m.start(), start + m.end()), status)
            elif told[n].status == "unknown" or status == "refused":
                told[n].status = status
    if not told and not count:
        return [], first, 0
    stages = [told.get(n, StageDraft(n, None)) for n in range(1, max([count, *told]) + 1)]
    _infer(stages)
    return stages, first, count


def _number(m: re.Match[str]) -> int:
    word = next(g for g in m.groups() if g).lower()
    return ORDINALS.get(word) or COUNTS.get(word) or 1


def _infer(stages: list[StageDraft]) -> None:
    """What the order of stages tells of one whose own words do not."""
    for k, stage in enumerate(stages):
        later = [s.status for s in stages[k + 1 :]]
        if stage.status == "unknown" and any(s in ("refused", "in_progress", "done") for s in later):
            stage.status = "done"
        elif stage.status == "unknown" and k:
            # what comes after a planned stage is planned, told or only counted; after another, if it is told
            before = stages[k - 1].status
            if before == "planned" or (stage.span and before in ("refused", "in_progress")):
                stage.status = "planned"


def _status(sentence: str, start: int, end: int) -> str:
    before, after = sentence[max(0, start - 90) : start], sentence[end : end + 90]
    if _REFUSED.search(before) or re.match(r"[^.;]{0,60}\b(?:refused|put off|called off|not accepted)\b", after):
        return "refused"
    if _DONE_AFTER.search(after):
        return "done"
    if re.search(r"\b(?:began|entered|started)\b[^.]{0,20}$", before) or _UNDER_WAY.match(after.strip()):
        return "in_progress"
    if _AHEAD.search(after[:60]) or _AHEAD.search(before):
        return "planned"
    return "done" if _DONE.search(before) else "unknown"
