"""A number in its sentence -> what tells its measure (`cue_of`): compound, verb, running count, the figure before, noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues
from onrecord.reader.figure_drafts import BY_FORM
from onrecord.reader.measure_nouns import by_noun
from onrecord.reader.measures import Cue, govern
from onrecord.reader.numbers import balloted
from onrecord.reader.tolls import toll

if TYPE_CHECKING:
    from onrecord.reader.figure_drafts import Seen

_PASSING = re.compile(r"(?:exceed|surpass|topp|pass)\w*\s", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\s+(?:the|its)\s+(?:number\s+of|death|total)\s+([\w\s’'-]{3,60})")
"""What follows in "that brought to 19 the number of peacekeepers killed"."""
_SAME = re.compile(r"\b(?:figure|number|total|count|tally|those)\b[^.;:]{0,30}\b(?:at|was|is|to|of)\s+$", re.IGNORECASE)
"""What goes before in "the ministry put the figure at 140": the measure is that of the figure before."""
_SCORE_AFTER = re.compile(r"\s?[-–—]\s?(?:to-)?\d")
_SCORE_BEFORE = re.compile(r"\d\s?[-–—]\s?(?:to-)?$")
_GOES_ON = re.compile(r",?\sand\s|,\s|\s(?:--|—|–)\s|:\s|\s?\(")
_JOINED = {("well", "as"), ("along", "with"), ("together", "with"), ("addition", "to")}
"""What joins a second count to the first: "33 hostages as well as five nurses"."""


def cue_of(seen: Seen) -> Cue | None:
    """What tells the measure: a compound, a verb, a running count, the figure leaned on, or the noun, in this order."""
    return (
        _compound(seen)
        or _ballot(seen)
        or _numbered(seen)
        or govern(seen.line, seen.first, seen.counted, seen.others)
        or _running(seen)
        or _leaning(seen)
        or by_noun(seen.line, seen.counted)
    )


def _compound(seen: Seen) -> Cue | None:
    """What "a 500-strong contingent" and "a 14-truck convoy" count."""
    what = seen.counted
    if what.compound == "member":
        return Cue("other", seen.words[1], "nominal")
    if what.compound == "strong":
        words = seen.line.low[what.start : what.end]
        measures = [m for w in words if (m := cues.HEADS.get(w) or cues.NOMINALS.get(w) or cues.UNITS.get(w))]
        return Cue(measures[0] if measures else "participants", seen.words[1], "nominal")
    return Cue(cues.HEADS[what.compound], seen.words[1], "nominal") if what.compound in cues.HEADS else None


def _ballot(seen: Seen) -> Cue | None:
    """The votes on one side, told as a score: "voted 13-0", "passed by 112-to-87"."""
    number, text = seen.number, seen.text
    after, before = (
        _SCORE_AFTER.match(text, number.end),
        _SCORE_BEFORE.search(text[max(0, number.core - 14) : number.core]),
    )
    if not (after or before) or number.kind != "count":
        return None
    begin = seen.document.sentences[seen.sentence][0]
    return Cue("votes", seen.words[0], "nominal") if balloted(text, begin, number.core) else None


def _numbered(seen: Seen) -> Cue | None:
    """A count that the words behind it name: "bringing to 19 the number of peacekeepers killed"."""
    after = _NUMBER_OF.match(seen.text, seen.number.end)
    if not after:
        return None
    thing = not cues.NOT_PEOPLE.isdisjoint(after.group(1).split()[:2])
    measure = "other" if thing else toll(after.group(1) + " at ")
    return Cue(measure, seen.words[0], "toll") if measure else None


def _running(seen: Seen) -> Cue | None:
    """A toll that ends at the number: "the death toll has reached 812"."""
    first = seen.words[0]
    start = seen.line.spans[max(0, first - 24)][0]
    before = seen.text[start : seen.number.start]
    passed = _PASSING.match(seen.text, seen.number.start, seen.number.core)
    if passed:
        before = seen.text[start : seen.number.core]
    measure = None if _of_another(seen, seen.first) else toll(before)
    if measure == "incidents" and not cues.ILLNESS.isdisjoint(seen.line.low):
        measure = "sick"
    alone = seen.counted.end == seen.counted.start or seen.counted.head in {"people", "dead", "others"}
    if measure and (alone or re.search(r"includ\w+\s+$", before)):
        return Cue(measure, first, "toll")
    if alone and seen.before is not None and _SAME.search(before):
        return Cue(seen.before.measure, first, "toll")
    return None


def _leaning(seen: Seen) -> Cue | None:
    """The measure of the figure before, where the number leans on it ("another 30", "including 12 children")."""
    victims = seen.counted.head in {"victims", "deceased"}
    if victims and (seen.before is None or seen.before.measure not in cues.OF_PEOPLE):
        return Cue("killed", seen.words[0], "lean")
    if seen.before is None or seen.before.measure in BY_FORM:
        return None
    first, what = seen.first, seen.counted
    back = {seen.line.at(first - 1), seen.line.at(first - 2)}
    near = seen.document.sentence_at(seen.before.start) >= seen.sentence - 1
    if victims:
        return Cue(seen.before.measure, first, "lean")
    if not near:
        return None
    member = bool(back & {"including", "among", "them"}) or what.head in {"them", "whom", "victims", "others", "which"}
    if (seen.line.at(first - 2), seen.line.at(first - 1)) in _JOINED:
        return Cue(seen.before.measure, first, "list")
    if _joined(seen, first):
        return Cue(seen.before.measure, first, "list")
    if _of_another(seen, first):
        return None
    alone = what.start == what.end and not what.compound
    same = seen.document.sentence_at(seen.before.start) == seen.sentence
    opens = first == 0 or (first == 1 and seen.line.at(0) in cues.DETERMINERS)
    if (
        member
        or (alone and (same or opens or "remaining" in back))
        or (back & {"another", "further"} and what.head == "others")
    ):
        return Cue(seen.before.measure, first, "lean")
    return None


def _of_another(seen: Seen, first: int) -> bool:
    """Does a noun that we do not know govern the number ("the dismissal of 1,200")?"""
    if seen.line.at(first - 1) != "of" or seen.line.at(first - 3) != "the":
        return False
    return seen.line.at(first - 2) not in cues.SUMS


def _joined(seen: Seen, first: int) -> bool:
    """Does the number go on with the people before it: "seven women and three men", "61 people -- 24 girls"?"""
    before = seen.before
    if before is None or before.measure not in cues.OF_PEOPLE or not cues.is_people(seen.counted.head):
        return False
    end = before.population[1] if before.population else before.end
    return _GOES_ON.fullmatch(seen.text[end : seen.line.spans[first][0]]) is not None
