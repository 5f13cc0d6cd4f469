"""Pairs of accounts that may be one happening -> happenings: average-link clustering of each component of the edges.

Two accounts join when their groups do, and groups do when the mean score over all their pairs reaches `JOIN`; a pair
without an edge counts as 0.  A chain of look-alikes (the raid of Monday, the raid of Tuesday, …) therefore stays apart
where its ends are unlike (Sokal & Michener 1958).  The result is a function of the edges alone: ties go by id.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

JOIN = 0.3
"""Mean score at which two groups are one happening (swept .15 to .6: from .2 to .5 GVA gains no precision and loses
three points of recall, while look-alikes of one war, which GVA lacks, come in below .2)."""
EDGE = 0.1
"""Score from which a pair is worth an edge; below, it counts as 0."""
_PLACES = 9
_Pairs = tuple[float, int]
"""The sum of the scores between two groups, and how many pairs these are of."""


def cluster(
    ids: Iterable[str], edges: Iterable[tuple[str, str, float]], join: float = JOIN, sparse: bool = False
) -> list[tuple[str, ...]]:
    """The groups that `ids` fall into, each sorted, in order of their first members.

    `edges` are (id, id, score), each pair once, in any order; ids that no edge names are groups of their own.  With
    `sparse`, a pair without an edge was never compared and counts for nothing: the mean is that of the known pairs.
    So a happening of a thousand reports, each compared with its nearest alone, stays one.

    Raises:
        ValueError: an edge names an id that is not in `ids`.
    """
    groups: dict[str, list[str]] = {i: [i] for i in ids}
    near: dict[str, dict[str, _Pairs]] = {i: {} for i in groups}
    heap: list[tuple[float, str, str]] = []
    for a, b, score in edges:
        if a not in near or b not in near:
            raise ValueError(f"an edge names an unknown account: {a} or {b}")
        if a != b:
            near[a][b] = near[b][a] = (score, 1)
            heap.append((-round(score, _PLACES), min(a, b), max(a, b)))

    def mean(a: str, b: str) -> float:
        """Rounded, so that the order of summing does not show."""
        total, known = near[a].get(b, (0.0, 0))
        return round(total / (known if sparse else len(groups[a]) * len(groups[b])), _PLACES) if known else 0.0

    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if -value < join:
            break
        if a not in groups or b not in groups or mean(a, b) != -value:
            continue  # grown since
        for other in _merge(groups, near, a, b):
            if (now := mean(a, other)) >= join:
                heapq.heappush(heap, (-now, min(a, other), max(a, other)))
    return sorted(tuple(sorted(g)) for g in groups.values())


def _merge(groups: dict[str, list[str]], near: dict[str, dict[str, _Pairs]], a: str, b: str) -> Iterable[str]:
    """Put group `b` into `a`, whose sums of scores grow by those of `b`; the groups near the new one."""
    groups[a] += groups.pop(b)
    for other, (total, known) in near.pop(b).items():
        del near[other][b]
        if other != a:
            before, pairs = near[a].get(other, (0.0, 0))
            near[a][other] = near[other][a] = (before + total, pairs + known)
    return near[a]
