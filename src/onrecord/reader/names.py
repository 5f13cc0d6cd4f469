"""The encoder's names, made consistent over a report: one class per name, known bodies and datelines put right."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias, known_role
from onrecord.gazetteer import country_by_name, country_of_capital
from onrecord.reader.contents import speaks_of
from onrecord.reader.encoder import Span
from onrecord.reader.given_names import usual_gender
from onrecord.reader.nominals import PRONOUNS, country_of
from onrecord.reader.noun_words import DETERMINERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores

MIN_SCORE = 0.35
_TITLE_WORDS = frozenset(
    "prime foreign defence defense interior vice deputy executive secretary mr mrs ms dr sir former acting the".split()
)
_STYLES = frozenset("king queen prince princess pope sheikh imam ayatollah emir sultan lord lady saint".split())
"""Titles that are part of a name."""
_POSSESSIVE = re.compile(r"['’]s?$")
_GENERAL = frozenset(
    "local state national regional federal central provincial municipal foreign military ethnic western".split()
)
"""What opens a sentence with a capital and is no name ("Local media", "State television")."""
_OWNS = re.compile(r"[A-Z]{2,}|[\w.-]+['’]s?|['’]s?")
"""A body's acronym or an owner before a title: they are whose the office is."""
_STATE_AFTER = re.compile(
    r"['’]s?\s+(?:\w+\s+)?(?:government|army|military|parliament|president|prime|foreign|defen[cs]e|ministry|police|capital|"
    r"border|coast|forces|economy)\b"
)


def find_names(document: Document, scores: Scores, places: Iterable[Range] = ()) -> list[Span]:
    """Names as word spans with their class, in text order; `places` are known place names (a dateline's)."""
    found = [
        _without_title(document, own)
        for s in scores.spans("ner")
        if s.score >= MIN_SCORE and s.label not in ("Date", "Money") and (own := _without_owner(document, s))
    ]
    fixed = [Span(w.start, w.stop, "Location", 1.0) for r in places if len(w := document.words_in(*r))]
    found = [s for s in found if not any(s.first < f.last and f.first < s.last for f in fixed)] + fixed
    bodies = _known(document, found)
    found = [s for s in found if not any(s.first < b.last and b.first < s.last for b in bodies)] + bodies
    surnames = {_key(document, s).split()[-1] for s in found if s.label == "Person" and s.last - s.first > 1}
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for s in found:
        votes[_key(document, s)][s.label] += s.score + _hint(document, s)
    settled = [
        Span(s.first, s.last, _settle(document, s, votes[_key(document, s)], surnames), s.score)
        for s in sorted(found, key=lambda s: s.first)
    ]
    return [s for s in settled if _is_name(document, s)]


def _without_owner(document: Document, s: Span) -> Span | None:
    """A name without the sign of the possessive before it ("Varda" + "'s Interior Ministry")."""
    first = s.first
    while first < s.last and _POSSESSIVE.fullmatch(document.word(first)):
        first += 1
    if first == s.first:
        return s
    return Span(first, s.last, s.label, s.score) if first < s.last else None


def _without_title(document: Document, s: Span) -> Span:
    """A person's name without the titles before it, and without whose they are ("Vardan Foreign Minister Ann Other")."""
    if s.label != "Person":
        return s
    first, role = s.first, s.first
    while first < s.last - 1:
        word = document.word(first)
        low = word.lower().rstrip(".")
        if low in _STYLES:
            break
        if low in _TITLE_WORDS or known_role(low):
            role = first + 1
        elif not (_OWNS.fullmatch(word) or country_of(word)):
            break
        first += 1
    return s if role == s.first else Span(role, s.last, s.label, s.score)


def _is_name(document: Document, s: Span) -> bool:
    """Not a lone article or pronoun, nor a title without the person that bears it."""
    words = [document.word(i) for i in range(s.first, s.last)]
    if not any(w[:1].isupper() for w in words) or not speaks_of(document, s.first, s.last):
        return False
    if all(_is_particle(w) for w in words):
        return False
    untitled = s.label not in ("Person", "Organization")
    return untitled or not all(known_role(w.lower()) or w.lower() in _TITLE_WORDS for w in words)


def _is_particle(word: str) -> bool:
    """ "Its", "The", a lone mark; "US" and "WHO" are names."""
    low = word.lower()
    closed = low in PRONOUNS or low in DETERMINERS or low in _GENERAL
    return not word[:1].isalnum() or (closed and not (len(word) > 1 and word.isupper()))


def _known(document: Document, found: list[Span]) -> list[Span]:
    """Bodies of the actor table: the longest run of capitalised words that it lists, where the encoder has passed it
    over or cut it up ("United" + "Nations")."""
    taken: dict[int, Span] = {i: s for s in found for i in range(s.first, s.last)}
    extra: list[Span] = []
    for first, last in document.sentence_words:
        i = first
        while i < last:
            n = next((n for n in range(min(4, last - i), 0, -1) if _listed(document, i, i + n, taken)), 0)
            if n:
                extra.append(Span(i, i + n, "Organization", 0.6))
            i += n or 1
    return extra


def _listed(document: Document, first: int, last: int, taken: dict[int, Span]) -> bool:
    words = [document.word(i) for i in range(first, last)]
    if not (words[0][:1].isupper() and words[-1][:1].isupper()):
        return False
    over = {taken[i] for i in range(first, last) if i in taken}
    if any(s.first < first or s.last > last or (s.first, s.last) == (first, last) for s in over):
        return False  # part of a longer name, or seen already
    if len(words) == 1 and (over or len(words[0]) < 4):
        return False
    known = actor_by_alias(" ".join(words))
    return known is not None and known.kind in ("organization", "group", "media")


def _words(document: Document, s: Span) -> str:
    return document.text[document.words[s.first][0] : document.words[s.last - 1][1]]


def _key(document: Document, s: Span) -> str:
    return _POSSESSIVE.sub("", _words(document, s))


def _hint(document: Document, s: Span) -> float:
    """A lone "person" that has a government, or stands after "in", votes as the place that it is."""
    if s.label != "Location" or s.last - s.first > 2:
        return 0.0
    after = document.text[document.words[s.last - 1][1] : document.words[s.last - 1][1] + 30]
    return 1.0 if _STATE_AFTER.match(after) else 0.0


def _settle(document: Document, s: Span, votes: dict[str, float], surnames: set[str]) -> str:
    """The class that the report as a whole gives a name; tables decide where they know it."""
    name = _key(document, s)
    if s.label in ("Location", "Organization", "Person", "Misc") and country_by_name(name):
        return "Location"
    known = actor_by_alias(name)
    if known and known.kind in ("organization", "group", "media") and s.label != "NORP":
        return "Organization"
    if name in surnames and s.label != "NORP":
        return "Person"
    if s.label == "Person" and country_of_capital(name) and not usual_gender(name):
        return "Location"
    end = document.words[s.last - 1][1]
    if s.label == "Person" and s.last - s.first == 1 and _STATE_AFTER.match(document.text[end : end + 40]):
        return "Location"
    return max(sorted(votes), key=lambda label: votes[label])
