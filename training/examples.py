"""Annotated texts into training examples: one window of words with the labels that its data set has.

An example holds `tokens` (head -> label numbers per word, -1 = not labelled), `covered` (the trigger labels that the set
knows, where it does not know all) and `pairs` (head -> [(predicate word, labels per word)]).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord.reader.labels import PAIR_HEADS, TOKEN_HEADS
from onrecord.reader.segment import segment
from onrecord.reader.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tokenizers import Tokenizer

    from onrecord.reader.document import Document

Labelled = tuple[int, int, str]
"""(start, end, label) in characters."""
EITHER = ""
"""The label of words that a pair head may take or leave: further mentions of an argument that is marked elsewhere."""


@dataclass(slots=True)
class Marks:
    """Annotations of one text, in characters.  A head that is absent from `spans` is not labelled there."""

    spans: dict[str, list[Labelled]] = field(default_factory=dict)
    """BIO heads and the `trigger` head: every span of the text."""
    points: dict[str, list[Labelled]] = field(default_factory=dict)
    """Heads labelled only on some words (`status`, `act`, `kind`, `stance`, `issue`, `measure`)."""
    pairs: dict[str, list[tuple[int, list[Labelled]]]] = field(default_factory=dict)
    """Pair heads: (predicate offset, its arguments)."""
    partial: dict[str, list[Labelled]] = field(default_factory=dict)
    """BIO heads of which only some spans are known: lower-case words beside a span count as outside, other words are
    not labelled."""
    covered: frozenset[str] | None = None
    """Trigger labels that this set annotates at all (None: all of them)."""


@dataclass(slots=True)
class Example:
    """One window with the labels of its data set."""

    name: str
    window: Window
    tokens: dict[str, list[int]]
    pairs: dict[str, list[tuple[int, list[int]]]]
    covered: tuple[int, ...] = ()


def examples(name: str, text: str, marks: Marks, tokenizer: Tokenizer) -> list[Example]:
    """One annotated text as examples."""
    document = segment(text)
    columns = {h: _column(document, h, spans) for h, spans in marks.spans.items()}
    columns |= {h: _points(document, h, spans) for h, spans in marks.points.items()}
    columns |= {h: _partial(document, h, spans) for h, spans in marks.partial.items()}
    found = []
    for w in windows(document, tokenizer):
        tokens = {h: c[w.first : w.last] for h, c in columns.items()}
        pairs = {h: _pairs(document, w, h, p) for h, p in marks.pairs.items()}
        labels = TOKEN_HEADS["trigger"]
        found.append(
            Example(
                name,
                w,
                tokens,
                pairs,
                tuple(labels.index(c) for c in sorted(marks.covered)) if marks.covered is not None else (),
            )
        )
    return found


def _column(document: Document, head: str, spans: Iterable[Labelled]) -> list[int]:
    """BIO (or plain, for `trigger`) label numbers of all words; of overlapping spans the longest wins."""
    labels = TOKEN_HEADS[head]
    plain = labels[0] == "none"
    column = [0] * len(document.words)
    for start, end, label in sorted(spans, key=lambda s: s[1] - s[0]):
        for n, i in enumerate(document.words_in(start, end)):
            column[i] = labels.index(label if plain else ("B-" if n == 0 else "I-") + label)
    return column if plain else _repair(column)


def _repair(column: list[int]) -> list[int]:
    """A span cut by a longer one keeps no I- without its B-."""
    for i, label in enumerate(column):
        if label > 0 and label % 2 == 0 and (i == 0 or column[i - 1] not in (label, label - 1)):
            column[i] = label - 1
    return column


def _points(document: Document, head: str, spans: Iterable[Labelled]) -> list[int]:
    labels = TOKEN_HEADS[head]
    column = [-1] * len(document.words)
    for start, end, label in spans:
        if label in labels:
            for i in document.words_in(start, end):
                column[i] = labels.index(label)
    return column


def _partial(document: Document, head: str, spans: Iterable[Labelled]) -> list[int]:
    """The labelled words, and the lower-case ones right beside them as outside; no other word is labelled: what the
    set leaves out (dates, money, products) often is in lower case, too."""
    column = _column(document, head, spans)
    beside = {j for i, label in enumerate(column) if label for j in (i - 1, i + 1)}
    return [label if label or (i in beside and document.word(i).islower()) else -1 for i, label in enumerate(column)]


def _pairs(
    document: Document, w: Window, head: str, pairs: Iterable[tuple[int, list[Labelled]]]
) -> list[tuple[int, list[int]]]:
    labels = PAIR_HEADS[head]
    found = []
    for offset, arguments in pairs:
        at = document.words_in(offset, offset + 1)
        if not at or not w.first <= at[0] < w.last:
            continue
        column = [0] * (w.last - w.first)
        for start, end, label in sorted(arguments, key=lambda s: (s[2] != EITHER, s[1] - s[0])):
            inside = [i - w.first for i in document.words_in(start, end) if w.first <= i < w.last]
            for n, i in enumerate(inside):
                column[i] = labels.index(("B-" if n == 0 else "I-") + label) if label else -1
        found.append((at[0] - w.first, _repair(column)))
    return found


def nearest(
    document: Document, offset: int, mentions: Sequence[dict[str, Any]], reach: int = 1
) -> dict[str, Any] | None:
    """The mention that stands for an actor beside a predicate: in its sentence if any does, the closest; None where
    all stand more than `reach` sentences away."""
    if not mentions:
        return None
    home = document.sentence_at(offset)

    def cost(m: dict[str, Any]) -> tuple[int, int]:
        away = abs(document.sentence_at(m["start"]) - home)
        return away, min(abs(m["start"] - offset), abs(m["end"] - offset))

    best = min(mentions, key=cost)
    return best if abs(document.sentence_at(best["start"]) - home) <= reach else None
