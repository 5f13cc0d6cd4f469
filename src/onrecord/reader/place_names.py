"""Text into the spans that name places, by look-up alone: a supplement to the recogniser, and its stand-in.

Countries, demonyms, curated names and big cities are found wherever they stand capitalised; smaller
places only after a preposition of place.  Names inside the names of organisations and persons
("University of Texas", "Paris Hilton") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.gazetteer import TYPE_WORDS, Gazetteer, Place, country_by_name, default_gazetteer, demonym
from onrecord.reader.all_caps import written_small

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.reader.document import Document, Range

Label = Literal["Location", "Facility", "NORP"]

BIG_CITY = 100_000
BIG_ALTERNATE = 150_000
"""An alternate name must belong to a bigger city: small ones' alternates are often common words."""
AFTER_PREPOSITION = 2_000
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A span that names a place; `label` is the recogniser's: Location, Facility or NORP (people of a place)."""

    start: int
    end: int
    label: Label


_ARTICLE = r"(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]d|[Aa]n|[Aa]r|[Aa]t|[Aa]z|[Ee]d|[Ee]z|[Ee]s|[Bb]in|[Uu]l)"
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}|(?:{_ARTICLE}[- ])?[A-ZÀ-ÞĀ-Ž][\w]*(?:[-'’](?!s\b)[\w]+)*(?:\.(?=\s[A-Z])(?<=St\.))?|[a-z]+|\S"
)
_JOINERS = frozenset({"of", "and", "the", "de", "du", "la", "al", "el", "da"})
_PREPOSITIONS = frozenset("in at near from into outside inside around toward towards across leaving entering".split())
_ORGANISATION = frozenset(
    "university college institute bank company corporation corp inc party association federation union agency times "
    "post news observatory club airlines airways group brigade brigades front movement foundation society press "
    "television tv radio red ministry department congress court league united city's herald tribune journal gazette "
    "bureau commission institution centre center oil petroleum industries motors steel".split()
)
_ORGANISATION_OF = frozenset(
    "university bank college institute republic kingdom church bishop archbishop museum society club duke prince "
    "princess earl diocese house".split()
)
_ROLES = frozenset(
    "president prime foreign defence defense minister secretary ambassador king queen prince general gen col army navy "
    "police air force government embassy parliament senate supreme national state federal interior central deputy vice "
    "special security council attorney".split()
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|President|Minister|Secretary|Senator|Sen|Gen|General|Col|Colonel|Queen|King|Prince|"
    r"Judge|Rep|Gov|Prof|Chancellor|Ambassador)\.?\s(?:[A-Z]\w+\s(?:[A-Z]\.\s)?)?([A-Z][\w'’-]+)"
)
_COMMON = frozenset(
    "west east north south gulf strip capitol horn central amazon pacific atlantic channel street square parliament "
    "opposition liberation independence arctic sabra ariel dora green lesbos nova maras bali palma ashraf cabinet "
    "jungle admiralty mobile reading nice orange victoria florence sharon jordan's bath buffalo phoenix san santa "
    "saint new march may august mon sun tue wed thu fri sat monday tuesday wednesday thursday friday saturday "
    "sunday january february april june july september october november december split male man of most union best "
    "university george god bush elizabeth enterprise liberty northern southern eastern western police battle hope "
    "church".split()
)
"""Words that are place names too but, alone, seldom mean the place."""


def names_place(document: Document, name: PlaceName, days: Sequence[Range] = ()) -> bool:
    """Can a name be a place's?  A people without a country ("Sunni") and a date are none, nor is a word that is written
    small elsewhere and has its capital from opening a sentence ("Local media reported …").  `days` are the ranges of
    the text's time expressions, in order."""
    words = document.text[name.start : name.end]
    at = bisect_right(days, (name.start, name.end + 1)) - 1
    if any(a <= name.start and name.end <= b for a, b in days[max(0, at) : at + 2]):
        return False
    if name.label == "NORP":
        return bool(country_by_name(words) or demonym(words) or any(map(demonym, words.split())))
    first = document.sentences[max(0, document.sentence_at(name.start))][0]
    return not (
        words.isalpha() and document.text[first : name.start].strip() in _OPENERS and written_small(words.lower())
    )


_OPENERS = frozenset({"", '"', "“", "'", "‘", "("})


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        return any(c.isupper() for c in self.text)


def find_place_names(document: Document, *, gazetteer: Gazetteer | None = None) -> list[PlaceName]:
    """The place names of a text in order, not overlapping."""
    gaz = gazetteer or default_gazetteer()
    found: list[PlaceName] = []
    persons = {m[1] for m in _TITLED.finditer(document.text)}
    for start, end in document.sentences:
        tokens = [_Token(*m.span(), m.group()) for m in _TOKEN.finditer(document.text, start, end)]
        found.extend(
            n for n in _in_sentence(document.text, tokens, gaz) if document.text[n.start : n.end] not in persons
        )
    return found


def _in_sentence(text: str, tokens: list[_Token], gaz: Gazetteer) -> Iterator[PlaceName]:
    i = 0
    while i < len(tokens):
        if not tokens[i].capital:
            i += 1
            continue
        for j in range(min(len(tokens), i + MAX_WORDS), i, -1):
            if not _may_span(tokens[i:j]):
                continue
            label = _label(text[tokens[i].start : tokens[j - 1].end], tokens, i, j, gaz)
            if label and not _inside_other_name(tokens, i, j, label):
                yield PlaceName(tokens[i].start, tokens[j - 1].end, label)
                i = j - 1
                break
        i += 1


def _may_span(tokens: list[_Token]) -> bool:
    if tokens[0].text == "The" and (len(tokens) != 2 or tokens[1].text not in {"Hague", "Gambia", "Bahamas"}):
        return False
    if len(tokens) > 1 and tokens[-1].text == "I":  # "Then I will decide"
        return False
    return tokens[-1].capital and all(t.capital or t.text in _JOINERS for t in tokens)


def _label(phrase: str, tokens: list[_Token], i: int, j: int, gaz: Gazetteer) -> Label | None:
    """What kind of place name the phrase is, or None."""
    if j - i == 1 and (phrase.lower() in _COMMON or (len(phrase) < 3 and not phrase.isupper())):
        return None
    if country_by_name(phrase):
        return "Location"
    if demonym(phrase):
        return "NORP"
    if len(phrase) < 4 and phrase.isupper():
        return "Location" if phrase in {"EU", "NYC"} else None
    places = [p for p in gaz.candidates(phrase) if p.match != "loose"]
    if not places:
        return None
    led = i > 0 and tokens[i - 1].text in _PREPOSITIONS
    opening = i == 0 and j - i == 1
    if any(_notable(p, led, opening) for p in places):
        return "Facility" if all(p.feature_class == "S" for p in places if p.curated or p.population) else "Location"
    return None


def _notable(place: Place, led: bool, opening: bool) -> bool:
    """Is a place well enough known for its bare name, as it stands, to mean it?"""
    if place.curated:
        return True
    if place.feature_code.startswith("ADM"):
        return place.match == "name" and place.feature_code == "ADM1" and place.population >= 500_000
    if led and place.match == "name":
        return place.population >= AFTER_PREPOSITION
    floor = BIG_CITY if place.match == "name" else BIG_ALTERNATE
    return place.population >= (1_000_000 if opening else floor)


def _inside_other_name(tokens: list[_Token], i: int, j: int, label: Label) -> bool:
    """Do the capitalised words around the phrase make it part of an organisation's or a person's name?"""
    previous = tokens[i - 1] if i else None
    following = tokens[j : j + 4]
    if previous and previous.text == "of" and i > 1 and tokens[i - 2].text.lower() in _ORGANISATION_OF:
        return tokens[i - 2].capital
    if previous and i > 1 and label != "NORP" and _part_of_person(previous):
        return True
    run = []
    for t in following:
        if not t.capital:
            break
        run.append(t.text.lower())
    if any(w in _ORGANISATION for w in run):
        return True
    if label == "NORP" or not run:
        return False
    if run[0] in _ROLES or run[0] in TYPE_WORDS or demonym(following[0].text):
        return False
    return len(run) <= 2 and following[0].text.isalpha() and not following[0].text.isupper()


def _part_of_person(previous: _Token) -> bool:
    """Is the word before a given name, as far as capitals tell ("William Hague")?  Places and offices are not."""
    word = previous.text
    if not (word.isalpha() and word.istitle() and len(word) > 2):
        return False
    lower = word.lower()
    return not (lower in _ROLES or lower in TYPE_WORDS or lower in _COMMON or demonym(word) or country_by_name(word))
