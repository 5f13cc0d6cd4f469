"""Names of a document -> its named entities (`Roster`): short and full forms, acronyms, spellings, states by any of
their names, and what titles and appositions say of a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import countries, country_by_name, country_of_capital, fold
from onrecord.reader import bodies, polities
from onrecord.reader import coref_names as cn
from onrecord.reader.describe import Description, describe, describe_body, of_range
from onrecord.reader.entities import FEMALE_HEADS, MALE_HEADS, Entity
from onrecord.reader.given_names import usual_gender
from onrecord.reader.nominals import country_of, is_plural, noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Document
    from onrecord.reader.encoder import Span as Labelled

_BEFORE, _AFTER = 120, 160
"""Characters around a person's name in which a title or apposition is looked for."""
_MAX_NAME = 90
_SPELLINGS = 12
"""Surnames of like length and first letter, the latest, that another spelling is looked for among."""
_STATE_SERVANTS = ("GOV", "MIL", "LEG", "SPY", None)
_OWNING = ("'s ", "’s ", " ", "' ")


class Roster:
    """The entities of a document: named ones from the start, others as they are met."""

    def __init__(self, document: Document, spans: Iterable[Labelled]) -> None:
        self.document = document
        self.entities: list[Entity] = []
        self.names = cn.collect(document, spans)
        self.at: dict[tuple[int, int], int] = {}
        """Range of a person's or body's name -> its entity."""
        self.by_head: dict[str, list[int]] = defaultdict(list)
        self.described: dict[int, int] = {}
        """Offset of the head noun of a title or apposition -> the person."""
        self._starts = [n.start for n in self.names]
        self._states: dict[str, int] = {}
        self._persons: dict[str, list[int]] = defaultdict(list)
        self._spelled: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._bodies: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[tuple[str, str], int] = {}
        self._stems = polities.stems(self.names)
        self._people()
        self._organisations()
        self._descriptions()

    # --- entities ------------------------------------------------------------------------------------------

    def add(self, entity: Entity) -> int:
        """Number of a new entity."""
        self.entities.append(entity)
        n = len(self.entities) - 1
        for h in entity.heads:
            self.by_head[h].append(n)
        return n

    def call(self, number: int, heads: Iterable[str]) -> None:
        """Head nouns by which an entity may be taken up again."""
        e = self.entities[number]
        for h in heads:
            if h and h not in e.heads:
                e.heads.add(h)
                self.by_head[h].append(number)

    def inside(self, start: int, end: int) -> list[Name]:
        """Names within a range, in text order."""
        i = bisect_left(self._starts, start)
        found = []
        while i < len(self.names) and self.names[i].start < end:
            if self.names[i].end <= end:
                found.append(self.names[i])
            i += 1
        return found

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """A range without half names: "Front" of "Northern Front" is all of it."""
        i = max(0, bisect_left(self._starts, start + 1) - 1)
        while i < len(self.names) and self.names[i].start < end:
            n = self.names[i]
            if n.end > start and (n.start < start or n.end > end):
                start, end = min(start, n.start), max(end, n.end)
            i += 1
        return start, end

    def entity_of(self, name: Name) -> int | None:
        """The entity of a name; of a place or people, the state that it stands for."""
        found = self.at.get((name.start, name.end))
        if found is None and name.label in ("Location", "NORP", "Facility"):
            return self.place(name.text, name.label)
        return found

    def main_country(self) -> str | None:
        """The country that the report is about, where one clearly is."""
        return polities.main_country(self.names)

    # --- people --------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """Full names first, in text order; then single names go to the bearer named last before them."""
        people = [n for n in self.names if n.label == "Person"]
        for n in sorted(people, key=lambda n: (len(cn.person_tokens(n.text)) < 2, n.start)):
            self._person(n)

    def _person(self, n: Name) -> None:
        tokens = cn.person_tokens(n.text)
        title = cn.title_gender(self._before(n))
        key = ("Person", " ".join(tokens))
        found = self._exact.get(key) if len(tokens) > 1 else None
        if found is None:
            found = self._bearer(n, tokens, title)
        if found is None:
            found = self.add(self._new_person(n))
        e = self.entities[found]
        self._exact.setdefault(key, found)
        e.gender = e.gender or title
        short = cn.bare(n.text)
        if len(cn.person_tokens(short)) > len(cn.person_tokens(e.name)):
            e.name = short
        e.aliases.add(n.text.lower())
        e.mention(n.start, n.end, "name")
        self.at[(n.start, n.end)] = found
        self._enter_person(found, tokens)

    def _enter_person(self, number: int, tokens: tuple[str, ...]) -> None:
        for t in dict.fromkeys(tokens):
            if t not in self._persons:
                self._spelled[t[:1], len(t)].append(t)
            if number not in self._persons[t][-cn.MAX_SAME :]:
                self._persons[t].append(number)

    def _before(self, n: Name) -> str:
        """The title within or directly before a name."""
        words = self.document.text[max(0, n.start - 16) : n.start].split("\n")[-1]
        m = re.search(r"(\w+)\.?\s*$", words)
        return f"{m.group(1) if m else ''} {n.text[: len(n.text) - len(cn.bare(n.text))]}"

    def _bearer(self, n: Name, tokens: tuple[str, ...], title: str) -> int | None:
        """The person met already whose name this can be: by surname, given name or another spelling of the surname."""
        pool: list[int] = []
        for t in (tokens[-1], tokens[0]):
            pool += self._persons.get(t, [])[-cn.MAX_SAME :]
        if not pool:
            first, size = tokens[-1][:1], len(tokens[-1])
            spelled = [k for d in (-1, 0, 1) for k in self._spelled.get((first, size + d), [])[-_SPELLINGS:]]
            pool = [i for k in spelled if cn.near(k, tokens[-1]) for i in self._persons[k][-2:]]
        fits = [
            i
            for i in dict.fromkeys(pool)
            if not (title and self.entities[i].gender and title != self.entities[i].gender)
            and any(cn.same_person(tokens, cn.person_tokens(a)) for a in self._known_names(i))
        ]
        if not fits:
            return None
        surname = [i for i in fits if cn.near(cn.person_tokens(self.entities[i].name)[-1], tokens[-1])]
        return max(
            surname or fits,
            key=lambda i: (title != "" and self.entities[i].gender == title, self.entities[i].last_before(n.start), -i),
        )

    def _known_names(self, number: int) -> list[str]:
        e = self.entities[number]
        return [e.name, *sorted(e.aliases)[:4]]

    def _new_person(self, n: Name) -> Entity:
        short = cn.bare(n.text)
        known = actor_by_alias(n.text) or actor_by_alias(short)
        e = Entity(short, "person", True, gender=usual_gender(short) if len(short.split()) > 1 else "")
        if known and known.kind == "person":
            e.country, e.sector, e.known = known.country, known.sector, True
        return e

    def person(self, start: int, words: str) -> int:
        """The person of a name that bears no label."""
        n = cn.Name(start, start + len(words), "Person", words)
        tokens = cn.person_tokens(words)
        found = self._bearer(n, tokens, "")
        if found is None:
            found = self.add(self._new_person(n))
            self._enter_person(found, tokens)
        return found

    def _descriptions(self) -> None:
        """Titles and appositions around every occurrence of every person's name."""
        for n in self.names:
            if n.label != "Person":
                continue
            i = self.at[(n.start, n.end)]
            lead = len(n.text) - len(cn.bare(n.text))
            if lead and (inner := of_range(self.document.text, n.start, n.start + lead)) is not None:
                self.learn(i, inner)
            before, after = self.inside(n.start - _BEFORE, n.start), self.inside(n.end, n.end + _AFTER)
            for d in describe(self.document, n, before, after):
                self.learn(i, d)

    def learn(self, number: int, d: Description) -> None:
        """Take a description of a person in: its role, country, sector, and what it belongs to."""
        e, phrase = self.entities[number], d.phrase
        self.call(number, (phrase.head, *d.heads))
        self.described[d.start + phrase.at[0]] = number
        e.words |= set(phrase.core.split())
        if len(d.words) > len(e.description or "") and (not e.description or d.strong):
            e.description = d.words
        e.head = e.head or phrase.head
        if not e.known:
            e.country = e.country or phrase.country
            e.sector = e.sector or phrase.sector
        e.gender = e.gender or ("f" if phrase.head in FEMALE_HEADS else "m" if phrase.head in MALE_HEADS else "")
        self._join_owner(number, d.start, d.end)

    def _join_owner(self, number: int, start: int, end: int) -> None:
        """What the names in a description say a person belongs to."""
        e = self.entities[number]
        for n in self.inside(start, end):
            other = self.entity_of(n) if n.label != "Person" else None
            if other is None or other == number or self.entities[other].kind == "person":
                continue
            if n.label in ("Location", "NORP") and (e.sector not in _STATE_SERVANTS or e.member_of):
                e.country = e.country or self.entities[other].country
            elif other not in e.member_of and number not in self.entities[other].member_of:
                e.member_of.append(other)
                self.inherit(number, other)

    def inherit(self, number: int, owner: int) -> None:
        """Give an entity what it has from its owner."""
        bodies.inherit(self.entities[number], self.entities[owner])

    # --- organisations -------------------------------------------------------------------------------------

    def _organisations(self) -> None:
        """Names of several words before acronyms and short forms."""
        named = [n for n in self.names if n.label == "Organization"]
        for n in sorted(named, key=lambda n: (len(n.text.split()) < 2, n.start)):
            self._organisation(n)

    def _organisation(self, n: Name) -> None:
        country = country_by_name(n.text) or polities.ruled_from(n.text)
        key = ("Organization", fold(n.text))
        i = self.state(*country) if country else self._exact.get(key)
        if i is None:
            i = self._body(n)
        e = self.entities[i]
        self._exact.setdefault(key, i)
        e.aliases.add(n.text.lower())
        self._told(i, n)
        e.mention(n.start, n.end, "name")
        self.at[(n.start, n.end)] = i
        if len(n.text.split()) > len(e.name.split()) and e.kind != "state" and len(n.text) < _MAX_NAME:
            e.name = n.text
            self._enter_body(i, n.text)

    def _told(self, number: int, n: Name) -> None:
        """What the words around one occurrence of a body's name say: its class, its sector, its state."""
        e = self.entities[number]
        if e.kind in ("state", "person"):
            return
        found = describe_body(self.document, n)
        phrase, at = found if found is not None else (None, None)
        if phrase is not None and e.known and (phrase.kind == "media") != (e.kind == "media"):
            return
        if phrase is not None:
            self.call(number, (phrase.head,))
            if at is not None:  # "Karapatan, a rights group": both are one
                self.described[at + phrase.at[0]] = number
        if e.known:
            return
        bodies.told(e, phrase)
        near = self.inside(max(0, n.start - 40), n.start)
        if near and near[-1].label in ("Location", "NORP") and self.document.text[near[-1].end : n.start] in _OWNING:
            owner = self.entity_of(near[-1])
            if owner is not None and owner not in e.member_of and self.entities[owner].kind == "state":
                e.member_of.append(owner)
                e.country = e.country or self.entities[owner].country

    def _body(self, n: Name) -> int:
        """The body met already whose name this can be, or a new one."""
        known = actor_by_alias(n.text)
        if known is not None and ("Known", known.name) in self._exact:
            return self._exact["Known", known.name]
        pool: set[int] = set()
        for k in _keys(n.text):
            pool.update(self._bodies.get(k, [])[-cn.MAX_SAME :])
        for i in sorted(pool, key=lambda i: (-self.entities[i].last_before(n.start), i)):
            e = self.entities[i]
            short = [a for a in sorted(e.aliases)[:3] if a.isupper()]
            if any(cn.same_body(n.text, a) for a in (e.name, *short)):
                return i
        return self._new_body(n.text)

    def _new_body(self, text: str) -> int:
        known = actor_by_alias(text)
        i = self.add(bodies.new_body(text))
        if known is not None:
            self._exact["Known", known.name] = i
        self._enter_body(i, text)
        return i

    def _enter_body(self, number: int, text: str) -> None:
        for k in _keys(text):
            self._bodies[k].append(number)

    def alias(self, words: str) -> int | None:
        """The known body of a descriptive alias ("UN refugee agency"); none where the table has none."""
        known = actor_by_alias(words)
        if known is None or known.kind == "person":
            return None
        found = self._exact.get(("Known", known.name))
        return found if found is not None else self._new_body(words)

    # --- states --------------------------------------------------------------------------------------------

    def state(self, code: str, name: str) -> int:
        """The entity of a country, made when it is first needed."""
        if code not in self._states:
            self._states[code] = self.add(bodies.new_state(name, code, (name.lower(),)))
        return self._states[code]

    def place(self, words: str, label: str) -> int | None:
        """The state that a place name, a capital or a word for a people stands for."""
        if label != "NORP" and country_by_name(words) is None and (known := self.alias(words)) is not None:
            return known
        if found := country_of(words):
            return self.state(*found)
        if label == "Location" and (code := country_of_capital(words)):
            return self.state(code, countries()[code].name if code in countries() else words)
        if words.lower() in polities.NO_STATE:
            return None
        stem = self._stems.get(words, words)
        key = fold(stem)
        if key not in self._states:
            if label == "NORP" and stem == words and is_plural(words) and " " not in words:
                phrase = noun_phrase(words)  # "Sunnis", "Democrats": people, not a state
                e = Entity(words, "group", True, None, phrase.sector, plural=True, heads={phrase.head})
            else:
                e = bodies.new_state(stem, None, (words.lower(),))
            self._states[key] = self.add(e)
        return self._states[key]

    def unlabelled(self, words: str, offset: int) -> int | None:
        """The entity of a name that the recogniser missed: a country, a known actor, a name met elsewhere, else new."""
        if country_of(words) or country_of_capital(words):
            return self.place(words, "Location")
        for key in (("Organization", fold(words)), ("Person", " ".join(cn.person_tokens(words)))):
            if key in self._exact:
                return self._exact[key]
        if noun_phrase(words).kind == "unknown" and 2 <= len(words.split()) <= 3 and actor_by_alias(words) is None:
            return self.person(offset, words)
        return self._body(cn.Name(offset, offset + len(words), "Organization", words))


def _keys(text: str) -> set[str]:
    """What a body's name is looked up by: its words, its initials, itself as an acronym."""
    found = {*fold(text).split(), cn.initials(text).lower(), text.replace(".", "").lower()}
    return found - {"the", "of", "and", "for", ""}
