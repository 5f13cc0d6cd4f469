"""An event's type, its clause and its report -> its PLOVER contexts.

`contexts.tsv` says which words show which context; how much they count in the clause, in the sentence and by their share of the report's sentences, is fitted on coded reports by `training/fit_contexts.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from onrecord.reader.word_table import WordTable, rows, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.reader.document import Document, Range
    from onrecord.reader.events import EventDraft

MAX_CONTEXTS = 3
BAR = -0.6
"""A context that weighs more is given: below 0, since F1 asks for more than the likelier half (swept -1.2-.3)."""
DENSE = (0.02, 0.08, 0.2, 0.4)
"""Shares of a report's sentences that set its buckets apart."""
MAX_SENTENCES = 400
"""Longer texts are judged by their beginning."""
MAX_NAMINGS = 4


@cache
def _names() -> tuple[str, ...]:
    return tuple(name for name, _ in rows("contexts.tsv"))


@cache
def _table() -> WordTable[str]:
    return WordTable((name, words) for name, words in rows("contexts.tsv"))


@cache
def _weights() -> Mapping[str, float]:
    return weights("context_weights.tsv")


class Story:
    """One report: where each context's words stand, and how much of it they touch."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.at: dict[str, list[int]] = {name: [] for name in _names()}
        for name, offset in _table().find(document.text):
            self.at[name].append(offset)
        count = min(len(document.sentences), MAX_SENTENCES)
        self.share = {
            name: len({n for x in offsets if (n := document.sentence_at(x)) < count}) / max(1, count)
            for name, offsets in self.at.items()
        }
        self.own = {name: self._own(name) for name in self.at}
        self.base = {name: sum(_weights().get(s, 0.0) for s in signs) for name, signs in self.own.items()}

    def _own(self, name: str) -> tuple[str, ...]:
        """The signs that hold for every event of the report."""
        dense = sum(self.share[name] > x for x in DENSE)
        return name, f"dense {dense}", f"{name} dense {dense}"

    def _within(self, name: str, r: Range) -> bool:
        offsets = self.at[name]
        i = bisect_left(offsets, r[0])
        return i < len(offsets) and offsets[i] < r[1]

    def signs(self, e: EventDraft) -> Iterator[tuple[str, list[str]]]:
        """Every context with the signs for it."""
        for name, beside in self._beside(e):
            yield name, [*self.own[name], *beside]

    def _beside(self, e: EventDraft) -> Iterator[tuple[str, list[str]]]:
        """Every context with the signs that belong to one event."""
        homes = list(dict.fromkeys(self._home(n) for n in [e.trigger, *e.mentions[: MAX_NAMINGS - 1]]))
        for name, offsets in self.at.items():
            signs = [f"{e.type} {name}"]
            if offsets and self._within(name, e.clause):
                signs += ["in clause", f"{name} in clause"]
            if offsets and any(self._within(name, home) for home in homes):
                signs += ["in sentence", f"{name} in sentence"]
            yield name, signs

    def _home(self, naming: Range) -> Range:
        return self.document.sentences[max(0, self.document.sentence_at(naming[0]))]

    def contexts(self, e: EventDraft) -> tuple[str, ...]:
        """What fits, the best first, at most three; the likeliest alone where nothing reaches the bar but comes near."""
        table = _weights()
        scored = [(self.base[n] + sum(table.get(s, 0.0) for s in signs), n) for n, signs in self._beside(e)]
        return chosen(scored)


def chosen(scored: Sequence[tuple[float, str]], bar: float = BAR) -> tuple[str, ...]:
    """The contexts above the bar, the best first; at least the best one, since hardly any event has none."""
    ranked = sorted(scored, reverse=True)
    return tuple(name for value, name in ranked[:MAX_CONTEXTS] if value > bar) or tuple(n for _, n in ranked[:1])
