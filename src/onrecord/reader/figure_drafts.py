"""What passes between the rules for figures: a number as it stands in its sentence (`Seen`), a figure (`FigureDraft`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.counted import Counted, Line
    from onrecord.reader.document import Document, Range
    from onrecord.reader.numbers import Number

BY_FORM = frozenset({"duration", "money", "share"})
"""Measures told by the number's own form, which a head cannot add or change."""


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A figure before its actors, places and statements are known.

    `start`/`end` span the number with its relation words; `unit` is what is counted (for durations the
    calendar unit); `population` the span of the counted noun phrase; `clause` the range of the clause, for
    events and statements to be matched; `explicit` whether a verb or noun gave the measure.
    """

    start: int
    end: int
    measure: str
    low: float | None
    high: float | None
    relation: str
    unit: str
    population: Range | None
    change: str
    clause: Range
    confidence: float
    explicit: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A number with the words around it, and the figure before it that an ellipsis may lean on."""

    document: Document
    sentence: int
    number: Number
    line: Line
    words: tuple[int, int]
    counted: Counted
    others: frozenset[int]
    before: FigureDraft | None

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @property
    def first(self) -> int:
        """The word number where the number begins, relation words counted."""
        first = self.words[0]
        while first > 0 and self.line.spans[first - 1][0] >= self.number.start:
            first -= 1
        return first
