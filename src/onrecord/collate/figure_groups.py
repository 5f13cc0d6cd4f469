"""The figures of a series on a day, out of collate's tables -> their links, at any moment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from onrecord.collate import tables as t
from onrecord.collate.facts import SERIES
from onrecord.collate.grouping import Stories
from onrecord.collate.links_figures import about, figure_links, given, group_of, linked
from onrecord.collate.moments import Moment, chunks
from onrecord.collate.series_facts import FigureFact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.collate.links import Link

_BACK = 3
"""Earlier days of a line that are looked at: the figures of the last may all be copies' or withdrawn."""


class Slot(NamedTuple):
    """A series on one day."""

    key: str
    day: str


def slots_of(connection: Connection, seqs: Iterable[int]) -> set[Slot]:
    """The series and days that some readings have figures for, and those after them that look back on them."""
    f = t.facts.c
    found, lines = set(), set()
    for part in chunks(seqs):
        query = select(f.key, f.day, f.line).where(f.kind == SERIES, f.seq.in_(part), f.day.is_not(None))
        lines |= {(row.key, row.day, row.line) for row in connection.execute(query) if linked(row.key)}
    for key, day, line in sorted(lines):
        found.add(Slot(key, day))
        later = select(f.day).where(f.kind == SERIES, f.key == key, f.line == line, f.day > day)
        after = connection.execute(later.order_by(f.day).limit(1)).scalar()
        if after is not None:
            found.add(Slot(key, after))
    return found


def slots_at(connection: Connection, moment: Moment, *where: ColumnElement[bool]) -> set[Slot]:
    """The series and days that there were figures for at a moment, of which some conditions hold."""
    f, r = t.facts.c, t.reports.c
    query = select(f.key, f.day).join(t.reports, r.seq == f.seq).where(f.kind == SERIES, f.day.is_not(None), *where)
    rows = connection.execute(query.where(moment.answering()).distinct())
    return {Slot(row.key, row.day) for row in rows if linked(row.key)}


def links_in(
    connection: Connection, slot: Slot, moment: Moment, known: Stories | None = None
) -> tuple[str, str, list[Link]]:
    """The group's name, what the series counts, and the links of a series on a day."""
    f = t.facts.c
    here = _load(connection, moment, f.key == slot.key, f.day == slot.day)
    before = []
    for line in sorted({line for line, _ in here}):
        days = select(f.day).where(f.kind == SERIES, f.key == slot.key, f.line == line, f.day < slot.day)
        last = connection.execute(days.distinct().order_by(f.day.desc()).limit(_BACK)).scalars().all()
        before += [x for _, x in _load(connection, moment, f.key == slot.key, f.line == line, f.day.in_(last))]
    facts = [fact for _, fact in here]
    told = (known or Stories(connection, moment)).of({x.seq for x in (*facts, *before)})
    earlier = sorted(given(before, told), key=lambda g: (g.fact.as_of or "", *g.order))
    what = min((about(x) for x in facts), default="")
    return group_of(*slot), what, figure_links(given(facts, told), earlier)


def _load(connection: Connection, moment: Moment, *where: ColumnElement[bool]) -> list[tuple[str, FigureFact]]:
    f, r = t.facts.c, t.reports.c
    query = select(f.line, f.json).join(t.reports, r.seq == f.seq).where(f.kind == SERIES, moment.answering(), *where)
    return [(row.line, FigureFact.from_json(json.loads(row.json))) for row in connection.execute(query)]
