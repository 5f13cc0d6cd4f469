"""The moment for which collate is asked -> which readings answered then, and what their reports were known to be."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, and_, func, or_, select

from onrecord.collate import tables as t
from onrecord.collate.sightings import Sighting
from onrecord.collate.standing import Told, voice_of
from onrecord.ledger.known import REPLACED
from onrecord.ledger.tables import answering

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

CHUNK = 500
"""Values in one IN list: within what both databases allow, few enough for a short statement."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Now (`day` None), or the end of a day: what the ledger had learned by then."""

    day: str | None = None

    @property
    def until(self) -> str:
        """A text that sorts after every moment of the day."""
        return f"{self.day}T~" if self.day is not None else "~"

    def answering(self) -> ColumnElement[bool]:
        """Was this reading the one that answered for its report?  Withdrawn reports stay, marked."""
        r = t.reports.c
        if self.day is None:
            return r.replaced.is_(None)
        return and_(r.learned <= self.until, or_(r.replaced.is_(None), r.replaced > self.until))

    def is_before(self, connection: Connection) -> bool:
        """Is it earlier than all that the ledger has learned, so that nothing answered?"""
        if self.day is None:
            return False
        first = connection.execute(select(func.min(t.reports.c.learned))).scalar()
        return first is None or first > self.until

    def ended(self, spells: Sequence[Row[Any]]) -> str | None:
        """How a reading had been taken back by then ("superseded", "withdrawn"), or None.

        `spells` are its rows of the ledger's `answering`: from the day `since` up to, not including, `until`.
        """
        day = self.day or "9999-12-31"
        begun = [s for s in spells if s.since <= day]
        last = max(begun, key=lambda s: s.since, default=None)
        if last is None or last.until is None or last.until > day or last.ended == REPLACED:
            return None
        return str(last.ended)


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Values in sorted lists short enough for an IN list."""
    ordered = sorted(values)
    for k in range(0, len(ordered), CHUNK):
        yield ordered[k : k + CHUNK]


def seq_of(node: int) -> int:
    """The reading that a node stands in."""
    return node // t.NODE


def answering_nodes(connection: Connection, moment: Moment, nodes: Collection[int]) -> set[int]:
    """Those of some nodes whose readings answered at a moment."""
    alive: set[int] = set()
    for part in chunks({seq_of(n) for n in nodes}):
        query = select(t.reports.c.seq).where(t.reports.c.seq.in_(part), moment.answering())
        alive.update(connection.execute(query).scalars().all())
    return {n for n in nodes if seq_of(n) in alive}


def reports_told(connection: Connection, moment: Moment, seqs: Iterable[int]) -> dict[int, Told]:
    """The reports of some readings as they were known at a moment, each on its own: copies are not yet joined."""
    found = {}
    for part in chunks(set(seqs)):
        spells: dict[int, list[Row[Any]]] = defaultdict(list)
        for spell in connection.execute(select(answering).where(answering.c.reading_seq.in_(part))).all():
            spells[spell.reading_seq].append(spell)
        for row in connection.execute(select(t.reports).where(t.reports.c.seq.in_(part))).mappings().all():
            found[row["seq"]] = _told(row, moment, moment.ended(spells[row["seq"]]))
    return found


def _told(row: RowMapping, moment: Moment, withdrawn: str | None) -> Told:
    said = json.loads(row["json"])
    seen = [Sighting(*x) for x in said["seen"] if x[0] <= moment.until]
    publisher = said["publisher"] or next((x.publisher for x in seen if x.publisher), None)
    agency = said["agency"] or next((x.agency for x in seen if x.agency), None)
    outlets = dict.fromkeys(x.publisher for x in seen if x.publisher) or dict.fromkeys([publisher] if publisher else [])
    return Told(
        key=row["key"],
        published=said["published"] or min((x.published for x in seen if x.published), default=None),
        publisher=publisher,
        agency=agency,
        title=said["title"],
        outlets=tuple(outlets),
        credited=tuple(said["credited"]),
        voice=voice_of(agency, publisher, said["credited"]),
        story=row["key"],
        withdrawn=withdrawn,
    )


def with_story(told: Told, story: str, origin: Told) -> Told:
    """A report as a copy of another: its own voice is the other's."""
    return replace(told, story=story, voice=origin.voice, first=origin.key == told.key)
