"""Nodes and edges -> groups as they were at a moment: copies, happenings, utterances.

The same functions serve the present, where `onrecord.collate.update` keeps what they give, and any earlier day, where
a view asks for them anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from sqlalchemy import select

from onrecord.collate import copies, happenings
from onrecord.collate import tables as t
from onrecord.collate.clusters import Component, Member, components, load_members
from onrecord.collate.copies_origin import CopyFacts, origin
from onrecord.collate.decisions import MERGE, Decision, decided, divided, united
from onrecord.collate.derive import COPIES, HAPPENINGS, UTTERANCES, node_of
from onrecord.collate.entities import CopiesEntry
from onrecord.collate.happening_groups import Group, group_id
from onrecord.collate.happening_kinds import may_be_one
from onrecord.collate.links import End, Link
from onrecord.collate.links_words import same
from onrecord.collate.moments import Moment, chunks, reports_told, seq_of, with_story

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from onrecord.collate.links_words import Utterance
    from onrecord.collate.standing import Told


_SOME = 150
"""Accounts in a component of which all pairs are looked at."""
_APART = -1e6
"""A weight that no number of others makes up for."""


class CopyGroup:
    """Reports that carry one wire text, with the one that they go back to."""

    def __init__(self, seqs: Iterable[int], told: Mapping[int, Told]) -> None:
        self.seqs = tuple(sorted(seqs, key=lambda s: (told[s].published or "9999", told[s].key)))
        self.id = group_id("w", ((told[s].published, told[s].key) for s in self.seqs))
        facts = [
            CopyFacts(
                key=told[s].key,
                agency=told[s].agency,
                publisher=told[s].publisher,
                published=told[s].published,
                credited=told[s].credited,
            )
            for s in self.seqs
        ]
        key = origin(facts)
        self.origin = next(s for s in self.seqs if told[s].key == key)
        self.told = {s: with_story(told[s], self.id, told[self.origin]) for s in self.seqs}

    @property
    def entry(self) -> CopiesEntry:
        """The group as it is listed."""
        first = self.told[self.origin]
        days = [day for s in self.seqs if (day := self.told[s].published)]
        return CopiesEntry(
            id=self.id, origin=first.key, title=first.title, agency=first.agency, publisher=first.publisher,
            first=min(days, default=None), last=max(days, default=None), reports=len(self.seqs),
            outlets=tuple(sorted({o for s in self.seqs for o in self.told[s].outlets})),
            keys=tuple(self.told[s].key for s in self.seqs),
        )  # fmt: skip


def copy_groups(connection: Connection, seqs: Collection[int], moment: Moment) -> list[CopyGroup]:
    """The groups of copies that hang together with any of some readings."""
    found: list[CopyGroup] = []
    for c in components(connection, COPIES, {node_of(s, "") for s in seqs}, moment):
        if len(c.nodes) > 1:
            told = reports_told(connection, moment, map(seq_of, c.nodes))
            found.extend(CopyGroup(map(int, names), told) for names in copies.groups(_pairs(c)))
    return found


def _pairs(c: Component) -> dict[tuple[str, str], copies.Likeness]:
    """The edges under names that sort as numbers do."""
    return {
        (f"{seq_of(e.node):012d}", f"{seq_of(e.other):012d}"): copies.Likeness(**json.loads(e.json or "{}"))
        for e in c.edges
    }


class Stories:
    """The reports of readings as they were known at a moment, copies under the name of the one that they go back to.

    Each is looked up once: for one view or one regrouping, in which nothing changes about them.
    """

    def __init__(self, connection: Connection, moment: Moment) -> None:
        self._connection, self._moment = connection, moment
        self._told: dict[int, Told] = {}

    def of(self, seqs: Collection[int]) -> dict[int, Told]:
        """Reading → its report."""
        if new := set(seqs) - self._told.keys():
            told = reports_told(self._connection, self._moment, new)
            for group in copy_groups(self._connection, new, self._moment):
                told |= group.told
            self._told |= told
        return {s: self._told[s] for s in seqs}


def happening_groups(
    connection: Connection, seeds: Collection[int], moment: Moment, known: Stories | None = None
) -> list[Group]:
    """The happenings that hang together with any of some events, by their edges or by a person's decision."""
    decisions = decided(connection, "happenings", moment)
    found = components(connection, HAPPENINGS, _with_decided(connection, set(seeds), decisions, moment), moment)
    return grouped(connection, found, decisions, known or Stories(connection, moment))


def _with_decided(connection: Connection, seeds: set[int], decisions: Sequence[Decision], moment: Moment) -> set[int]:
    """Some events and those that people have merged theirs with, as far as that leads."""
    merged = [d for d in decisions if d.action == MERGE]
    while merged:
        near = {n for c in components(connection, HAPPENINGS, seeds, moment) for n in c.nodes}
        refs = set(_refs(connection, near).values())
        more = {r for d in merged if {d.one, d.other} & refs for r in (d.one, d.other)} - refs
        new = _nodes_of(connection, more) - near
        if not new:
            break
        seeds = seeds | new
    return seeds


def _refs(connection: Connection, nodes: Iterable[int]) -> dict[int, str]:
    m = t.members.c
    return {
        row.node: row.ref
        for part in chunks(nodes)
        for row in connection.execute(select(m.node, m.ref).where(m.kind == HAPPENINGS, m.node.in_(part)))
    }


def _nodes_of(connection: Connection, refs: Iterable[str]) -> set[int]:
    m = t.members.c
    return {
        node
        for part in chunks(refs)
        for node in connection.execute(select(m.node).where(m.kind == HAPPENINGS, m.ref.in_(part))).scalars()
    }


def grouped(
    connection: Connection, found: Sequence[Component], decisions: Sequence[Decision], known: Stories
) -> list[Group]:
    """The happenings of some components."""
    members = load_members(connection, HAPPENINGS, {n for c in found for n in c.nodes})
    told = known.of({m.seq for m in members.values()})
    by_ref = {m.ref: m for m in members.values()}
    parts: Sequence[Sequence[str]] = [part for c in found for part in _clustered(c, members)]
    if decisions:
        weights = {(min(a, b), max(a, b)): w for c in found for a, b, w in _edges(c, members)}
        parts = divided(united(parts, decisions), decisions, weights)
    return [Group(tuple(by_ref[ref] for ref in part), told) for part in parts]


def _clustered(c: Component, members: Mapping[int, Member]) -> list[Sequence[str]]:
    refs = [members[n].ref for n in c.nodes]
    if len(refs) == 1:
        return [refs]
    edges = [*_edges(c, members), *_never(c, members)]
    return list(happenings.cluster(refs, edges, sparse=True))


def _never(c: Component, members: Mapping[int, Member]) -> Iterator[tuple[str, str, float]]:
    """Pairs that cannot be one: events of one report, which the reader holds for two; in all but the largest
    components, those that were not compared because their kinds, actors or days forbid it."""
    by_report: dict[str, list[str]] = defaultdict(list)
    for n in c.nodes:
        by_report[members[n].ref.partition(":")[0]].append(members[n].ref)
    for refs in by_report.values():
        yield from ((a, b, _APART) for a, b in combinations(refs, 2))
    if len(c.nodes) <= _SOME:
        compared = {(e.node, e.other) for e in c.edges}
        known = {n: members[n].content.account for n in c.nodes}
        for a, b in combinations(c.nodes, 2):
            one, two = known[a], known[b]
            if one.report != two.report and (a, b) not in compared and not may_be_one(one, two):
                yield members[a].ref, members[b].ref, 0.0


def _edges(c: Component, members: Mapping[int, Member]) -> list[tuple[str, str, float]]:
    return [(members[e.node].ref, members[e.other].ref, e.weight) for e in c.edges]


def utterance_links(
    connection: Connection, seeds: Collection[int], moment: Moment, known: Stories | None = None
) -> list[tuple[str, tuple[int, ...], list[Link]]]:
    """The links among statements of one source that say the same: the id of their group, its nodes, the links.

    The id is "u" and a hash of the earliest.
    """
    found = components(connection, UTTERANCES, seeds, moment)
    members = load_members(connection, UTTERANCES, {n for c in found for n in c.nodes if len(c.nodes) > 1})
    told = (known or Stories(connection, moment)).of({m.seq for m in members.values()})
    made = []
    for c in found:
        spoken = [members[n].content.utterance for n in c.nodes if n in members]
        if spoken:
            name = group_id("u", ((u.said, f"{u.report}:{u.record}") for u in spoken))
            made.append((name, c.nodes, _said_again([u for u in spoken if told[u.seq].first], told)))
    return made


def _said_again(spoken: Iterable[Utterance], told: Mapping[int, Told]) -> list[Link]:
    """Each utterance with the one before it that says the same in another report."""
    ordered = sorted(spoken, key=lambda u: (u.said or "9999", told[u.seq].published or "9999", u.report, u.record))
    found = []
    for n, u in enumerate(ordered):
        before = next((b for b in reversed(ordered[:n]) if b.report != u.report and same(b, u)), None)
        if before is not None:
            kind = "same_utterance" if before.said == u.said else "repeats"
            found.append(Link(kind=kind, field=None, a=_end(u, told), b=_end(before, told)))
    return found


def _end(u: Utterance, told: Mapping[int, Told]) -> End:
    outlet = told[u.seq].publisher or told[u.seq].agency
    return End(
        id=f"{u.report}:{u.record}", report=u.report, seq=u.seq, source=u.name, origin=u.source, outlet=outlet,
        said=u.said, start=u.start, end=u.end, text=u.text,
    )  # fmt: skip
