"""Nodes that something has changed around -> the present groups and links, made anew for what they are joined to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select, update

from onrecord.collate import tables as t
from onrecord.collate.clusters import components
from onrecord.collate.derive import COPIES, HAPPENINGS, UTTERANCES, node_of
from onrecord.collate.figure_groups import Slot, links_in, slots_of
from onrecord.collate.grouping import Stories, copy_groups, happening_groups, utterance_links
from onrecord.collate.links_figures import group_of
from onrecord.collate.moments import Moment, chunks, seq_of
from onrecord.collate.rows import put

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.happening_groups import Group
    from onrecord.collate.links import Link

NOW = Moment()


def regroup(connection: Connection, touched: Mapping[str, set[int]], seqs: set[int], slots: set[Slot]) -> None:
    """Bring the present groups up to date.

    Args:
        connection: in a transaction that writes.
        touched: kind → nodes that are new, gone, or joined to one that is.
        seqs: readings of which something else has changed: they were superseded or withdrawn.
        slots: series and days whose figures are others than before.
    """
    changed = seqs | _copies(connection, touched.get(COPIES, set()) | {node_of(s, "") for s in seqs})
    known = Stories(connection, NOW)
    _happenings(connection, touched.get(HAPPENINGS, set()) | _nodes(connection, HAPPENINGS, changed), known)
    _utterances(connection, touched.get(UTTERANCES, set()) | _nodes(connection, UTTERANCES, changed), known)
    _figures(connection, slots | slots_of(connection, changed), known)


def _nodes(connection: Connection, kind: str, seqs: Iterable[int]) -> set[int]:
    m = t.members.c
    return {
        node
        for part in chunks(seqs)
        for node in connection.execute(select(m.node).where(m.kind == kind, m.seq.in_(part))).scalars()
    }


def _copies(connection: Connection, nodes: set[int]) -> set[int]:
    """Make the groups of copies anew; the readings whose group is another than before."""
    before = _groups_of(connection, COPIES, nodes)
    alive = {n for c in components(connection, COPIES, nodes, NOW) for n in c.nodes}
    before |= _groups_of(connection, COPIES, alive)
    made = copy_groups(connection, {seq_of(n) for n in alive}, NOW)
    _drop(connection, COPIES, set(before.values()))
    rows = [
        _row(COPIES, g.id, g.entry.first, g.entry.last, None, None, g.entry.reports, g.entry.to_json()) for g in made
    ]
    put(connection, t.groups, rows)
    after = {node_of(s, ""): g.id for g in made for s in g.seqs}
    _assign(connection, COPIES, nodes | alive, before, after)
    grown = {g for n, g in after.items() if before.get(n) != g} | {g for n, g in before.items() if after.get(n) != g}
    return {seq_of(n) for found in (before, after) for n, g in found.items() if g in grown}


def _happenings(connection: Connection, nodes: set[int], known: Stories) -> None:
    made = happening_groups(connection, nodes, NOW, known)
    alive = {m.node for g in made for m in g.members}
    before = _groups_of(connection, HAPPENINGS, nodes | alive)
    _drop(connection, HAPPENINGS, set(before.values()))
    put(connection, t.groups, [_happening_row(g) for g in made])
    put(connection, t.links, [row for g in made for row in link_rows(g.id, g.links)])
    _assign(connection, HAPPENINGS, nodes | alive, before, {m.node: g.id for g in made for m in g.members})


def _happening_row(g: Group) -> dict[str, Any]:
    h = g.happening
    begin = h.begin or h.reported
    return _row(HAPPENINGS, g.id, begin, h.until or begin, h.type, h.standing.standing, h.standing.reports, h.to_json())


def _utterances(connection: Connection, nodes: set[int], known: Stories) -> None:
    alive = {n for c in components(connection, UTTERANCES, nodes, NOW) for n in c.nodes}
    before = _groups_of(connection, UTTERANCES, nodes | alive)
    for part in chunks(set(before.values())):
        connection.execute(delete(t.links).where(t.links.c.grp.in_(part)))
    groups: dict[int, str] = {}
    rows = []
    for name, members, links in utterance_links(connection, alive, NOW, known):
        groups |= dict.fromkeys(members, name)
        rows += link_rows(name, links)
    put(connection, t.links, rows)
    _assign(connection, UTTERANCES, nodes | alive, before, groups)


def _figures(connection: Connection, slots: set[Slot], known: Stories) -> None:
    for part in chunks(group_of(*slot) for slot in slots):
        connection.execute(delete(t.links).where(t.links.c.grp.in_(part)))
    for slot in sorted(slots):
        name, what, found = links_in(connection, slot, NOW, known)
        put(connection, t.links, link_rows(name, found, what))


def link_rows(group: str, links: Iterable[Link], about: str | None = None) -> list[dict[str, Any]]:
    """The rows of a group's links; `about` says what a series counts."""
    return [
        {
            "grp": group, "ordinal": n, "kind": k.kind, "field": k.field, "day": k.a.said or k.b.said or t.NO_DAY,
            "node": node_of(k.a.seq, k.a.id.partition(":")[2]), "other": node_of(k.b.seq, k.b.id.partition(":")[2]),
            "json": _dumps({**k.to_json(), "about": about}),
        }
        for n, k in enumerate(links)
    ]  # fmt: skip


def _groups_of(connection: Connection, kind: str, nodes: Iterable[int]) -> dict[int, str]:
    m = t.members.c
    found: dict[int, str] = {}
    for part in chunks(nodes):
        # without "grp IS NOT NULL", for which SQLite would go through all members that have a group
        query = select(m.node, m.grp).where(m.kind == kind, m.node.in_(part))
        found |= {row.node: row.grp for row in connection.execute(query) if row.grp is not None}
    return found


def _drop(connection: Connection, kind: str, groups: set[str]) -> None:
    for part in chunks(groups):
        connection.execute(delete(t.groups).where(t.groups.c.kind == kind, t.groups.c.id.in_(part)))
        if kind == HAPPENINGS:
            connection.execute(delete(t.links).where(t.links.c.grp.in_(part)))


def _assign(
    connection: Connection, kind: str, nodes: Iterable[int], before: Mapping[int, str], groups: Mapping[int, str]
) -> None:
    """Set the group of every node where it is another than before, to none where it has none now."""
    rows = [{"of_node": n, "to_group": groups.get(n)} for n in sorted(nodes) if before.get(n) != groups.get(n)]
    if rows:
        m = t.members
        statement = update(m).where(m.c.kind == kind, m.c.node == bindparam("of_node"))
        connection.execute(statement.values(grp=bindparam("to_group")), rows)


def _row(
    kind: str,
    name: str,
    begin: str | None,
    until: str | None,
    type_: str | None,
    standing: str | None,
    reports: int,
    data: Any,
) -> dict[str, Any]:
    return {
        "kind": kind, "id": name, "begin": begin[:10] if begin else t.NO_DAY, "until": until[:10] if until else t.NO_DAY,
        "type": type_, "standing": standing, "reports": reports, "json": _dumps(data),
    }  # fmt: skip


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
