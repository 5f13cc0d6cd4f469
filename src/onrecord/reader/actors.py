"""Mentions of people, organisations, states and groups -> the report's actors (within-report coreference).

Names are entities from the start (`Roster`); noun phrases and pronouns are read in text order, each taken as going on
with an entity or as a new one.  What is asked for is looked up; entities that no record needs are never shown.  The
order of the sieves (exact names, heads, near-synonyms, pronouns) follows Lee et al. 2013, the salience centring.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader import coref_nominals as nominals
from onrecord.reader import coref_phrases as phrases
from onrecord.reader.coref_pronouns import Mention, Place, antecedent
from onrecord.reader.coref_scan import CLAUSE_OPENERS, Chunk, prominence, quote_of, scan, titled
from onrecord.reader.describe import of_range
from onrecord.reader.entities import Entity
from onrecord.reader.nominals import PRONOUNS, NounPhrase, is_head, noun_phrase, singular
from onrecord.reader.noun_words import DETERMINERS, STOPPERS
from onrecord.reader.roster import Roster
from onrecord.reader.sources import anonymous_near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Span as Labelled

__all__ = ["ActorBook", "Entity"]

_TRIM = " \t\n\"'“”‘’«»,;:()[]—–-"
_NEXT_OWNER = re.compile(r"\s+(?:of|for|from|in|at|with|to|inside|representing)\s+(?:the\s+|an?\s+)?", re.I)
_BY = re.compile(r"\b(?:by|from|of)\s+(?:the\s+|an?\s+)?", re.I)
_PAIR = re.compile(
    r"^(?:both|each|neither|either|the two|the|the warring|the rival|the opposing|all)?\s*(?:sides?|parties|countries|states|nations|governments|capitals?|"
    r"neighbou?rs|foes|enemies|belligerents|armies|warring parties|warring sides|of them|of the (?:two )?(?:sides|parties|countries))?$",
    re.I,
)
_PAIR_HEADS = frozenset("side party country state nation government capital neighbour neighbor foe enemy belligerent rival".split())
_SOME = re.compile(
    r"(?:one|two|three|four|five|six|seven|some|several|many|most|another|others|the (?:others?|third|second|first))(?: of (?:them|whom|these|those|us))?$",
    re.I,
)
_SINGLE = frozenset("one another other third second first".split())
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MAX_DEPTH = 3


class ActorBook:
    """All actors of one document; `resolve` gives the entity numbers for a span."""

    def __init__(self, document: Document, names: Iterable[Labelled]) -> None:
        self.document = document
        self.roster = Roster(document, names)
        self.entities: list[Entity] = self.roster.entities
        self.names: list[tuple[int, int, str]] = [(n.start, n.end, n.label) for n in self.roster.names]
        self.speakers: list[tuple[int, int]] = []
        """(offset, entity) of everyone who has spoken so far."""
        self._resolved: dict[Range, tuple[int, ...]] = {}
        self._heads: dict[int, int] = {}
        """Word number of a head noun -> the entity of its phrase."""
        self._pronouns: dict[int, tuple[int, ...]] = {}
        self._mentions: list[Mention] = []
        self._main_subject: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._quote_starts = [q[0] for q in document.quotes]
        self._chunks = scan(document, self.roster.names)
        self._ruled: set[int] = set()
        """States that were called "the government"."""
        for offset, number in self.roster.described.items():
            self._heads[self._word_at(offset)] = number
        self._queue = self._in_order()
        self._next = 0
        self._main = self.roster.main_country()

    # --- reading on ----------------------------------------------------------------------------------------

    def _in_order(self) -> list[tuple[int, Chunk | Name]]:
        order: list[tuple[int, Chunk | Name]] = [(n.start, n) for n in self.roster.names]
        order += [(c.start, c) for c in self._chunks]
        order.sort(key=lambda item: item[0])
        return order

    def _advance(self, offset: int) -> None:
        """Take in what stands before an offset."""
        while self._next < len(self._queue) and self._queue[self._next][0] < offset:
            item = self._queue[self._next][1]
            self._next += 1
            if not isinstance(item, Chunk):
                self._take_name(item)
            elif item.pronoun:
                self._take_pronoun(item)
            elif item.at not in self._heads:
                self._take_phrase(item)

    def _take_name(self, n: Name) -> None:
        rank = prominence(self.document, titled(self.document, n.start) if n.label == "Person" else n.start, n.end)
        if n.label in ("Location", "Facility", "NORP"):
            follows = self.document.text[n.end : n.end + 2]
            if re.match(r"\s*[,(/–—-]", follows) and not self.document.text[max(0, n.start - 2) : n.start].strip():
                rank = 1  # a dateline
            if rank != 2 and (n.label == "NORP" or follows not in ("'s", "’s")) or n.label == "NORP" and not phrases.is_population(n.text):
                return
            found = self._population(n) if n.label == "NORP" else self.roster.entity_of(n)
        else:
            found = self.roster.entity_of(n)
        if found is not None:
            self._note(n.start, (found,), rank, "name")

    def _take_pronoun(self, c: Chunk) -> None:
        if quote_of(self.document, self._quote_starts, c.start) >= 0:
            return  # whose quotation it is is not known yet
        found = self._pronoun(c.pronoun, c.start, None)
        if found:
            self._pronouns[c.at] = found

    def _take_phrase(self, c: Chunk) -> None:
        phrase = noun_phrase(self.document.text[c.start : c.end])
        found = self._phrase(phrase, c.start, c.end, c.at, None, 0)
        if found is not None:
            self.entities[found].mention(c.start, c.end, "nominal")

    def _note(self, start: int, numbers: tuple[int, ...], rank: int, form: str, *, spoke: bool = False) -> None:
        """Remember a mention for the pronouns after it; late ones go to their place."""
        m = Mention(
            start, self.document.sentence_at(start), numbers, rank, form,
            quote_of(self.document, self._quote_starts, start) >= 0, spoke,
        )  # fmt: skip
        if rank == 2 and self._main_subject.setdefault(m.sentence, (start, numbers)) >= (start, numbers):
            self._main_subject[m.sentence] = (start, numbers)
            m = replace(m, main=True)
        i = len(self._mentions)
        while i > 0 and self._mentions[i - 1].start > start and len(self._mentions) - i < 200:
            i -= 1
        same = [k for k in range(max(0, i - 3), i) if self._mentions[k].start == start and self._mentions[k].numbers == numbers]
        if same:
            old = self._mentions[same[0]]
            self._mentions[same[0]] = replace(m, rank=max(m.rank, old.rank), spoke=m.spoke or old.spoke, main=m.main or old.main)
        else:
            self._mentions.insert(i, m)

    # --- spans ---------------------------------------------------------------------------------------------

    def resolve(self, start: int, end: int, *, speaking: bool = False, speaker: int | None = None) -> tuple[int, ...]:
        """Entities that the words [start, end) name; `speaking` marks them as a source, `speaker` is who
        speaks where the words stand (for "I", "we")."""
        start, end = self._shrink(start, end)
        if start >= end:
            return ()
        key = (start, end)
        if key not in self._resolved:
            self._advance(start)
            found: list[int] = []
            for a, b in phrases.parts(self.document.text, start, end, self.roster.inside(start, end)):
                found += self._part(*self._shrink(a, b), speaker)
            self._resolved[key] = tuple(dict.fromkeys(found))
        numbers = self._resolved[key]
        if numbers and (speaking or len(numbers) > 1):
            self._note(start, numbers, 2 if speaking else prominence(self.document, start, end), "name", spoke=speaking)
        if speaking:
            self.speakers += [(start, i) for i in numbers]
        return numbers

    def attach(self, start: int, end: int, form: str, speaker: int | None) -> None:
        """Add a mention to the entity that it continues; nothing where it continues none."""
        start, end = self._shrink(start, end)
        if start >= end or (start, end) in self._resolved or form == "name":
            return
        self._advance(end)
        words = self.document.text[start:end].lower()
        found: int | None = None
        if _is_pronoun(self.document.text[start:end]):
            several = self._pronoun(words, start, speaker)
            found = several[0] if len(several) == 1 else None
        elif not self.roster.inside(start, end):
            at = self._word_at(start + noun_phrase(self.document.text[start:end]).at[0])
            found = self._heads.get(at)
        if found is not None:
            self.entities[found].mention(start, end, form if form in ("nominal", "pronoun") else "nominal")

    def state(self, code: str, name: str) -> int:
        """The entity of a country, made when it is first needed."""
        return self.roster.state(code, name)

    def _shrink(self, start: int, end: int) -> Range:
        text = self.document.text
        start, end = max(0, start), min(end, len(text))
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM and not (text[end - 1] == ")" and "(" in text[start:end]):
            end -= 1
        if m := re.search(r"['’]s$", text[start:end]):
            end -= len(m.group())
        return start, end

    def _word_at(self, offset: int) -> int:
        found = self.document.words_in(offset, offset + 1)
        return found.start if len(found) else -1

    def _part(self, start: int, end: int, speaker: int | None) -> tuple[int, ...]:
        if start >= end:
            return ()
        text = self.document.text
        words = text[start:end]
        if _is_pronoun(words):
            return self._said_pronoun(words.lower(), start, end, speaker)
        names = self.roster.inside(start, end)
        head = phrases.head(text, start, end, names)
        if head.name is not None:
            found = self._named(head, start, end)
            return (found,) if found is not None else ()
        phrase = noun_phrase(words)
        if _SOME.match(words):
            return self._some(words, start, end, speaker)
        if (named := self._trailing(phrase, start, end)) is not None:
            return (named,)
        if (pair := self._pair(phrase, start, end)):
            return pair
        at = self._word_at(start + phrase.at[0])
        if (known := self._unlabelled(words, start, end)) is not None:
            return (known,)
        if phrase.kind == "document" and (issuer := self._issuer(phrase, start, end, names, speaker)) is not None:
            return (issuer,)
        found = self._heads.get(at)
        if found is None:
            found = self._phrase(phrase, start, end, at, speaker, 0)
        if found is None:
            return ()
        self._widen(found, phrase, start, end)
        return (found,)

    def _some(self, words: str, start: int, end: int, speaker: int | None) -> tuple[int, ...]:
        """ "One of them", "several", "another": one or some of a crowd just spoken of."""
        at = self._word_at(start)
        if at in self._heads:
            return (self._heads[at],)
        whole = self._pronoun("they", start, speaker, note=False)
        low = words.lower().split()
        one = any(w in _SINGLE for w in low) and low[0] not in ("others", "the others")
        name = f"{words} of {self.entities[whole[0]].name}" if whole and " of " not in words else words
        e = Entity(_bare(name), "person" if one else "group", False, head="one" if one else "some", plural=not one)
        if whole:
            crowd = self.entities[whole[0]]
            e.country, e.sector = crowd.country, crowd.sector
            e.nameless = crowd.nameless or anonymous_near(self.document, list(crowd.mentions))
            e.member_of = [whole[0]]
            if crowd.kind in ("organization", "group") and not crowd.plural and one:
                e.kind = crowd.kind if crowd.head in ("group", "force", "army") else e.kind
        number = self.roster.add(e)
        e.mention(start, end, "pronoun")
        self._heads[at] = number
        self._note(start, (number,), 2, "pronoun")
        return (number,)

    def _trailing(self, phrase: NounPhrase, start: int, end: int) -> int | None:
        """ "His sister Ann": a name without a label that ends the phrase of a role."""
        if phrase.kind != "person" or phrase.plural:
            return None
        text = self.document.text
        rest = re.split(r",| who | which |\s[—–-]", text[start + phrase.at[1] : end])[0]
        m = re.fullmatch(r"\s+((?:[A-Z][\w'’-]+|al-\w+|bin|van|von|de)(?:\s+(?:[A-Z][\w'’.-]+|al-\w+|bin|van|von|de)){0,3})", rest)
        if m is None or any(w.lower() in STOPPERS or w.lower() in DAYS for w in m.group(1).split()):
            return None
        at = start + phrase.at[1] + m.start(1)
        number = self.roster.person(at, m.group(1))
        self.entities[number].mention(at, at + len(m.group(1)), "name")
        self._learn(number, start, at)
        self._learn(number, at + len(m.group(1)), end)
        self._note(start, (number,), prominence(self.document, start, end), "name")
        return number

    def _unlabelled(self, words: str, start: int, end: int) -> int | None:
        """The entity of a name that bears no label: all its words are capitalised, and not by opening a sentence."""
        bare = _bare(words)
        parts = [w for w in bare.replace("-", " ").split() if w.lower() not in ("of", "the", "and", "for", "al")]
        if not parts or not all(w[:1].isupper() for w in parts) or len(parts) > 6 or len(parts) == 1 and is_head(parts[0].lower()):
            return None
        found = self.roster.unlabelled(bare, start)
        if found is not None:
            self.entities[found].mention(start, end, "name")
        return found

    def _said_pronoun(self, word: str, start: int, end: int, speaker: int | None) -> tuple[int, ...]:
        at = self._word_at(start)
        found = self._pronouns.get(at) or self._pronoun(word, start, speaker)
        if len(found) == 1:
            self.entities[found[0]].mention(start, end, "pronoun")
        return found

    def _widen(self, number: int, phrase: NounPhrase, start: int, end: int) -> None:
        """Let the asked span stand for the shorter one that the scan noted, and learn from its words."""
        e = self.entities[number]
        for r in [r for r, form in e.mentions.items() if form == "nominal" and start <= r[0] and r[1] <= end and r != (start, end)]:
            del e.mentions[r]
        e.mention(start, end, "nominal")
        if not e.named and e.phrase is not None and e.name == e.phrase.core and len(phrase.core) > len(e.phrase.core):
            e.name, e.phrase = _title(self.document.text[start:end], phrase), phrase
        if not e.named and len(self.document.text[start:end]) > len(e.description or ""):
            e.description = _bare(self.document.text[start:end])[:160]
        e.country = e.country or phrase.country
        e.sector = e.sector or phrase.sector

    # --- names ---------------------------------------------------------------------------------------------

    def _named(self, head: phrases.Head, start: int, end: int) -> int | None:
        n = head.name
        if n is None:
            return None
        if n.label == "NORP" and phrases.is_population(n.text):
            found: int | None = self._population(n)
        else:
            found = self.roster.entity_of(n)
        if found is None:
            return None
        e = self.entities[found]
        e.mention(n.start, n.end, "name")
        for a, b in head.about:
            self._learn(found, a, b)
        return found

    def _learn(self, number: int, start: int, end: int) -> None:
        """What the words around a name in its own phrase say of it."""
        e = self.entities[number]
        start, end = self._shrink(start, end)
        if start >= end:
            return
        if e.kind == "person":
            d = of_range(self.document.text, start, end)
            if d is not None:
                self.roster.learn(number, d)
                at = self._word_at(start + noun_phrase(self.document.text[start:end]).at[0])
                self._heads[at] = number
            return
        phrase = noun_phrase(self.document.text[start:end])
        if phrase.kind in ("organization", "media", "group", "state") and is_head(phrase.head):
            self.roster.call(number, (phrase.head,))
            e.description = e.description or _bare(self.document.text[start:end])[:160]
            e.country = e.country or phrase.country
            e.sector = e.sector or phrase.sector
            if e.known and e.kind == "media" and phrase.head in ("party", "movement", "front", "group"):
                e.kind, e.sector = "organization", phrase.sector  # another bearer of the name
            if phrase.kind == "media" and not e.known:
                e.kind, e.sector = "media", "JRN"

    def _population(self, n: Name) -> int:
        """The people of a country or community as a group ("Egyptians")."""
        key = n.text.lower()
        for i in self.roster.by_head.get(key, ()):
            return i
        phrase = noun_phrase(n.text)
        state = self.roster.entity_of(n)
        country = self.entities[state].country if state is not None else phrase.country
        e = Entity(n.text, "group", False, country, phrase.sector or "CVL", key, True, heads={key, singular(n.text)})
        return self.roster.add(e)

    def _issuer(self, phrase: NounPhrase, start: int, end: int, names: list[Name], speaker: int | None) -> int | None:
        """Who a document comes from, where its phrase says so."""
        text = self.document.text
        if phrase.possessive and (found := self._pronoun(phrase.possessive, start, speaker)):
            return found[0]
        head = start + phrase.at[0]
        before = [n for n in names if n.end <= head]
        if before and before[-1].label in ("Organization", "Person") and (found_name := self.roster.entity_of(before[-1])) is not None:
            return found_name
        if m := re.match(r"(?:the|an?)\s+[\w\s-]{2,30}?(?=['’]s\s)", text[start:head], re.I):
            at = self._word_at(start + m.end() - 1)
            if at in self._heads:
                return self._heads[at]
        for m in _BY.finditer(text, start + phrase.at[1], end):
            for n in names:
                if n.start == m.end() and n.label in ("Organization", "Person") and (issuer := self.roster.entity_of(n)) is not None:
                    return issuer
        return None

    # --- noun phrases --------------------------------------------------------------------------------------

    def _phrase(self, phrase: NounPhrase, start: int, end: int, at: int, speaker: int | None, depth: int) -> int | None:
        """The entity of a noun phrase: one that it continues, else a new one."""
        if depth > _MAX_DEPTH:
            return None
        owner, extra = self._owner(phrase, start, end, speaker, depth)
        if nominals.is_state(phrase) and (state := self._ruler(phrase, owner, start)) is not None:
            found: int | None = state
            self._ruled.add(state)
        else:
            found = self._continued(phrase, owner, extra, start)
        if found is None:
            found = self._new(phrase, owner, start, end)
        self._heads[at] = found
        self.roster.call(found, (phrase.head,))
        if not self.entities[found].named:
            self.entities[found].words |= set(phrase.core.split())
        self._note(start, (found,), prominence(self.document, start, end), "nominal")
        return found

    def _owner(
        self, phrase: NounPhrase, start: int, end: int, speaker: int | None, depth: int
    ) -> tuple[int | None, frozenset[str]]:
        """Whose the phrase's bearer is, by a possessive, a name before the head, or "of"/"for" after it; and the
        words of the names that say so."""
        text = self.document.text
        head = start + phrase.at[0]
        if phrase.possessive:
            found = self._pronouns.get(self._word_at(start)) or self._pronoun(phrase.possessive, start, speaker)
            return (found[0] if len(found) == 1 else None), frozenset()
        before = [n for n in self.roster.inside(start, head)]
        extra = frozenset(singular(w) for n in before for w in n.text.lower().split())
        for n in reversed(before):
            if (owner := self.roster.entity_of(n)) is not None:
                return owner, extra
        if phrase.head != "government" and re.match(r"(?:\w+ )?government ", phrase.core):
            return self._leading_state(start, country=False), extra | {"government"}
        m = _NEXT_OWNER.match(text, start + phrase.at[1])
        if m is None:
            return None, extra
        near = self.roster.inside(m.end(), m.end() + 60)
        if near:
            n = phrases.head(text, m.end(), near[-1].end, near[:1] if near[0].start == m.end() else near).name
            if n is not None:
                place = n.label in ("Location", "Facility") and m.group().split()[0].lower() not in ("of", "for")
                return (None if place and not nominals.is_state(phrase) else self.roster.entity_of(n)), extra
        return self._inner_owner(m.end(), depth), extra

    def _inner_owner(self, offset: int, depth: int) -> int | None:
        """ "A spokesman for the ministry": the ministry, itself a phrase."""
        for at in range(self._word_at(offset), self._word_at(offset) + 4):
            if at in self._heads:
                return self._heads[at]
            chunk = self._chunk_at(at)
            if chunk is not None and chunk.start <= offset:
                phrase = noun_phrase(self.document.text[chunk.start : chunk.end])
                if phrase.kind in ("organization", "group", "state", "media") and not phrase.plural:
                    return self._phrase(phrase, chunk.start, chunk.end, at, None, depth + 1)
                return None
        return None

    def _chunk_at(self, at: int) -> Chunk | None:
        for _, item in self._queue[self._next : self._next + 12]:
            if isinstance(item, Chunk) and item.at == at and not item.pronoun:
                return item
        return None

    def _ruler(self, phrase: NounPhrase, owner: int | None, start: int) -> int | None:
        """The state that "the government", "Iranian authorities", "the country" stand for."""
        if owner is not None:
            e = self.entities[owner]
            if e.kind == "state":
                return owner
            return self._state_of(owner)
        if phrase.country and phrase.country_name:
            return self.roster.state(phrase.country, phrase.country_name)
        if phrase.indefinite or nominals.modifiers(phrase) - {"central", "interim", "federal", "military", "ruling"}:
            return None
        return self._leading_state(start, country=phrase.head in ("country", "state", "nation", "republic", "kingdom"))

    def _state_of(self, number: int) -> int | None:
        """The state that a person or body belongs to, directly or through a body."""
        e = self.entities[number]
        for m in e.member_of:
            if self.entities[m].kind == "state":
                return m
        for m in e.member_of:
            for k in self.entities[m].member_of:
                if self.entities[k].kind == "state":
                    return k
        return None

    def _leading_state(self, start: int, *, country: bool) -> int | None:
        """The state that most of the text before an offset is about; "the country" is the latest, "the government" the
        one that was called so before."""
        scores: dict[int, float] = {}
        home = self.document.sentence_at(start)
        for m in self._mentions[-60:]:
            n = m.numbers[0]
            if len(m.numbers) == 1 and self.entities[n].kind == "state" and m.start < start:
                near = 1 / (1 + home - m.sentence) if home >= m.sentence else 0
                scores[n] = scores.get(n, 0.0) + (1 + m.rank) * ((3 * near) if country else (0.5 + near))
        for n in self._ruled & set(scores):
            scores[n] += 0 if country else 2
        if scores:
            return max(sorted(scores), key=lambda n: scores[n])
        if self._main is not None:
            return next((i for i in self.roster.by_head.get("government", ()) if self.entities[i].country == self._main), None)
        return None

    def _continued(self, phrase: NounPhrase, owner: int | None, extra: frozenset[str], offset: int) -> int | None:
        """An earlier entity that the phrase continues ("the group", "the diplomat", "the rebels")."""
        if phrase.one_of:
            return None
        if phrase.indefinite:
            return self._named_later(phrase, owner, extra, offset) if self.document.sentence_at(offset) <= 3 else None
        best: tuple[int, int] | None = None
        chosen: int | None = None
        for i in self._pool(phrase):
            e = self.entities[i]
            last = e.last_before(offset)
            if last < 0:
                continue
            value = nominals.fit(phrase, owner, e, extra)
            if value and (best is None or (value, last) > best):
                best, chosen = (value, last), i
        if chosen is None and not phrase.plural:
            chosen = self._named_later(phrase, owner, extra, offset)
        if chosen is None and phrase.definite:
            chosen = self._generic(phrase, offset)
        return chosen

    def _pool(self, phrase: NounPhrase) -> list[int]:
        pool = list(self.roster.by_head.get(phrase.head, ())[-nominals.MAX_LOOKED_AT :])
        for m in self._mentions[-40:]:
            pool += m.numbers
        return list(dict.fromkeys(pool))

    def _named_later(self, phrase: NounPhrase, owner: int | None, extra: frozenset[str], offset: int) -> int | None:
        """A person whom the report names only further on, with this role."""
        if phrase.plural or phrase.kind != "person":
            return None
        fits = []
        for i in self.roster.by_head.get(phrase.head, ())[: nominals.MAX_LOOKED_AT]:
            e = self.entities[i]
            if not e.named or e.kind != "person" or e.last_before(offset) >= 0:
                continue
            mine = nominals.modifiers(phrase) - extra
            theirs = {singular(w) for w in e.words}
            owned = owner is not None and owner in e.member_of
            if mine <= theirs and (mine or owned or phrase.definite) and (owner is None or owned or not e.member_of):
                fits.append(i)
        return fits[0] if len(fits) == 1 else None

    def _generic(self, phrase: NounPhrase, offset: int) -> int | None:
        """The latest body that a word for a whole class ("the group", "the agency") can mean."""
        fighters = phrase.head in nominals.FIGHTERS and phrase.plural
        if phrase.plural and not fighters or nominals.modifiers(phrase):
            return None
        for m in reversed(self._mentions[-60:]):
            e = self.entities[m.numbers[0]]
            if m.start >= offset or len(m.numbers) > 1 or m.rank == 0:
                continue
            if _of_class(phrase.head, e) or fighters and e.named and e.kind in ("group", "organization") and (e.sector in ("REB", "UAF", "PRM") or e.sector is None and e.kind == "group"):
                return m.numbers[0]
        return None

    def _new(self, phrase: NounPhrase, owner: int | None, start: int, end: int) -> int:
        text = self.document.text
        words = _bare(text[start:end])
        person = phrase.kind == "person"
        e = Entity(
            name=_title(text[start:end], phrase),
            kind=phrase.kind,
            named=False,
            country=phrase.country if owner is None or self.entities[owner].kind != "state" else self.entities[owner].country,
            sector=phrase.sector,
            head=phrase.head,
            plural=phrase.plural,
            description=words[:160],
            nameless=phrase.nameless,
            phrase=phrase,
            heads={phrase.head},
            words=set(phrase.core.split()),
            owner=owner,
        )
        if owner is not None:
            o = self.entities[owner]
            if o.kind != "person":
                e.member_of.append(owner)
            elif person is False and o.member_of:
                e.member_of += o.member_of[:1]
            e.country = e.country or o.country
        if person and phrase.head in ("spokeswoman", "woman", "girl", "mother", "wife", "sister", "daughter", "queen", "chairwoman"):
            e.gender = "f"
        elif person and phrase.head in ("spokesman", "man", "boy", "father", "husband", "brother", "son", "king", "chairman", "uncle"):
            e.gender = "m"
        return self.roster.add(e)

    def _pair(self, phrase: NounPhrase, start: int, end: int) -> tuple[int, ...]:
        """The two parties that "both sides", "each country", "the two" mean: the two bodies named most before."""
        words = self.document.text[start:end]
        if not _PAIR.match(words) or phrase.head not in _PAIR_HEADS and words.lower() not in ("the two",):
            return ()
        if words.lower().startswith("the ") and not phrase.plural or len(words.split()) < 2:
            return ()
        return self._two_parties(start)

    def _two_parties(self, offset: int) -> tuple[int, ...]:
        seen: dict[int, int] = {}
        for m in reversed(self._mentions[-60:]):
            if m.start >= offset:
                continue
            if len(m.numbers) == 2 and all(self.entities[n].kind != "person" for n in m.numbers):
                return m.numbers
            n = m.numbers[0]
            e = self.entities[n]
            if len(m.numbers) == 1 and (e.kind == "state" or e.kind in ("group", "organization") and e.named and e.sector in ("REB", "GOV", "PTY", "OPP", "UAF", "PRM")):
                seen[n] = seen.get(n, 0) + 1
        best = sorted(seen, key=lambda n: -seen[n])[:2]
        return tuple(sorted(best)) if len(best) == 2 else ()

    # --- pronouns ------------------------------------------------------------------------------------------

    def _pronoun(self, word: str, offset: int, speaker: int | None, *, note: bool = True) -> tuple[int, ...]:
        kind = PRONOUNS[word]
        if kind == "1":
            return (speaker,) if speaker is not None else ()
        if kind == "1p":
            return self._side_of(speaker)
        if kind in ("2", "p1"):
            return ()
        if kind == "r":
            return self._before(offset)
        if kind == "d":
            return self._two_parties(offset)
        at = self._word_at(offset)
        quoted = quote_of(self.document, self._quote_starts, offset) >= 0
        rank = prominence(self.document, offset, offset + len(word))
        sentence = self.document.sentence_at(offset)
        opens = sentence >= 0 and at == self.document.sentence_words[sentence][0]
        place = Place(offset, sentence, rank, quoted, self._possessive(word, at), opens, self._clause(at))
        barred = frozenset({speaker}) if speaker is not None and quoted else frozenset()
        found = antecedent(kind, place, self._mentions, self.entities, barred)
        if found:
            if len(found) == 1 and kind in ("m", "f") and rank == 2 and not self.entities[found[0]].gender:
                self.entities[found[0]].gender = kind
            if note:
                self._note(offset, found, rank, "pronoun")
        return found

    def _possessive(self, word: str, at: int) -> bool:
        if word == "her":
            after = self.document.word(at + 1).lower() if at + 1 < len(self.document.words) else ""
            return after.isalpha() and after not in STOPPERS and after not in DETERMINERS
        return word in ("his", "its", "their", "whose")

    def _clause(self, at: int) -> int:
        """Where the clause of a word begins, as far as conjunctions show it."""
        i = max(0, at)
        while i > 0 and at - i < 40:
            word = self.document.word(i - 1).lower()
            if word in CLAUSE_OPENERS or word in ".!?;":
                break
            i -= 1
        return self.document.words[i][0] if self.document.words else 0

    def _side_of(self, speaker: int | None) -> tuple[int, ...]:
        """Who "we" are: the state that a speaker serves, else the body, else the speaker."""
        if speaker is None:
            return ()
        e = self.entities[speaker]
        states = [m for m in e.member_of if self.entities[m].kind == "state"]
        if states and (e.kind == "person" or e.sector in ("GOV", "MIL")):
            return (states[0],)
        if e.kind == "person" and e.member_of:
            return (e.member_of[0],)
        return (speaker,)

    def _before(self, offset: int) -> tuple[int, ...]:
        """The entity whose mention ends just before a relative pronoun."""
        self._advance(offset)
        for m in reversed(self._mentions[-12:]):
            if m.start < offset and offset - m.start < 120:
                return m.numbers
        return ()


def _is_pronoun(words: str) -> bool:
    """ "US" and "WHO" are none."""
    return words.lower() in PRONOUNS and (words == "I" or not words.isupper())


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|an?)\s+", "", words, flags=re.I)


def _title(words: str, phrase: NounPhrase) -> str:
    """A description short enough for a name: up to the first comma or clause after its head."""
    head = words[: phrase.at[1]]
    rest = re.split(r",\s| who | which | whose |\s[—–-]+\s", words[phrase.at[1] :])[0]
    return _bare(head + rest)[:120].strip(_TRIM)


_GENERIC_CLASSES = {
    "group": ("group", "organization"), "movement": ("group", "organization"), "organization": ("group", "organization"),
    "organisation": ("group", "organization"), "faction": ("group", "organization"), "militia": ("group",),
    "agency": ("media", "organization"), "newspaper": ("media",), "paper": ("media",), "broadcaster": ("media",), "channel": ("media",),
    "network": ("media",), "station": ("media",), "daily": ("media",), "outlet": ("media",), "website": ("media",),
    "company": ("organization",), "firm": ("organization",), "body": ("organization",), "party": ("organization", "group"),
    "alliance": ("organization",), "bloc": ("organization",), "union": ("organization",), "charity": ("organization",),
    "watchdog": ("organization",), "ngo": ("organization",),
}  # fmt: skip


def _of_class(head: str, e: Entity) -> bool:
    """Can a class word stand for a named body?"""
    if not e.named or e.kind not in _GENERIC_CLASSES.get(head, ()):
        return False
    if head in ("company", "firm"):
        return e.sector in ("BUS", None)
    if head in ("militia", "faction"):
        return e.sector in ("REB", "PRM", "UAF", None)
    if head == "agency" and e.kind == "organization":
        return e.country in ("UNO", "IGO", "NGO") or e.sector in ("SPY", None)
    return not (head in ("group", "movement") and e.sector in ("JUD", "LEG", "MIL", "COP", "GOV"))
