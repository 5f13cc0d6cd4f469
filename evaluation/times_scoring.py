"""Gold and found time expressions of a text -> TempEval-3's counts (`Counts`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression: its characters, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(slots=True)
class Counts:
    """Expressions coded and found, and pairs that overlap, have one extent, one type, one value."""

    coded: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    type: int = 0
    value: int = 0
    wrong: list[tuple[Timex | None, Timex | None]] = field(default_factory=list)
    """Pairs whose extent or value differs; a None stands for what has no partner."""

    def add(self, other: Counts) -> None:
        """Add another text's counts."""
        for name in ("coded", "found", "relaxed", "strict", "type", "value"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.wrong += other.wrong

    def f1(self, right: int) -> float:
        """F1 of so many right pairs."""
        return 2 * right / max(self.coded + self.found, 1)

    def row(self) -> list[float]:
        """Precision and recall of relaxed matches, then F1: strict, relaxed, type, value."""
        right = (self.strict, self.relaxed, self.type, self.value)
        return [self.relaxed / max(self.found, 1), self.relaxed / max(self.coded, 1), *map(self.f1, right)]


def count(coded: Sequence[Timex], found: Sequence[Timex]) -> Counts:
    """Pair each coded expression with at most one found one that overlaps it, equal extents first, then the longest
    overlap, and count."""
    shared = [
        ((a.start, a.end) == (b.start, b.end), min(a.end, b.end) - max(a.start, b.start), -i, -j)
        for i, a in enumerate(coded)
        for j, b in enumerate(found)
        if a.start < b.end and b.start < a.end
    ]
    total = Counts(len(coded), len(found))
    mine, theirs = set(range(len(coded))), set(range(len(found)))
    for same, _, i, j in sorted(shared, reverse=True):
        if -i not in mine or -j not in theirs:
            continue
        mine.discard(-i)
        theirs.discard(-j)
        a, b = coded[-i], found[-j]
        total.relaxed += 1
        total.strict += same
        total.type += a.type == b.type
        total.value += a.value == b.value
        if not same or a.value != b.value:
            total.wrong.append((a, b))
    total.wrong += [(coded[i], None) for i in sorted(mine)] + [(None, found[j]) for j in sorted(theirs)]
    return total
