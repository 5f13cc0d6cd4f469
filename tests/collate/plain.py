"""Invented reports in a few words: sentences with an event each, who says so, and a figure, made into readings.

A sentence is told as `Line("Varda *shelled* the market of Port Selu", source="Tesh Front", killed=31)`: the starred
word is the event's trigger; names that stand in `ACTORS` are its actors where they stand before it, its recipients
after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.records import (
    Actor,
    ChainLink,
    Event,
    EventTime,
    Figure,
    Mention,
    Place,
    ReaderInfo,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    content_id,
)

ACTORS: dict[str, dict[str, Any]] = {
    "Varda": {"kind": "organization", "country": "VRD", "sector": "GOV"},
    "Tesh Front": {"kind": "group", "country": "VRD", "sector": "REB"},
    "Red Cross": {"kind": "organization", "sector": "MED"},
    "Orm Monitor": {"kind": "organization", "sector": "CVL"},
    "Radio Selu": {"kind": "media", "sector": "JRN"},
    "Ilo Maren": {"kind": "person", "member_of": "Tesh Front"},
    "a source": {"kind": "unknown"},
}
PLACES = {"Port Selu": (7, 1.5, 2.0), "Lake Orm": (8, 4.5, 2.0)}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: the words with the trigger starred, who says so (None: the report itself), what it adds."""

    words: str
    source: str | None = None
    killed: int | None = None
    denies: bool = False
    day: str | None = None
    type: str = "ASSAULT"
    via: str | None = None
    act: str = "say"


def report(
    *lines: Line,
    publisher: str | None = "The Daily Orm",
    agency: str | None = None,
    published: str | None = "2025-03-04",
    title: str | None = None,
    version: str = "fake",
) -> Reading:
    """The reading of a report that consists of these sentences."""
    made = _Maker()
    for line in lines:
        made.add(line, published)
    text = made.text
    return Reading(
        report=Report(
            id=content_id(text), text=text, title=title, language="en", publisher=publisher, agency=agency,
            published=published, published_basis="metadata", anchor=published, anchor_basis="metadata",
        ),
        sentences=tuple(made.sentences), actors=tuple(made.actors.values()), places=tuple(made.places.values()),
        statements=tuple(made.statements), events=tuple(made.events), figures=tuple(made.figures),
        reader=ReaderInfo(version=version),
    )  # fmt: skip


class _Maker:
    def __init__(self) -> None:
        self.text = ""
        self.sentences: list[tuple[int, int]] = []
        self.actors: dict[str, Actor] = {}
        self.places: dict[str, Place] = {}
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.figures: list[Figure] = []

    def add(self, line: Line, published: str | None) -> None:
        start = len(self.text)
        before, trigger, after = line.words.split("*")
        words = before + trigger + after + (f", killing {line.killed} people" if line.killed is not None else "")
        group = ACTORS[line.source].get("member_of") if line.source else None
        of = f" of {group}" if group else ""
        told = f", {f'{line.via} quoted ' if line.via else ''}{line.source}{of} saying" if line.source else ""
        self.text += words + told + ".\n"
        self.sentences.append((start, len(self.text) - 1))
        content = self._span(start, words)
        according = self._statement(line, content, start) if line.source else None
        figure = (
            self._figure(line, start + words.rindex(str(line.killed)), according) if line.killed is not None else None
        )
        at = start + len(before)
        names = {name: words.find(name) for name in (*ACTORS, *PLACES) if name in words}
        for name, where in names.items():
            if name in ACTORS:
                self._actor(name, start + where)
        here = [self._place(name, start + names[name]) for name in PLACES if name in names]
        day = line.day or published
        self.events.append(
            Event(
                id=f"e{len(self.events) + 1}", type=line.type, trigger=self._span(at, trigger), text=content,
                actors=tuple(self.actors[n].id for n, w in names.items() if n in ACTORS and w < len(before)),
                recipients=tuple(self.actors[n].id for n, w in names.items() if n in ACTORS and w > len(before)),
                places=tuple(here), status="unknown" if line.denies else "occurred",
                time=EventTime(begin=day, until=day, precision="day", basis="stated" if line.day else "anchor"),
                according_to=(according,) if according and not line.denies else (),
                figures=(figure,) if figure else (),
            )
        )  # fmt: skip

    def _span(self, start: int, words: str) -> Span:
        return Span.of(self.text, start, start + len(words))

    def _actor(self, name: str, start: int) -> str:
        known = dict(ACTORS[name])
        group = known.pop("member_of", None)
        if name not in self.actors:
            members = (self._actor(group, self.text.index(group, start)),) if group else ()
            form = "nominal" if known["kind"] == "unknown" else "name"
            mentions = (Mention(start, start + len(name), name, form),)
            self.actors[name] = Actor(
                id=f"a{len(self.actors) + 1}", name=name, member_of=members, mentions=mentions, **known
            )
        return self.actors[name].id

    def _place(self, name: str, start: int) -> str:
        geonameid, latitude, longitude = PLACES[name]
        made = Place(
            start, start + len(name), name, id=f"p{len(self.places) + 1}", name=name, geonameid=geonameid,
            latitude=latitude, longitude=longitude, country="VRD", precision="city",
        )  # fmt: skip
        return self.places.setdefault(name, made).id

    def _link(self, name: str, start: int) -> ChainLink:
        at = self.text.index(name, start)
        kind = {"person": "person", "media": "media", "unknown": "unnamed_person"}.get(
            ACTORS[name]["kind"], "organization"
        )
        naming = "anonymous" if name == "a source" else "named"
        return ChainLink(actors=(self._actor(name, at),), span=self._span(at, name), kind=kind, naming=naming)

    def _statement(self, line: Line, content: Span, start: int) -> str:
        assert line.source is not None
        chain = [self._link(name, content.end) for name in (line.via, line.source) if name]
        last = chain[-1]
        made = Statement(
            id=f"s{len(self.statements) + 1}",
            source=Source(span=last.span, actors=last.actors, kind=last.kind, naming=last.naming),
            cue=(self._span(self.text.index("saying", start), "saying"),), content=(content,), chain=tuple(chain),
            act="deny" if line.denies else line.act, polarity="negative" if line.denies else "positive",
        )  # fmt: skip
        self.statements.append(made)
        return made.id

    def _figure(self, line: Line, at: int, according: str | None) -> str:
        assert line.killed is not None
        made = Figure(
            id=f"f{len(self.figures) + 1}", span=self._span(at, str(line.killed)), measure="killed", low=line.killed,
            high=line.killed, unit="people", change="event", according_to=(according,) if according else (),
        )  # fmt: skip
        self.figures.append(made)
        return made.id
