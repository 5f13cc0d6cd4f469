"""A document -> the noun phrases and pronouns in it that may stand for actors (`Chunk`), in text order, by rule.

A head noun from the lists is widened to the left over its modifiers to a determiner.  What no record needs is never
shown; the chunks are there so that "a gunman … the gunman said" finds its beginning.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.reader.nominals import PRONOUNS, is_head, is_plural, singular
from onrecord.reader.noun_words import (
    DETERMINERS,
    DOCUMENT_HEADS,
    GENERIC_PEOPLE,
    INDEFINITE,
    MASS_GROUPS,
    NOT_MODIFIER,
    ORGANISATION_HEADS,
    PERSON_HEADS,
    STATE_HEADS,
)

if TYPE_CHECKING:
    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Document

_BARE_SINGULAR = frozenset("police parliament opposition intelligence congress prosecution".split())
"""Singular nouns that stand for an actor without a determiner."""
_OBJECTS = frozenset("him them me us himself herself itself themselves".split())
_NOT_THIRD = frozenset("this these those some others many self".split())
_COUNT_WORDS = GENERIC_PEOPLE - {"person", "people"}
_OFTEN_VERB = frozenset(
    "force head guard count report sign record call note request post state party judge question chair captain".split()
)
_NO_DETERMINER = frozenset(
    "at about up even also only just over under than that what whose roughly nearly almost around least".split()
)
_ADJECTIVES = frozenset(
    "ruling leading warring neighbouring neighboring outgoing remaining acting visiting surviving fighting armed displaced injured wounded "
    "masked detained united retired exiled accused trained hooded uniformed unidentified unnamed unarmed alleged suspected jailed "
    "captured combined allied".split()
)
_POSSESSIVE = ("'s", "’s", "'", "’")
_MAX_LEFT = 7
_AUXILIARY = frozenset(
    "is are was were be been has have had will would can could may might must shall should did does do not said says told tells "
    "added adds also then later never still again".split()
)
_IRREGULAR = frozenset(
    "said told went took made came gave saw knew thought found left sent built held kept led met put ran set sat won lost paid "
    "wrote spoke began became brought bought caught fell felt fought flew got grew hit let read rose sold shot stood stuck "
    "drove swore taught threw wore denied vowed ordered".split()
)
CLAUSE_OPENERS = frozenset(
    "that as when while who which after before because if but and where although though since until whom whose".split()
)
_LEADS = frozenset(
    "that and but as while when because after before if where although though since so or than whether".split()
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun phrase up to its head (`at` is the head's word number), or a third-person pronoun."""

    start: int
    end: int
    at: int
    pronoun: str = ""


def scan(document: Document, names: list[Name]) -> list[Chunk]:
    """All chunks of a document, in text order."""
    taken = _taken(document, names)
    found: list[Chunk] = []
    for first, last in document.sentence_words:
        for i in range(first, last):
            if i in taken:
                continue
            word = document.word(i)
            low = word.lower()
            if PRONOUNS.get(low, "") in ("m", "f", "n", "p") and low not in _NOT_THIRD:
                found.append(Chunk(*document.words[i], i, low))
            elif len(low) > 2 and _heads_phrase(document, i, first, last, taken):
                left = _left(document, i, first, taken)
                if _wanted(document, left, i, first):
                    found.append(Chunk(document.words[left][0], document.words[i][1], i))
    return found


def _taken(document: Document, names: list[Name]) -> dict[int, str]:
    """Word number -> label, for the words of names."""
    return {i: n.label for n in names for i in document.words_in(n.start, n.end)}


def _heads_phrase(document: Document, i: int, first: int, last: int, taken: dict[int, str]) -> bool:
    word = document.word(i)
    if not word[:1].isalpha() or (word[:1].isupper() and i > first and document.word(i - 1).lower() not in DETERMINERS):
        return False
    if not is_head(word.lower()) or word.lower() in _COUNT_WORDS:
        return False
    if i + 1 < last:
        if taken.get(i + 1) == "Person":
            return False  # a title
        nxt = document.word(i + 1)
        if document.words[i + 1][0] == document.words[i][1] and nxt == "-":
            return False
        if (
            nxt.islower()
            and nxt not in NOT_MODIFIER
            and is_head(nxt)
            and nxt not in _OFTEN_VERB
            and not nxt.endswith("ed")
        ):
            return False
    return True


_SEVERAL = frozenset("two three four five six seven eight nine ten several many few".split())


def _left(document: Document, i: int, first: int, taken: dict[int, str]) -> int:
    """The word number at which the phrase of a head begins."""
    left, counted = i, False
    while left > first and i - left < _MAX_LEFT:
        low = document.word(left - 1).lower()
        if low[:1].isdigit() or (low in INDEFINITE and low not in ("a", "an")):
            left, counted = left - 1, True
        elif low in DETERMINERS and low not in _NO_DETERMINER:
            left -= 1
            if low not in ("same", "both", "such"):
                break
        elif not counted and _modifies(document, left, i, taken):
            left -= 1
        else:
            break
    if document.word(left).lower() not in DETERMINERS:
        while left < i and left - 1 not in taken and _is_verb(document.word(left).lower()):
            left += 1
    while left < i and document.word(left) in (*_POSSESSIVE, "-", "and"):
        left += 1
    return left


def _is_verb(low: str) -> bool:
    return low.endswith("ed") and low not in _ADJECTIVES


def _modifies(document: Document, left: int, i: int, taken: dict[int, str]) -> bool:
    """Does the word before `left` belong to the phrase as a modifier?"""
    word = document.word(left - 1)
    low = word.lower()
    if low in (*_POSSESSIVE, "-"):
        return True
    if left - 1 in taken:  # names modify; a person's only as an owner
        return taken[left - 1] != "Person" or (left < i and document.word(left) in _POSSESSIVE)
    if low in NOT_MODIFIER or low in _IRREGULAR or not word[:1].isalnum() or low.endswith("ly"):
        return False
    before = document.word(left - 2).lower() if left > 1 else ""
    return not low.endswith("ing") or low in _ADJECTIVES or before in DETERMINERS


def _wanted(document: Document, left: int, i: int, first: int) -> bool:
    """Singular nouns need a determiner or a modifier; documents and words that are often verbs a determiner."""
    low = document.word(i).lower()
    s = singular(low)
    lead = document.word(left).lower()
    if lead in ("any", "no", "every", "each", "what", "whatever"):
        return False
    if (
        left < i
        and (lead in _SEVERAL or lead.isdigit())
        and s == low
        and s not in MASS_GROUPS
        and low not in _BARE_SINGULAR
    ):
        return False  # "two government" of "two government surveyors"
    has_determiner = left < i and (lead in DETERMINERS or any(document.word(k) in ("'s", "’s") for k in range(left, i)))
    if low in _OFTEN_VERB or (s in DOCUMENT_HEADS and s not in PERSON_HEADS | ORGANISATION_HEADS):
        return has_determiner
    if is_plural(low) or low in _BARE_SINGULAR or s in MASS_GROUPS:
        return True
    return left < i or (i == first and s in STATE_HEADS | PERSON_HEADS)


def prominence(document: Document, start: int, end: int) -> int:
    """How prominent a mention is in its sentence: 2 a subject, 1 elsewhere, 0 inside another phrase.

    No parse: a subject opens a clause and a verb follows, or it follows a verb of saying.
    """
    words = document.words_in(start, max(end, start + 1))
    if not len(words):
        return 1
    home = document.sentence_words[max(0, document.sentence_at(start))]
    first = words.start - (words.start > home[0] and document.word(words.start - 1).lower() == "the")
    before = document.word(first - 1).lower() if first > home[0] else ""
    after = document.word(words.stop).lower() if words.stop < home[1] else ""
    if after in ("'s", "’s"):
        return 0
    if words.start == words.stop - 1 and document.word(words.start).lower() in _OBJECTS:
        return 1
    if before in ("said", "says", "added", "wrote", "adds") or _nominative(document, words, after):
        return 2
    if before == "as" and document.word(words.start).lower() in ("a", "an"):
        return 0
    opens = before in ("", ",", "-", "–", "—", ";", ":", "(", "“", '"', "”", "’", "'") or before in _LEADS
    verb = (
        after in _AUXILIARY
        or after in _IRREGULAR
        or after.endswith("ed")
        or (after.endswith("s") and after.isalpha() and len(after) > 3)
    )
    if opens and (verb or before != "," or after in (",", "(", "–", "—", "who")):
        return 2
    if before in ("of", "for", "in", "at", "from", "with", "by", "near", "against", "to", "on"):
        return 0 if before in ("of", "in", "at", "from", "near") else 1
    return 1


def _nominative(document: Document, words: range, after: str) -> bool:
    """ "He", "they", and "it" before a verb are subjects wherever they stand."""
    word = document.word(words.start).lower() if len(words) == 1 else ""
    return word in ("he", "she", "they") or (word == "it" and (after in _AUXILIARY or after in _IRREGULAR))


def titled(document: Document, start: int) -> int:
    """Where the title before a person's name begins."""
    words = document.words_in(start, start + 1)
    first = document.sentence_words[max(0, document.sentence_at(start))][0]
    i = words.start
    while i > first and words.start - i < _MAX_LEFT:
        word = document.word(i - 1)
        if not (
            word[:1].isupper()
            or is_head(word.lower())
            or word.lower() in ("'s", "’s", "the", "of", "for", ".", "former", "deputy")
        ):
            break
        if word == "." and len(document.word(i - 2)) > 4:
            break
        i -= 1
    return document.words[i][0]


def quote_of(document: Document, starts: list[int], offset: int) -> int:
    """Number of the quotation that holds an offset, or -1 (by bisection over the quotations' starts)."""
    i = bisect_right(starts, offset) - 1
    return i if i >= 0 and document.quotes[i][0] <= offset < document.quotes[i][1] else -1
