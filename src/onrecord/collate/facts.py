"""A reading -> rows of `collate_facts`: its figures, positions, talks and days, under the keys by which views ask.

A row's `key` says what may stand together (a series, a party's history, a party's tracks, a report's days), `line`
whose word it is.  Views load the facts of the keys that they are asked for and make series, histories, tracks and
timelines of them: those are functions of sets of facts, so nothing else has to be kept up to date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete

from onrecord.collate import tables as t
from onrecord.collate.position_facts import position_facts, position_key
from onrecord.collate.series_facts import figure_facts, series_key
from onrecord.collate.timelines_facts import date_fact
from onrecord.collate.tracks_facts import clashes, track_facts, track_keys
from onrecord.ledger.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.actors import Identity
    from onrecord.collate.facts_parties import Party
    from onrecord.collate.facts_voices import Voice
    from onrecord.ledger.known import Known
    from onrecord.records.codec import Record

SERIES, POSITIONS, TRACKS, DAYS, CLASHES = "series", "positions", "tracks", "days", "clashes"
"""Kinds of facts, in both tables.  Clashes have no content: their key and day say it all."""
KINDS = (SERIES, POSITIONS, TRACKS, DAYS, CLASHES)


@dataclass(slots=True)
class FactRows:
    """Rows of `collate_facts`, and of `collate_terms` to find them by."""

    seq: int
    facts: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, kind: str, number: int, keys: Iterable[str], day: str | None, fact: Record, told: Iterable[Voice] = ()
    ) -> None:
        """A fact under its keys; `number` counts the facts of one kind in one reading."""
        line = min((v.source for v in told), default="")
        data = json.dumps(fact.to_json(), ensure_ascii=False, separators=(",", ":"))
        for key in keys:
            self.put(kind, number, key, day, data, line)

    def put(self, kind: str, number: int, key: str, day: str | None, data: str, line: str = "") -> None:
        """One row."""
        self.facts.append(
            {"kind": kind, "key": key, "node": self._node(number), "seq": self.seq, "line": line, "day": day,
             "json": data}
        )  # fmt: skip

    def find_by(self, kind: str, number: int, role: str, names: Iterable[str]) -> None:
        """The words under which a fact is found."""
        words = {f"{role}:{word}" for name in names for word in folded(name).split()}
        self.terms.extend(
            {"term": word, "kind": kind, "node": self._node(number), "learned": None} for word in sorted(words)
        )

    def _node(self, number: int) -> int:
        return self.seq * t.NODE + number


def fact_rows(known: Known, who: Mapping[str, Identity]) -> FactRows:
    """The rows of one reading.  Pure."""
    made = FactRows(known.seq)
    for n, figure in enumerate(figure_facts(known, who)[: t.NODE]):
        made.add(SERIES, n, [series_key(figure)], figure.as_of, figure, figure.voices)
        made.find_by(SERIES, n, "measure", [figure.measure])
        made.find_by(SERIES, n, "place", figure.places)
        made.find_by(SERIES, n, "source", _names(figure.voices))
    for n, position in enumerate(position_facts(known, who)[: t.NODE]):
        made.add(POSITIONS, n, [position_key(position)], position.day, position, position.voices)
        made.find_by(POSITIONS, n, "actor", _parties([position.party]))
        made.find_by(POSITIONS, n, "issue", [position.issue.replace("_", "")])
        made.find_by(POSITIONS, n, "source", _names(position.voices))
    for n, track in enumerate(track_facts(known, who)[: t.NODE]):
        made.add(TRACKS, n, track_keys(track), track.begin, track, track.voices)
        made.find_by(TRACKS, n, "actor", _parties((*track.parties, *track.mediators)))
        made.find_by(TRACKS, n, "place", (*track.places, *track.countries))
    for n, (pair, day) in enumerate(clashes(known, who)):
        made.put(CLASHES, n, "|".join(pair), day, "{}")
    days = date_fact(known)
    made.add(DAYS, 0, [known.key], days.published, days)
    return made


def _names(told: Iterable[Voice]) -> list[str]:
    return [v.name for v in told]


def _parties(found: Iterable[Party]) -> list[str]:
    """The names of parties, and the codes of states."""
    return [word for p in found for word in (p.name, p.id.removeprefix("s:") if p.id.startswith("s:") else "")]


def forget_facts(connection: Connection, seq: int) -> None:
    """Delete what a reading added."""
    connection.execute(delete(t.facts).where(t.facts.c.seq == seq))
    here = t.terms.c.node.between(seq * t.NODE, (seq + 1) * t.NODE - 1)
    connection.execute(delete(t.terms).where(here, t.terms.c.kind.in_(KINDS)))
