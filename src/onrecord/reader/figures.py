"""Numbers into figures: how many were killed, held, paid or lasted, with bounds and kind of change (`FigureDraft`)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues
from onrecord.reader.counted import counted, line_of, looks_plural, place
from onrecord.reader.figure_changes import change_of
from onrecord.reader.figure_drafts import BY_FORM, FigureDraft, Seen
from onrecord.reader.figure_leads import cue_of
from onrecord.reader.not_figures import calendar, excluded, is_when, merged
from onrecord.reader.numbers import find_numbers
from onrecord.reader.numerals import CURRENCY_WORDS, NATIONAL, tidy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.measures import Cue
    from onrecord.reader.numbers import Number

_SURE = {3: 0.95, 2: 0.85, 1: 0.75}
"""Confidence by strength of the cue: set by hand, not calibrated."""
_REMEMBERED = 4
"""How many sentences back "the victims" may point."""
_HEAD_WEIGHT = 0.5
"""How sure the neural head must be to overrule a rule that had no verb to go by."""
_CLAUSE = re.compile(
    r"[;:—–]|\s--\s|,\s(?:and|but|while|whereas|although|though|as|when|after|before|which|who|where|with)\b|\s(?:while|but|whereas)\s"
)
_HALF_OF = frozenset("of the his her its their our all a".split())
"""What follows "half" where it is a share."""


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
            seen = Seen(document, sentence, number, line, words, what, others, before)
            draft = _hinted(seen, _draft(seen), (hints or {}).get(number.start))
            if draft:
                alive = draft.measure == "killed" and what.head in _ALIVE
                found.append(replace(draft, measure="other") if alive else draft)
    return found


def _draft(seen: Seen) -> FigureDraft | None:
    """The figure that the rules see in a number; None where they see none."""
    number, at = seen.number, calendar(seen.line, seen.words[1], seen.counted)
    if money := _money(seen):
        return money
    if at is not None and number.kind in {"count", "fraction"}:
        return _duration(seen, at)
    if number.kind in {"percent", "fraction"}:
        return _share(seen)
    cue = cue_of(seen)
    if number.kind == "none":
        return _none(seen, cue)
    if cue is None or (cue.measure == "other" and cue.strength < 2):
        return _other(seen, cue is not None and cue.how == "lean")
    if not _admitted(seen, cue):
        return None
    return _make(
        seen, cue.measure, _unit(seen, cue.measure), change_of(seen, cue.measure, cue.how), _SURE[cue.strength]
    )


def _money(seen: Seen) -> FigureDraft | None:
    """A sum of money: its sign, or words after the number, name the currency."""
    code = seen.number.currency or (_currency(seen) if seen.number.kind == "count" else None)
    none = seen.line.at(seen.first - 1) == "not" and seen.number.low == 1
    return _make(seen, "money", code, "none", 0.95) if code and not none else None


def _currency(seen: Seen) -> str | None:
    """The currency that words after the number name ("38.8 million euro", "half a million US dollars")."""
    line, after = seen.line, seen.words[1]
    i = after + (line.at(after) in {"of", "-"})
    for j in (i, i + 1, i + 2):
        word = line.at(j)
        code = CURRENCY_WORDS.get(word)
        if code and (j == i or line.raw[j - 1][:1].isupper()):
            weight = word.startswith("pound") and ("-" in line.low[after:j] or line.at(j + 1) == "of")
            verb = word == "won" and (seen.number.low or seen.number.high or 0) < 1000
            return None if weight or verb else NATIONAL.get((line.at(j - 1), code), code)
        if not line.raw[j : j + 1] or not line.raw[j][:1].isupper():
            return None
    return None


def _duration(seen: Seen, at: int) -> FigureDraft | None:
    number = seen.number
    unit, factor = cues.CALENDAR[cues.PLURAL_UNITS[seen.line.low[at]]]
    if is_when(seen.line, seen.words, at):
        return None
    half = 0.5 if seen.line.low[at + 1 : at + 4] == ("and", "a", "half") else 0
    low = None if number.low is None else tidy((number.low + half) * factor)
    high = None if number.high is None else tidy((number.high + half) * factor)
    if high == 0:
        return None  # "zero hour"
    return _make(seen, "duration", unit, "none", 0.8, bounds=(low, high))


def _share(seen: Seen) -> FigureDraft | None:
    number, what = seen.number, seen.counted
    if number.kind == "fraction" and seen.text[number.core : number.end].lower() == "half":
        following = seen.line.at(seen.words[1])
        if seen.line.at(seen.words[0] - 1) in {"first", "second", "other", "latter"}:
            return None
        if following not in _HALF_OF and number.core == number.start:
            return None
        if seen.line.at(seen.words[1] + 1) in cues.PLURAL_UNITS:
            return None
    noun = seen.text[seen.line.spans[what.start][0] : seen.line.spans[what.end - 1][1]] if what.end > what.start else ""
    return _make(seen, "share", f"percent of {noun}" if noun and what.part else "percent", "level", 0.9)


def _none(seen: Seen, cue: Cue | None) -> FigureDraft | None:
    """A figure of nought, only where the words say what there was none of ("no casualties", "none were hurt")."""
    if cue is None or cue.measure not in cues.OF_PEOPLE - {"participants", "displaced"}:
        return None
    if seen.counted.part and cue.strength < 3:
        return None
    one = seen.text[seen.number.core : seen.number.end].lower() in {"no one", "nobody", "none"}
    if seen.counted.head not in cues.HEADS and not (one and cue.strength == 3):
        return None
    return _make(seen, cue.measure, _unit(seen, cue.measure), "event", 0.8)


def _other(seen: Seen, leans: bool) -> FigureDraft | None:
    """A count of things that no measure of the codebook fits; small bare numbers are mostly no figures.

    `leans`: it takes up a count before it ("of the 90 miners, 34 were Vardans").
    """
    number, what = seen.number, seen.counted
    if seen.line.at(seen.first - 1) == "population":
        return _make(seen, "other", "population", "level", 0.8)
    if what.compound or (what.start == what.end and number.relation == "exactly" and not leans):
        return None
    leans = leans and what.start == what.end
    if seen.line.at(seen.words[1]) == "out":
        return _make(seen, "other", _unit(seen, "other"), "level", 0.8)
    low = number.low if number.low is not None else number.high or 0
    if low <= 1 and number.relation == "about":
        return None  # "about one of the most famous painters"
    back = seen.first - 1
    back -= seen.line.at(back) in {"other", "remaining", "first", "last"}
    definite = seen.line.at(back) in {"the", "these", "those", "his", "her", "their", "its", "all", "both"}
    if leans and definite:
        return None
    if low >= 20 and _crowd(seen):
        return _make(seen, "participants", _unit(seen, "participants"), "event", 0.7)
    if number.relation == "vague" and low < 20:
        return None
    if low < (5 if definite else 3) and number.relation in {"exactly", "vague"}:
        return None
    if what.head and not looks_plural(what.head) and low > 1:
        return None
    return _make(seen, "other", _unit(seen, "other"), change_of(seen, "other"), 0.6)


_SWARMS = cues.CROWD - {"together", "walked", "turned", "joined", "march", "strike"}
"""Words that make "thousands" a crowd where nothing says of whom."""


def _crowd(seen: Seen) -> bool:
    """Do the words behind (or "by the thousands") make a large number of people a crowd?"""
    what, line, first = seen.counted, seen.line, seen.first
    if what.start == what.end:
        drove = line.at(first - 1) == "the" and line.at(first - 2) in {"by", "in"}
        return seen.number.relation == "vague" and (drove or not _SWARMS.isdisjoint(line.low[what.end : what.end + 8]))
    if what.head in cues.NOT_PEOPLE or what.head in cues.HEADS:
        return False
    return not cues.CROWD.isdisjoint(line.low[what.end : what.end + 14])


def _admitted(seen: Seen, cue: Cue) -> bool:
    """Is a number with a cue a figure?  "One" and "several" need a verb, singular nouns need a reason."""
    number, what = seen.number, seen.counted
    if what.start == what.end and seen.line.at(seen.first - 1) == "the" and cue.how not in {"passive", "toll"}:
        return False
    word = seen.text[number.core : number.end].lower()
    if number.low == 1 and number.high == 1 and word in {"one", "1"}:
        if what.part and what.head not in {"them", "whom", "which", "those"}:
            return cue.strength == 3 or (cue.strength == 2 and seen.line.at(what.end) in cues.BEING)
        return cue.strength >= 2 or (cue.strength == 1 and what.start == what.end and cue.measure in cues.OF_PEOPLE)
    if number.relation == "vague" and (number.low or 0) < 20:
        return cue.strength >= 2 or cue.measure in {"weapons", "held"}
    return True


def _unit(seen: Seen, measure: str) -> str:
    """What is counted, in the report's words; "people" where an ellipsis leaves the victims out."""
    what, line = seen.counted, seen.line
    start = what.start
    while start < what.end and line.low[start] in cues.DETERMINERS | {"'s", "’s"}:
        start += 1
    if what.head in {"others", "them", "whom", "those", "which"} or start >= what.end:
        if measure == "votes":
            return "votes"
        if measure not in cues.OF_PEOPLE and seen.before is not None and seen.before.measure not in BY_FORM:
            return seen.before.unit
        return "people"
    return seen.text[line.spans[start][0] : line.spans[what.end - 1][1]]


def _clause(seen: Seen) -> Range:
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
    seen: Seen, measure: str, unit: str, change: str, confidence: float, *,
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


def _hinted(seen: Seen, draft: FigureDraft | None, hint: Mapping[str, float] | None) -> FigureDraft | None:
    """The rule's figure, corrected by the neural head where no explicit cue governs the number."""
    if not hint or (draft and draft.explicit):
        return draft
    best = max(sorted(hint), key=lambda m: hint[m])
    if hint[best] < _HEAD_WEIGHT or (draft and best == draft.measure):
        return draft
    if best == "none":
        return None
    if best not in cues.MEASURES or best in BY_FORM or (draft and draft.measure in BY_FORM):
        return draft
    company = seen.line.at(seen.first - 1) in {"his", "her", "their"} and seen.line.at(seen.first - 2) == "with"
    if best in cues.OF_PEOPLE and (company or seen.counted.head in cues.NOT_PEOPLE):
        return draft  # "she fled with her five children"
    change = change_of(seen, best)
    return _make(seen, best, _unit(seen, best), change, hint[best])
