"""The run of mentions in a text -> what pronouns, "both sides" and "the government" stand for at a place (`Discourse`)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.gazetteer import countries
from onrecord.reader.coref_pronouns import MAX_MENTIONS, Mention, Place, antecedent
from onrecord.reader.coref_scan import CLAUSE_OPENERS, prominence, quote_of
from onrecord.reader.nominals import PRONOUNS, country_of
from onrecord.reader.noun_words import DETERMINERS, STOPPERS

if TYPE_CHECKING:
    from onrecord.reader.document import Document
    from onrecord.reader.entities import Entity
    from onrecord.reader.roster import Roster

LOOK_BACK = 60
"""Mentions among which parties, states and bodies are looked for."""
_LATE = 200
"""How many mentions a late one may be put before."""
_STATE_SECTORS = frozenset({"GOV", "MIL", "LEG", "COP", "SPY", "JUD"})
_AGAINST_STATES = frozenset({"REB", "UAF", "PRM", "OPP", "PTY"})
_PAIR_SHARE = 0.5
"""A pair named together counts where the report is about it half as much as about the two that it names most."""
_STORY, _STORY_CHARS = 400, 12_000
"""How far back, in mentions and in characters, a report is searched for whom it is about."""
_NAMED = 0.5
_MAIN = 1.0
"""What it tells for "the government" that the report is about a country."""
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

    def lately(self, offset: int, count: int) -> list[Mention]:
        """The last mentions that begin before an offset, in text order."""
        i = bisect_left(self.mentions, offset, key=lambda m: m.start)
        return self.mentions[max(0, i - count) : i]

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
        found = antecedent(kind, place, self.lately(offset, MAX_MENTIONS), self.entities, barred)
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
            if word in CLAUSE_OPENERS or word in ".!?;" or word in ("said", "says", "saying"):
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
        for m in reversed(self.lately(offset, 12)):
            if offset - m.start < 120:
                return m.numbers
        return ()

    # --- parties and states --------------------------------------------------------------------------------

    def two_parties(self, offset: int, *, states: bool = False) -> tuple[int, ...]:
        """The two that "both sides" means: the last pair named together of those that the report is about, else the two
        that it names most and that are not one side; `states` leaves other bodies out."""
        home = self.document.sentence_at(offset)
        pairs = [
            m
            for m in reversed(self.lately(offset, LOOK_BACK))
            if len(m.numbers) == 2
            and not self._one_side(*m.numbers)
            and all(self._may_be(n, states=states) for n in m.numbers)
        ]
        speaking = next((m.numbers for m in pairs if m.sentence == home and m.spoke), ())
        weight = self._weights(offset, states=states)
        ranked = [n for n in sorted(weight, key=lambda n: (-weight[n], n)) if n not in speaking]
        best = ranked[:1] + [n for n in ranked[1:] if not self._one_side(n, ranked[0])][:1]
        bar = _PAIR_SHARE * sum(weight[n] for n in best)
        for m in pairs:  # "X and Y urged both sides" means others
            if m.numbers != speaking and sum(weight.get(n, 0) for n in m.numbers) >= bar:
                return m.numbers
        return tuple(sorted(best)) if len(best) == 2 else speaking

    def _may_be(self, number: int, *, states: bool) -> bool:
        e = self.entities[number]
        return e.kind == "state" if states else _may_be_side(e)

    def _weights(self, offset: int, *, states: bool) -> dict[int, float]:
        """How much the text before an offset is about each that can be a party."""
        found: dict[int, float] = defaultdict(float)
        for m in self.lately(offset, _STORY):
            n = m.numbers[0]
            if len(m.numbers) == 1 and self._is_party(self.entities[n], states=states):
                found[n] += 1
        for name in self.roster.inside(
            max(0, offset - _STORY_CHARS), offset
        ):  # also where it is told what others do to them
            if name.label in ("Location", "NORP") and (country := country_of(name.text)):
                found[self.roster.state(*country)] += _NAMED
        return found

    def _one_side(self, one: int, other: int) -> bool:
        """Are two actors of one side: a state and its army, two of its bodies?"""
        if one == other:
            return True
        a, b = self.entities[one], self.entities[other]
        if {a.sector, b.sector} & _AGAINST_STATES:
            return one in b.member_of or other in a.member_of
        mine = self.state_of(one)
        return mine is not None and mine == self.state_of(other)

    def _is_party(self, e: Entity, *, states: bool) -> bool:
        if e.kind == "state":
            return True
        if states or e.kind not in ("group", "organization"):
            return False
        return (e.named and e.sector in _PARTY_SECTORS) or (e.sector == "MIL" and e.head in ("army", "military"))

    def state_of(self, number: int) -> int | None:
        """The state that an actor is, or belongs to directly or through a body."""
        e = self.entities[number]
        if e.kind == "state":
            return number
        near = [*e.member_of, *(k for m in e.member_of for k in self.entities[m].member_of)]
        found = next((m for m in near if self.entities[m].kind == "state"), None)
        if found is None and e.sector in _STATE_SECTORS and not e.guessed and e.country in countries():
            return self.roster.state(e.country, countries()[e.country].name)
        return found

    def leading_state(self, start: int, *, country: bool) -> int | None:
        """The state that most of the text before an offset is about; "the country" is rather the latest, "the
        government" the one that was called so before."""
        home = self.document.sentence_at(start)
        if not country and (own := self._one_state(home, start)) is not None:
            return own
        scores: dict[int, float] = {}
        for m in self.lately(start, LOOK_BACK):
            n = m.numbers[0]
            if len(m.numbers) == 1 and self.entities[n].kind == "state":
                near = 1 / (1 + home - m.sentence) if home >= m.sentence else 0
                scores[n] = scores.get(n, 0.0) + (1 + m.rank) * ((3 * near) if country else (0.5 + near))
        for n in scores:
            scores[n] += 0 if country else 2 * (n in self.ruled) + _MAIN * (self.entities[n].country == self.main)
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
