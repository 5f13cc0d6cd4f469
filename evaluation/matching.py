"""Two readings of one report (plain JSON) -> which of their spans, actors and records belong together.

Shared by `scoring` (the fields that are reported) and `components` (where an error comes from).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

Json = dict[str, Any]
Range = tuple[int, int]

MIN_NAME_INSIDE = 4
"""Shorter names do not count as standing inside another ("Ali" in "Alia")."""


class Row(NamedTuple):
    """One field's result; `n` is the number of coded values."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(slots=True)
class Count:
    """How many values are right, how many were found, how many are coded."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        """Take one report's counts in."""
        self.right += right
        self.found += found
        self.gold += gold

    def row(self) -> Row:
        """Precision, recall, F1 and n; 0 where there is nothing to divide by."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        both = precision + recall
        return Row(precision, recall, 2 * precision * recall / both if both else 0.0, self.gold)


Counts = dict[str, Count]
Table = dict[str, Row]


def table(counts: Counts) -> Table:
    """Counts per field -> a row per field, in the same order."""
    return {field: count.row() for field, count in counts.items()}


def read_lines(path: Path) -> list[Json]:
    """The records of a JSON-lines file."""
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def ranges(spans: Json | Sequence[Json] | None) -> list[Range]:
    """A span, several or none -> their offsets."""
    listed = [spans] if isinstance(spans, dict) else spans or []
    return [(s["start"], s["end"]) for s in listed if s and s.get("start") is not None]


def characters(spans: Iterable[Range]) -> set[int]:
    """The offsets that lie inside at least one span."""
    return {i for start, end in spans for i in range(start, end)}


def overlap(one: Sequence[Range], other: Sequence[Range]) -> bool:
    """Do two lists of spans share a character?"""
    return any(max(a, c) < min(b, d) for a, b in one for c, d in other)


def shared(one: Sequence[Range], other: Sequence[Range]) -> float:
    """Intersection over union of two lists of spans, in characters; 0 when one is empty."""
    first, second = characters(one), characters(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def pairs(
    gold: Sequence[Json], found: Sequence[Json], score: Callable[[Json, Json], float], floor: float
) -> list[tuple[Json, Json]]:
    """One-to-one pairs, the best scores first; pairs that score below `floor` are no pairs."""
    scored = [(score(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    out: list[tuple[Json, Json]] = []
    for value, i, j in sorted(scored, key=lambda s: -s[0]):
        if value >= floor and i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            out.append((gold[i], found[j]))
    return out


class Names:
    """The actors of one reading by the words that name them (names and mentions, lower case)."""

    def __init__(self, reading: Json) -> None:
        self._words: dict[str, set[str]] = {}
        for actor in reading["actors"]:
            words = [actor.get("name"), *(m.get("text") for m in actor.get("mentions") or [])]
            self._words[actor["id"]] = {w.lower() for w in words if w}

    def same(self, mine: Sequence[str], other: Names, theirs: Sequence[str]) -> bool:
        """Do two lists of actor ids share an actor (one name equal to, or inside, the other), or are both empty?"""
        if not mine and not theirs:
            return True
        return any(self._alike(a, other, b) for a in mine for b in theirs)

    def _alike(self, mine: str, other: Names, theirs: str) -> bool:
        one, two = self._words.get(mine, set()), other._words.get(theirs, set())
        if one & two:
            return True
        long_one, long_two = ([w for w in words if len(w) >= MIN_NAME_INSIDE] for words in (one, two))
        return any(a in b or b in a for a in long_one for b in long_two)


def found_for(gold: Sequence[Json], readings: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Coded readings, each with the reading of the same `report.source_id`.

    Raises:
        LookupError: a coded report was not read.
    """
    by_id = {r["report"]["source_id"]: r for r in readings}
    missing = [g["report"]["source_id"] for g in gold if g["report"]["source_id"] not in by_id]
    if missing:
        raise LookupError(f"{len(missing)} reports without a reading, e.g. {missing[0]}")
    return [(g, by_id[g["report"]["source_id"]]) for g in gold]
