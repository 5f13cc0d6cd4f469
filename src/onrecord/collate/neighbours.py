"""New nodes -> the nodes to compare them with: those nearest in time under each block that they share.

A block is a key that alike nodes have in common.  Under each, a node is compared with the `reach` nodes before and
after it, ordered by day and at most `days` away, among those that were known before it: so a comparison is made once,
when the later of the two is learned, costs the same however many years the ledger holds, and is what it would have
been on that day.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from onrecord.collate.rows import mark
from onrecord.collate.tables import NO_DAY, NODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

_LAST = 2**62
_LOOKUPS = 64
"""Places that are looked up by one statement (two queries each; SQLite takes 500).  It is given to the driver as it is:
SQLAlchemy needs as long for its hundreds of parameters as SQLite for the look-ups."""
_BLOCKS = 256
"""Blocks of which one statement asks."""
_T = TypeVar("_T")


class Lookup(NamedTuple):
    """A node's place in a block."""

    block: int
    day: str
    node: int


def block_key(kind: str, block: str) -> int:
    """A block's name as a signed 64-bit number; two kinds never share one (but by chance)."""
    return int.from_bytes(blake2b(f"{kind}|{block}".encode(), digest_size=8).digest(), "big", signed=True)


def nearest(
    connection: Connection,
    lookups: Sequence[Lookup],
    reach: int,
    dead: Mapping[int, int],
    later: bool = False,
    days: int | None = None,
) -> dict[int, set[int]]:
    """Node → the nodes to compare it with.

    Args:
        connection: where the blocks are kept, those of the new nodes too.
        lookups: the new nodes' places.
        reach: how many neighbours are looked at on either side.
        dead: readings that are replaced in the same batch → the reading that replaces them: later nodes do not see
            them any more.
        later: whether nodes that were learned after them count too.
        days: how many days a neighbour may be away (None: any number).  A node without a day is compared with whatever
            stands beside it.
    """
    found: dict[int, set[int]] = defaultdict(set)
    spare = reach + len(dead)
    crowded = _crowded(connection, {x.block for x in lookups})
    asked = [search for x in lookups if x.block in crowded for search in _searches(x, days, crowded[x.block])]
    for part in _parts(asked, _LOOKUPS):
        rows = connection.exec_driver_sql(_query(len(part), mark(connection)), _values(part, spare, later)).all()
        sides: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, after, node in rows:
            sides[at, after].append(node)
        for (at, _), nodes in sides.items():
            own = part[at].node
            found[own].update(_seen_by(own, nodes, dead)[:reach])
    return found


class _Search(NamedTuple):
    """What lies before and after a place in a block, from one day to another."""

    node: int
    block: int
    place: tuple[str, int]
    ends: tuple[str, str]


def _searches(x: Lookup, days: int | None, undated: bool) -> Iterator[_Search]:
    """Around a node's place; where days are bounded, among the nodes without a day, too."""
    ends = _ends(x.day, days)
    yield _Search(x.node, x.block, (x.day, x.node), ends)
    if undated and ends[1] < NO_DAY:
        yield _Search(x.node, x.block, (NO_DAY, _LAST), (NO_DAY, NO_DAY))


def _seen_by(own: int, nodes: list[int], dead: Mapping[int, int]) -> list[int]:
    if not dead:
        return nodes
    seq = own // NODE
    return [n for n in nodes if dead.get(n // NODE, seq + 1) > seq]


def _crowded(connection: Connection, blocks: set[int]) -> dict[int, bool]:
    """The blocks that hold more than one node (most words and runs of words of a report stand alone), and whether any
    node of theirs is without a day."""
    found: dict[int, bool] = {}
    for part in _parts(sorted(blocks), _BLOCKS):
        rows = connection.exec_driver_sql(_asked(len(part), mark(connection)), tuple(part))
        found |= {row[0]: bool(row[1]) for row in rows}
    return found


def _parts(values: Sequence[_T], most: int) -> Iterator[Sequence[_T]]:
    """Values in parts of `most`, and of half of it, a quarter and so on: few sizes, so that the databases know the
    statements already."""
    at = 0
    while at < len(values):
        while most > len(values) - at:
            most //= 2
        yield values[at : at + most]
        at += most


@cache
def _asked(size: int, sign: str) -> str:
    values = ", ".join([f"({sign})"] * size)
    return (
        f"WITH asked (block) AS (VALUES {values}) SELECT block, EXISTS"  # noqa: S608 - marks only
        f" (SELECT 1 FROM collate_blocks AS b WHERE b.block = asked.block AND b.day = '{NO_DAY}')"
        " FROM asked WHERE EXISTS"
        " (SELECT 1 FROM collate_blocks AS b WHERE b.block = asked.block LIMIT 1 OFFSET 1)"
    )


@cache
def _query(size: int, sign: str) -> str:
    """Two ordered look-ups per place, in one statement."""
    return " UNION ALL ".join(_side(k, after, sign) for k in range(size) for after in (0, 1))


def _side(k: int, after: int, p: str) -> str:
    sign, limit, order = (">", "<=", "ASC") if after else ("<", ">=", "DESC")
    return (
        f"SELECT * FROM (SELECT {k} AS place, {after} AS after, node FROM collate_blocks"  # noqa: S608 - numbers only
        f" WHERE block = {p} AND (day, node) {sign} ({p}, {p}) AND day {limit} {p} AND node < {p}"
        f" ORDER BY day {order}, node {order} LIMIT {p}) AS q{k}_{after}"
    )


def _values(part: Sequence[_Search], limit: int, later: bool) -> tuple[int | str, ...]:
    values: list[int | str] = []
    for x in part:
        known = _LAST if later else x.node // NODE * NODE
        for end in x.ends:
            values += (x.block, *x.place, end, known, limit)
    return tuple(values)


@lru_cache(maxsize=4096)
def _ends(day: str, days: int | None) -> tuple[str, str]:
    """The first and the last day on which a neighbour may lie."""
    if days is None or day == NO_DAY:
        return "", NO_DAY
    middle = date.fromisoformat(day[:10])
    away = timedelta(days=days)
    first = middle - away if middle - date.min > away else date.min
    last = middle + away if date.max - middle > away else date.max
    return first.isoformat(), last.isoformat()
