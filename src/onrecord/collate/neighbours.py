"""New nodes -> the nodes to compare them with: those nearest in time under each block that they share.

A block is a key that alike nodes have in common.  Under each, a node is compared with the `reach` nodes before and
after it, ordered by day, among those that were known before it: so a comparison is made once, when the later of the
two is learned, costs the same however large the ledger has become, and is what it would have been on that day.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, TextClause, bindparam, text

from onrecord.collate.tables import NODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LAST = 2**62
_LOOKUPS = 100
"""Blocks that are looked up by one statement (two queries each; SQLite takes 500)."""


class Lookup(NamedTuple):
    """A node's place in a block."""

    block: int
    day: str
    node: int


def block_key(kind: str, block: str) -> int:
    """A block's name as a signed 64-bit number; two kinds never share one (but by chance)."""
    return int.from_bytes(blake2b(f"{kind}|{block}".encode(), digest_size=8).digest(), "big", signed=True)


def nearest(
    connection: Connection, lookups: Sequence[Lookup], reach: int, dead: Mapping[int, int], later: bool = False
) -> dict[int, set[int]]:
    """Node → the nodes to compare it with.

    Args:
        connection: where the blocks are kept, those of the new nodes too.
        lookups: the new nodes' places.
        reach: how many neighbours are looked at on either side.
        dead: readings that are replaced in the same batch → the reading that replaces them: later nodes do not see
            them any more.
        later: whether nodes that were learned after them count too.
    """
    found: dict[int, set[int]] = defaultdict(set)
    spare = reach + len(dead)
    for k in range(0, len(lookups), _LOOKUPS):
        part = lookups[k : k + _LOOKUPS]
        rows = connection.execute(_query(len(part)), _values(part, spare, later))
        sides: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for at, after, node in rows:
            sides[at, bool(after)].append(node)
        for (at, _), nodes in sides.items():
            own = part[at].node
            found[own].update(_seen_by(own, nodes, dead)[:reach])
    return found


def _seen_by(own: int, nodes: Iterable[int], dead: Mapping[int, int]) -> list[int]:
    seq = own // NODE
    return [n for n in nodes if dead.get(n // NODE, seq + 1) > seq]


_QUERIES: dict[int, TextClause] = {}


def _query(size: int) -> TextClause:
    """Two ordered look-ups per place, in one statement."""
    if size not in _QUERIES:
        parts = [_side(k, after) for k in range(size) for after in (0, 1)]
        _QUERIES[size] = text(" UNION ALL ".join(parts)).bindparams(bindparam("n"))
    return _QUERIES[size]


def _side(k: int, after: int) -> str:
    sign, order = (">", "ASC") if after else ("<", "DESC")
    return (
        f"SELECT * FROM (SELECT {k} AS place, {after} AS after, node FROM collate_blocks"  # noqa: S608 - numbers only
        f" WHERE block = :b{k} AND (day, node) {sign} (:d{k}, :o{k}) AND node < :s{k}"
        f" ORDER BY day {order}, node {order} LIMIT :n) AS q{k}_{after}"
    )


def _values(part: Sequence[Lookup], limit: int, later: bool) -> dict[str, int | str]:
    values: dict[str, int | str] = {"n": limit}
    for k, place in enumerate(part):
        own = _LAST if later else place.node // NODE * NODE
        values |= {f"b{k}": place.block, f"d{k}": place.day, f"o{k}": place.node, f"s{k}": own}
    return values
