"""Noun phrases in text order -> the entities that they go on with or begin (`PhraseBook`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.reader import coref_nominals as nominals
from onrecord.reader import coref_phrases as phrases
from onrecord.reader.coref_scan import Chunk, prominence
from onrecord.reader.entities import FEMALE_HEADS, MALE_HEADS, Entity
from onrecord.reader.nominals import NounPhrase, noun_phrase, singular

if TYPE_CHECKING:
    from onrecord.reader.discourse import Discourse
    from onrecord.reader.document import Document
    from onrecord.reader.roster import Roster

_NEXT_OWNER = re.compile(r"\s+(?:of|for|from|in|at|with|to|inside|representing)\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_OF_GOVERNMENT = re.compile(r"(?:\w+ )?government ")
_NAMED_AFTER = re.compile(r"\s+of\s+(?:the\s+)?[A-Z]")
_MAX_DEPTH = 3
_NEAR_OWNER = 60
"""Characters after "of" in which a name that owns the phrase may stand."""
_LEAD_SENTENCES = 3
_NO_OWN_STATE = frozenset("central interim federal military ruling".split())
_COUNTRY_HEADS = frozenset("country state nation republic kingdom".split())
_CIVIL = frozenset("group agency organization organisation worker charity ngo watchdog".split())

_TROOPS = frozenset("army military navy force forces troops soldier serviceman".split())
_OTHERS = frozenset("other rival another new third local".split())
"""Words that tell a body from the one just named."""
_ARMED = frozenset(
    "paramilitary militant rebel armed insurgent separatist guerrilla jihadist islamist extremist hardline".split()
)
"""Words before "group" or "force" that any body which fights may bear."""


class PhraseBook:
    """Which entity each noun phrase stands for, by the word number of its head (`heads`)."""

    def __init__(self, document: Document, roster: Roster, discourse: Discourse, chunks: list[Chunk]) -> None:
        self.document = document
        self.roster = roster
        self.discourse = discourse
        self.entities: list[Entity] = roster.entities
        self.heads: dict[int, int] = {discourse.word_at(o): n for o, n in roster.described.items()}
        self.pronouns: dict[int, tuple[int, ...]] = {}
        """Word number of a pronoun -> its entities, for those read in passing."""
        self._chunks = {c.at: c for c in chunks if not c.pronoun}

    def entity(
        self, phrase: NounPhrase, start: int, end: int, at: int, speaker: int | None, depth: int = 0
    ) -> int | None:
        """The entity of a noun phrase whose head is word `at`: one that it continues, else a new one."""
        if depth > _MAX_DEPTH:
            return None
        owner, extra = self._owner(phrase, start, speaker, depth)
        found: int | None = None
        if nominals.is_state(phrase) and (found := self._ruler(phrase, owner, start)) is not None:
            self.discourse.ruled.add(found)
        own = _NAMED_AFTER.match(self.document.text, start + phrase.at[1]) if nominals.is_state(phrase) else None
        if found is None and not (own and owner is None):
            found = self._continued(phrase, owner, extra, start)
        if found is None:
            found = self._new(phrase, owner, start, end)
        self.heads[at] = found
        if not (phrase.head in nominals.ARMED and nominals.fights(self.entities[found])):  # "the army" is the state's
            self.roster.call(found, (phrase.head,))
        if not self.entities[found].named:
            self.entities[found].words |= set(phrase.core.split())
        self.discourse.note(start, (found,), prominence(self.document, start, end), "nominal")
        return found

    # --- whose ---------------------------------------------------------------------------------------------

    def _owner(
        self, phrase: NounPhrase, start: int, speaker: int | None, depth: int
    ) -> tuple[int | None, frozenset[str]]:
        """Whose the phrase's bearer is, by a possessive, a name before the head, or "of"/"for" after it; and the
        words of the names that say so."""
        text = self.document.text
        if phrase.possessive:
            known = self.pronouns.get(self.discourse.word_at(start))
            found = known or self.discourse.pronoun(phrase.possessive, start, speaker)
            return (self._keeper(phrase, found[0]) if len(found) == 1 else None), frozenset()
        before = self.roster.inside(start, start + phrase.at[0])
        before = [n for n in before if text[n.end : n.end + 1] != "-"]  # "the Iran-backed group" is not Iran's
        extra = frozenset(singular(w) for n in before for w in n.text.lower().split())
        for n in reversed(before):
            if (owner := self.roster.entity_of(n)) is not None:
                return owner, extra
        if phrase.head != "government" and _OF_GOVERNMENT.match(phrase.core):
            return self.discourse.leading_state(start, country=False), extra | {"government"}
        m = _NEXT_OWNER.match(text, start + phrase.at[1])
        if m is None:
            return None, extra
        near = self.roster.inside(m.end(), m.end() + _NEAR_OWNER)
        if near:
            first = near[:1] if near[0].start == m.end() else near
            n_found = phrases.head(text, m.end(), near[-1].end, first).name
            if n_found is not None:
                only_place = n_found.label in ("Location", "Facility") and not m.group().lower().startswith(
                    (" of", " for")
                )
                if only_place and not nominals.is_state(phrase):
                    return None, extra
                return self.roster.entity_of(n_found), extra
        return self._inner_owner(m.end(), depth), extra

    def _keeper(self, phrase: NounPhrase, owner: int) -> int:
        """Troops that a ministry or an official calls its own are the state's."""
        e = self.entities[owner]
        serves = e.kind in ("organization", "person") and e.sector in ("GOV", "MIL")
        if phrase.head in _TROOPS and serves and (state := self.discourse.state_of(owner)) is not None:
            return state
        return owner

    def _inner_owner(self, offset: int, depth: int) -> int | None:
        """ "A spokesman for the ministry": the ministry, itself a phrase."""
        first = self.discourse.word_at(offset)
        for at in range(first, first + 4):
            if at in self.heads:
                return self.heads[at]
            chunk = self._chunks.get(at)
            if chunk is not None and chunk.start <= offset:
                phrase = noun_phrase(self.document.text[chunk.start : chunk.end])
                if phrase.kind in ("organization", "group", "state", "media") and not phrase.plural:
                    return self.entity(phrase, chunk.start, chunk.end, at, None, depth + 1)
                return None
        return None

    def _ruler(self, phrase: NounPhrase, owner: int | None, start: int) -> int | None:
        """The state that "the government", "Iranian authorities", "the country" stand for."""
        if owner is not None:
            return self.discourse.state_of(owner)
        if phrase.country and phrase.country_name:
            return self.roster.state(phrase.country, phrase.country_name)
        if phrase.indefinite or nominals.modifiers(phrase) - _NO_OWN_STATE:
            return None
        if _NAMED_AFTER.match(self.document.text, start + phrase.at[1]):  # "the Government of National Unity"
            return None
        return self.discourse.leading_state(start, country=phrase.head in _COUNTRY_HEADS)

    # --- going on ------------------------------------------------------------------------------------------

    def _continued(self, phrase: NounPhrase, owner: int | None, extra: frozenset[str], offset: int) -> int | None:
        """An earlier entity that the phrase continues ("the group", "the diplomat", "the rebels")."""
        if phrase.one_of:
            return None
        if phrase.indefinite:
            lead = self.document.sentence_at(offset) <= _LEAD_SENTENCES
            return self._named_later(phrase, owner, extra, offset) if lead else None
        best: tuple[int, int] | None = None
        chosen: int | None = None
        for i in self._pool(phrase, offset):
            last = self.entities[i].last_before(offset)
            value = nominals.fit(phrase, owner, self.entities[i], extra) if last >= 0 else 0
            if value and (best is None or (value, last) > best):
                best, chosen = (value, last), i
        if chosen is None and not phrase.plural:
            chosen = self._named_later(phrase, owner, extra, offset)
        if chosen is None and phrase.definite:
            chosen = self._generic(phrase, offset)
        return chosen

    def _pool(self, phrase: NounPhrase, offset: int) -> list[int]:
        pool = list(self.roster.by_head.get(phrase.head, ())[-nominals.MAX_LOOKED_AT :])
        for m in self.discourse.lately(offset, 40):
            pool += m.numbers
        return list(dict.fromkeys(pool))

    def _named_later(self, phrase: NounPhrase, owner: int | None, extra: frozenset[str], offset: int) -> int | None:
        """A person whom the report names only further on, with this role."""
        if phrase.plural or phrase.kind != "person":
            return None
        lead = self.document.sentence_at(offset) <= 1 and phrase.head not in nominals.COMMON_ROLES
        mine = nominals.modifiers(phrase) - extra
        fits = []
        for i in self.roster.by_head.get(phrase.head, ())[: nominals.MAX_LOOKED_AT]:
            e = self.entities[i]
            if not e.named or e.kind != "person" or e.last_before(offset) >= 0:
                continue
            owned = owner is not None and owner in e.member_of
            told = bool(mine) or owned or phrase.definite or lead
            if told and mine <= {singular(w) for w in e.words} and (owner is None or owned or not e.member_of):
                fits.append(i)
        return fits[0] if len(fits) == 1 else None

    def _generic(self, phrase: NounPhrase, offset: int) -> int | None:
        """The latest body that a word for a whole class ("the group", "the agency") can mean.

        A new word before it ("the medical charity", "the Vardan-backed group") describes a body that was just named, the
        last one that fits.
        """
        fighters = phrase.head in nominals.FIGHTERS and phrase.plural
        told = nominals.modifiers(phrase) - _ARMED
        if (phrase.plural and (told or not fighters)) or told & _OTHERS:
            return None
        home = self.document.sentence_at(offset)
        for m in reversed(self.discourse.lately(offset, 60)):
            e = self.entities[m.numbers[0]]
            if len(m.numbers) > 1 or m.rank == 0:
                continue
            if told and home - m.sentence > 1:
                return None
            if nominals.modifiers(phrase) & _ARMED and not nominals.fights(e):
                continue  # "the paramilitary group" is one that fights
            if self._of_class(phrase, e, fighters=fighters):
                return m.numbers[0]
        return None

    def _of_class(self, phrase: NounPhrase, e: Entity, *, fighters: bool) -> bool:
        if phrase.country and e.country and phrase.country != e.country:
            return False
        if nominals.of_class(phrase.head, e) or (fighters and nominals.fights(e)):
            return True
        return phrase.head in nominals.ARMED and bool(nominals.modifiers(phrase) & _ARMED) and nominals.fights(e)

    # --- beginning -----------------------------------------------------------------------------------------

    def _new(self, phrase: NounPhrase, owner: int | None, start: int, end: int) -> int:
        words = self.document.text[start:end]
        o = self.entities[owner] if owner is not None else None
        person = phrase.kind == "person"
        e = Entity(
            name=short_title(words, phrase),
            kind=phrase.kind,
            named=False,
            country=o.country if o is not None and o.kind == "state" else phrase.country,
            sector=phrase.sector,
            head=phrase.head,
            plural=phrase.plural,
            description=without_article(words)[:160],
            gender="f"
            if person and phrase.head in FEMALE_HEADS
            else "m"
            if person and phrase.head in MALE_HEADS
            else "",
            nameless=phrase.nameless,
            phrase=phrase,
            heads={phrase.head},
            words=set(phrase.core.split()),
            owner=owner,
        )
        number = self.roster.add(e)
        if owner is not None and o is not None:
            if o.kind != "person":
                e.member_of.append(owner)
            elif not person:
                e.member_of += o.member_of[:1]
            self.roster.inherit(number, owner)
            e.of_person = o.kind == "person"
        if e.sector == "SOC" and phrase.head in _CIVIL:  # bodies of the world, in the codebook's sense
            e.country, e.sector = e.country or "NGO", None
        return number


def without_article(words: str) -> str:
    """A phrase without its article."""
    return re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)


def short_title(words: str, phrase: NounPhrase) -> str:
    """A description short enough for a name: up to the first comma or clause after its head."""
    rest = re.split(r",\s| who | which | whose |\s[—–-]+\s", words[phrase.at[1] :])[0]
    whole = re.sub(
        r"(?:\s+(?:and|or|but|in|of|at|on|for|from|with|by|to|the|as|a|an))+\s*$", "", words[: phrase.at[1]] + rest
    )
    whole = re.sub(r"^(?:(?:than|never|s)\s+)+", "", whole)
    return without_article(whole)[:120].strip(" \t\n\"'“”‘’«»,;:()[]—–-")
