"""Numbers into figures: how many were killed, held, paid or lasted, with bounds and kind of change (`FigureDraft`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues
from onrecord.reader.counted import Counted, Line, counted, line_of, looks_plural, place
from onrecord.reader.measures import Cue, by_noun, govern, toll
from onrecord.reader.not_figures import calendar, excluded, is_when, merged
from onrecord.reader.numbers import Number, find_numbers
from onrecord.reader.numerals import CURRENCY_WORDS, DOLLARS, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.reader.document import Document, Range

_SURE = {3: 0.95, 2: 0.85, 1: 0.75}
"""Confidence by strength of the cue: set by hand, not calibrated."""
_REMEMBERED = 4
"""How many sentences back "the victims" may point."""
_HEAD_WEIGHT = 0.6
"""How sure the neural head must be to overrule a rule that had no verb to go by."""
_CLAUSE = re.compile(
    r"[;:—–]|\s--\s|,\s(?:and|but|while|whereas|although|though|as|when|after|before|which|who|where|with)\b|\s(?:while|but|whereas)\s"
)
_TOTAL = re.compile(
    r"\b(?:so\sfar|to\sdate|in\sall|altogether|overall|in\stotal|totals?|totalling|totaling|since\s(?:the|[A-Z]|\d)|"
    r"over\sthe\s(?:past|last)|recent\s(?:days|weeks|months|years)|in\sthe\s(?:past|last)|this\s(?:year|month)|"
    r"in\s(?:19|20)\d\d|during\sthe\s(?:war|conflict)|have\s(?:now\s)?been\s(?:killed|injured|wounded|displaced))\b"
)
_DAILY = re.compile(r"\b(?:a|per|every|each)\sday\b|\bdaily\b|\b24\shours\b")
_STILL = re.compile(r"\b(?:still|remain\w*|currently)\b", re.IGNORECASE)
_UNREAL = re.compile(r"\b(?:would|could|might|may|should|if|will|to\s(?:release|free|send|pay|kill|deploy))\b")
_NUMBER_OF = re.compile(r"\s+(?:the|its)\s+(?:number\s+of|death|total)\s+([\w\s’'-]{3,60})")
"""What follows in "that brought to 19 the number of peacekeepers killed"."""
_SAME = re.compile(r"\b(?:figure|number|total|count|tally|those)\b[^.;:]{0,30}\b(?:at|was|is|to|of)\s+$", re.IGNORECASE)
"""What goes before in "the ministry put the figure at 140": the measure is that of the figure before."""
_LEVELS = frozenset({"held", "missing", "sick"})
_HALF_OF = frozenset("of the his her its their our all a".split())
"""What follows "half" where it is a share."""


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A figure before its actors, places and statements are known.

    `start`/`end` span the number with its relation words; `unit` is what is counted (for durations the
    calendar unit); `population` the span of the counted noun phrase; `clause` the range of the clause, for
    events and statements to be matched; `explicit` whether a verb or noun gave the measure.
    """

    start: int
    end: int
    measure: str
    low: float | None
    high: float | None
    relation: str
    unit: str
    population: Range | None
    change: str
    clause: Range
    confidence: float
    explicit: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    """A number with the words around it, and the figure before it that an ellipsis may lean on."""

    document: Document
    sentence: int
    number: Number
    line: Line
    words: tuple[int, int]
    counted: Counted
    others: frozenset[int]
    before: FigureDraft | None

    @property
    def text(self) -> str:
        return self.document.text


_ALIVE = frozenset({"survivor", "survivors"})


def find_figures(
    document: Document,
    *,
    times: Sequence[Range] = (),
    names: Sequence[Range] = (),
    hints: Mapping[int, Mapping[str, float]] | None = None,
) -> list[FigureDraft]:
    """The document's figures in order, by the codebook.

    `times` and `names` are spans whose numbers are no figures ("May 5", "Channel 6"); a duration's own span
    may be among the times.  `hints` maps a number's start to a neural head's probabilities by measure, with
    "none" for no figure; it decides where no verb or noun does.
    """
    by_sentence: dict[int, list[Number]] = {}
    for number in find_numbers(document):
        by_sentence.setdefault(document.sentence_at(number.core), []).append(number)
    taken = merged(times, names)
    found: list[FigureDraft] = []
    for sentence, numbers in by_sentence.items():
        line = line_of(document, sentence)
        places = [place(line, n) for n in numbers]
        others = frozenset(first for first, _ in places)
        for number, words in zip(numbers, places, strict=True):
            what = counted(line, words[1])
            if excluded(document.text, line, number, words=words, counted=what, taken=taken):
                continue
            before = found[-1] if found and document.sentence_at(found[-1].start) >= sentence - _REMEMBERED else None
            seen = _Seen(document, sentence, number, line, words, what, others, before)
            draft = _hinted(seen, _draft(seen), (hints or {}).get(number.start))
            if draft:
                alive = draft.measure == "killed" and what.head in _ALIVE
                found.append(replace(draft, measure="other") if alive else draft)
    return found


def _draft(seen: _Seen) -> FigureDraft | None:
    """The figure that the rules see in a number; None where they see none."""
    number, at = seen.number, calendar(seen.line, seen.words[1], seen.counted)
    if number.kind == "money" or (number.kind == "count" and _currency(seen)):
        return _make(seen, "money", number.currency or _currency(seen) or "", _change(seen, "money"), 0.95)
    if at is not None and number.kind in {"count", "fraction"}:
        return _duration(seen, at)
    if number.kind in {"percent", "fraction"}:
        return _share(seen)
    cue = _cue(seen)
    if number.kind == "none":
        return _none(seen, cue)
    if cue is None or (cue.measure == "other" and cue.strength < 2):
        return _other(seen)
    if not _admitted(seen, cue):
        return None
    return _make(seen, cue.measure, _unit(seen, cue.measure), _change(seen, cue.measure, cue.how), _SURE[cue.strength])


def _cue(seen: _Seen) -> Cue | None:
    """What tells the measure: a compound, a verb, a running count, the figure leaned on, or the noun, in this order."""
    return (
        _compound(seen)
        or govern(seen.line, _first(seen), seen.counted, seen.others)
        or _running(seen)
        or _leaning(seen)
        or by_noun(seen.line, seen.counted)
    )


def _first(seen: _Seen) -> int:
    """The word number where the number begins, relation words counted."""
    first = seen.words[0]
    while first > 0 and seen.line.spans[first - 1][0] >= seen.number.start:
        first -= 1
    return first


def _compound(seen: _Seen) -> Cue | None:
    """What "a 500-strong contingent" and "a 14-truck convoy" count."""
    what = seen.counted
    if what.compound == "strong":
        words = seen.line.low[what.start : what.end]
        measures = [m for w in words if (m := cues.HEADS.get(w) or cues.NOMINALS.get(w))]
        return Cue(measures[0] if measures else "participants", seen.words[1], "nominal")
    return Cue(cues.HEADS[what.compound], seen.words[1], "nominal") if what.compound in cues.HEADS else None


def _currency(seen: _Seen) -> str | None:
    """The currency that words after the number name ("38.8 million euro", "half a million US dollars")."""
    low = seen.line.low
    i = seen.words[1] + (seen.line.at(seen.words[1]) == "of")
    for j in (i, i + 1):
        if seen.line.at(j) in CURRENCY_WORDS:
            nation = low[j - 1] if j > i else ""
            return CURRENCY_WORDS[low[j]] if nation not in DOLLARS else DOLLARS[nation]
    return None


def _duration(seen: _Seen, at: int) -> FigureDraft | None:
    number = seen.number
    unit, factor = cues.CALENDAR[cues.PLURAL_UNITS[seen.line.low[at]]]
    if is_when(seen.line, seen.words, at):
        return None
    low = None if number.low is None else tidy(number.low * factor)
    high = None if number.high is None else tidy(number.high * factor)
    return _make(seen, "duration", unit, "none", 0.8, bounds=(low, high))


def _share(seen: _Seen) -> FigureDraft | None:
    number, what = seen.number, seen.counted
    if number.kind == "fraction" and seen.text[number.core : number.end].lower() == "half":
        following = seen.line.at(seen.words[1])
        if following not in _HALF_OF and number.core == number.start:
            return None
        if seen.line.at(seen.words[1] + 1) in cues.PLURAL_UNITS:
            return None
    noun = seen.text[seen.line.spans[what.start][0] : seen.line.spans[what.end - 1][1]] if what.end > what.start else ""
    return _make(seen, "share", f"percent of {noun}" if noun and what.part else "percent", "level", 0.9)


def _running(seen: _Seen) -> Cue | None:
    """A toll that ends at the number: "the death toll has reached 812"."""
    first = seen.words[0]
    start = seen.line.spans[max(0, first - 24)][0]
    before = seen.text[start : seen.number.start]
    measure = toll(before)
    alone = seen.counted.end == seen.counted.start or seen.counted.head in {"people", "dead", "others"}
    if measure and (alone or re.search(r"includ\w+\s+$", before)):
        return Cue(measure, first, "toll")
    after = _NUMBER_OF.match(seen.text, seen.number.end)
    if after and alone and (measure := toll(after.group(1) + " at ")):
        return Cue(measure, first, "toll")
    if alone and seen.before is not None and _SAME.search(before):
        return Cue(seen.before.measure, first, "toll")
    return None


_JOINED = {("well", "as"), ("along", "with"), ("together", "with"), ("addition", "to")}
"""What joins a second count to the first: "33 hostages as well as five nurses"."""


def _leaning(seen: _Seen) -> Cue | None:
    """The measure of the figure before, where the number leans on it ("another 30", "including 12 children")."""
    victims = seen.counted.head in {"victims", "deceased"}
    if victims and (seen.before is None or seen.before.measure not in cues.OF_PEOPLE):
        return Cue("killed", seen.words[0], "lean")
    if seen.before is None or seen.before.measure in {"money", "share", "duration"}:
        return None
    first, what = _first(seen), seen.counted
    back = {seen.line.at(first - 1), seen.line.at(first - 2)}
    near = seen.document.sentence_at(seen.before.start) >= seen.sentence - 1
    if victims:
        return Cue(seen.before.measure, first, "lean")
    if not near:
        return None
    member = bool(back & {"including", "among", "them"}) or what.head in {"them", "whom", "victims", "others", "which"}
    if (seen.line.at(first - 2), seen.line.at(first - 1)) in _JOINED:
        return Cue(seen.before.measure, first, "list")
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


def _none(seen: _Seen, cue: Cue | None) -> FigureDraft | None:
    """A figure of nought, only where the words say what there was none of ("no casualties", "none were hurt")."""
    if cue is None or cue.measure not in cues.OF_PEOPLE - {"participants", "displaced"}:
        return None
    if seen.counted.part and cue.strength < 3:
        return None
    one = seen.text[seen.number.core : seen.number.end].lower() in {"no one", "nobody", "none"}
    if seen.counted.head not in cues.HEADS and not (one and cue.strength == 3):
        return None
    return _make(seen, cue.measure, _unit(seen, cue.measure), "event", 0.8)


def _other(seen: _Seen) -> FigureDraft | None:
    """A count of things that no measure of the codebook fits; small bare numbers are mostly no figures."""
    number, what = seen.number, seen.counted
    if seen.line.at(_first(seen) - 1) == "population":
        return _make(seen, "other", "population", "level", 0.8)
    if what.compound or (what.start == what.end and number.relation == "exactly"):
        return None
    if seen.line.at(seen.words[1]) == "out":
        return _make(seen, "other", _unit(seen, "other"), "level", 0.8)
    low = number.low if number.low is not None else number.high or 0
    back = _first(seen) - 1
    back -= seen.line.at(back) in {"other", "remaining", "first", "last"}
    definite = seen.line.at(back) in {"the", "these", "those", "his", "her", "their", "its", "all", "both"}
    if low >= 20 and _crowd(seen):
        return _make(seen, "participants", _unit(seen, "participants"), "event", 0.7)
    if number.relation == "vague" and low < 20:
        return None
    if low < (5 if definite else 3) and number.relation in {"exactly", "vague"}:
        return None
    if what.head and not looks_plural(what.head) and low > 1:
        return None
    return _make(seen, "other", _unit(seen, "other"), _change(seen, "other"), 0.6)


def _crowd(seen: _Seen) -> bool:
    """Do the words behind (or "by the thousands") make a large number of people a crowd?"""
    what, line, first = seen.counted, seen.line, _first(seen)
    if what.start == what.end:
        return seen.number.relation == "vague" and line.at(first - 1) == "the" and line.at(first - 2) in {"by", "in"}
    if what.head in cues.NOT_PEOPLE or what.head in cues.HEADS:
        return False
    return not cues.CROWD.isdisjoint(line.low[what.end : what.end + 14])


def _admitted(seen: _Seen, cue: Cue) -> bool:
    """Is a number with a cue a figure?  "One" and "several" need a verb, singular nouns need a reason."""
    number, what = seen.number, seen.counted
    if what.start == what.end and seen.line.at(_first(seen) - 1) == "the" and cue.how not in {"passive", "toll"}:
        return False
    word = seen.text[number.core : number.end].lower()
    if number.low == 1 and number.high == 1 and word in {"one", "1"}:
        return cue.strength >= 2 or (cue.strength == 1 and what.start == what.end and cue.measure in cues.OF_PEOPLE)
    if number.relation == "vague" and (number.low or 0) < 20:
        return cue.strength >= 2 or cue.measure in {"weapons", "held"}
    return True


def _unit(seen: _Seen, measure: str) -> str:
    """What is counted, in the report's words; "people" where an ellipsis leaves the victims out."""
    what, line = seen.counted, seen.line
    start = what.start
    while start < what.end and line.low[start] in cues.DETERMINERS | {"'s", "’s"}:
        start += 1
    if what.head in {"others", "them", "whom", "those", "which"} or start >= what.end:
        if measure not in cues.OF_PEOPLE and seen.before is not None:
            return seen.before.unit
        return "votes" if measure == "votes" else "people"
    return seen.text[line.spans[start][0] : line.spans[what.end - 1][1]]


def _change(seen: _Seen, measure: str, how: str = "") -> str:
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
    further = {seen.line.at(_first(seen) - 1), seen.line.at(_first(seen) - 2)} & {"additional", "further", "extra"}
    if further or seen.line.at(seen.words[1]) in {"more", "additional", "extra"} or _DAILY.search(after):
        return "increment"
    if _STILL.search(before) or _STILL.search(after):
        return "level"
    if how == "toll" or _TOTAL.search(before) or _TOTAL.search(after):
        return "level" if measure in _LEVELS else "total"
    if measure in _LEVELS or measure == "share":
        return "level"
    if measure in {"other", "troops"}:
        return "event" if how in {"active", "passive"} else "level"
    return "total" if measure == "incidents" else "event"


def _clause(seen: _Seen) -> Range:
    """The clause around the number: its sentence, cut at semicolons, dashes and subordinators."""
    start, end = seen.document.sentences[seen.sentence]
    number = seen.number
    for match in _CLAUSE.finditer(seen.text, max(start, number.start - 300), min(end, number.end + 300)):
        if match.end() <= number.start:
            start = match.end()
        elif match.start() >= number.end:
            end = match.start()
            break
    while start < end and seen.text[start].isspace():
        start += 1
    return start, end


def _make(
    seen: _Seen, measure: str, unit: str, change: str, confidence: float, *,
    bounds: tuple[float | None, float | None] | None = None,
) -> FigureDraft:  # fmt: skip
    number, what = seen.number, seen.counted
    low, high = bounds or (number.low, number.high)
    population = None
    if what.end > what.start and measure != "duration":
        population = (seen.line.spans[what.start][0], seen.line.spans[what.end - 1][1])
    return FigureDraft(
        number.start, number.end, measure, low, high, number.relation, unit, population, change, _clause(seen),
        confidence, confidence >= _SURE[2],
    )  # fmt: skip


def _hinted(seen: _Seen, draft: FigureDraft | None, hint: Mapping[str, float] | None) -> FigureDraft | None:
    """The rule's figure, corrected by the neural head where no explicit cue governs the number."""
    if not hint or (draft and draft.explicit):
        return draft
    best = max(sorted(hint), key=lambda m: hint[m])
    if hint[best] < _HEAD_WEIGHT or (draft and best == draft.measure):
        return draft
    if best == "none":
        return None
    by_form = {"duration", "money", "share"}  # told by the number's own form, which a head cannot add or change
    if best not in cues.MEASURES or best in by_form or (draft and draft.measure in by_form):
        return draft
    change = draft.change if draft else _change(seen, best)
    return _make(seen, best, draft.unit if draft else _unit(seen, best), change, hint[best])
