"""Pairs of reports and how alike they are -> groups of copies; a report merged of two stories joins nothing.

Joining whatever is alike, one after the other, would make one group of two stories that some outlet ran together.
So a report whose words come from two others which share nothing with each other first loses one of them or, where
neither gives most of it, both; then groups grow by average linkage (Sokal and Michener 1958).  Nothing depends on
the order in which pairs come.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from onrecord.collate.copies_likeness import is_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.collate.copies_likeness import Likeness

JOIN = 0.45
"""Two groups become one when the mean overlap of their members, taken across, is this (pairs not known count 0) and
two of them are copies."""
PART = 0.4
"""The share of a report that must come from a second story for the report to be merged."""
MOST = 0.62
"""The share that one story must give for a merged report to be its copy all the same."""
_WHOLE = 1.1
"""Two stories that share nothing give no more than the whole of a report; the tenth is for chance."""
_SCALE = 10_000
"""Overlaps are added up as whole numbers, so that sums do not depend on their order."""

_Near = dict[str, dict[str, "Likeness"]]


def groups(pairs: Mapping[tuple[str, str], Likeness]) -> list[tuple[str, ...]]:
    """Groups of two and more, members and groups sorted.

    Args:
        pairs: (a, b) → the likeness of a to b, each pair once, in either order; all pairs that `is_kept`.  Groups of
            one connected component do not depend on the others.
    """
    near: _Near = {}
    for (a, b), like in pairs.items():
        near.setdefault(a, {})[b] = like
        near.setdefault(b, {})[a] = like.turned()
    dropped = {pair for name in near for pair in _not_of_one_story(name, near)}
    weights = {
        (a, b): (round(_SCALE * like.overlap), is_copy(like))
        for a, others in near.items()
        for b, like in others.items()
        if a < b and (a, b) not in dropped
    }
    return _linked(weights)


def _not_of_one_story(name: str, near: _Near) -> Iterable[tuple[str, str]]:
    """The pairs of a report that stands between stories, to be left out."""
    others = near[name]
    ranked = sorted(others, key=lambda o: (not is_copy(others[o]), -others[o].containment_a, o))
    first = ranked[0]
    share = others[first].containment_a
    family = _family(first, others, near)
    alien = [o for o in ranked if o not in family and PART <= others[o].containment_a <= _WHOLE - share]
    if alien:
        for other in others:
            if share < MOST or other not in family:
                yield min(name, other), max(name, other)


def _family(first: str, among: Iterable[str], near: _Near) -> set[str]:
    """Those that one can be reached from through pairs known, without leaving them."""
    inside, found, todo = set(among), {first}, [first]
    while todo:
        new = (near[todo.pop()].keys() & inside) - found
        found |= new
        todo += new
    return found


def _linked(weights: Mapping[tuple[str, str], tuple[int, bool]]) -> list[tuple[str, ...]]:
    """Average linkage: the two groups with the highest mean overlap become one, until none reaches `JOIN`.

    A group goes by the first of its members; `age` tells which entries of the heap speak of a group that has grown.
    """
    members: dict[str, tuple[str, ...]] = {}
    across: dict[str, dict[str, tuple[int, bool]]] = {}
    for (a, b), known in weights.items():
        for one, other in ((a, b), (b, a)):
            members[one] = (one,)
            across.setdefault(one, {})[other] = known
    age = dict.fromkeys(members, 1)
    heap = [(-float(weight), a, b, 1, 1) for (a, b), (weight, copies) in weights.items() if copies]
    heapq.heapify(heap)
    while heap:
        cost, a, b, age_a, age_b = heapq.heappop(heap)
        if -cost < JOIN * _SCALE:
            break
        if a not in members or b not in members or (age[a], age[b]) != (age_a, age_b):
            continue
        members[a] = tuple(sorted(members[a] + members.pop(b)))  # a < b, so the name stays that of the first
        age[a] = len(members[a])
        for other, (weight, copies) in across.pop(b).items():
            del across[other][b]
            if other != a:
                before, were = across[a].get(other, (0, False))
                across[other][a] = across[a][other] = before + weight, were or copies
        for other, (weight, copies) in across[a].items():
            if copies:
                mean = weight / (len(members[a]) * len(members[other]))
                first, second = min(a, other), max(a, other)
                heapq.heappush(heap, (-mean, first, second, age[first], age[second]))
    return sorted(group for group in members.values() if len(group) > 1)
