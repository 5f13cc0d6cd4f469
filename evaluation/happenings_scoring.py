"""Groups made and gold groups -> B³ precision, recall and F1 (Bagga & Baldwin 1998), singletons counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of grouping, and how many things were grouped."""

    precision: float
    recall: float
    things: int

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(made: Iterable[Iterable[str]], gold: Mapping[str, Hashable]) -> Score:
    """B³ of the groups `made` of exactly the things that `gold` maps to their gold groups.

    Raises:
        ValueError: the two are not over the same things.
    """
    size = Counter(gold.values())
    precision = recall = 0.0
    seen = 0
    for group in made:
        members = list(group)
        seen += len(members)
        shared: dict[Hashable, int] = defaultdict(int)
        for m in members:
            if m not in gold:
                raise ValueError(f"{m} is in no gold group")
            shared[gold[m]] += 1
        for key, n in shared.items():
            precision += n * n / len(members)
            recall += n * n / size[key]
    if seen != len(gold):
        raise ValueError(f"{seen} things were grouped, {len(gold)} have a gold group")
    return Score(precision / max(seen, 1), recall / max(seen, 1), seen)
