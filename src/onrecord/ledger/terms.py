"""The words under which a row can be found: those of its sentences, and names and kinds with a mark before each.

A document is a row of words between single spaces.  Plain words are those of the text; "a_" marks words of actors'
names, "p_" of places', "s_" of sources'; "type_", "measure_" and "issue_" a word of the codebook.  "|" keeps a phrase
from running out of one name into the next.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.ledger.evidence import Sentences, main_span, places_within, references, spans
from onrecord.ledger.words import folded
from onrecord.records import (
    Agreement,
    ChainLink,
    Event,
    Figure,
    Identified,
    Position,
    Reading,
    Source,
    Statement,
)
from onrecord.records.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACTOR, PLACE, SOURCE = "a_", "p_", "s_"
_WORD = 200
"""Characters of a word that are kept: databases refuse longer ones than some thousand bytes."""
_WORDS = 50_000
"""Words of a text that are kept; PostgreSQL takes a megabyte of them."""


Called = tuple[str | None, ...]


class Terms:
    """Makes the documents of one reading's rows."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names = Names(reading)
        self.sentences = Sentences(reading)
        dated = list(_dated(reading))
        self._spans = {r.id: spans(r) for r in dated}
        self._folded = [plain(self.sentences.text[start:end]) for start, end in self.sentences.bounds]
        actors = {a.id: names_of_actor(a.id, self.names) for a in reading.actors}
        self._actors = {i: _marked(ACTOR, names) for i, names in actors.items()}
        self._places = {p.id: _marked(PLACE, (p.name, p.text, p.country)) for p in reading.places}
        self._sources = {s.id: _marked(SOURCE, self._speakers(s, actors)) for s in reading.statements}
        self._voice = _marked(SOURCE, (reading.report.publisher, reading.report.agency))
        self._refs = {r.id: [target for _, target in references(r)] for r in dated}
        self._joined: dict[str, list[Identified]] = {i: [] for i in self._refs}
        by_id = {r.id: r for r in dated}
        for record_id, targets in self._refs.items():
            for target in targets:
                if target in by_id:
                    self._joined[record_id].append(by_id[target])
                    self._joined[target].append(by_id[record_id])

    def of_record(self, record: Identified) -> str:
        """The document of one record that is listed."""
        refs = self._refs[record.id]
        near = self._joined[record.id]
        places = [i for i in refs if i in self._places]
        if not isinstance(record, Event):
            for event in near:
                places.extend(event.places if isinstance(event, Event) else ())
        if isinstance(record, Statement | Position | Agreement):
            places.extend(p.id for p in places_within(self._spans[record.id], self.reading.places))
        according = (record.id,) if isinstance(record, Statement) else getattr(record, "according_to", ())
        return _document(
            self._body(record),
            *_each(self._actors, refs),
            *_each(self._places, places),
            *(_each(self._sources, according) if according else (self._voice,)),
            _kinds((record, *near), record if isinstance(record, Statement) else None),
        )

    def of_report(self) -> str:
        """The document of the whole report: its headline, its text, and everything that is found in it."""
        reading = self.reading
        acts = {f"type_{s.act}": None for s in reading.statements}
        return _document(
            plain(reading.report.title or ""),
            plain(reading.report.text),
            *dict.fromkeys(self._actors.values()),
            *dict.fromkeys(self._places.values()),
            *dict.fromkeys((self._voice, *self._sources.values())),
            " ".join(dict.fromkeys((*_kinds(tuple(_dated(reading)), None).split(), *acts))),
        )

    def of_actor(self, actor_id: str) -> str:
        """The document of an actor: its names."""
        return self._actors[actor_id]

    def sentence(self, record: Identified) -> str:
        """The text of the sentences around a record's main words."""
        return self.sentences.around([main_span(record)])

    def _body(self, record: Identified) -> str:
        found = self._spans[record.id]
        touched = self.sentences.touched(found)
        return " ".join(self._folded[n] for n in touched) if touched else plain(" ".join(s.text for s in found))

    def _speakers(self, statement: Statement, actors: dict[str, Called]) -> Called:
        """The names of every link of a statement's chain: as told, as written, and those of the actors."""
        links: tuple[ChainLink | Source, ...] = (*statement.chain, statement.source)
        texts = [link.span.text for link in links if link.span is not None]
        named = [n for link in links for i in link.actors for n in actors.get(i, ())]
        return (*self.names.chain(statement), *texts, *named)


def plain(text: str) -> str:
    """The words of a text as they are kept and asked for, cut where a database would refuse them."""
    words = folded(text)
    if len(words) > _WORD:
        words = " ".join(word[:_WORD] for word in words.split(" ")[:_WORDS])
    return words


def marked_phrase(mark: str, name: str) -> str:
    """A name as the words to look for, in order; empty when it has none."""
    return " ".join(mark + word[:_WORD] for word in folded(name).split())


def names_of_actor(actor_id: str, names: Names) -> Called:
    """What an actor can be found by: its names, its description, its groups (Hamas finds its spokesman), its country."""
    actor = names.actors[actor_id]
    called = (m.text for m in actor.mentions if m.form == "name")
    groups = names.of_actors(actor.member_of)
    return (actor.name, actor.description, *called, *groups, actor.country)


@lru_cache(maxsize=20_000)
def _marked(mark: str, names: Called) -> str:
    """Names as the words under which they can be found, those left out that another one holds as whole words."""
    found = list(dict.fromkeys(filter(None, (folded(n) for n in names if n))))
    padded = [f" {n} " for n in found]
    apart = [n for n, p in zip(found, padded, strict=True) if not any(p in other for other in padded if p != other)]
    return " | ".join(" ".join(mark + word[:_WORD] for word in name.split(" ")) for name in apart)


def _each(made: dict[str, str], ids: Iterable[str]) -> list[str]:
    return [made[i] for i in dict.fromkeys(ids) if i in made]


def _document(*parts: str) -> str:
    return " | ".join(filter(None, parts))


def _kinds(records: tuple[Identified, ...], statement: Statement | None) -> str:
    found = {f"type_{statement.act}": None} if statement is not None else {}
    for record in records:
        if isinstance(record, Event):
            found[f"type_{record.type.lower()}"] = None
        elif isinstance(record, Figure):
            found[f"measure_{record.measure}"] = None
        elif isinstance(record, Position):
            found[f"issue_{record.issue}"] = None
    return " ".join(found)


def _dated(reading: Reading) -> Iterator[Identified]:
    for name in ("statements", "events", "figures", "positions", "talks", "agreements"):
        yield from getattr(reading, name)
