"""What the ledger knew before a day and what it knows now -> what has changed about which happenings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, or_, select, tuple_

from onrecord.collate import tables as t
from onrecord.collate.derive import HAPPENINGS
from onrecord.collate.entities import Change
from onrecord.collate.grouping import happening_groups
from onrecord.collate.moments import Moment, chunks
from onrecord.collate.views_seeds import seeds
from onrecord.ledger import tables as ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.collate.entities import Happening
    from onrecord.collate.happening_groups import Group
    from onrecord.collate.views import Asked

CHANGES = ("new", "standing", "more", "time", "gone")
"""Kinds of change, in the order in which they are listed."""

_FEW = 500
"""Readings whose happenings are all compared, whatever the limit."""
_AT_ONCE = 100
"""Happenings that are compared at a time where there are more readings."""


def changes(connection: Connection, asked: Asked) -> list[Change]:
    """The happenings that are new or have changed since a day (without one: the last on which anything was learned)."""
    since = asked.filters.since or _last_day(connection, asked.moment)
    if since is None:
        return []
    before = Moment((date.fromisoformat(since) - timedelta(days=1)).isoformat())
    seqs, limit = _touched(connection, since, asked), asked.filters.limit
    if limit is not None and asked.moment.day is None and len(seqs) > _FEW:
        new = _first_new(connection, before, seqs, asked, limit)
        if len(new) == limit:  # they come before all others, which then need not be looked at
            return new
    return _found(connection, before, _events(connection, seqs, asked), asked)[:limit]


def _found(connection: Connection, before: Moment, nodes: set[int], asked: Asked) -> list[Change]:
    """What has changed about the happenings of some events, in order."""
    now = happening_groups(connection, nodes, asked.moment)
    then = happening_groups(connection, nodes | {m.node for g in now for m in g.members}, before)
    found = _compared(now, then, nodes)
    found.sort(
        key=lambda c: (CHANGES.index(c.kind), c.happening.begin or c.happening.reported or t.NO_DAY, c.happening.id)
    )
    return [c for c in found if _fits(c, asked)]


def _first_new(connection: Connection, before: Moment, seqs: set[int], asked: Asked, limit: int) -> list[Change]:
    """The first happenings that are new, some at a time in order, until there are as many as are wanted."""
    found: list[Change] = []
    wanted = seeds(HAPPENINGS, asked.filters, asked.refs)
    for groups in _pages(connection):
        m = t.members.c
        query = select(m.node, m.seq).where(m.kind == HAPPENINGS, m.grp.in_(groups), *wanted)
        nodes = {row.node for row in connection.execute(query) if row.seq in seqs}
        if nodes:
            found += (c for c in _found(connection, before, nodes, asked) if c.kind == "new")
        if len(found) >= limit:
            break
    return found[:limit]


def _pages(connection: Connection) -> Iterator[list[str]]:
    """The present happenings by their days, some at a time."""
    g = t.groups.c
    after = ("", "")
    while True:
        query = select(g.begin, g.id).where(g.kind == HAPPENINGS, tuple_(g.begin, g.id) > after)
        rows = connection.execute(query.order_by(g.begin, g.id).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield [row.id for row in rows]
        after = (rows[-1].begin, rows[-1].id)


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
    """The readings that were learned, replaced, superseded or withdrawn since a day."""
    r, a = t.reports.c, ledger.answering.c
    until = asked.moment.until
    ended = select(a.reading_seq).where(a.until >= since, a.until <= until)
    learned = or_((r.learned >= since) & (r.learned <= until), (r.replaced >= since) & (r.replaced <= until))
    return set(connection.execute(select(r.seq).where(or_(learned, r.seq.in_(ended)))).scalars())


def _events(connection: Connection, seqs: set[int], asked: Asked) -> set[int]:
    """The events of some readings that fulfil the filters."""
    m = t.members.c
    found: set[int] = set()
    wanted = seeds(HAPPENINGS, asked.filters, asked.refs)
    for part in chunks(seqs):
        query = select(m.node).where(m.kind == HAPPENINGS, m.seq.in_(part), *wanted)
        found.update(connection.execute(query).scalars())
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
