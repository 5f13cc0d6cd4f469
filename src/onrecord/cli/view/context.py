"""A reading's names and sentences: what a view needs to spell a record out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.cli.view.words import line, quote_with_sentence
from onrecord.records.names import Names

if TYPE_CHECKING:
    from onrecord.records import Reading, Span


class Context(Names):
    """Looks up the records of one reading and quotes its text."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self._text = reading.report.text
        self._sentences = reading.sentences

    def quoted(self, span: Span) -> str:
        """The words of a span; with their sentence where they are so few that they say little."""
        start, end = next(((a, b) for a, b in self._sentences if a <= span.start < b), (span.start, span.end))
        before = len(line(self._text[start : span.start]))
        return quote_with_sentence(span.text, self._text[start : max(end, span.end)], before)
