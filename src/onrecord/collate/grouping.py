"""Nodes and edges -> groups as they were at a moment: copies, happenings, utterances.

The same functions serve the present, where `onrecord.collate.update` keeps what they give, and any earlier day, where
a view asks for them anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from onrecord.collate import copies, happenings
from onrecord.collate.clusters import Component, Member, components, load_members
from onrecord.collate.copies_origin import CopyFacts, origin
from onrecord.collate.derive import COPIES, HAPPENINGS, UTTERANCES, node_of
from onrecord.collate.entities import CopiesEntry
from onrecord.collate.happening_groups import Group, group_id
from onrecord.collate.links import End, Link
from onrecord.collate.links_words import Utterance, same
from onrecord.collate.moments import Moment, reports_told, seq_of, with_story

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from onrecord.collate.standing import Told


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


def stories(connection: Connection, seqs: Collection[int], moment: Moment) -> dict[int, Told]:
    """The reports of some readings, copies under the name of the one that they go back to."""
    told = reports_told(connection, moment, seqs)
    for group in copy_groups(connection, seqs, moment):
        told |= {s: group.told[s] for s in group.seqs if s in told}
    return told


def happening_groups(
    connection: Connection, seeds: Collection[int], moment: Moment, known: dict[int, Member] | None = None
) -> list[Group]:
    """The happenings that hang together with any of some events."""
    return grouped(connection, components(connection, HAPPENINGS, seeds, moment), moment, known)


def grouped(
    connection: Connection, found: Sequence[Component], moment: Moment, known: dict[int, Member] | None = None
) -> list[Group]:
    """The happenings of some components.  `known` holds members that need not be loaded again."""
    known = known or {}
    nodes = {n for c in found for n in c.nodes}
    members = {n: known[n] for n in nodes if n in known}
    members |= load_members(connection, HAPPENINGS, nodes - members.keys())
    told = stories(connection, {m.seq for m in members.values()}, moment)
    made = []
    for c in found:
        for part in _clustered(c, members):
            made.append(Group(tuple(members[n] for n in part), told))
    return made


def _clustered(c: Component, members: Mapping[int, Member]) -> list[list[int]]:
    if len(c.nodes) == 1:
        return [list(c.nodes)]
    by_ref = {members[n].ref: n for n in c.nodes}
    edges = [(members[e.node].ref, members[e.other].ref, e.weight) for e in c.edges]
    return [[by_ref[ref] for ref in part] for part in happenings.cluster(by_ref, edges)]


def utterance_links(
    connection: Connection, seeds: Collection[int], moment: Moment
) -> list[tuple[str, tuple[int, ...], list[Link]]]:
    """The links among statements of one source that say the same: the id of their group, its nodes, the links.

    The id is "u" and a hash of the earliest.
    """
    found = components(connection, UTTERANCES, seeds, moment)
    members = load_members(connection, UTTERANCES, {n for c in found for n in c.nodes if len(c.nodes) > 1})
    told = stories(connection, {m.seq for m in members.values()}, moment)
    made = []
    for c in found:
        spoken = [Utterance.from_json(members[n].data) for n in c.nodes if n in members]
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
