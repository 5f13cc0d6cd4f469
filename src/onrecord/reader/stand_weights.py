"""The weights of the choices about positions: whether (`keep`), whose (`party`), which stance, which issue."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from onrecord.reader.word_table import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHOICES = ("keep", "party", "stance", "issue")
"""Fitted by `training/fit_positions.py`, each by itself."""


def weighed(choice: str, signs: Iterable[str]) -> float:
    """What some signs weigh together in a choice, as log-odds."""
    table = tables().get(choice, {})
    return sum(table.get(s, 0.0) for s in signs)


@cache
def tables() -> Mapping[str, Mapping[str, float]]:
    """Sign -> weight, by choice."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for choice, sign, value in rows("position_weights.tsv"):
        found[choice][sign] = float(value)
    return dict(found)
