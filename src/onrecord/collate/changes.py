"""What the ledger knew before a day and what it knows now -> what has changed about which happenings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select

from onrecord.collate import tables as t
from onrecord.collate.derive import HAPPENINGS
from onrecord.collate.entities import Change
from onrecord.collate.grouping import happening_groups
from onrecord.collate.moments import Moment, chunks
from onrecord.collate.views_seeds import seeds
from onrecord.ledger import tables as ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.collate.entities import Happening
    from onrecord.collate.happening_groups import Group
    from onrecord.collate.views import Asked

CHANGES = ("new", "standing", "more", "time", "gone")
"""Kinds of change, in the order in which they are listed."""


def changes(connection: Connection, asked: Asked) -> list[Change]:
    """The happenings that are new or have changed since a day (without one: the last on which anything was learned)."""
    since = asked.filters.since or _last_day(connection, asked.moment)
    if since is None:
        return []
    before = Moment((date.fromisoformat(since) - timedelta(days=1)).isoformat())
    nodes = _touched(connection, since, asked)
    now = happening_groups(connection, nodes, asked.moment)
    then = happening_groups(connection, nodes | {m.node for g in now for m in g.members}, before)
    found = _compared(now, then, nodes)
    found.sort(
        key=lambda c: (CHANGES.index(c.kind), c.happening.begin or c.happening.reported or "9999", c.happening.id)
    )
    return [c for c in found if _fits(c, asked)][: asked.filters.limit]


def _fits(c: Change, asked: Asked) -> bool:
    f, h = asked.filters, c.happening
    return (f.type is None or h.type == f.type.upper()) and (
        f.until is None or (h.begin or h.reported or "") <= f.until
    )


def _last_day(connection: Connection, moment: Moment) -> str | None:
    query = select(func.max(t.reports.c.learned)).where(t.reports.c.learned <= moment.until)
    last = connection.execute(query).scalar()
    return last[:10] if last else None


def _touched(connection: Connection, since: str, asked: Asked) -> set[int]:
    """The events of readings that were learned, replaced, superseded or withdrawn since a day."""
    m, r, a = t.members.c, t.reports.c, ledger.answering.c
    until = asked.moment.until
    ended = select(a.reading_seq).where(a.until >= since, a.until <= until)
    learned = or_((r.learned >= since) & (r.learned <= until), (r.replaced >= since) & (r.replaced <= until))
    seqs = set(connection.execute(select(r.seq).where(or_(learned, r.seq.in_(ended)))).scalars())
    found: set[int] = set()
    for part in chunks(seqs):
        query = select(m.node).where(m.kind == HAPPENINGS, m.seq.in_(part))
        found.update(connection.execute(query.where(*seeds(HAPPENINGS, asked.filters, asked.refs))).scalars())
    return found


def _compared(now: Sequence[Group], then: Sequence[Group], nodes: set[int]) -> list[Change]:
    home = {m.ref: g for g in then for m in g.members}
    found, kept = [], set()
    for g in now:
        earlier = sorted({home[m.ref].id for m in g.members if m.ref in home})
        old = next((h for h in (home[m.ref] for m in g.ordered if m.ref in home)), None)
        kept.update(earlier)
        if not any(m.node in nodes for m in g.members):
            continue
        kind = _kind(g.happening, old.happening if old is not None else None)
        if kind is not None:
            found.append(Change(kind=kind, happening=g.happening, was=old.happening if old is not None else None))
    gone = [g for g in then if g.id not in kept and any(m.node in nodes for m in g.members)]
    return found + [Change(kind="gone", happening=g.happening, was=g.happening) for g in gone]


def _kind(now: Happening, was: Happening | None) -> str | None:
    """The most telling change."""
    if was is None:
        return "new"
    if now.standing.standing != was.standing.standing:
        return "standing"
    if (now.begin, now.until) != (was.begin, was.until):
        return "time"
    if now.standing.reports != was.standing.reports or now.standing.sources != was.standing.sources:
        return "more"
    return None
