"""Scores as a sure encoder would give them, from marked words: components are tested without weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from onrecord.reader.encoder import Span, decode, stretches
from onrecord.reader.labels import PAIR_HEADS, TOKEN_HEADS

if TYPE_CHECKING:
    from onrecord.reader.document import Document


class FakeScores:
    """`tokens` maps head -> [(words, label)]; `pairs` maps (head, predicate words) -> [(words, label)]."""

    def __init__(self, document: Document, tokens: dict, pairs: dict) -> None:
        self.document = document
        self.tokens = {h: self._table(labels, tokens.get(h, [])) for h, labels in TOKEN_HEADS.items()}
        self._pairs = {
            (head, self.at(words)[0]): self._table(PAIR_HEADS[head], marks) for (head, words), marks in pairs.items()
        }

    def at(self, words: str) -> tuple[int, int]:
        """Word range of the first place where some words stand (`words@2`: of the second)."""
        words, _, nth = words.partition("@")
        start = -1
        for _ in range(int(nth or 1)):
            start = self.document.text.index(words, start + 1)
        found = self.document.words_in(start, start + len(words))
        return found.start, found.stop

    def _table(self, labels: tuple[str, ...], marks: list) -> np.ndarray:
        table = np.full((len(self.document.words), len(labels)), 0.01, dtype=np.float32)
        best = np.zeros(len(self.document.words), dtype=int)
        for words, label in marks:
            first, last = self.at(words)
            for i in range(first, last):
                name = label if label in labels else ("B-" if i == first else "I-") + label
                best[i] = labels.index(name)
        table[np.arange(len(best)), best] = 0.95
        return table

    def best(self, head: str, first: int, last: int) -> tuple[str, float]:
        mean = self.tokens[head][first:last].mean(axis=0)
        return TOKEN_HEADS[head][int(mean.argmax())], float(mean.max())

    def spans(self, head: str, *, bias: float = 0.0) -> list[Span]:
        return decode(self.tokens[head], TOKEN_HEADS[head], 0)

    def pair(self, head: str, at: int) -> tuple[np.ndarray, int]:
        empty = self._table(PAIR_HEADS[head], [])
        return self._pairs.get((head, at), empty), 0

    def arguments(self, head: str, at: int, *, bias: float = 0.0) -> list[Span]:
        return decode(self.pair(head, at)[0], PAIR_HEADS[head], 0)

    def stretches(self, head: str, at: int, label: str, *, switch: float) -> list[Span]:
        columns = [k for k, name in enumerate(PAIR_HEADS[head]) if name[2:] == label]
        return stretches(self.pair(head, at)[0][:, columns].sum(axis=1), 0, label, switch=switch)
