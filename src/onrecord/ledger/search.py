"""Words into what the ledger holds on them: reports and statements ranked, actors by how often they come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, literal_column, select

from onrecord.errors import UsageError
from onrecord.ledger import tables as t
from onrecord.ledger.asking import told
from onrecord.ledger.filters import Filters
from onrecord.ledger.placing import bounds
from onrecord.ledger.queries import Groups, answers_on, as_query, index_of, is_hidden, matches
from onrecord.ledger.terms import ACTOR, marked_phrase, plain
from onrecord.ledger.words import folded, query_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from onrecord.ledger.store import Ledger

KINDS = ("reports", "statements", "actors")
_AROUND = 30
"""Words of a text that are shown around those that were found."""
_SPARE = 4
"""Hits that are ranked for each one asked for: some belong to readings that no longer answer."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found.

    `kind` is reports, statements or actors; `id` the report's key or the record's id in the ledger (of an actor: in
    the last report that names it); `name` the report's title, the source or the actor; `snippet` the words around
    what was found, `marks` where in it; `score` is higher for better hits of one kind; `reports` counts an actor's.
    """

    kind: str
    id: str
    name: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float
    day: str | None
    publisher: str | None
    reports: int = 1

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {name: getattr(self, name) for name in Hit.__slots__} | {"marks": [list(m) for m in self.marks]}


def search(
    ledger: Ledger, words: str, *, kinds: Sequence[str] = KINDS, limit: int = 10, as_known_on: str | None = None
) -> list[Hit]:
    """The best hits of each kind for some words, all of which must be there; a "quoted phrase" as it stands.

    Actors that bear the words in their own name come before those whose description, group or country has them.
    Reports and statements are ranked by Okapi BM25 (Robertson et al., TREC-3, 1994) on SQLite and by cover density
    (Clarke et al., 2000) on PostgreSQL, actors by the number of reports that name them.

    Raises:
        UsageError: OR-U01 a day that is none, OR-U02 there is no word, OR-U03 a limit below one.
    """
    Filters(text=words, limit=limit, as_known_on=as_known_on)
    phrases = [phrase for phrase in map(plain, query_words(words)) if phrase]
    if not phrases:
        raise UsageError("OR-U02", f"there is no word in {words!r}")
    found: list[Hit] = []
    with told(), ledger.engine.connect() as connection:
        for kind in kinds:
            if kind == "actors":
                found.extend(_actors(connection, phrases, limit, as_known_on))
            else:
                found.extend(_ranked(connection, kind, phrases, limit, as_known_on))
    return found


def _ranked(connection: Connection, kind: str, phrases: list[str], limit: int, day: str | None) -> list[Hit]:
    listed = t.overviews if kind == "reports" else t.statements
    best = _best(connection, kind, [[phrase] for phrase in phrases]).limit(limit * _SPARE).subquery()
    query = (
        select(
            listed,
            t.reports.c.key,
            t.readings.c.title,
            t.readings.c.publisher,
            t.readings.c.agency,
            t.readings.c.published,
            best.c.score,
        )
        .select_from(best)
        .join(listed, listed.c.id == best.c.id)
        .join(t.answering, t.answering.c.reading_seq == listed.c.reading_seq)
        .join(t.readings, t.readings.c.seq == listed.c.reading_seq)
        .join(t.reports, t.reports.c.id == t.readings.c.report_id)
        .where(answers_on(day))
        .order_by(best.c.score.desc(), listed.c.id)
        .limit(limit)
    )
    query = query.add_columns(t.reports.c.text) if kind == "reports" else query.where(~is_hidden(listed, day))
    return [_hit(kind, dict(row), phrases) for row in connection.execute(query).mappings()]


def _hit(kind: str, row: Mapping[str, Any], phrases: list[str]) -> Hit:
    words, marks = snippet(row["text"] if kind == "reports" else row["sentence"], phrases)
    return Hit(
        kind=kind,
        id=row["key"] if kind == "reports" else f"{row['key']}:{row['record_id']}",
        name=row["title"] if kind == "reports" else row["source_name"],
        snippet=words,
        marks=marks,
        score=round(float(row["score"]), 6),
        day=(row["published"] or "")[:10] or None if kind == "reports" else row["begin"] or row["until"],
        publisher=row["publisher"] or row["agency"],
    )


def _best(connection: Connection, kind: str, wanted: Groups) -> Select[Any]:
    """The numbers of a kind's lines that hold the words, the best first."""
    index, number = index_of(connection.dialect.name)
    low, high = bounds(kind)
    score: Any = -literal_column("bm25(search)")
    if connection.dialect.name != "sqlite":
        score = func.ts_rank_cd(index.c.terms, as_query(wanted))
    query = select(number.label("id"), score.label("score")).select_from(index)
    return query.where(matches(wanted, connection.dialect.name), number >= low, number < high).order_by(
        score.desc(), number
    )


def _actors(connection: Connection, phrases: list[str], limit: int, day: str | None) -> list[Hit]:
    wanted = [[marked_phrase(ACTOR, phrase)] for phrase in phrases]
    index, number = index_of(connection.dialect.name)
    low, high = bounds("actors")
    a = t.actors.c
    many = func.count(a.reading_seq.distinct()).label("many")
    grouped = (
        select(a.name, a.kind, a.country, a.sector, many, func.max(a.id).label("last"))
        .select_from(index.join(t.actors, a.id == number))
        .join(t.answering, t.answering.c.reading_seq == a.reading_seq)
        .where(matches(wanted, connection.dialect.name), number >= low, number < high, answers_on(day))
        .group_by(a.name, a.kind, a.country, a.sector)
        .order_by(many.desc(), a.name, a.kind, a.country, a.sector)
        .limit(limit * _SPARE)
        .subquery()
    )
    query = (
        select(grouped, a.record_id, a.description, t.reports.c.key, t.readings.c.publisher, t.readings.c.published)
        .join(t.actors, a.id == grouped.c.last)
        .join(t.readings, t.readings.c.seq == a.reading_seq)
        .join(t.reports, t.reports.c.id == t.readings.c.report_id)
        .order_by(grouped.c.many.desc(), grouped.c.name)
    )
    found = [_actor_hit(dict(row), phrases) for row in connection.execute(query).mappings()]
    found.sort(key=lambda hit: not _is_called(hit.name, phrases))  # Hamas stands before its spokesman
    return found[:limit]


def _is_called(name: str | None, phrases: list[str]) -> bool:
    own = f" {folded(name or '')} "
    return all(f" {phrase} " in own for phrase in phrases)


def _actor_hit(row: Mapping[str, Any], phrases: list[str]) -> Hit:
    about = " · ".join(filter(None, (row["kind"], row["description"], row["country"], row["sector"])))
    words, marks = snippet(about, phrases)
    return Hit(
        kind="actors",
        id=f"{row['key']}:{row['record_id']}",
        name=row["name"],
        snippet=words,
        marks=marks,
        score=float(row["many"]),
        day=(row["published"] or "")[:10] or None,
        publisher=row["publisher"],
        reports=row["many"],
    )


def snippet(text: str, phrases: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The stretch of a text with most of the words asked for, and where they stand in it."""
    wanted = {word for phrase in phrases for word in phrase.split()}
    places = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    hits = [i for i, (start, end) in enumerate(places) if wanted.intersection(folded(text[start:end]).split())]
    if not places:
        return "", ()
    best = max(hits, key=lambda i: (_different(text, places, hits, i), -i), default=0)
    first = max(0, min(best - 3, len(places) - _AROUND))
    last = min(len(places), first + _AROUND)
    begin, end = places[first][0], places[last - 1][1]
    cut = _Cut(text, begin, end, first > 0, last < len(places))
    return cut.words, tuple(cut.at(*places[i]) for i in hits if first <= i < last)


def _different(text: str, places: list[tuple[int, int]], hits: list[int], start: int) -> int:
    """How many different words stand in the stretch that begins with this hit."""
    near = [i for i in hits if start <= i < start + _AROUND - 3]
    return len({folded(text[slice(*places[i])]) for i in near})


class _Cut:
    """A part of a text on one line, with dots where it was cut, and offsets into it."""

    def __init__(self, text: str, begin: int, end: int, before: bool, after: bool) -> None:
        self._text, self._begin = text, begin
        self._dots = "… " if before else ""
        self.words = self._dots + _one_line(text[begin:end]) + (" …" if after else "")

    def at(self, start: int, end: int) -> tuple[int, int]:
        at = len(self._dots) + len(_one_line(self._text[self._begin : start] + "x")) - 1
        return at, at + end - start


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
