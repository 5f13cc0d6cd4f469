"""Edges between nodes -> connected components, as they were at a moment.  What a component falls into, others decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, and_, select

from onrecord.collate import tables as t
from onrecord.collate.contents import Content, content
from onrecord.collate.happenings import JOIN
from onrecord.collate.moments import Moment, answering_nodes, chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Edge(NamedTuple):
    """Two nodes that may be one thing, and how surely."""

    node: int
    other: int
    weight: float
    json: str | None


STRONG = {"h": JOIN}
"""Weight from which an edge makes nodes hang together, by kind (0 where nothing is said).  Groups of happenings grow by
mean weight, so two that become one have an edge of at least that mean between them: weaker edges, which would chain
whole wars together, need only be known within a component."""


class Component(NamedTuple):
    """Nodes that hang together, in order, and the edges among them, each once."""

    nodes: tuple[int, ...]
    edges: tuple[Edge, ...]


class Member(NamedTuple):
    """A node with what its reading says of it."""

    node: int
    seq: int
    ref: str
    day: str | None
    grp: str | None
    content: Content

    @property
    def data(self) -> Any:
        """The row's JSON.  Not to be changed: it is shared."""
        return self.content.data


def components(connection: Connection, kind: str, seeds: Collection[int], moment: Moment) -> list[Component]:
    """The components of a kind that hold any of some nodes; seeds that did not answer at the moment are left out."""
    strong = STRONG.get(kind, 0.0)
    seen = answering_nodes(connection, moment, seeds)
    edges: list[Edge] = []
    frontier = set(seen)
    while frontier:
        found = [e for part in chunks(frontier) for e in _edges(connection, kind, part)]
        edges += (e for e in found if e.node < e.other)
        near = {e.other for e in found if e.weight >= strong} - seen
        frontier = answering_nodes(connection, moment, near)
        seen |= frontier
    return _split(seen, [e for e in edges if e.other in seen], strong)


def _edges(connection: Connection, kind: str, nodes: list[int]) -> list[Edge]:
    e = t.edges.c
    query = select(e.node, e.other, e.weight, e.json).where(and_(e.kind == kind, e.node.in_(nodes)))
    return [Edge(*row) for row in connection.execute(query).all()]


def _split(nodes: Iterable[int], edges: list[Edge], strong: float) -> list[Component]:
    """Union-find; components in the order of their first nodes."""
    parent = {n: n for n in nodes}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for e in edges:
        if e.weight >= strong:
            a, b = root(e.node), root(e.other)
            parent[max(a, b)] = min(a, b)
    together: dict[int, list[int]] = {}
    for n in sorted(parent):
        together.setdefault(root(n), []).append(n)
    joined: dict[int, list[Edge]] = {}
    for e in sorted(edges):
        if root(e.node) == root(e.other):
            joined.setdefault(root(e.node), []).append(e)
    return [Component(tuple(ns), tuple(joined.get(r, ()))) for r, ns in sorted(together.items())]


def load_members(connection: Connection, kind: str, nodes: Iterable[int]) -> dict[int, Member]:
    """Nodes by number."""
    m = t.members.c
    found = {}
    for part in chunks(set(nodes)):
        query = select(m.node, m.seq, m.ref, m.day, m.grp, m.json).where(m.kind == kind, m.node.in_(part))
        for row in connection.execute(query).all():
            found[row.node] = Member(row.node, row.seq, row.ref, row.day, row.grp, content(row.json))
    return found
