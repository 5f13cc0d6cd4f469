"""Invented readings for measuring the ledger: many, all different, names and days spread as in a real archive."""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from onrecord.records import (
    Actor,
    ChainLink,
    Event,
    EventTime,
    Figure,
    Mention,
    Place,
    Position,
    ReaderInfo,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    Talks,
    content_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STATEMENTS = 8
"""Statements in one synthetic reading."""
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 3650
_SYLLABLES = "ba de ki lo mu na or pe ri sa tu va wo xe yi zo".split()
_VERBS = ("said", "denied", "reported", "demanded", "claimed", "confirmed")
_ACTS = ("say", "deny", "report", "demand", "claim", "confirm")
_TYPES = "ASSAULT CONSULT COERCE PROTEST REQUEST REJECT AID MOBILIZE".split()
_MEASURES = "killed injured displaced released detained aid".split()
_ISSUES = "ceasefire hostages withdrawal aid_access talks sanctions".split()


def variants(readings: Sequence[Reading], count: int) -> Iterator[Reading]:
    """So many different reports out of a few readings: the same with a running number at the end of the text."""
    for n in range(count):
        reading = readings[n % len(readings)]
        text = f"{reading.report.text}\n{n}"
        yield dataclasses.replace(reading, report=dataclasses.replace(reading.report, text=text, id=content_id(text)))


class Archive:
    """Ten years of invented news; a few names come in most stories, most names in few, some only in some months."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self.parties = [self._name(2) for _ in range(3000)]
        self.people = [f"{self._name(2)} {self._name(3)}" for _ in range(20_000)]
        self.places = [self._name(3) for _ in range(4000)]
        self.outlets = [f"{self._name(2)} Post" for _ in range(300)]
        self._words = [self._name(2).lower() for _ in range(5000)]
        self._weights = {n: list(accumulate(1 / (i + 5) for i in range(n))) for n in (3000, 20_000, 4000, 5000)}

    def readings(self, count: int) -> Iterator[Reading]:
        """So many readings, in order of publication."""
        for n in range(count):
            yield self._reading(n, _FIRST_DAY + timedelta(days=n * _DAYS // count))

    def _name(self, syllables: int) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=syllables)).capitalize()

    def _some(self, names: list[str], turn: int = 0) -> str:
        """A name, the first ones far more often; with `turn`, another part of the list comes first."""
        (n,) = self._random.choices(range(len(names)), cum_weights=self._weights[len(names)])
        return names[(n + turn) % len(names)]

    def _reading(self, n: int, day: date) -> Reading:
        turn = (day - _FIRST_DAY).days // 60 * 20  # people come and go
        make = _Story(self._random, day)
        for _ in range(STATEMENTS):
            words = " ".join(self._some(self._words) for _ in range(10))
            make.sentence(self._some(self.parties), self._some(self.people, turn), self._some(self.places), words)
        return make.reading(self._random.choice(self.outlets), f"{self._some(self.places)} {n}")


class _Story:
    """One reading in the making: each sentence a statement, and an event, figure, position or talks with it."""

    def __init__(self, rng: random.Random, day: date) -> None:
        self.random, self.day = rng, day
        self.text = f"{day.strftime('%B %-d')} (Wire) -"
        self.sentences: list[tuple[int, int]] = []
        self.actors: dict[str, Actor] = {}
        self.places: list[Place] = []
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []
        self.positions: list[Position] = []
        self.talks: list[Talks] = []

    def sentence(self, party: str, person: str, place: str, words: str) -> None:
        """`PERSON of PARTY said that 12 WORDS in PLACE.`"""
        verb = self.random.randrange(len(_VERBS))
        start = len(self.text) + 1
        number = self.random.randrange(1, 400)
        self.text += f" {person} of {party} {_VERBS[verb]} that {number} {words} in {place}."
        who, cue = self._span(person, start), self._span(_VERBS[verb], start)
        content = Span.of(self.text, cue.end + 1, len(self.text) - 1)
        self.sentences.append((start, len(self.text)))
        group, speaker = self._actor(party, "group", start), self._actor(person, "person", start, party)
        where = self._place(place, start)
        n = len(self.statements) + 1
        source = Source(span=who, actors=(speaker,), kind="person", naming="named")
        link = ChainLink(span=who, actors=(speaker,), kind="person", naming="named")
        statement = Statement(id=f"s{n}", source=source, cue=(cue,), content=(content,), act=_ACTS[verb], chain=(link,))
        self.statements.append(statement)
        if n % 3:
            self._event(f"s{n}", group, speaker, where, self._span(words.split(maxsplit=1)[0], content.start))
        if n % 4 == 0:
            self._figure(f"s{n}", where, self._span(str(number), content.start), number)
        if n % 5 == 0:
            self.positions.append(
                Position(id=f"o{len(self.positions) + 1}", parties=(group,), stance="demand",
                         issue=self.random.choice(_ISSUES), span=content, according_to=(f"s{n}",))
            )  # fmt: skip
        if n % 16 == 7:
            self.talks.append(Talks(id="k1", span=content, parties=(group,), places=(where,)))

    def reading(self, outlet: str, title: str) -> Reading:
        """What has come together."""
        day = self.day.isoformat()
        report = Report(
            id=content_id(self.text), text=self.text, title=title, language="en", publisher=outlet, agency="Wire",
            published=day, published_basis="metadata", anchor=day, anchor_basis="metadata",
        )  # fmt: skip
        return Reading(
            report=report, sentences=tuple(self.sentences), actors=tuple(self.actors.values()),
            places=tuple(self.places), statements=tuple(self.statements), events=tuple(self.events),
            figures=tuple(self.figures), positions=tuple(self.positions), talks=tuple(self.talks),
            reader=ReaderInfo(version="synthetic"),
        )  # fmt: skip

    def _span(self, words: str, start: int) -> Span:
        at = self.text.index(words, start)
        return Span.of(self.text, at, at + len(words))

    def _actor(self, name: str, kind: str, start: int, group: str | None = None) -> str:
        if name not in self.actors:
            span = self._span(name, start)
            self.actors[name] = Actor(
                id=f"a{len(self.actors) + 1}", name=name, kind=kind,
                member_of=(self.actors[group].id,) if group else (),
                mentions=(Mention(span.start, span.end, span.text),),
            )  # fmt: skip
        return self.actors[name].id

    def _place(self, name: str, start: int) -> str:
        span = self._span(f"in {name}.", start)
        number = f"p{len(self.places) + 1}"
        self.places.append(Place(span.start + 3, span.end - 1, name, id=number, name=name, country="VRD"))
        return number

    def _event(self, statement: str, group: str, speaker: str, where: str, trigger: Span) -> None:
        late = self.random.random() < 0.15
        begin = self.day - timedelta(days=self.random.randrange(400) if late else self.random.randrange(2))
        until = begin + timedelta(days=self.random.choice((0, 6, 30)) if late else 0)
        time = EventTime(begin=begin.isoformat(), until=until.isoformat(), precision="day", basis="stated")
        self.events.append(
            Event(id=f"e{len(self.events) + 1}", type=self.random.choice(_TYPES), trigger=trigger, actors=(group,),
                  recipients=(speaker,), places=(where,), time=time, status="occurred", according_to=(statement,))
        )  # fmt: skip

    def _figure(self, statement: str, where: str, span: Span, number: int) -> None:
        self.figures.append(
            Figure(id=f"f{len(self.figures) + 1}", span=span, measure=self.random.choice(_MEASURES), low=number,
                   high=number, as_of=self.day.isoformat(), as_of_basis="anchor", places=(where,),
                   according_to=(statement,))
        )  # fmt: skip
