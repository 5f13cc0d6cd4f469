"""Names of a document -> its named entities (`Roster`): short and full forms, acronyms, spellings, states by any of
their names, and what titles and appositions say of a person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import countries, country_by_name, country_of_capital, country_of_demonym, fold
from onrecord.reader import coref_names as cn
from onrecord.reader.describe import Description, describe
from onrecord.reader.entities import Entity
from onrecord.reader.given_names import usual_gender
from onrecord.reader.nominals import country_of, noun_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.reader.coref_names import Name
    from onrecord.reader.document import Document
    from onrecord.reader.encoder import Span as Labelled

_MIN_STEM = 4
"""Letters that an unknown demonym and a place must share at their beginning."""


class Roster:
    """The entities of a document: named ones from the start, others as they are met."""

    def __init__(self, document: Document, spans: Iterable[Labelled]) -> None:
        self.document = document
        self.entities: list[Entity] = []
        self.names = cn.collect(document, spans)
        self._starts = [n.start for n in self.names]
        self.at: dict[tuple[int, int], int] = {}
        self.by_head: dict[str, list[int]] = defaultdict(list)
        self.described: dict[int, int] = {}
        """Offset of the head noun of a title or apposition -> the person."""
        self._states: dict[str, int] = {}
        self._persons: dict[str, list[int]] = defaultdict(list)
        self._bodies: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[tuple[str, str], int] = {}
        self._places = Counter(n.text for n in self.names if n.label == "Location")
        self._stems = self._place_stems()
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

    def entity_of(self, name: Name) -> int | None:
        """The entity of a name; of a place or people, the state that it stands for."""
        found = self.at.get((name.start, name.end))
        if found is not None:
            return found
        if name.label in ("Location", "NORP", "Facility"):
            return self.place(name.text, name.label)
        return None

    # --- people --------------------------------------------------------------------------------------------

    def _people(self) -> None:
        """Full names first, in text order; then single names go to the bearer named last before them."""
        people = [n for n in self.names if n.label == "Person"]
        single = []
        for n in people:
            if len(cn.person_tokens(n.text)) > 1:
                self._person(n)
            else:
                single.append(n)
        for n in single:
            self._person(n)

    def _person(self, n: Name) -> None:
        tokens = cn.person_tokens(n.text)
        title = cn.title_gender(self._before(n))
        known = self._exact.get(("Person", " ".join(tokens))) if len(tokens) > 1 else None
        found = known if known is not None else self._bearer(n, tokens, title)
        if found is None:
            found = self.add(self._new_person(n))
        e = self.entities[found]
        self._exact.setdefault(("Person", " ".join(tokens)), found)
        e.gender = e.gender or title
        short = cn.bare(n.text)
        if len(cn.person_tokens(short)) > len(cn.person_tokens(e.name)):
            e.name = short
        e.aliases.add(n.text.lower())
        e.mention(n.start, n.end, "name")
        self.at[(n.start, n.end)] = found
        for t in dict.fromkeys(tokens):
            if found not in self._persons[t][-cn.MAX_SAME :]:
                self._persons[t].append(found)

    def _before(self, n: Name) -> str:
        """The title within or directly before a name."""
        words = self.document.text[max(0, n.start - 16) : n.start].split("\n")[-1]
        m = re.search(r"(\w+)\.?\s*$", words)
        return f"{m.group(1) if m else ''} {n.text[: len(n.text) - len(cn.bare(n.text))]}"

    def _bearer(self, n: Name, tokens: tuple[str, ...], title: str) -> int | None:
        pool: list[int] = []
        for t in (tokens[-1], tokens[0]):
            pool += self._persons.get(t, [])[-cn.MAX_SAME :]
        if not pool:  # another spelling
            pool = [i for k in self._persons if len(k) > 5 and cn.near(k, tokens[-1]) for i in self._persons[k][-2:]]
        fits = []
        for i in dict.fromkeys(pool):
            e = self.entities[i]
            if title and e.gender and title != e.gender:
                continue
            if any(cn.same_person(tokens, cn.person_tokens(a)) for a in (e.name, *sorted(e.aliases)[:4])):
                fits.append(i)
        if not fits:
            return None
        surname = [i for i in fits if cn.near(cn.person_tokens(self.entities[i].name)[-1], tokens[-1])]
        return max(surname or fits, key=lambda i: (self.entities[i].last_before(n.start), -i))

    def _new_person(self, n: Name) -> Entity:
        short = cn.bare(n.text)
        known = actor_by_alias(n.text) or actor_by_alias(short)
        e = Entity(short, "person", True, gender=usual_gender(short) if len(short.split()) > 1 else "")
        if known and known.kind == "person":
            e.country, e.sector, e.known = known.country, known.sector, True
        return e

    def _descriptions(self) -> None:
        """Titles and appositions of every person, in text order; the first that says something stays."""
        for n in self.names:
            if n.label != "Person":
                continue
            i = self.at[(n.start, n.end)]
            if len(self.entities[i].starts) > 1 and self.entities[i].description and n.start != self.entities[i].starts[0]:
                if self.entities[i].head and len(self.entities[i].heads) > 3:
                    continue
            for d in describe(self.document, n, self.inside(n.start - 120, n.start), self.inside(n.end, n.end + 160)):
                self.learn(i, d)

    def learn(self, number: int, d: Description) -> None:
        """Take a description of a person in: its role, country, sector, and what it belongs to."""
        e = self.entities[number]
        phrase = d.phrase
        self.call(number, (phrase.head, *d.heads))
        self.described[d.start + d.phrase.at[0]] = number
        e.words |= set(phrase.core.split())
        if len(d.words) > len(e.description or "") and (not e.description or d.strong):
            e.description = d.words
        e.head = e.head or phrase.head
        if not e.known:
            e.country = e.country or phrase.country
            e.sector = e.sector or phrase.sector
        if phrase.head in ("spokeswoman", "chairwoman", "congresswoman", "businesswoman", "policewoman", "queen", "actress", "woman", "wife", "mother", "sister", "daughter", "widow"):
            e.gender = e.gender or "f"
        if phrase.head in ("spokesman", "chairman", "congressman", "businessman", "policeman", "king", "man", "husband", "father", "brother", "son", "imam", "priest"):
            e.gender = e.gender or "m"
        self.join_owner(number, d.start, d.end)

    def join_owner(self, number: int, start: int, end: int) -> None:
        """What the names in a description say a person or body belongs to."""
        e = self.entities[number]
        for n in self.inside(start, end):
            if n.label == "Person":
                continue
            other = self.entity_of(n)
            if other is None or other == number or self.entities[other].kind == "person":
                continue
            if n.label in ("Location", "NORP") and (e.sector not in ("GOV", "MIL", "LEG", "SPY", None) or len(e.member_of) > 0):
                e.country = e.country or self.entities[other].country
                continue
            if other not in e.member_of and number not in self.entities[other].member_of:
                e.member_of.append(other)
                e.country = e.country or self.entities[other].country

    # --- organisations -------------------------------------------------------------------------------------

    def _organisations(self) -> None:
        for n in sorted((n for n in self.names if n.label == "Organization"), key=lambda n: (-len(n.text.split()) > -2, n.start)):
            self._organisation(n)

    def _organisation(self, n: Name) -> int:
        country = country_by_name(n.text)
        if country:
            i = self.state(country[0], country[1])
        else:
            found = self._exact.get(("Organization", fold(n.text)))
            i = found if found is not None else self._same_body(n)
        e = self.entities[i]
        self._exact.setdefault(("Organization", fold(n.text)), i)
        e.aliases.add(n.text.lower())
        e.mention(n.start, n.end, "name")
        self.at[(n.start, n.end)] = i
        if len(n.text.split()) > len(e.name.split()) and e.kind != "state" and len(n.text) < 90:
            e.name = n.text
            self._enter(i, n.text)
        return i

    def _same_body(self, n: Name) -> int:
        known = actor_by_alias(n.text)
        if known is not None:
            key = ("Known", known.name)
            if key in self._exact:
                return self._exact[key]
        pool: list[int] = []
        words = fold(n.text).split()
        for k in {*words, cn.initials(n.text).lower(), n.text.replace(".", "").lower()}:
            pool += self._bodies.get(k, [])[-cn.MAX_SAME :]
        for i in sorted(set(pool), key=lambda i: (-self.entities[i].last_before(n.start), i)):
            e = self.entities[i]
            if cn.same_body(n.text, e.name) or any(cn.same_body(n.text, a) for a in sorted(e.aliases)[:3] if a.isupper()):
                return i
        i = self.add(self._new_body(n))
        if known is not None:
            self._exact[("Known", known.name)] = i
        self._enter(i, n.text)
        return i

    def _enter(self, number: int, text: str) -> None:
        for k in {*fold(text).split(), cn.initials(text).lower(), text.replace(".", "").lower()}:
            if k not in ("the", "of", "and", "for"):
                self._bodies[k].append(number)

    def _new_body(self, n: Name) -> Entity:
        known = actor_by_alias(n.text)
        phrase = noun_phrase(n.text)
        heads = {phrase.head} if phrase.head and len(n.text.split()) > 1 else set()
        if phrase.head == "army" and country_of(n.text.rsplit(" ", 1)[0]) is None:
            heads = set()  # "the army" is the state's, not the Army of Something
        if known is not None:
            kind = known.kind if known.kind != "person" else "organization"
            return Entity(n.text, kind, True, known.country, known.sector, phrase.head, heads=heads, known=True)
        kind = "media" if _OUTLET.search(n.text) else "state" if phrase.kind == "state" else "organization"
        fighters = phrase.head in ("brigade", "front", "faction", "militia") and not _NUMBERED.search(n.text)
        rebels = phrase.sector in ("REB", "PRM", "UAF") and phrase.head not in ("court", "ministry")
        if kind == "organization" and (fighters or rebels):
            kind = "group"
        sector = "JRN" if kind == "media" else phrase.sector
        if fighters and sector in (None, "MIL"):
            sector = "REB"
        return Entity(n.text, kind, True, phrase.country, sector, phrase.head, heads=heads)

    # --- states --------------------------------------------------------------------------------------------

    def state(self, code: str, name: str) -> int:
        """The entity of a country, made when it is first needed."""
        if code not in self._states:
            heads = {"country", "government", "state", "nation", "administration", "regime", "authorities"}
            self._states[code] = self.add(Entity(name, "state", True, code, "GOV", aliases={name.lower()}, heads=heads))
        return self._states[code]

    def place(self, words: str, label: str) -> int | None:
        """The state that a place name, a capital or a word for a people stands for."""
        known = actor_by_alias(words)
        if known is not None and known.kind != "person" and country_by_name(words) is None and label != "NORP":
            return self._exact.get(("Known", known.name)) or self._known_place(words)
        if found := country_of(words):
            return self.state(*found)
        if label == "Location" and (code := country_of_capital(words)):
            return self.state(code, countries()[code].name if code in countries() else words)
        if words.lower() in _NO_STATE:
            return None
        stem = self._stems.get(words, words)
        key = fold(stem)
        if key not in self._states:
            e = Entity(stem, "state", True, None, "GOV", aliases={words.lower()})
            e.heads = {"country", "government", "state", "nation", "administration", "regime", "authorities", "region", "republic"}
            self._states[key] = self.add(e)
        return self._states[key]

    def unlabelled(self, words: str, offset: int) -> int | None:
        """The entity of a name that the recogniser missed: a country, a known actor, a name met elsewhere, else new."""
        if country_of(words) or country_of_capital(words):
            return self.place(words, "Location")
        known = self._exact.get(("Organization", fold(words)))
        known = known if known is not None else self._exact.get(("Person", " ".join(cn.person_tokens(words))))
        if known is not None:
            return known
        person = noun_phrase(words).kind == "unknown" and 2 <= len(words.split()) <= 3 and actor_by_alias(words) is None
        n = cn.Name(offset, offset + len(words), "Person" if person else "Organization", words)
        if person:
            tokens = cn.person_tokens(words)
            found = self._bearer(n, tokens, "") if tokens else None
            return found if found is not None else self.add(self._new_person(n))
        return self._same_body(n)

    def person(self, start: int, words: str) -> int:
        """The person of a name that bears no label."""
        n = cn.Name(start, start + len(words), "Person", words)
        tokens = cn.person_tokens(words)
        found = self._bearer(n, tokens, "") if tokens else None
        if found is None:
            found = self.add(self._new_person(n))
            for t in tokens:
                self._persons[t].append(found)
        return found

    def _known_place(self, words: str) -> int:
        known = actor_by_alias(words)
        i = self.add(self._new_body(cn.Name(0, 0, "Organization", words)))
        if known is not None:
            self._exact[("Known", known.name)] = i
        self._enter(i, words)
        return i

    def _place_stems(self) -> dict[str, str]:
        """Unknown words for peoples by the place whose name they begin like: "Lesharran" by Lesharra."""
        places: dict[str, list[str]] = defaultdict(list)
        for p in self._places:
            if " " not in p and country_of_demonym(p) is None:
                places[fold(p)[:_MIN_STEM]].append(p)
        stems = {}
        for text in {n.text for n in self.names if n.label == "NORP"}:
            if country_of_demonym(text) is None:
                if (found := _like(fold(text), places.get(fold(text)[:_MIN_STEM], ()))) is not None:
                    stems[text] = found
        return stems

    def main_country(self) -> str | None:
        """The ISO code that most names of places and peoples point to, where one clearly leads."""
        seen: Counter[str] = Counter()
        for n in self.names:
            if n.label in ("Location", "NORP"):
                found = country_of(n.text)
                code = found[0] if found else (country_of_capital(n.text) or ("?" + fold(self._stems.get(n.text, n.text))[:5]))
                seen[code] += 1
        total = sum(seen.values())
        unknown = sum(v for k, v in seen.items() if k[0] == "?")
        for code, count in seen.most_common(1):
            if code[0] != "?" and count >= 3 and count >= 0.3 * total and unknown < 0.7 * total:
                return code
        known = [(c, k) for k, c in seen.items() if k[0] != "?"]
        if known and unknown < 0.6 * total and max(known)[0] >= 0.3 * total:
            return max(known)[1]
        return None


_NUMBERED = re.compile(r"\d|\b(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Armou?red|Infantry|Mechani[sz]ed|Airborne|Tank)\b")
_OUTLET = re.compile(
    r"\b(?:News|TV|Television|Radio|Broadcast\w*|Media|Times|Post|Herald|Gazette|Tribune|Journal|Observer|Telegraph|Chronicle|Mail|Mirror|"
    r"Standard|Courier|Daily|Newspaper|Press|News Agency|Newsroom|Weekly|Magazine)$|^(?:Radio|Daily|TV|Television) ",
)
_NO_STATE = frozenset(
    "africa|europe|asia|middle east|north africa|west africa|east africa|latin america|south america|north america|central america|"
    "central asia|southeast asia|south asia|the west|the gulf|balkans|caucasus|sahel|horn of africa|mediterranean|black sea|"
    "caribbean|scandinavia|eastern europe|western europe|arctic|antarctica|earth".split("|")
)
"""Places that nobody speaks for."""


def _like(word: str, places: Iterable[str]) -> str | None:
    """The place with the longest common beginning, if it covers all but two letters of the place's name."""
    best: tuple[int, str] | None = None
    for p in sorted(places):
        key = fold(p)
        common = 0
        while common < min(len(key), len(word)) and key[common] == word[common]:
            common += 1
        if common >= max(_MIN_STEM, len(key) - 3) and common >= len(word) - 5 and (best is None or common > best[0]):
            best = common, p
    return best[1] if best else None
