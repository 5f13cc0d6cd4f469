"""Which measure the counted noun tells where no verb does: "3,100 soldiers", "17 injured men" (`by_noun`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues
from onrecord.reader.measures import Cue

if TYPE_CHECKING:
    from onrecord.reader.counted import Counted, Line


def by_noun(line: Line, counted: Counted) -> Cue | None:
    """The measure of what is counted: its adjective ("17 injured men"), else its noun ("3,100 soldiers")."""
    for i in range(counted.start, counted.end - 1):
        if line.low[i] == "vote":  # "a 36 vote margin"
            return Cue("votes", i, "nominal")
        if line.low[i] in cues.MODIFIERS:
            measure = cues.MODIFIERS[line.low[i]]
            return None if measure == "other" else Cue(measure, i, "nominal")
    head = cues.HEADS.get(counted.head)
    if head == "aid" and counted.head not in cues.ALWAYS_AID:
        head = _carried(line, counted)
    if counted.head in cues.CRAFT and not cues.ARMED.isdisjoint(line.low[counted.start : counted.end]):
        head = "weapons"
    if counted.head in {"case", "cases"} and _of_illness(line, counted):
        return Cue("sick", counted.end - 1, "nominal")
    return Cue(head, max(counted.start, counted.end - 1), "noun") if head else None


def _carried(line: Line, counted: Counted) -> str | None:
    """Are trucks and tons aid?  Yes, unless the sentence tells of other goods, or says what the tons are of."""
    if not cues.NOT_AID.isdisjoint(line.low):
        return None
    if counted.head in {"tonnes", "tons"} and line.at(counted.end) == "of":
        return "aid" if not cues.AID_GOODS.isdisjoint(line.low) else None
    return "aid"


def _of_illness(line: Line, counted: Counted) -> bool:
    """Are "cases" of illness: its words in the sentence, or "17 confirmed cases" and nothing that they are of?"""
    if not cues.ILLNESS.isdisjoint(line.low):
        return True
    counts = not {"confirmed", "active"}.isdisjoint(line.low[counted.start : counted.end])
    return counts and line.at(counted.end) != "of"
