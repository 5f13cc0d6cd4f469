"""The working copy of one report that the reader's components hand on to each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

Range = tuple[int, int]
"""Half-open character offsets into the report's text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text, cut up: paragraphs, sentences, words and quotations, all as offsets into `text`.

    `words` never overlap and never cross a sentence; `quotes` are the insides of quotations with their
    marks, `sentence_words[i]` the half-open range of word numbers of sentence i.
    """

    text: str
    paragraphs: tuple[Range, ...]
    sentences: tuple[Range, ...]
    words: tuple[Range, ...]
    sentence_words: tuple[Range, ...]
    quotes: tuple[Range, ...]
    _word_starts: list[int] = field(repr=False, compare=False)
    _sentence_starts: list[int] = field(repr=False, compare=False)

    def word(self, i: int) -> str:
        """The i-th word."""
        start, end = self.words[i]
        return self.text[start:end]

    def sentence_at(self, offset: int) -> int:
        """Number of the sentence that holds the offset (of the one before it, between two); -1 before the first."""
        return bisect_right(self._sentence_starts, offset) - 1

    def words_in(self, start: int, end: int) -> range:
        """Numbers of the words that lie, at least in part, in [start, end)."""
        first = bisect_left(self._word_starts, start)
        if first > 0 and self.words[first - 1][1] > start:
            first -= 1
        return range(first, bisect_left(self._word_starts, end))

    def quotes_in(self, start: int, end: int) -> tuple[Range, ...]:
        """Quotations that lie, at least in part, in [start, end)."""
        first = bisect_left(self.quotes, (start, 0))
        if first > 0 and self.quotes[first - 1][1] > start:
            first -= 1
        return self.quotes[first : bisect_left(self.quotes, (end, 0))]
