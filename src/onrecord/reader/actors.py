"""Mentions of people, organisations, states and groups -> the report's actors (within-report coreference).

Names are entities from the start (`Roster`); noun phrases and pronouns are read in text order, each taken as going on
with an entity or as a new one.  What is asked for is looked up; entities that no record needs are never shown.  The
order of the sieves (exact names, heads, near-synonyms, pronouns) follows Lee et al. 2013, the salience centring.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader import coref_phrases as phrases
from onrecord.reader.coref_scan import Chunk, prominence, scan, titled
from onrecord.reader.describe import of_range
from onrecord.reader.discourse import Discourse
from onrecord.reader.entities import Entity
from onrecord.reader.issuers import Issuers
from onrecord.reader.nominals import PRONOUNS, NounPhrase, is_head, noun_phrase, singular
from onrecord.reader.noun_words import STOPPERS
from onrecord.reader.phrase_book import PhraseBook, short_title, without_article
from onrecord.reader.roster import Roster
from onrecord.reader.sources import anonymous_near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Span as Labelled

__all__ = ["ActorBook", "Entity"]

_TRIM = " \t\n\"'“”‘’«»,;:()[]—–-"
_OF = re.compile(r"(?:of|by|from|with)\s+")
_PAIR = re.compile(
    r"^(?:both|each|neither|either|the two|the|the warring|the rival|the opposing|all)?\s*(?:sides?|parties|countries|states|nations|"
    r"governments|capitals?|neighbou?rs|foes|enemies|belligerents|armies|warring parties|warring sides)$",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:both|the two|the|each|either|neither)\s+(?:(?:warring|rival|opposing)\s+)?\Z", re.IGNORECASE)
_PAIR_HEADS = frozenset(
    "side party country state nation government capital neighbour neighbor foe enemy belligerent army".split()
)
_NOT_STATES = frozenset("side party foe enemy belligerent".split())
_SOME = re.compile(
    r"(?:one|two|three|four|five|six|seven|some|several|many|most|another|others|the (?:others?|third|second|first))"
    r"(?: of (?:them|whom|these|those|us))?$",
    re.IGNORECASE,
)
_SINGLE = frozenset("one another other third second first".split())
_SMALL = frozenset("of the and for to on in by al de bin".split())
_NAME = r"(?:[A-Z][\w'’.-]+|al-\w+|bin|van|von|de)"
_TRAILING = re.compile(rf",?\s+({_NAME}(?:\s+{_NAME}){{0,3}})")
_DATELINE = re.compile(r"\s*[,(/–—-]")
_MAX_TEXT = 160
_MAX_SPAN = 600
"""Of longer spans only the beginning is read: they stand for no actor."""


class ActorBook:
    """All actors of one document; `resolve` gives the entity numbers for a span.

    `names` are (start, end, label) of every name found; `entities` grows as spans are resolved, and its numbers stay.
    """

    def __init__(self, document: Document, names: Iterable[Labelled]) -> None:
        self.document = document
        self.roster = Roster(document, names)
        self.entities: list[Entity] = self.roster.entities
        self.names: list[tuple[int, int, str]] = [(n.start, n.end, n.label) for n in self.roster.names]
        self.speakers: list[tuple[int, int]] = []
        """(offset, entity) of everyone who has spoken so far."""
        self._resolved: dict[Range, tuple[int, ...]] = {}
        chunks = scan(document, self.roster.names)
        self._discourse = Discourse(document, self.roster)
        self._phrases = PhraseBook(document, self.roster, self._discourse, chunks)
        self._issuers = Issuers(document, self.roster, self._discourse, self._phrases)
        queue: list[tuple[int, Chunk | Name]] = [(n.start, n) for n in self.roster.names]
        queue += [(c.start, c) for c in chunks]
        self._queue = sorted(queue, key=lambda item: item[0])
        self._next = 0

    # --- reading on ----------------------------------------------------------------------------------------

    def _advance(self, offset: int) -> None:
        """Take in what stands before an offset."""
        while self._next < len(self._queue) and self._queue[self._next][0] < offset:
            item = self._queue[self._next][1]
            self._next += 1
            if not isinstance(item, Chunk):
                self._take_name(item)
            elif item.pronoun:
                self._take_pronoun(item)
            elif item.at not in self._phrases.heads:
                self._take_phrase(item)

    def _take_name(self, n: Name) -> None:
        rank = prominence(self.document, titled(self.document, n.start) if n.label == "Person" else n.start, n.end)
        if n.label in ("Location", "Facility", "NORP") and not self._acts(n, rank):
            return
        found = self._entity_of(n)
        if found is not None:
            self._discourse.note(n.start, (found,), rank, "name")

    def _acts(self, n: Name, rank: int) -> bool:
        """Is a place or people named as one that acts or owns, not as where something is?"""
        text = self.document.text
        if n.label == "NORP":
            return rank == 2 and phrases.is_population(n.text)
        dateline = _DATELINE.match(text, n.end) and not text[max(0, n.start - 2) : n.start].strip()
        return (rank == 2 and not dateline) or text[n.end : n.end + 2] in ("'s", "’s")

    def _take_pronoun(self, c: Chunk) -> None:
        if self._discourse.quoted(c.start):
            return  # whose quotation it is is not known yet
        if found := self._discourse.pronoun(c.pronoun, c.start, None):
            self._phrases.pronouns[c.at] = found

    def _take_phrase(self, c: Chunk) -> None:
        text = self.document.text
        phrase = noun_phrase(text[c.start : c.end])
        if pair := self._pair(phrase, c.start, c.end):
            self._discourse.note(c.start, pair, prominence(self.document, c.start, c.end), "nominal")
            return
        names = self.roster.inside(c.start, c.end)
        name = phrases.head(text, c.start, c.end, names).name if names else None
        if name is not None and (number := self.roster.entity_of(name)) is not None:  # "the Sun newspaper"
            self._phrases.heads[c.at] = number
            self._discourse.note(c.start, (number,), prominence(self.document, c.start, c.end), "name")
            return
        found = self._phrases.entity(phrase, c.start, c.end, c.at, None)
        if found is not None:
            self.entities[found].mention(c.start, c.end, "nominal")

    # --- spans ---------------------------------------------------------------------------------------------

    def resolve(self, start: int, end: int, *, speaking: bool = False, speaker: int | None = None) -> tuple[int, ...]:
        """Entities that the words [start, end) name; `speaking` marks them as a source, `speaker` is who
        speaks where the words stand (for "I", "we")."""
        start, end = self._shrink(start, min(end, start + _MAX_SPAN))
        if start >= end:
            return ()
        start, end = self.roster.whole(start, end)
        key = (start, end)
        if key not in self._resolved:
            self._advance(start)
            found: list[int] = []
            for a, b in phrases.parts(self.document.text, start, end, self.roster.inside(start, end)):
                found += self._part(*self._shrink(a, b), speaker)
            self._resolved[key] = tuple(dict.fromkeys(found))
        numbers = self._resolved[key]
        if numbers and (speaking or len(numbers) > 1):
            rank = 2 if speaking else prominence(self.document, start, end)
            self._discourse.note(start, numbers, rank, "name", spoke=speaking)
        if speaking:
            self.speakers += [(start, i) for i in numbers]
        for i in numbers:
            self._settle(i)
        return numbers

    def _settle(self, number: int) -> None:
        """An actor without a country is of the country that the report is about; bodies of the world and media are not."""
        e, main = self.entities[number], self._discourse.main
        if e.country or e.known or main is None or e.kind in ("media", "document", "state"):
            return
        if not (e.kind == "organization" and e.named and e.sector is None):
            e.country, e.guessed = main, True

    def attach(self, start: int, end: int, form: str, speaker: int | None) -> None:
        """Add a mention to the entity that it continues; nothing where it continues none."""
        start, end = self._shrink(start, end)
        if start >= end or (start, end) in self._resolved or form not in ("nominal", "pronoun"):
            return
        self._advance(end)
        words = self.document.text[start:end]
        found: int | None = None
        if _is_pronoun(words):
            several = self._discourse.pronoun(words.lower(), start, speaker)
            found = several[0] if len(several) == 1 else None
        elif not self.roster.inside(start, end):
            found = self._phrases.heads.get(self._discourse.word_at(start + noun_phrase(words).at[0]))
        if found is not None:
            self.entities[found].mention(start, end, form)

    def state(self, code: str, name: str) -> int:
        """The entity of a country, made when it is first needed."""
        return self.roster.state(code, name)

    def _shrink(self, start: int, end: int) -> Range:
        text = self.document.text
        start, end = max(0, start), min(end, len(text))
        while start < end and text[start] in _TRIM:
            start += 1
        if (of := _OF.match(text, start, end)) and of.end() < end:  # "of Varda and of the front"
            start = of.end()
        while end > start and text[end - 1] in _TRIM and not (text[end - 1] == ")" and "(" in text[start:end]):
            end -= 1
        if text[max(start, end - 2) : end] in ("'s", "’s"):
            end -= 2
        return start, end

    def _part(self, start: int, end: int, speaker: int | None) -> tuple[int, ...]:
        """The entities of one conjunct: of its pronoun, of the name that heads it, or of its noun."""
        if start >= end:
            return ()
        words = self.document.text[start:end]
        if _SOME.match(words):
            return self._some(words, start, end)
        if _is_pronoun(words):
            return self._said_pronoun(words.lower(), start, end, speaker)
        names = self.roster.inside(start, end)
        head = phrases.head(self.document.text, start, end, names)
        if head.name is not None:
            found = self._named(head.name, head.about)
            return (found,) if found is not None else ()
        phrase = noun_phrase(words)
        if (known := self._trailing(phrase, start, end)) is not None:
            return (known,)
        if pair := self._pair(phrase, start, end):
            return pair
        if (known := self._unlabelled(words, start, end)) is not None:
            return (known,)
        if phrase.kind == "document" and (known := self._issuer(phrase, start, end, speaker)) is not None:
            return (known,)
        known = self._described(phrase, start, end, speaker)
        return (known,) if known is not None else ()

    def _issuer(self, phrase: NounPhrase, start: int, end: int, speaker: int | None) -> int | None:
        def described(a: int, b: int) -> tuple[int, ...]:
            return self._part(*self._shrink(a, b), speaker)

        names = self.roster.inside(start, end)
        return self._issuers.issuer(phrase, (start, end), names, speaker, self.speakers, described)

    def _described(self, phrase: NounPhrase, start: int, end: int, speaker: int | None) -> int | None:
        """The entity of a noun phrase that was asked for."""
        at = self._discourse.word_at(start + phrase.at[0])
        found = self._phrases.heads.get(at)
        if found is None or (not self.entities[found].named and self.entities[found].kind == "organization"):
            alias = without_article(self.document.text[start : start + phrase.at[1]])  # "the UN refugee agency"
            if any(c.isupper() for c in alias) and (known := self.roster.alias(alias)) is not None:
                found = self._phrases.heads[at] = known
        if found is None:
            found = self._phrases.entity(phrase, start, end, at, speaker)
        if found is not None:
            self._widen(found, phrase, start, end)
        return found

    def _widen(self, number: int, phrase: NounPhrase, start: int, end: int) -> None:
        """Let the asked span stand for the shorter one that the scan noted, and learn from its words."""
        e, words = self.entities[number], self.document.text[start:end]
        for r in [r for r, form in e.mentions.items() if form == "nominal" and start <= r[0] and r[1] <= end]:
            del e.mentions[r]
        e.mention(start, end, "nominal")
        if not e.named and e.phrase is not None and e.name == e.phrase.core and len(phrase.core) > len(e.phrase.core):
            e.name, e.phrase = short_title(words, phrase), phrase
        if not e.named and len(words) > len(e.description or ""):
            e.description = without_article(words)[:_MAX_TEXT]
        e.country = e.country or phrase.country
        e.sector = e.sector or (None if e.known else phrase.sector)

    # --- pronouns and the like -----------------------------------------------------------------------------

    def _said_pronoun(self, word: str, start: int, end: int, speaker: int | None) -> tuple[int, ...]:
        if word in ("who", "which", "whose", "whom", "that"):
            self._advance(start)
        known = self._phrases.pronouns.get(self._discourse.word_at(start))
        found = known or self._discourse.pronoun(word, start, speaker)
        if len(found) == 1:
            self.entities[found[0]].mention(start, end, "pronoun")
        return found

    def _some(self, words: str, start: int, end: int) -> tuple[int, ...]:
        """ "One of them", "several", "another": one or some of a crowd just spoken of."""
        at = self._discourse.word_at(start)
        if at in self._phrases.heads:
            return (self._phrases.heads[at],)
        whole = self._discourse.pronoun("they", start, None, note=False)
        low = words.lower().split()
        one = any(w in _SINGLE for w in low)
        name = f"{words} of {self.entities[whole[0]].name}" if whole and " of " not in words else words
        e = Entity(without_article(name), "person" if one else "group", False, plural=not one)
        e.head = "one" if one else "some"
        if whole:
            crowd = self.entities[whole[0]]
            e.country, e.sector, e.member_of = crowd.country, crowd.sector, [whole[0]]
            e.nameless = crowd.nameless or anonymous_near(self.document, list(crowd.mentions))
            if one and not crowd.plural and crowd.head in ("group", "force", "army"):
                e.kind = crowd.kind
        number = self.roster.add(e)
        e.mention(start, end, "pronoun")
        self._phrases.heads[at] = number
        self._discourse.note(start, (number,), 2, "pronoun")
        return (number,)

    def _pair(self, phrase: NounPhrase, start: int, end: int) -> tuple[int, ...]:
        """The two parties that "both sides", "each country", "the two governments" mean."""
        if phrase.head not in _PAIR_HEADS:
            return ()
        lead = _BOTH.search(self.document.text[max(0, start - 20) : start])
        words = (lead.group() if lead else "") + self.document.text[start:end]
        if len(words.split()) < 2 or not _PAIR.match(words):
            return ()
        if words.lower().startswith("the ") and not phrase.plural:
            return ()
        return self._discourse.two_parties(start, states=phrase.head not in _NOT_STATES)

    # --- names ---------------------------------------------------------------------------------------------

    def _entity_of(self, n: Name) -> int | None:
        if n.label == "NORP" and phrases.is_population(n.text):
            return self._population(n)
        return self.roster.entity_of(n)

    def _named(self, n: Name, about: Iterable[Range]) -> int | None:
        found = self._entity_of(n)
        if found is not None:
            self.entities[found].mention(n.start, n.end, "name")
            for a, b in about:
                self._learn(found, a, b)
        return found

    def _learn(self, number: int, start: int, end: int) -> None:
        """What the words around a name in its own phrase say of it."""
        e = self.entities[number]
        start, end = self._shrink(start, end)
        if start >= end:
            return
        words = self.document.text[start:end]
        phrase = noun_phrase(words)
        if e.kind == "person":
            d = of_range(self.document.text, start, end)
            if d is not None:
                self.roster.learn(number, d)
                self._phrases.heads[self._discourse.word_at(start + phrase.at[0])] = number
        elif phrase.kind in ("organization", "media", "group", "state") and is_head(phrase.head):
            self.roster.call(number, (phrase.head,))
            e.description = e.description or without_article(words)[:_MAX_TEXT]
            e.country = e.country or phrase.country
            e.sector = e.sector or (None if e.known else phrase.sector)
            if e.known and e.kind == "media" and phrase.head in ("party", "movement", "front", "group"):
                e.kind, e.sector = "organization", phrase.sector  # another bearer of the name
            if phrase.kind == "media" and not e.known:
                e.kind, e.sector = "media", "JRN"

    def _population(self, n: Name) -> int:
        """The people of a country or community as a group ("Egyptians")."""
        key = n.text.lower()
        if self.roster.by_head.get(key):
            return self.roster.by_head[key][0]
        phrase = noun_phrase(n.text)
        state = self.roster.entity_of(n)
        country = self.entities[state].country if state is not None else phrase.country
        e = Entity(n.text, "group", False, country, phrase.sector or "CVL", key, True, heads={key, singular(n.text)})
        return self.roster.add(e)

    def _trailing(self, phrase: NounPhrase, start: int, end: int) -> int | None:
        """ "His sister Ann": a name without a label that ends the phrase of a role."""
        if phrase.kind != "person" or phrase.plural:
            return None
        text = self.document.text
        rest = re.split(r"(?<=\w),| who | which |\s[—–-]", text[start + phrase.at[1] : end])[0]
        m = _TRAILING.fullmatch(rest)
        if m is None or any(w.lower() in STOPPERS for w in m.group(1).split()):
            return None
        at = start + phrase.at[1] + m.start(1)
        number = self.roster.person(at, m.group(1))
        self.entities[number].mention(at, at + len(m.group(1)), "name")
        self._learn(number, start, at)
        self._learn(number, at + len(m.group(1)), end)
        self._discourse.note(start, (number,), prominence(self.document, start, end), "name")
        return number

    def _unlabelled(self, words: str, start: int, end: int) -> int | None:
        """The entity of a name that bears no label: all its words are capitalised, and not by opening a sentence."""
        bare = without_article(words)
        parts = [w for w in bare.replace("-", " ").split() if w not in _SMALL]
        if not 0 < len(parts) < 7 or not all(w[:1].isupper() for w in parts):
            return None
        role = noun_phrase(words)
        if (len(parts) == 1 and is_head(parts[0].lower())) or (role.kind in ("person", "group") and is_head(role.head)):
            return None
        found = self.roster.unlabelled(bare, start)
        if found is not None:
            self.entities[found].mention(start, end, "name")
        return found


def _is_pronoun(words: str) -> bool:
    """ "US" and "WHO" are none."""
    return words.lower() in PRONOUNS and (words == "I" or not words.isupper())
