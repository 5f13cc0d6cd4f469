"""Readings made into rows -> rows written, and the edges that they bring."""

from __future__ import annotations

import json
from array import array
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select, update

from onrecord.collate import copies
from onrecord.collate import tables as t
from onrecord.collate.clusters import Edge, load_members
from onrecord.collate.derive import COPIES, DAYS, HAPPENINGS, REACH, UTTERANCES, Derived
from onrecord.collate.facts import forget_facts
from onrecord.collate.happening_kinds import may_be_one, near_types
from onrecord.collate.happening_scorer import score
from onrecord.collate.links_words import same
from onrecord.collate.moments import chunks, seq_of
from onrecord.collate.neighbours import Lookup, nearest
from onrecord.collate.rows import put, put_tuples
from onrecord.ledger import tables as ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from onrecord.collate.accounts import Account

_KEPT = 20_000
"""Accounts that stay in memory between batches …"""
_KEPT_TEXTS = 2_000
"""… and texts, made ready to be compared."""

Near = dict[int, set[int]]


class Writer:
    """Writes what readings add.  Serves one run of updating: what it remembers may be out of date for a later one."""

    def __init__(self) -> None:
        self._accounts: dict[int, Account] = {}
        self._texts: dict[int, copies.Prepared] = {}
        self.replaced: set[int] = set()
        """The readings that those written last take the place of."""

    def write(self, connection: Connection, batch: Sequence[Derived]) -> dict[str, set[int]]:
        """Write the rows of readings that follow each other in the order of learning, and their edges.

        Gives the nodes that are new or whose neighbours are gone, by kind.
        """
        dead = _replace(connection, batch)
        self.replaced = set(dead)
        put(connection, t.reports, [d.report for d in batch])
        touched = self._fill(connection, batch, dead)
        for seq in dead:
            for kind in REACH:
                touched[kind] |= _out_of_blocks(connection, kind, seq)
        return touched

    def rewrite(self, connection: Connection, made: Derived) -> dict[str, set[int]]:
        """Write a reading anew that a person's judgement has changed; its place in the order stays."""
        touched = {kind: _ungrouped(connection, kind, made.seq) for kind in REACH}
        for kind in REACH:
            touched[kind] |= _forget(connection, kind, made.seq)
        _forget(connection, "n", made.seq)
        forget_facts(connection, made.seq)
        self._accounts = {n: a for n, a in self._accounts.items() if seq_of(n) != made.seq}
        r = t.reports.c
        told = {name: made.report[name] for name in ("day", "json")}
        connection.execute(update(t.reports).where(r.seq == made.seq).values(told))
        for kind, nodes in self._fill(connection, [made], {}, later=True).items():
            touched[kind] |= nodes
        return touched

    def _fill(
        self, connection: Connection, batch: Sequence[Derived], dead: Mapping[int, int], later: bool = False
    ) -> dict[str, set[int]]:
        put(connection, t.members, [row for d in batch for row in d.members])
        put(connection, t.terms, [row for d in batch for row in d.terms])
        put(connection, t.facts, [row for d in batch for row in d.facts])
        places = [x for d in batch for found in d.lookups.values() for x in found]
        put_tuples(connection, t.blocks, Lookup._fields, places)
        self._remember(batch)
        judges: dict[str, Callable[[Connection, Near], Iterator[Edge]]] = {
            COPIES: self._copied,
            HAPPENINGS: self._happened,
            UTTERANCES: _said,
        }
        for kind, judge in judges.items():
            lookups = [x for d in batch for x in d.lookups.get(kind, ())]
            near = nearest(connection, lookups, REACH[kind], dead, later=later, days=DAYS[kind])
            put_tuples(connection, t.edges, ("kind", *Edge._fields), [(kind, *e) for e in judge(connection, near)])
        return {kind: {row["node"] for d in batch for row in d.members if row["kind"] == kind} for kind in REACH}

    def _remember(self, batch: Sequence[Derived]) -> None:
        _make_room(self._accounts, _KEPT)
        _make_room(self._texts, _KEPT_TEXTS)
        for d in batch:
            self._accounts |= d.accounts
            self._texts[d.seq] = copies.prepared(d.text)

    def _copied(self, connection: Connection, near: Near) -> Iterator[Edge]:
        needed = {seq_of(n) for node, others in near.items() for n in (node, *others)}
        texts = _texts(connection, needed - self._texts.keys())
        self._texts |= {seq: copies.prepared(text) for seq, text in texts.items()}
        for node, other in _pairs(near):
            like = copies.compared(self._texts[seq_of(node)], self._texts[seq_of(other)])
            if copies.is_kept(like):
                yield Edge(node, other, like.overlap, json.dumps(asdict(like)))
                yield Edge(other, node, like.overlap, json.dumps(asdict(like.turned())))

    def _happened(self, connection: Connection, near: Near) -> Iterator[Edge]:
        needed = {n for node, others in near.items() for n in (node, *others)}
        for node, member in load_members(connection, HAPPENINGS, needed - self._accounts.keys()).items():
            self._accounts[node] = member.content.account
        for node, other in _pairs({n: self._comparable(n, others) for n, others in near.items()}):
            a, b = self._accounts[node], self._accounts[other]
            if may_be_one(a, b):
                yield from _both(node, other, score(a, b))  # a low score too: it says that they were compared

    def _comparable(self, node: int, others: Iterable[int]) -> set[int]:
        """Those whose type allows it, before any pair is made: most of a crowd under a common word tell of other things."""
        type_ = self._accounts[node].type
        return {o for o in others if near_types(type_, self._accounts[o].type)}


def _make_room(kept: dict[int, Any], most: int) -> None:
    """Forget what was learned first: what is compared lies near in time."""
    if len(kept) > most:
        for number in sorted(kept)[: len(kept) - most // 2]:
            del kept[number]


def _said(connection: Connection, near: Near) -> Iterator[Edge]:
    found = load_members(connection, UTTERANCES, {n for node, others in near.items() for n in (node, *others)})
    spoken = {n: m.content.utterance for n, m in found.items()}
    for node, other in _pairs(near):
        a, b = spoken[node], spoken[other]
        alike = same(a, b) if a.report != b.report else 0.0
        if alike:
            yield from _both(node, other, alike)


def _pairs(near: Near) -> Iterator[tuple[int, int]]:
    """Each pair once; a pair of the same batch may have been found from both sides."""
    yield from sorted({(max(n, o), min(n, o)) for n, others in near.items() for o in others})


def _both(node: int, other: int, weight: float) -> Iterator[Edge]:
    yield Edge(node, other, weight, None)
    yield Edge(other, node, weight, None)


def _texts(connection: Connection, seqs: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(seqs):
        query = (
            select(ledger.readings.c.seq, ledger.reports.c.text)
            .join(ledger.reports, ledger.reports.c.id == ledger.readings.c.report_id)
            .where(ledger.readings.c.seq.in_(part))
        )
        found |= {row.seq: row.text for row in connection.execute(query)}
    return found


def _replace(connection: Connection, batch: Sequence[Derived]) -> dict[int, int]:
    """Mark the readings that those of the batch take the place of; old reading → new reading."""
    keys = {d.key for d in batch}
    r = t.reports
    last: dict[str, int] = {}
    for part in chunks(keys):
        query = select(r.c.key, r.c.seq).where(r.c.key.in_(part), r.c.replaced.is_(None))
        last |= {row.key: row.seq for row in connection.execute(query)}
    dead: dict[int, int] = {}
    by_seq = {d.seq: d for d in batch}
    for d in batch:
        if (old := last.get(d.key)) is not None:
            dead[old] = d.seq
            if old in by_seq:
                by_seq[old].report |= {"replaced": d.report["learned"], "replaced_by": d.seq}
            else:
                gone = update(r).where(r.c.seq == old)
                connection.execute(gone.values(replaced=d.report["learned"], replaced_by=d.seq))
        last[d.key] = d.seq
    return dead


def _out_of_blocks(connection: Connection, kind: str, seq: int) -> set[int]:
    """Take the nodes of a replaced reading out of the blocks; them and the nodes that they were joined to."""
    m, b = t.members.c, t.blocks.c
    gone = connection.execute(select(m.node, m.day, m.blocks).where(m.kind == kind, m.seq == seq)).all()
    places = [
        {"in_block": block, "on_day": row.day or t.NO_DAY, "of_node": row.node}
        for row in gone
        for block in array("q", row.blocks or b"")
    ]
    if places:
        here = (b.block == bindparam("in_block"), b.day == bindparam("on_day"), b.node == bindparam("of_node"))
        connection.execute(delete(t.blocks).where(*here), places)
    nodes = {row.node for row in gone}
    return _joined(connection, kind, nodes) | nodes


def _ungrouped(connection: Connection, kind: str, seq: int) -> set[int]:
    """Delete the groups that the nodes of a reading are in, and their links; all members of these."""
    m = t.members.c
    here = select(m.grp).where(m.kind == kind, m.seq == seq, m.grp.is_not(None)).distinct()
    nodes: set[int] = set()
    for part in chunks(connection.execute(here).scalars()):
        nodes.update(connection.execute(select(m.node).where(m.kind == kind, m.grp.in_(part))).scalars())
        connection.execute(delete(t.groups).where(t.groups.c.kind == kind, t.groups.c.id.in_(part)))
        connection.execute(delete(t.links).where(t.links.c.grp.in_(part)))
    return nodes


def _forget(connection: Connection, kind: str, seq: int) -> set[int]:
    """Delete all that a reading added of one kind; the nodes that its nodes were joined to."""
    others = _out_of_blocks(connection, kind, seq)
    m = t.members.c
    nodes = set(connection.execute(select(m.node).where(m.kind == kind, m.seq == seq)).scalars())
    for part in chunks(nodes):
        connection.execute(delete(t.terms).where(t.terms.c.kind == kind, t.terms.c.node.in_(part)))
        for end in (t.edges.c.node, t.edges.c.other):
            connection.execute(delete(t.edges).where(t.edges.c.kind == kind, end.in_(part)))
        connection.execute(delete(t.members).where(m.kind == kind, m.node.in_(part)))
    return others - nodes


def _joined(connection: Connection, kind: str, nodes: Iterable[int]) -> set[int]:
    e = t.edges.c
    return {
        other
        for part in chunks(nodes)
        for other in connection.execute(select(e.other).where(e.kind == kind, e.node.in_(part))).scalars()
    }
