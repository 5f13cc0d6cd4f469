"""A table of labels and the words that show them -> where each label's words stand in a text, in one pass.

Many alternations of regular expressions over every sentence are slow; here each word is looked up once, and what it
can begin is remembered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

_WORD = re.compile(r"\w+")
_SHORTEST_STEM = 2
L = TypeVar("L", bound="Hashable")
Phrase = tuple[str, ...]


def rows(name: str) -> list[list[str]]:
    """The rows of one of the codebook's tables."""
    text = (resources.files("onrecord.codebook") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def weights(name: str) -> dict[str, float]:
    """A table of fitted weights: sign and value."""
    return {sign: float(value) for sign, value in rows(name)}


class WordTable(Generic[L]):
    """Labels by their words and phrases; a word that ends in * stands for any ending."""

    def __init__(self, entries: Iterable[tuple[L, str]]) -> None:
        self._whole: dict[str, list[tuple[L, Phrase]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[L, Phrase]]] = defaultdict(list)
        for label, phrases in entries:
            for phrase in phrases.split("|"):
                first, *rest = phrase.split(" ")
                where = self._stems if first.endswith("*") else self._whole
                where[first.rstrip("*")].append((label, tuple(rest)))
        self._longest = max(map(len, self._stems), default=0)
        self._begun = lru_cache(maxsize=20_000)(self._look_up)

    def _look_up(self, word: str) -> tuple[tuple[L, Phrase], ...]:
        found = list(self._whole.get(word, ()))
        for n in range(_SHORTEST_STEM, min(len(word), self._longest) + 1):
            found += self._stems.get(word[:n], ())
        return tuple(found)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[L, int]]:
        """Labels with the offsets at which their words begin; a label may come more than once."""
        hits = [(m.group().lower(), m.start()) for m in _WORD.finditer(text, start, len(text) if end is None else end)]
        words = [w for w, _ in hits]
        for i, (word, offset) in enumerate(hits):
            for label, rest in self._begun(word):
                if not rest or _follows(words, i + 1, rest):
                    yield label, offset


def _follows(words: Sequence[str], at: int, rest: Phrase) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(words[at + k].startswith(r[:-1]) if r.endswith("*") else words[at + k] == r for k, r in enumerate(rest))
