"""Two accounts -> how likely they tell of one happening (0 to 1), by boosted trees over `happening_signs`.

The trees (Friedman 2001) are a table, `data/happening_trees.tsv`: fitted by `training/fit_happening_scorer.py`, read here
without any library for learning.  A score depends on the two accounts alone.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.collate.happening_signs import SIGNS, Prepared, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.collate.accounts import Account

KEPT = 20_000
"""Accounts that stay prepared: comparing goes by neighbourhood, so the same ones come again soon."""

DAYS_APART, FRESH, DOUBT = 2, 4, 0.25
"""Days between two stated days that make two happenings (a night lies in two days), days within which a report is
fresh, and what is left of a score.  On GVA, where days are often misread, 3 % of the pairs of one incident suffer."""

Tree = tuple[tuple[int, ...], tuple[float, ...], tuple[bool, ...], tuple[int, ...], tuple[int, ...]]
"""Per node: the number of its sign (-1 for a leaf), threshold or value, whether an unknown goes left, left, right."""


def score(a: Account, b: Account) -> float:
    """The probability that two accounts are one happening; the same either way round."""
    x, y = _prepared(a), _prepared(b)
    likely = chance(signs(x, y))
    return likely * DOUBT if apart(x, y) else likely


def apart(a: Prepared, b: Prepared) -> bool:
    """Do both tell of one fresh day, and not of the same?

    Wars repeat themselves: what else speaks for one happening (place, sides, arms) speaks for the raid of Monday and that
    of Wednesday alike, and the trees, which learnt from towns where little happens twice, do not know that.
    """
    if a.first != a.last or b.first != b.last:  # longer than a day, or unknown
        return False
    fresh = abs(a.reported - a.first) <= FRESH and abs(b.reported - b.first) <= FRESH
    return fresh and abs(a.first - b.first) >= DAYS_APART


def chance(values: Sequence[float]) -> float:
    """What the trees make of the numbers of two accounts."""
    base, trees = _trees()
    total = base
    for sign, value, unknown_left, left, right in trees:
        node = 0
        while (k := sign[node]) >= 0:
            x = values[k]
            node = left[node] if (unknown_left[node] if x != x else x <= value[node]) else right[node]
        total += value[node]
    return 1.0 / (1.0 + math.exp(-total))


_ready: OrderedDict[int, Prepared] = OrderedDict()


def _prepared(account: Account) -> Prepared:
    """By the object's identity: `Prepared` holds the account, so no other can come to its address meanwhile."""
    found = _ready.get(id(account))
    if found is None:
        found = _ready[id(account)] = Prepared(account)
        if len(_ready) > KEPT:
            _ready.popitem(last=False)
    return found


@cache
def _trees() -> tuple[float, list[Tree]]:
    """The table: a first line with the base value, then a line per node (tree, sign or "-", threshold or value, side
    of an unknown, left, right), a tree's nodes in order."""
    text = (resources.files("onrecord.collate") / "data" / "happening_trees.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    number = {name: k for k, name in enumerate(SIGNS)}
    nodes: dict[str, list[tuple[int, float, bool, int, int]]] = {}
    for tree, sign, value, side, left, right in rows[1:]:
        nodes.setdefault(tree, []).append((number.get(sign, -1), float(value), side == "l", int(left), int(right)))
    return float(rows[0][1]), [_tree(n) for n in nodes.values()]


def _tree(nodes: list[tuple[int, float, bool, int, int]]) -> Tree:
    sign, value, unknown_left, left, right = zip(*nodes, strict=True)
    return sign, value, unknown_left, left, right
