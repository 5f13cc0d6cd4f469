"""What a number counts: the words of a sentence (`Line`) and the noun phrase after a number (`Counted`)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader import figure_cues as cues
from onrecord.reader.numerals import NUMERAL_WORDS

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.numbers import Number

_MAX_WORDS = 9
"""Longest noun phrase read, in words; longer ones are nearly always a missed verb."""
_MORE = frozenset(
    "more other others additional further of the these those his her its their our all such fellow".split()
)
_ENDS_PHRASE = (
    cues.PREPOSITIONS | cues.SUBORDINATORS | cues.AUXILIARIES | cues.PRONOUNS | cues.BEING
    | frozenset(
        "and or a an to of not also do does did says say said called came went took made began sent told found left "
        "got "
        "going took come comes go goes ago later earlier old away early late each per every today yesterday tonight "
        "tomorrow monday tuesday wednesday thursday friday saturday sunday dead missing alive hostage captive homeless "
        "wounded injured killed hurt died fled marched held strong lost became saw stood fell rose hit met won gave "
        "wrote "
        "spoke fought broke ran sat lay led kept felt drew threw brought caught sold paid sought built chose drove "
        "flew "
        "grew heard hid knew put sent set shook slept spent stole struck swore swept wore poured walked joined filled "
        "waded".split()
    )
)  # fmt: skip
_YEARLY = frozenset("next last previous past following preceding".split())
_GLUE = frozenset({"-", "’s", "'s", "'", "’", "–"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as words: lower-case forms, raw forms, and their offsets."""

    low: tuple[str, ...]
    raw: tuple[str, ...]
    spans: tuple[Range, ...]
    starts: tuple[int, ...]

    def at(self, i: int) -> str:
        """The i-th word in lower case, "" outside the sentence."""
        return self.low[i] if 0 <= i < len(self.low) else ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase that a number counts, as word numbers: [start, end), its head, and how it was joined.

    `start == end` where the number stands alone ("another 30 were wounded").  `part` marks "four of the
    victims", `compound` the word of "30-year", "three-judge".
    """

    start: int
    end: int
    head: str = ""
    part: bool = False
    compound: str = ""


def line_of(document: Document, sentence: int) -> Line:
    """The sentence's words; built once per sentence that holds a number."""
    first, last = document.sentence_words[sentence]
    spans = document.words[first:last]
    raw = tuple(document.text[a:b] for a, b in spans)
    return Line(tuple(w.lower() for w in raw), raw, spans, tuple(a for a, _ in spans))


def place(line: Line, number: Number) -> tuple[int, int]:
    """Word numbers [first, after) that a number's numeral takes in its line."""
    first = bisect_left(line.starts, number.core)
    if first > 0 and line.spans[first - 1][1] > number.core:
        first -= 1
    return first, max(first + 1, bisect_left(line.starts, number.end))


def counted(line: Line, after: int) -> Counted:
    """The noun phrase that begins at word `after`, right behind a number."""
    i = after
    if (
        line.at(i) == "-"
        and line.at(i + 1)[:1].isalpha()
        and line.at(i + 1) != "to"
        and line.spans[i][1] == line.spans[i + 1][0]
    ):
        word = line.at(i + 1)
        return Counted(*_phrase(line, i + 2), compound=word)
    if line.at(i) in {"per", "percent", "%"}:
        i += 2 if line.at(i + 1) == "cent" else 1
    if line.at(i) == "out" and line.at(i + 1) == "of" and line.at(i + 2)[:1].isalnum():
        return Counted(*_phrase(line, i + 3), part=True)
    part = False
    if line.low[i : i + 3] == ("the", "number", "of"):
        i += 3  # "bringing to 19 the number of peacekeepers killed"
    while line.at(i) in _MORE or (part and _is_numeral(line.at(i))):
        if line.at(i) in {"other", "others"} and _closes(line, i + 1):
            return Counted(i, i + 1, "others", part)
        part = part or line.at(i) == "of"
        i += 1
    if part and line.at(i) in {"them", "us", "whom", "which", "these", "those", "you"}:
        return Counted(i, i + 1, line.at(i), True)
    if part and line.at(i - 1) in {"those", "these"} and line.at(i) in cues.PARTICIPLES:
        return Counted(i - 1, i + 1, line.at(i), True)
    start, end, head = _phrase(line, i)
    if start == end and line.at(i - 1) in {"others", "those", "these"}:
        return Counted(i - 1, i, line.at(i - 1), part)
    return Counted(start, end, head, part)


def _is_numeral(word: str) -> bool:
    """Is the word digits or a number word: the whole of "57 of the 80 drones"?"""
    return word[:1].isdigit() or word in NUMERAL_WORDS


def _closes(line: Line, i: int) -> bool:
    word = line.at(i)
    return word in _ENDS_PHRASE or not word[:1].isalnum() or word in cues.TRANSITIVE or word in cues.HEDGES


def _plural(word: str) -> bool:
    regular = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return regular or word.endswith("men") or word in cues.IRREGULAR_PLURALS


def looks_plural(word: str) -> bool:
    """May the word be a plural noun (or a demonym that counts people)?"""
    return _plural(word) or (word in cues.HEADS and not word.endswith("t"))


def _phrase(line: Line, start: int) -> tuple[int, int, str]:
    """[start, end) of a noun phrase and its head, its last noun."""
    i, head = start, ""
    while i < len(line.low) and i - start < _MAX_WORDS:
        word = line.low[i]
        if word in _GLUE:
            if i == start or i + 1 >= len(line.low):
                break
            i += 1
            continue
        if not word[0].isalpha() or _stops(line, i, start, head):
            break
        head = word
        i += 1
    while i > start and line.low[i - 1] in _GLUE:
        i -= 1
    if head and not _plural(head):
        i, head = _cut(line, start, i, head)
    if head and line.at(i) in {"and", "or", ","} and _plural(head):
        i = _coordinated(line, i)
    return start, i, head


def _cut(line: Line, start: int, end: int, head: str) -> tuple[int, str]:
    """The phrase cut after its last plural noun, where a verb was taken for a noun ("Karsians live")."""
    for i in range(end - 2, start - 1, -1):
        if _plural(line.low[i]) and line.low[i] not in cues.IRREGULAR_PLURALS and line.at(i + 1) not in _GLUE:
            return i + 1, line.low[i]
    return end, head


def _stops(line: Line, i: int, start: int, head: str) -> bool:
    word = line.low[i]
    if i > start and line.low[i - 1] == "-" and line.spans[i - 1][1] == line.spans[i][0]:
        return False  # "surface-to-air missiles"
    if word in _YEARLY and line.at(i + 1) in cues.PLURAL_UNITS:
        return True  # "some 600 the previous day"
    if word in _ENDS_PHRASE:
        return word not in {"wounded", "injured"} or not _plural(line.at(i + 1)) or i > start
    if i == start:
        return word in cues.INTRANSITIVE and not (word.endswith("ing") and _plural(line.at(i + 1)))
    if word in cues.INTRANSITIVE and _plural(head):
        return True
    verbal = word.endswith(("ed", "ing", "ly")) or word in cues.TRANSITIVE or word in cues.HEDGES
    return verbal and _plural(head) and line.low[i - 1] not in _GLUE


def _coordinated(line: Line, i: int) -> int:
    """The end of "leaders and politicians": plural nouns joined to the first one without a number of their own."""
    end = first = i
    while line.at(i) in {"and", "or", ","}:
        j = i + 2 if line.at(i) == "," and line.at(i + 1) in {"and", "or"} else i + 1
        k = j
        while k < len(line.low) and k - j < 3 and line.low[k].isalpha() and not _closes_list(line.low[k]):
            k += 1
        if k == j or not _plural(line.low[k - 1]) or line.low[j] in cues.TRANSITIVE:
            break
        if j == i + 2 and i == first:  # a comma before "and" after two members opens a clause
            break
        i = k
        if line.at(j - 1) != ",":
            return k
    return end


def _closes_list(word: str) -> bool:
    """Can the word stand in no member of a list without a number: "and six", "and return the remains"?"""
    return word in _ENDS_PHRASE or word in cues.DETERMINERS or word in cues.ADVERBS or _is_numeral(word)
