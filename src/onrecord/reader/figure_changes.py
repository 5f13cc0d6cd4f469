"""A figure's kind of change (`change_of`): the toll of one event, a running total, a level, a day's addition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues

if TYPE_CHECKING:
    from onrecord.reader.figure_drafts import Seen

_TOTAL = re.compile(
    r"\b(?:so\sfar|to\sdate|in\sall|altogether|overall|in\stotal|totals?|totalling|totaling|since\s(?:the|[A-Z]|\d)|"
    r"over\sthe\s(?:past|last)|recent\s(?:days|weeks|months|years)|in\sthe\s(?:past|last)|this\s(?:year|month)|"
    r"in\s(?:19|20)\d\d|during\sthe\s(?:war|conflict)|have\s(?:now\s)?been\s(?:killed|injured|wounded|displaced))\b"
)
_WAR = re.compile(
    r"\b(?:war|conflict|fighting|violence|unrest|uprising|insurgency|rebellion|crackdown|outbreak|epidemic|pandemic|campaign|"
    r"offensive|famine|drought|genocide)\b"
)
_PERFECT = re.compile(
    r"\b(?:has|have)\s(?:\w+\s){0,2}?(?:killed|died|injured|wounded|claimed|left|cost|displaced|fled|arrested|detained|"
    r"forced|driven|disappeared|uprooted|infected)\b"
)
"""Beside a word of war, makes a number the count so far: "a conflict that has claimed 40,000 lives"."""
_DAILY = re.compile(r"\b(?:a|per|every|each)\sday\b|\bdaily\b|\b24\shours\b")
_STILL = re.compile(r"\b(?:still|remain\w*|currently)\b", re.IGNORECASE)
_UNREAL = re.compile(r"\b(?:would|could|might|may|should|if|will|to\s(?:release|free|send|pay|kill|deploy))\b")
_LEVELS = frozenset({"held", "missing"})


def change_of(seen: Seen, measure: str, how: str = "") -> str:
    """The kind of change, from the words near the number; `how` is the cue's (see `Cue`)."""
    number = seen.number
    if measure in {"money", "duration"}:
        return "none"
    if measure in {"participants", "votes"}:
        return "event"
    before = seen.text[max(seen.document.sentences[seen.sentence][0], number.start - 50) : number.start]
    after = seen.text[number.end : min(seen.document.sentences[seen.sentence][1], number.end + 60)]
    if _UNREAL.search(before[-40:]):
        return "none"
    further = {seen.line.at(seen.first - 1), seen.line.at(seen.first - 2)} & {"additional", "further", "extra"}
    if further or seen.line.at(seen.words[1]) in {"more", "additional", "extra"} or _DAILY.search(after):
        return "increment"
    if _STILL.search(before) or _STILL.search(after):
        return "level"
    if how == "toll" or _TOTAL.search(before) or _TOTAL.search(after):
        return "level" if measure in _LEVELS else "total"
    if measure in _LEVELS or measure == "share":
        return "level"
    if measure == "sick" or (measure in cues.OF_PEOPLE and _so_far(seen)):
        return "total"
    if measure in {"other", "troops"}:
        return "event" if how in {"active", "passive"} else "level"
    return "total" if measure == "incidents" else "event"


def _so_far(seen: Seen) -> bool:
    """Is it what a war has cost so far, and not what one blow did?"""
    start, end = seen.document.sentences[seen.sentence]
    near = max(start, seen.number.start - 90), min(end, seen.number.end + 70)
    return bool(_PERFECT.search(seen.text, *near) and _WAR.search(seen.text, *near))
