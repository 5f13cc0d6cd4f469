"""People's decisions that two happenings or two actors are one, or are not, applied to groups.

A decision names ids as the views print them.  A happening's id goes by its earliest account, so a decision holds for
the groups that these accounts are in, however these have grown; an event's own id ("KEY:e3") may be given too.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, insert, select

from onrecord.collate import tables as t
from onrecord.collate.derive import ACTORS
from onrecord.collate.happening_groups import group_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from onrecord.collate.moments import Moment
    from onrecord.ledger.judgements import Judgement

IDENTITIES = "i"
"""The kind of groups that hold what one actor is called, before any are joined (see `actor_entries`)."""
MERGE, SPLIT = "merge", "split"


class Decision(NamedTuple):
    """That two things (events by their ids in the ledger, or actors) are one, or are not; the last one holds."""

    action: str
    one: str
    other: str


def decided(connection: Connection, kind: str, moment: Moment) -> list[Decision]:
    """The decisions on "happenings" or "actors" that were known at a moment; a later one on a pair undoes an earlier."""
    d = t.decisions.c
    rows = connection.execute(
        select(d.action, d.one, d.other).where(d.kind == kind, d.learned <= moment.until).order_by(d.seq)
    )
    last = {(row.one, row.other): Decision(row.action, row.one, row.other) for row in rows}
    return [last[pair] for pair in sorted(last)]


def keep_decisions(connection: Connection, judgements: Iterable[Judgement]) -> set[int]:
    """Write what judgements decide on groups; the events that they are about.  Ids that nothing has are passed over."""
    grouping = [j for j in judgements if j.action in (MERGE, SPLIT)]
    events = _events(connection, {i for j in grouping if j.kind == "happenings" for i in j.target["ids"]})
    rows = [row for j in grouping for row in _rows(j, [events.get(i, i) for i in j.target["ids"]])]
    if not rows:
        return set()
    connection.execute(insert(t.decisions), rows)
    refs = sorted({row[end] for row in rows if row["kind"] == "happenings" for end in ("one", "other")})
    m = t.members.c
    return set(connection.execute(select(m.node).where(m.kind == "h", m.ref.in_(refs))).scalars())


def _rows(j: Judgement, ids: Sequence[str]) -> list[dict[str, Any]]:
    """What is merged is tied to the first; what is split is kept apart pair by pair."""
    pairs = combinations(ids, 2) if j.action == SPLIT else ((ids[0], i) for i in ids[1:])
    return [
        {"seq": j.seq, "kind": j.kind, "action": j.action, "one": a, "other": b, "learned": j.added_at}
        for a, b in sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    ]


def judged_actors(judgements: Iterable[Judgement]) -> set[str]:
    """The actors that judgements merge or split."""
    return {i for j in judgements if j.kind == "actors" and j.action in (MERGE, SPLIT) for i in j.target["ids"]}


def _events(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Id of a happening → id of the account that it goes by."""
    wanted = {i for i in ids if ":" not in i}
    if not wanted:
        return {}
    refs = connection.execute(select(t.members.c.ref).where(t.members.c.kind == "h")).scalars()
    return {name: ref for ref in refs if (name := group_id("h", [(None, ref)])) in wanted}


def unknown(connection: Connection, kind: str, ids: Iterable[str]) -> str | None:
    """The first of some ids that names none of the "actors" or "happenings", as `keep_decisions` understands them."""
    if kind == "happenings":
        refs = set(connection.execute(select(t.members.c.ref).where(t.members.c.kind == "h")).scalars())
        there = refs | {group_id("h", [(None, ref)]) for ref in refs}
    else:
        g = t.groups.c
        there = set(connection.execute(select(g.id).where(g.kind.in_((IDENTITIES, ACTORS)))).scalars())
    return next((i for i in ids if i not in there), None)


def united(groups: Sequence[Sequence[str]], decisions: Iterable[Decision]) -> list[list[str]]:
    """Groups with those that people have merged made one, whatever else keeps them apart."""
    home = {name: n for n, group in enumerate(groups) for name in group}
    parent = list(range(len(groups)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for d in decisions:
        if d.action == MERGE and d.one in home and d.other in home:
            a, b = root(home[d.one]), root(home[d.other])
            parent[max(a, b)] = min(a, b)
    made: dict[int, list[str]] = defaultdict(list)
    for n, group in enumerate(groups):
        made[root(n)] += group
    return [sorted(group) for _, group in sorted(made.items())]


def divided(
    groups: Iterable[Sequence[str]], decisions: Iterable[Decision], weights: Mapping[tuple[str, str], float]
) -> list[list[str]]:
    """Groups with those that people have split taken apart: each member goes with the one that it is more like.

    `weights` are the edges among members, each pair once, in order.
    """
    made = [list(group) for group in groups]
    for d in decisions:
        if d.action != SPLIT:
            continue
        group = next((g for g in made if d.one in g and d.other in g), None)
        if group is None:
            continue
        made.remove(group)
        mine = [
            n for n in group if n == d.one or (n != d.other and _like(n, d.one, weights) >= _like(n, d.other, weights))
        ]
        made += [mine, [n for n in group if n not in mine]]
    return sorted(sorted(g) for g in made)


def _like(a: str, b: str, weights: Mapping[tuple[str, str], float]) -> float:
    return weights.get((a, b) if a < b else (b, a), 0.0)
