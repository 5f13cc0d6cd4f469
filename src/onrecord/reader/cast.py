"""Drafts of all components -> who is who: spans resolved to the report's actors, and their records (`Cast`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.go_betweens import mediating
from onrecord.reader.nominals import is_head, noun_phrase
from onrecord.reader.sources import source_kind, source_naming

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.reader.actors import ActorBook, Entity
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.chains import Telling
    from onrecord.reader.deals import DealDraft, TalksDraft
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores
    from onrecord.reader.events import EventDraft
    from onrecord.reader.figure_drafts import FigureDraft
    from onrecord.reader.positions import PositionDraft


_FIRST = frozenset({"i", "we"})
_OWN_STATE = re.compile(r"^(?:country|nation|government)['’]s\s+")
_THINGS = frozenset(
    "life body corpse camp talk house home village town vehicle truck lorry jet drone vessel ship boat plane aircraft rocket "
    "missile building base tent hospital school".split()
)
_OWN = frozenset("its his her their our my your whose".split())


@dataclass(slots=True)
class Drafts:
    """Everything the components found in one document, in text order."""

    statements: list[Attribution]
    events: list[EventDraft]
    figures: list[FigureDraft]
    positions: list[PositionDraft]
    talks: list[TalksDraft]
    deals: list[DealDraft]
    times: list[R.Time]
    places: list[R.Place]


def closed(text: str, r: Range) -> Range:
    """A source with the comma that closes its apposition ("Ana Orl, a doctor,"), as PolNeAR counts it in."""
    return (r[0], r[1] + 1) if "," in text[slice(*r)] and text[r[1] : r[1] + 1] == "," else r


def shown(e: Entity, entities: list[Entity]) -> str:
    """A name that can be understood without the text around it: "its forces" as those of whom they are."""
    first, _, rest = e.name.partition(" ")
    if e.named or not rest or first.lower() not in _OWN:
        return e.name
    if e.owner is None:
        return rest if first.lower() in ("our", "my", "your") else e.name
    owner = entities[e.owner]
    if owner.kind in ("media", "document") and e.sector != "JRN":
        return rest  # an outlet has no troops
    whose = owner.name if owner.named or owner.owner is None else shown(owner, entities)
    rest = _OWN_STATE.sub("", rest) if owner.kind == "state" else rest  # "her country's forces"
    return e.name if whose.partition(" ")[0].lower() in _OWN else f"{possessive(whose)} {rest}"


def somebody(text: str, start: int, end: int, *, people: bool) -> bool:
    """Can what is counted act or suffer as people and bodies do: no drones, trucks or villages?  `people` says that the
    figure is of people (of the killed, the displaced), so that every noun but a few means some."""
    phrase = noun_phrase(text[start:end])
    if people:
        return phrase.head not in _THINGS
    return phrase.country is not None or (is_head(phrase.head) and phrase.kind != "document")


def possessive(name: str) -> str:
    """A name as an owner: "Varda's", "United States'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


@dataclass(slots=True)
class Cast:
    """The actors of one document while its records are put together.

    Ids are provisional ("@4") until `actor_records` numbers the actors that some record uses.
    """

    document: Document
    scores: Scores
    book: ActorBook
    drafts: Drafts
    anchor: str | None
    telling: Telling
    in_body: Callable[[int], bool]
    """Is an offset in the report's own text, not in its header, dateline or tail?"""
    statement_ids: dict[int, str] = field(default_factory=dict)
    speakers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    between: list[Range] = field(default_factory=list)
    """Mentions of those who mediate or host, in text order."""

    def resolve_all(self) -> None:
        """Sources first, in text order, so that "I" and "we" in what they say find their speaker."""
        for n, s in enumerate(self.drafts.statements, 1):
            self.statement_ids[id(s)] = f"s{n}"
        by_source = sorted(self.drafts.statements, key=lambda s: (s.sources or s.cues or s.contents)[0])
        waiting = []
        for s in by_source:
            for span in s.outer:
                self.use(self.book.resolve(*span, speaking=True))
            for span in s.sources[:1]:
                if self._first_person(span) and self.speaker_at(span[0]) is None:
                    waiting.append(s)  # "I told him …," she said
                else:
                    self._speaks(s, span)
        for s in waiting:
            self._speaks(s, s.sources[0])
        for s in by_source:
            if not s.sources and not s.outer and s.act != "report":
                self.speakers.setdefault(id(s), ())
        for start, end in self._wanted():
            self.book.resolve(start, end, speaker=self.speaker_at(start))
        for m in self.scores.spans("mention"):
            if m.score >= 0.6:
                start, end = self.document.words[m.first][0], self.document.words[m.last - 1][1]
                self.book.attach(start, end, m.label, self.speaker_at(start))
        self.between = mediating(self.document, [r for e in self.book.entities for r in e.mentions])

    def _first_person(self, span: Range) -> bool:
        return self.document.text[slice(*span)].lower() in _FIRST

    def _speaks(self, s: Attribution, span: Range) -> None:
        self.speakers[id(s)] = self.book.resolve(*span, speaking=True, speaker=self.speaker_at(span[0]))

    def _wanted(self) -> list[Range]:
        spans: list[Range] = []
        for s in self.drafts.statements:
            spans += s.addressees
        for e in self.drafts.events:
            spans += [*e.actors, *e.recipients, *(r for phrases in e.rated for r, _, _ in phrases)]
        for p in self.drafts.positions:
            spans += p.parties
        return sorted(set(spans))

    def speaker_at(self, offset: int) -> int | None:
        """Who speaks where some words stand (for "I" and "we"), as an entity number."""
        inner = self.telling.innermost(offset)
        if inner is None:
            return None
        found = self.speakers.get(id(inner), ())
        return found[0] if found else None

    def use(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        """Mark entities as needed by a record; their provisional ids."""
        for n in numbers:
            self.used.add(n)
        return tuple(f"@{n}" for n in numbers)

    def actors_of(self, spans: list[Range]) -> tuple[str, ...]:
        """Ids (still provisional) of the actors that some spans name, each once."""
        return self.use(self.numbers_of(spans))

    def numbers_of(self, spans: list[Range]) -> tuple[int, ...]:
        """Numbers of the entities that some spans name, each once."""
        found: list[int] = []
        for span in spans:
            for n in self.book.resolve(*span, speaker=self.speaker_at(span[0])):
                if n not in found:
                    found.append(n)
        return tuple(found)

    def span(self, r: Range) -> R.Span:
        """The span of a character range."""
        return R.Span.of(self.document.text, *r)

    def link(self, numbers: tuple[int, ...], span: Range | None) -> R.ChainLink:
        """One link of a chain: the source that a span and its entities make."""
        entities = [self.book.entities[n] for n in numbers]
        return R.ChainLink(
            actors=self.use(numbers),
            span=self.span(closed(self.document.text, span)) if span else None,
            kind=source_kind(self.document, entities, span, self._head_kind(span)),
            naming=source_naming(self.document, entities, span),
        )

    def _head_kind(self, span: Range | None) -> tuple[str, float] | None:
        if span is None:
            return None
        words = self.document.words_in(*span)
        return self.scores.best("kind", words.start, words.stop) if len(words) else None

    def told_by(self, draft: Attribution | None) -> tuple[str, ...]:
        """`according_to` of a record that a statement tells."""
        return (self.statement_ids[id(draft)],) if draft is not None else ()

    def actor_records(self) -> tuple[list[R.Actor], dict[str, str]]:
        """Actors that a record uses, with what they belong to, by first mention; and provisional -> final ids."""
        wanted = set(self.used)
        for n in self.used:
            wanted |= set(self.book.entities[n].member_of)
        order = sorted(wanted, key=lambda n: (min(self.book.entities[n].mentions, default=(1 << 60, 0)), n))
        ids = {f"@{n}": f"a{k}" for k, n in enumerate(order, 1)}
        return [self._actor(self.book.entities[n], ids[f"@{n}"], ids) for n in order], ids

    def _actor(self, e: Entity, name: str, ids: dict[str, str]) -> R.Actor:
        return R.Actor(
            id=name,
            name=shown(e, self.book.entities),
            kind=e.kind,
            description=e.description,
            country=None if e.guessed else e.country,
            sector=e.sector,
            member_of=tuple(ids[f"@{m}"] for m in e.member_of if f"@{m}" in ids),
            mentions=tuple(
                R.Mention(s, t, self.document.text[s:t], form) for (s, t), form in sorted(e.mentions.items())
            ),
        )
