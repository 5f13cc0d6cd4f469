"""Mentions of people, organisations, states and groups -> the report's actors (within-report coreference).

Names are entities from the start; noun phrases and pronouns that a record needs are resolved in text order
to the entity that they continue, or become entities of their own.  Salience is recency, with sources and
speakers before others, as in the classical centring heuristics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import country_by_name
from onrecord.reader.nominals import PRONOUNS, NounPhrase, noun_phrase, singular

if TYPE_CHECKING:
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Span as Labelled

_TRIM = " \t\n\"'“”‘’«»,;:()[]—–-"
_PREPOSITION = re.compile(r"\b(?:for|from|with|to|by|against|near|at|in|who|whose|which|that|citing)\b", re.I)
_OF_NAME = re.compile(r"\b(?:of|and)\s+(?:(?:[A-Z][\w.'’-]*|the|former|late)\s+)*$")
_HONORIFIC = re.compile(
    r"^(?:mr|mrs|ms|dr|sir|lord|lady|dame|gen|lt|col|maj|capt|sgt|sen|rep|gov|president|prime minister|king|queen|"
    r"prince|princess|sheikh|general|colonel|brigadier|ayatollah|pope|judge|justice|professor)\.?\s+",
    re.I,
)
_SIDES = re.compile(r"\s*,?\s+(?:and|as well as|along with)\s+|\s*,\s*")
_GENERIC_GROUP = frozenset("group movement organisation organization faction militia rebel militant insurgent".split())
_GENERIC_STATE = frozenset("country government state administration regime nation republic kingdom".split())
_GENERIC_MEDIA = frozenset("agency newspaper paper broadcaster channel station network outlet report".split())


@dataclass(slots=True)
class Entity:
    """An actor in the making."""

    name: str
    kind: str
    named: bool
    country: str | None = None
    sector: str | None = None
    head: str = ""
    plural: bool = False
    description: str | None = None
    gender: str = ""
    nameless: bool = False
    aliases: set[str] = field(default_factory=set)
    mentions: dict[Range, str] = field(default_factory=dict)
    member_of: list[int] = field(default_factory=list)
    phrase: NounPhrase | None = None

    def last_before(self, offset: int) -> int:
        """Start of the latest mention before the offset, or -1."""
        return max((s for s, _ in self.mentions if s < offset), default=-1)


class ActorBook:
    """All actors of one document; `resolve` gives the entity numbers for a span."""

    def __init__(self, document: Document, names: list[Labelled]) -> None:
        self.document = document
        self.entities: list[Entity] = []
        self.names = self._name_ranges(names)
        self._resolved: dict[Range, tuple[int, ...]] = {}
        self.speakers: list[tuple[int, int]] = []
        """(offset, entity) of everyone who has spoken so far, in text order."""
        for start, end, label in self.names:
            if label in ("Person", "Organization"):
                self._add_name(start, end, label)

    def _name_ranges(self, names: list[Labelled]) -> list[tuple[int, int, str]]:
        words = self.document.words
        return [
            (words[n.first][0], words[n.last - 1][1], n.label)
            for n in names
            if n.label in ("Person", "Organization", "Location", "NORP", "Facility")
        ]

    # --- names ---------------------------------------------------------------------------------------------

    def _add_name(self, start: int, end: int, label: str) -> int:
        text = self._clean(start, end)
        found = self._known_name(text, label)
        if found is None:
            found = len(self.entities)
            self.entities.append(self._new_name(text, label))
        entity = self.entities[found]
        entity.mentions[(start, end)] = "name"
        entity.aliases.add(text.lower())
        if label == "Person":
            bare = _HONORIFIC.sub("", text)
            if len(bare) > len(entity.name) and entity.kind == "person":
                entity.name = bare
        return found

    def _clean(self, start: int, end: int) -> str:
        return re.sub(r"['’]s?$", "", self.document.text[start:end].strip(_TRIM))

    def _new_name(self, text: str, label: str) -> Entity:
        if label == "Person":
            bare = _HONORIFIC.sub("", text)
            known = actor_by_alias(text) or actor_by_alias(bare)
            entity = Entity(bare, "person", True)
            if known and known.kind == "person":
                entity.country, entity.sector = known.country, known.sector
            return entity
        known = actor_by_alias(text)
        if known:
            return Entity(known.name if known.kind != "person" else text, known.kind, True, known.country, known.sector)
        country = country_by_name(text)
        if country:
            return Entity(country[1], "state", True, country[0], "GOV", aliases={country[1].lower()})
        phrase = noun_phrase(text)
        kind = phrase.kind if phrase.kind in ("media", "state") else "organization"
        return Entity(text, kind, True, phrase.country, phrase.sector, phrase.head)

    def _known_name(self, text: str, label: str) -> int | None:
        low = text.lower()
        bare = _HONORIFIC.sub("", low)
        known = actor_by_alias(text)
        country = country_by_name(text) if label != "Person" else None
        for i, e in enumerate(self.entities):
            if not e.named:
                continue
            if low in e.aliases or bare in e.aliases or (known and known.name == e.name and known.kind == e.kind):
                return i
            if country and e.kind == "state" and e.country == country[0]:
                return i
            if label == "Person" and e.kind == "person" and _same_person(bare, e):
                return i
            if label == "Organization" and e.kind != "person" and _same_organisation(text, e):
                return i
        return None

    def state(self, code: str, name: str) -> int:
        """The entity of a country, made when it is first needed."""
        for i, e in enumerate(self.entities):
            if e.kind == "state" and e.country == code:
                return i
        self.entities.append(Entity(name, "state", True, code, "GOV", aliases={name.lower()}))
        return len(self.entities) - 1

    # --- spans ---------------------------------------------------------------------------------------------

    def resolve(self, start: int, end: int, *, speaking: bool = False, speaker: int | None = None) -> tuple[int, ...]:
        """Entities that the words [start, end) name; `speaking` marks them as a source, `speaker` is who
        speaks where the words stand (for "I", "we")."""
        start, end = self._shrink(start, end)
        if start >= end:
            return ()
        key = (start, end)
        if key not in self._resolved:
            parts = self._sides(start, end)
            found: list[int] = []
            for a, b in parts:
                one = self._one(a, b, speaker)
                if one is not None and one not in found:
                    found.append(one)
            self._resolved[key] = tuple(found)
        if speaking:
            self.speakers += [(start, i) for i in self._resolved[key]]
        return self._resolved[key]

    def attach(self, start: int, end: int, form: str, speaker: int | None) -> None:
        """Add a mention to the entity that it continues; nothing where it continues none."""
        start, end = self._shrink(start, end)
        if start >= end or (start, end) in self._resolved or form == "name":
            return
        words = self.document.text[start:end]
        if words.lower() in PRONOUNS:
            found = self._pronoun(words.lower(), start, speaker)
        elif self._named(start, end):
            return
        else:
            found = self._continued(noun_phrase(words), start)
        if found is not None:
            self.entities[found].mentions.setdefault((start, end), form)

    def _shrink(self, start: int, end: int) -> Range:
        text = self.document.text
        while start < end and text[start] in _TRIM:
            start += 1
        while end > start and text[end - 1] in _TRIM:
            end -= 1
        if m := re.search(r"['’]s$", text[start:end]):
            end -= len(m.group())
        return start, end

    def _sides(self, start: int, end: int) -> list[Range]:
        """ "A and B" -> both, where each side can stand alone as an actor."""
        text = self.document.text[start:end]
        m = re.search(r"\s+(?:and|as well as|along with)\s+", text)
        if not m:
            return [(start, end)]
        left, right = text[: m.start()], text[m.end() :]
        ok = (
            len(left.split()) <= 9
            and not re.search(r"\b(?:of|for|from|in|who|which|that|between|the)\s*$", left, re.I)
            and not (re.search(r",|\b(?:of|for|who|which|that|between|in)\b", left) and not self._named(start, start + len(left)))
            and (right[:1].isupper() or self._stands_alone(right) and self._stands_alone(left))
        )
        if not ok or self._one_name(start, end):
            return [(start, end)]
        split = start + m.end()
        commas = [
            (start + a, start + b) for a, b in _parts(left) if left[a:b].strip()
        ] if "," in left and self._list_of_names(left) else [(start, start + m.start())]
        return [*commas, *self._sides(split, end)]

    def _list_of_names(self, left: str) -> bool:
        return all(p.strip()[:1].isupper() and len(p.split()) <= 4 for p in left.split(","))

    def _stands_alone(self, words: str) -> bool:
        phrase = noun_phrase(words)
        return words.lower() in PRONOUNS or phrase.kind != "unknown" or words[:1].isupper()

    def _one_name(self, start: int, end: int) -> bool:
        return any(s <= start + 4 and e >= end and label != "NORP" for s, e, label in self.names)

    def _named(self, start: int, end: int) -> bool:
        return any(start <= s and e <= end for s, e, _ in self.names)

    def _one(self, start: int, end: int, speaker: int | None) -> int | None:
        words = self.document.text[start:end]
        low = words.lower()
        if low in PRONOUNS:
            found = self._pronoun(low, start, speaker)
            if found is not None:
                self.entities[found].mentions.setdefault((start, end), "pronoun")
            return found
        name = self._head_name(start, end)
        if name is not None:
            self._describe(name, start, end)
            return name
        phrase = noun_phrase(words)
        found = self._continued(phrase, start)
        if found is None:
            found = self._new_nominal(phrase, start, end)
        entity = self.entities[found]
        entity.mentions.setdefault((start, end), "nominal")
        return found

    def _head_name(self, start: int, end: int) -> int | None:
        """The named entity that a phrase is about: "Prime Minister Desta", "the envoy, Lena Okoro"; not "a
        spokesman for Desta"."""
        inside = [n for n in self.names if start <= n[0] and n[1] <= end + 1]
        text = self.document.text
        for s, e, label in inside:
            before = text[start:s]
            if label == "Person":
                free = not _PREPOSITION.search(before.split(",")[-1]) and not _OF_NAME.search(before)
                if free and not re.match(r"['’]s?\s+\w", text[e : e + 4]) or (s, e) == (start, end):
                    return self._entity_of(s, e)
        for s, e, label in inside:
            before, after = text[start:s].strip().lower(), text[e:end]
            bare = before in ("", "the") or label == "Organization" and not _PREPOSITION.search(before) and "of" not in before.split()
            if not bare or re.match(r"['’]s?\b|\s*[-–]", after) and (s, e) != (start, end):
                continue
            if after.strip() and not re.match(r"\s*(?:,|\(|who|which|that|in|of|and|--|—)", after):
                continue
            if label == "Organization":
                return self._entity_of(s, e)
            if label in ("Location", "NORP", "Facility") and (found := self._place_actor(s, e, label)) is not None:
                return found
        return None

    def _entity_of(self, start: int, end: int) -> int | None:
        for i, e in enumerate(self.entities):
            if (start, end) in e.mentions:
                return i
        return None

    def _place_actor(self, start: int, end: int, label: str) -> int | None:
        words = self._clean(start, end)
        country = country_by_name(words)
        if country:
            i = self.state(country[0], country[1])
            self.entities[i].mentions[(start, end)] = "name"
            self.entities[i].aliases.add(words.lower())
            return i
        known = actor_by_alias(words)
        if known:
            return self._add_name(start, end, "Organization")
        if label == "NORP":
            return None
        for i, e in enumerate(self.entities):
            if words.lower() in e.aliases:
                e.mentions[(start, end)] = "name"
                return i
        self.entities.append(Entity(words, "organization", True, aliases={words.lower()}))
        self.entities[-1].mentions[(start, end)] = "name"
        return len(self.entities) - 1

    def _describe(self, number: int, start: int, end: int) -> None:
        """Title and apposition around a name give its description, country, sector and membership."""
        entity = self.entities[number]
        text = self.document.text[start:end]
        inner = next(((s, e) for s, e in entity.mentions if start <= s and e <= end), None)
        if inner is None or (inner == (start, end)):
            return
        around = (text[: inner[0] - start].strip(_TRIM), text[inner[1] - start :].strip(_TRIM))
        title = max(around, key=len)
        if entity.kind != "person" or not title or len(title) > 160:
            return
        phrase = noun_phrase(title)
        entity.description = entity.description or re.sub(r"^(?:the|a|an)\s+", "", title)
        entity.country = entity.country or phrase.country
        entity.sector = entity.sector or phrase.sector
        entity.head = entity.head or phrase.head
        for s, e, label in self.names:
            if label == "Organization" and start <= s and e <= end:
                other = self._entity_of(s, e)
                if other is not None and other != number and other not in entity.member_of:
                    entity.member_of.append(other)
        if phrase.country and phrase.country_name and not entity.member_of and phrase.sector in ("GOV", "MIL"):
            entity.member_of.append(self.state(phrase.country, phrase.country_name))

    # --- noun phrases --------------------------------------------------------------------------------------

    def _continued(self, phrase: NounPhrase, offset: int) -> int | None:
        """An earlier entity that the phrase continues ("the group", "the diplomat", "the rebels")."""
        if phrase.indefinite:
            return None
        best: tuple[int, int] | None = None
        for i, e in enumerate(self.entities):
            fit = self._fit(phrase, e)
            if fit and (last := e.last_before(offset)) >= 0:
                rank = (fit, last)
                if best is None or rank > best:
                    best, chosen = rank, i
        if best is not None:
            return chosen
        if phrase.head in _GENERIC_STATE or phrase.head == "authority":
            return self._government(phrase, offset)
        return None

    def _fit(self, phrase: NounPhrase, e: Entity) -> int:
        """How well a phrase continues an entity: 0 not, 3 best."""
        if phrase.country and e.country and phrase.country != e.country:
            return 0
        head = phrase.head
        same = head and (head == e.head or head == singular(e.name.split()[-1]) if e.name else False)
        if same and phrase.plural == e.plural and (not phrase.country or phrase.country == e.country):
            if not phrase.definite and not phrase.plural and not e.named and phrase.core != (e.phrase.core if e.phrase else ""):
                return 0
            return 3
        if not phrase.definite:
            return 0
        if phrase.kind == "person" and e.kind == "person" and not phrase.plural and not e.plural:
            words = (e.description or e.name).lower()
            if head and re.search(rf"\b{re.escape(head)}\b", words):
                return 3
            if len(head) > 5 and head[:6] in words and not e.named:
                return 2
            if not e.named and {head, e.head} <= {"official", "source", "diplomat", "officer"}:
                return 1
            return 0
        if head in _GENERIC_GROUP and e.kind in ("organization", "group") and e.named and not phrase.plural:
            return 2 if e.sector in ("REB", "PRM", "UAF") or e.kind == "group" else 1
        if head in ("rebel", "militant", "insurgent", "fighter") and e.sector in ("REB", "UAF"):
            return 1
        if head in _GENERIC_STATE and e.kind == "state":
            return 2 if phrase.country else 1
        if head in _GENERIC_MEDIA and e.kind == "media":
            return 2
        return 0

    def _government(self, phrase: NounPhrase, offset: int) -> int | None:
        if phrase.country and phrase.country_name and phrase.head in _GENERIC_STATE:
            return self.state(phrase.country, phrase.country_name)
        return None

    def _new_nominal(self, phrase: NounPhrase, start: int, end: int) -> int:
        words = re.sub(r"^(?:the|a|an)\s+", "", self.document.text[start:end], flags=re.I)
        if phrase.country and phrase.kind == "state" and phrase.country_name:
            return self.state(phrase.country, phrase.country_name)
        entity = Entity(
            name=re.split(r",| who | which ", words)[0][:120],
            kind=phrase.kind if phrase.kind != "unknown" else ("group" if phrase.plural else "unknown"),
            named=False,
            country=phrase.country,
            sector=phrase.sector,
            head=phrase.head,
            plural=phrase.plural,
            description=words[:160],
            nameless=phrase.nameless,
            phrase=phrase,
        )
        for s, e, label in self.names:
            if label in ("Organization", "Person") and start <= s and e <= end:
                other = self._entity_of(s, e)
                if other is not None:
                    entity.member_of.append(other)
                    entity.country = entity.country or self.entities[other].country
        if not entity.member_of and phrase.country and phrase.country_name and phrase.sector in ("GOV", "MIL"):
            entity.member_of.append(self.state(phrase.country, phrase.country_name))
        self.entities.append(entity)
        return len(self.entities) - 1

    # --- pronouns ------------------------------------------------------------------------------------------

    def _pronoun(self, word: str, offset: int, speaker: int | None) -> int | None:
        kind = PRONOUNS[word]
        if kind == "1":
            return speaker
        if kind == "1p":
            return self._side_of(speaker)
        if kind == "2":
            return None
        if kind == "r":
            return self._before(offset)
        fits = [i for i, e in enumerate(self.entities) if _agrees(kind, e) and i != speaker]
        best, rank = None, (-1, -1)
        home = self.document.sentence_at(offset)
        spoke = {i: s for s, i in self.speakers if s < offset}
        for i in fits:
            last = self.entities[i].last_before(offset)
            if last < 0 or home - self.document.sentence_at(last) > 4:
                continue
            said = spoke.get(i, -1)
            near = home - self.document.sentence_at(max(last, said))
            value = (-near * 2 + (3 if said >= 0 and home - self.document.sentence_at(said) <= 2 else 0), self._rank(i, offset))
            if value > rank:
                best, rank = i, value
        if best is not None and kind in "mf" and not self.entities[best].gender:
            self.entities[best].gender = kind
        return best

    def _rank(self, i: int, offset: int) -> int:
        """Within its sentence the earlier name is the likelier subject; across sentences the later mention."""
        last = self.entities[i].last_before(offset)
        sentence = self.document.sentences[max(0, self.document.sentence_at(last))]
        first = min((s for s, _ in self.entities[i].mentions if s >= sentence[0]), default=last)
        return sentence[0] * 4 - (first - sentence[0])

    def _side_of(self, speaker: int | None) -> int | None:
        if speaker is None:
            return None
        members = self.entities[speaker].member_of
        return members[0] if members else speaker

    def _before(self, offset: int) -> int | None:
        """The entity whose mention ends just before a relative pronoun."""
        best, at = None, -1
        for i, e in enumerate(self.entities):
            for _, end in e.mentions:
                if at < end <= offset and offset - end < 40:
                    best, at = i, end
        return best


def _parts(left: str) -> list[Range]:
    found, start = [], 0
    for m in _SIDES.finditer(left):
        found.append((start, m.start()))
        start = m.end()
    found.append((start, len(left)))
    return found


def _same_person(bare: str, e: Entity) -> bool:
    mine, theirs = bare.split(), e.name.lower().split()
    if not mine or not theirs:
        return False
    if len(mine) == 1:
        return mine[0] in (theirs[-1], theirs[0]) or mine[0] == " ".join(theirs[-2:])
    if len(theirs) == 1:
        return theirs[0] in (mine[-1], mine[0])
    if mine[-1] != theirs[-1]:
        return bare in e.name.lower() or e.name.lower() in bare
    return mine[0][0] == theirs[0][0]


def _same_organisation(text: str, e: Entity) -> bool:
    low, name = text.lower(), e.name.lower()
    if low == name or f"the {low}" == name:
        return True
    letters = re.sub(r"[^A-Z]", "", text)
    if text.replace(".", "").isupper() and 2 <= len(letters) <= 6:
        initials = "".join(w[0] for w in e.name.split() if w[0].isupper())
        if letters == initials:
            return True
    initials = "".join(w[0] for w in text.split() if w[0].isupper())
    if len(initials) >= 2 and any(a.replace(".", "").upper() == initials and " " not in a for a in e.aliases):
        return True
    mine, theirs = set(low.split()) - {"the", "of"}, set(name.split()) - {"the", "of"}
    return len(mine) >= 2 and mine < theirs or len(theirs) >= 2 and theirs < mine


def _agrees(kind: str, e: Entity) -> bool:
    if kind in ("m", "f"):
        return e.kind == "person" and not e.plural and e.gender in ("", kind)
    if kind == "n":
        return e.kind in ("organization", "state", "media", "document") or (e.kind == "group" and not e.plural)
    return e.plural or e.kind in ("organization", "group", "state")
