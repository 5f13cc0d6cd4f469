"""The run of mentions in a text -> what pronouns, "both sides" and "the government" stand for at a place (`Discourse`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.reader.coref_pronouns import Mention, Place, antecedent
from onrecord.reader.coref_scan import CLAUSE_OPENERS, prominence, quote_of
from onrecord.reader.nominals import PRONOUNS
from onrecord.reader.noun_words import DETERMINERS, STOPPERS

if TYPE_CHECKING:
    from onrecord.reader.document import Document
    from onrecord.reader.entities import Entity
    from onrecord.reader.roster import Roster

LOOK_BACK = 60
"""Mentions among which parties, states and bodies are looked for."""
_LATE = 200
"""How many mentions a late one may be put before."""
_PARTY_SECTORS = frozenset({"REB", "GOV", "PTY", "OPP", "UAF", "PRM"})


class Discourse:
    """The mentions of a document in text order, and what can be asked of them."""

    def __init__(self, document: Document, roster: Roster) -> None:
        self.document = document
        self.roster = roster
        self.entities: list[Entity] = roster.entities
        self.mentions: list[Mention] = []
        self.main = roster.main_country()
        self.ruled: set[int] = set()
        """States that were called "the government"."""
        self._subjects: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._quotes = [q[0] for q in document.quotes]

    def word_at(self, offset: int) -> int:
        """Number of the word that holds an offset, or -1."""
        found = self.document.words_in(offset, offset + 1)
        return found.start if len(found) else -1

    def quoted(self, offset: int) -> bool:
        """Does an offset lie in a quotation?"""
        return quote_of(self.document, self._quotes, offset) >= 0

    def note(self, start: int, numbers: tuple[int, ...], rank: int, form: str, *, spoke: bool = False) -> None:
        """Remember a mention for what comes after it; late ones go to their place."""
        sentence = self.document.sentence_at(start)
        m = Mention(start, sentence, numbers, rank, form, self.quoted(start), spoke)
        if rank == 2 and self._subjects.setdefault(sentence, (start, numbers)) >= (start, numbers):
            self._subjects[sentence] = (start, numbers)
            m = replace(m, main=True)
        i = len(self.mentions)
        while i > 0 and self.mentions[i - 1].start > start and len(self.mentions) - i < _LATE:
            i -= 1
        for k in range(max(0, i - 3), i):
            old = self.mentions[k]
            if old.start == start and old.numbers == numbers:
                self.mentions[k] = replace(
                    m, rank=max(m.rank, old.rank), spoke=m.spoke or old.spoke, main=m.main or old.main
                )
                return
        self.mentions.insert(i, m)

    # --- pronouns ------------------------------------------------------------------------------------------

    def pronoun(self, word: str, offset: int, speaker: int | None, *, note: bool = True) -> tuple[int, ...]:
        """The entities that a pronoun (lower case) stands for; empty where none fits."""
        kind = PRONOUNS[word]
        if kind == "1":
            return (speaker,) if speaker is not None else ()
        if kind == "1p":
            return self.side_of(speaker)
        if kind in ("2", "p1"):
            return ()
        if kind == "r":
            return self.before(offset)
        if kind == "d":
            return self.two_parties(offset)
        place = self._place(word, offset)
        barred = frozenset({speaker}) if speaker is not None and place.quoted else frozenset()
        found = antecedent(kind, place, self.mentions, self.entities, barred)
        if found:
            if len(found) == 1 and kind in ("m", "f") and place.rank == 2 and not self.entities[found[0]].gender:
                self.entities[found[0]].gender = kind
            if note:
                self.note(offset, found, place.rank, "pronoun")
        return found

    def _place(self, word: str, offset: int) -> Place:
        at = self.word_at(offset)
        sentence = self.document.sentence_at(offset)
        return Place(
            start=offset,
            sentence=sentence,
            rank=prominence(self.document, offset, offset + len(word)),
            quoted=self.quoted(offset),
            possessive=self._possessive(word, at),
            opens=sentence >= 0 and at == self.document.sentence_words[sentence][0],
            clause=self._clause(at),
        )

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

    def side_of(self, speaker: int | None) -> tuple[int, ...]:
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

    def before(self, offset: int) -> tuple[int, ...]:
        """The entity of the last mention before a relative pronoun."""
        for m in reversed(self.mentions[-12:]):
            if m.start < offset and offset - m.start < 120:
                return m.numbers
        return ()

    # --- parties and states --------------------------------------------------------------------------------

    def two_parties(self, offset: int, *, states: bool = False) -> tuple[int, ...]:
        """The two bodies that "both sides" means: the last pair named together, else the two named most; `states`
        leaves other bodies out."""
        seen: dict[int, int] = {}
        for m in reversed(self.mentions[-LOOK_BACK:]):
            if m.start >= offset:
                continue
            if len(m.numbers) == 2 and all(_may_be_side(self.entities[n]) for n in m.numbers):
                return m.numbers
            if len(m.numbers) == 1 and self._is_party(self.entities[m.numbers[0]], states=states):
                seen[m.numbers[0]] = seen.get(m.numbers[0], 0) + 1
        best = sorted(seen, key=lambda n: -seen[n])[:2]
        return tuple(sorted(best)) if len(best) == 2 else ()

    def _is_party(self, e: Entity, *, states: bool) -> bool:
        if e.kind == "state":
            return True
        return not states and e.kind in ("group", "organization") and e.named and e.sector in _PARTY_SECTORS

    def state_of(self, number: int) -> int | None:
        """The state that an actor is, or belongs to directly or through a body."""
        e = self.entities[number]
        if e.kind == "state":
            return number
        near = [*e.member_of, *(k for m in e.member_of for k in self.entities[m].member_of)]
        return next((m for m in near if self.entities[m].kind == "state"), None)

    def leading_state(self, start: int, *, country: bool) -> int | None:
        """The state that most of the text before an offset is about; "the country" is rather the latest, "the
        government" the one that was called so before."""
        home = self.document.sentence_at(start)
        if not country and (own := self._one_state(home, start)) is not None:
            return own
        scores: dict[int, float] = {}
        for m in self.mentions[-LOOK_BACK:]:
            n = m.numbers[0]
            if len(m.numbers) == 1 and self.entities[n].kind == "state" and m.start < start:
                near = 1 / (1 + home - m.sentence) if home >= m.sentence else 0
                scores[n] = scores.get(n, 0.0) + (1 + m.rank) * ((3 * near) if country else (0.5 + near))
        for n in self.ruled & set(scores):
            scores[n] += 0 if country else 2
        if scores:
            return max(sorted(scores), key=lambda n: scores[n])
        if self.main is None:
            return None
        rulers = self.roster.by_head.get("government", ())
        return next((i for i in rulers if self.entities[i].country == self.main), None)

    def _one_state(self, sentence: int, start: int) -> int | None:
        """The only state or nation that a sentence names before an offset ("A Vardan lawmaker accused the government")."""
        if sentence < 0:
            return None
        named = self.roster.inside(self.document.sentences[sentence][0], start)
        found = {self.roster.entity_of(n) for n in named if n.label in ("NORP", "Location")}
        states = {n for n in found if n is not None and self.entities[n].kind == "state"}
        return states.pop() if len(states) == 1 else None


def _may_be_side(e: Entity) -> bool:
    """Can an actor be one of two sides: no person, no outlet, none that helps or mediates for all the world?"""
    return e.kind not in ("person", "media", "document") and e.country not in ("UNO", "NGO") and e.sector != "MED"
