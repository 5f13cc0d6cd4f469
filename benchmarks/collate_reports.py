"""Synthetic reports for `benchmarks.collate`: no language is read.

Every day 250 of them, by eighty outlets, about sixty stories that last twelve days each, in an invented vocabulary of
which common words come back all the time.  Each has five events, five statements and five figures, some have talks,
every sixth is an edited copy of another, and for two days of every thirty one story takes up half of them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from onrecord.records import (
    Actor,
    Event,
    EventTime,
    Figure,
    Mention,
    Place,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    Talks,
    content_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

START = date(2016, 1, 1)
PER_DAY = 250
STORIES = 60
"""Stories that run at the same time."""
LASTS = 12
"""Days of a story."""
BURST_EVERY, BURST_LASTS = 30, 2
"""Days after which one story takes up half of the reports, and for how long."""
PER_STORY = 3
"""Happenings of a story on one day; they are told of on that day and the next two."""
TYPES = ("ASSAULT", "CONSULT", "AGREE", "RETREAT", "ACCUSE", "REQUEST")
LETTERS = "bcdfghjklmnpqrstvwxyz"


def word(rng: random.Random) -> str:
    """An invented word."""
    return "".join(rng.choice(LETTERS) + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


@dataclass
class Story:
    """What the reports of a story have in common."""

    actors: list[str]
    place: str
    words: list[str]
    happenings: dict[int, list[tuple[str, list[str]]]]


class Press:
    """Makes reports, the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.common = [word(self.rng) for _ in range(3000)]
        self.names = [word(self.rng).capitalize() for _ in range(2000)]
        self.outlets = [word(self.rng).capitalize() for _ in range(80)]
        self.stories: dict[int, Story] = {}

    def reports(self) -> Iterator[Reading]:
        """Reports without end, in order of publication."""
        day = START
        number = 0
        while True:
            last: Reading | None = None
            for n in range(PER_DAY):
                number += 1
                if n % 6 == 5 and last is not None:
                    yield self._copy(last, number)
                else:
                    last = self._report(day, number)
                    yield last
            day += timedelta(days=1)

    def _story(self, day: date) -> Story:
        burst = day.toordinal() % BURST_EVERY < BURST_LASTS and self.rng.random() < 0.5
        slot = 0 if burst else self.rng.randrange(STORIES)
        key = (day.toordinal() + slot) // LASTS * STORIES + slot
        if key not in self.stories:
            self.stories = {k: s for k, s in self.stories.items() if k > key - 3 * STORIES}
            rng = random.Random(key)
            words = [word(rng) for _ in range(40)]
            self.stories[key] = Story(rng.sample(self.names, 6), word(rng).capitalize(), words, {})
        story = self.stories[key]
        for ordinal in range(day.toordinal() - 2, day.toordinal() + 1):
            if ordinal not in story.happenings:
                rng = random.Random(key * 100_000 + ordinal)
                new = [(rng.choice(TYPES), [word(rng), *rng.sample(story.words, 5)]) for _ in range(PER_STORY)]
                story.happenings[ordinal] = new
        return story

    def _copy(self, original: Reading, number: int) -> Reading:
        text = f"{original.report.text} {self.common[number % 3000]} {number}."
        report = original.report
        made = Report(
            id=content_id(text), text=text, publisher=self.rng.choice(self.outlets), agency=report.agency,
            published=report.published, anchor=report.anchor, anchor_basis="metadata",
        )  # fmt: skip
        return Reading(
            report=made, sentences=original.sentences, actors=original.actors, places=original.places,
            statements=original.statements, events=original.events, figures=original.figures,
            talks=original.talks,
        )  # fmt: skip

    def _report(self, day: date, number: int) -> Reading:
        rng, story = self.rng, self._story(day)
        recent = [(o, h) for o in range(day.toordinal() - 2, day.toordinal() + 1) for h in story.happenings[o]]
        told = rng.sample(recent, 5)
        sentences, parts, at = [], [], 0
        for n, (_, (_, words)) in enumerate(told):
            actor, other = rng.sample(story.actors, 2)
            filler = " ".join(rng.sample(self.common, 25))
            body = f"{actor} {words[0]} {other} {' '.join(words[1:])} in {story.place} killing {rng.randint(2, 90)} {filler}"
            sentence = f"{body} {rng.choice(story.actors)} said report {number} {n}."
            sentences.append((at, at + len(sentence)))
            parts.append(sentence)
            at += len(sentence) + 1
        return self._reading(story, told, " ".join(parts), sentences, day)

    def _reading(
        self, story: Story, told: list[Any], text: str, sentences: list[tuple[int, int]], day: date
    ) -> Reading:
        def span(words: str, start: int) -> Span:
            begin = text.index(words, start)
            return Span(begin, begin + len(words), words)

        ids = {name: f"a{n}" for n, name in enumerate(story.actors, 1)}
        actors = tuple(
            Actor(id=i, name=name, kind="organization", country="VRD", sector="GOV" if int(i[1:]) % 2 else "REB",
                  mentions=(Mention(0, len(name), name),))
            for name, i in ids.items()
        )  # fmt: skip
        place = span(story.place, 0)
        where = Place(place.start, place.end, place.text, id="p1", name=place.text, country="VRD", precision="city")
        statements, events, figures = [], [], []
        for n, ((ordinal, (kind, words)), (start, end)) in enumerate(zip(told, sentences, strict=True), 1):
            when = date.fromordinal(ordinal).isoformat()
            said = text[start:end].split()
            speaker, actor, other = said[-5], said[0], said[2]
            content = Span(start, start + 60, text[start : start + 60])
            statements.append(
                Statement(id=f"s{n}", source=Source(span=span(speaker, start), actors=(ids[speaker],), kind="organization",
                          naming="named"), cue=(span("said", start),), content=(content,))
            )  # fmt: skip
            number = said[said.index("killing") + 1]
            figures.append(
                Figure(id=f"f{n}", span=span(number, start), measure="killed", low=int(number), high=int(number),
                       unit="people", change="total" if n == 1 else "event", as_of=day.isoformat(), according_to=(f"s{n}",))
            )  # fmt: skip
            events.append(
                Event(id=f"e{n}", type=kind, trigger=span(words[0], start), text=content, actors=(ids[actor],),
                      recipients=(ids[other],), places=("p1",), status="occurred", according_to=(f"s{n}",), figures=(f"f{n}",),
                      time=EventTime(begin=when, until=when, precision="day", basis="stated"))
            )  # fmt: skip
        talks = [
            Talks(id=f"t{n}", span=e.trigger, parties=(*e.actors, *e.recipients), places=e.places, outcome="ongoing",
                  according_to=e.according_to)
            for n, e in enumerate(events, 1) if e.type == "CONSULT"
        ]  # fmt: skip
        report = Report(
            id=content_id(text), text=text, publisher=self.rng.choice(self.outlets),
            agency="Reuters" if self.rng.random() < 0.3 else None,
            published=day.isoformat(), anchor=day.isoformat(), anchor_basis="metadata",
        )  # fmt: skip
        return Reading(
            report=report, sentences=tuple(sentences), actors=actors, places=(where,), statements=tuple(statements),
            events=tuple(events), figures=tuple(figures), talks=tuple(talks[:1]),
        )  # fmt: skip
