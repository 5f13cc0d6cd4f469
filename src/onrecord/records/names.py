"""The ids of a reading, spelled out for people: who "a3" is, whom a statement comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.records.model import Actor, ChainLink, Place, Reading, Source, Statement, Time

NO_SOURCE = "(no source named)"


class Names:
    """Looks up the records of one reading; an id that does not resolve is shown as it stands."""

    def __init__(self, reading: Reading) -> None:
        self.actors: dict[str, Actor] = {a.id: a for a in reading.actors}
        self.places: dict[str, Place] = {p.id: p for p in reading.places}
        self.times: dict[str, Time] = {t.id: t for t in reading.times}
        self.statements: dict[str, Statement] = {s.id: s for s in reading.statements}

    def of_actors(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The names of some actors."""
        return tuple(self.actors[i].name if i in self.actors else i for i in ids)

    def of_places(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The names of some places, each once."""
        found = (self.places.get(i) for i in ids)
        return tuple(dict.fromkeys(p.name or p.text for p in found if p is not None))

    def of_source(self, source: Source | ChainLink) -> str:
        """The name of one source: its actors', else the words that stand for it."""
        if source.actors:
            return " and ".join(self.of_actors(source.actors))
        return source.span.text if source.span is not None else NO_SOURCE

    def chain(self, statement: Statement) -> tuple[str, ...]:
        """The names of a statement's sources from the outermost to the origin."""
        return tuple(self.of_source(link) for link in statement.chain) or (self.of_source(statement.source),)

    def attribution(self, statement_id: str) -> str:
        """Whom a statement comes from, the origin first: "Israeli diplomatic source via Kan TV"."""
        statement = self.statements.get(statement_id)
        if statement is None:
            return statement_id
        return " via ".join(reversed(self.chain(statement)))

    def according_to(self, statement_ids: Iterable[str]) -> tuple[str, ...]:
        """Whom some statements come from, each once."""
        return tuple(dict.fromkeys(self.attribution(i) for i in statement_ids))

    def of_time(self, time_id: str | None) -> str | None:
        """The words of a time expression with its value."""
        time = self.times.get(time_id) if time_id is not None else None
        return f"{time.text} ({time.value})" if time is not None else time_id
