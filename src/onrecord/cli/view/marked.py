"""The report's text with what was found marked in it, in colours or in brackets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.view.words import STYLES, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from onrecord.records import Reading, Span

SIGNS = {
    "source": "S",
    "cue": "C",
    "content": "Q",
    "event": "E",
    "figure": "F",
    "time": "T",
    "place": "P",
}
"""What is marked, with the letter that opens its bracket where there are no colours."""


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    start: int
    negative_end: int  # of marks that begin together, the longest is the outermost
    what: str

    @property
    def end(self) -> int:
        return -self.negative_end


def print_text(console: Console, reading: Reading) -> None:
    """Print the text and a legend."""
    text = reading.report.text
    marks = sorted(set(_marks(reading)))
    coloured = console.color_system is not None
    console.print(_legend(coloured))
    console.print()
    console.print(_coloured(text, marks) if coloured else Text(bracketed(text, marks)))


def marked(text: str, spans: list[tuple[Span, str]], coloured: bool) -> Text:
    """A text in which some spans are marked, each with what it is (a key of `SIGNS`)."""
    marks = sorted({_Mark(s.start, -s.end, what) for s, what in spans})
    return _coloured(text, marks) if coloured else Text(bracketed(text, marks))


def bracketed(text: str, marks: list[_Mark]) -> str:
    """The text with "[E …]" around each mark; marks that cross are cut so that brackets nest."""
    out: list[str] = []
    open_marks: list[_Mark] = []
    waiting = list(reversed(marks))
    position = 0

    def advance(to: int) -> None:
        nonlocal position
        out.append(safe(text[position:to]))
        position = to

    def close(mark: _Mark) -> None:
        crossing = []
        while open_marks:
            top = open_marks.pop()
            out.append("]")
            if top is mark:
                break
            if top.end > mark.end:
                crossing.append(top)
        for again in reversed(crossing):
            out.append(f"[{SIGNS[again.what]} ")
            open_marks.append(again)

    while waiting or open_marks:
        ending = min(open_marks, key=lambda m: m.end, default=None)
        if ending is not None and (not waiting or ending.end <= waiting[-1].start):
            advance(ending.end)
            close(ending)
        else:
            mark = waiting.pop()
            advance(mark.start)
            out.append(f"[{SIGNS[mark.what]} ")
            open_marks.append(mark)
    advance(len(text))
    return "".join(out)


def _coloured(text: str, marks: list[_Mark]) -> Text:
    shown = Text(safe(text)) if "\r\n" not in text else Text(safe(text.replace("\r\n", " \n")))
    for mark in marks:
        shown.stylize(STYLES[mark.what], mark.start, mark.end)
    return shown


def _legend(coloured: bool) -> Text:
    legend = Text("Marked: ")
    for i, (what, sign) in enumerate(SIGNS.items()):
        legend.append(", " if i else "")
        legend.append(what, STYLES[what]) if coloured else legend.append(f"[{sign} {what}]")
    return legend


def _marks(reading: Reading) -> Iterator[_Mark]:
    def mark(span: Span | None, what: str) -> Iterator[_Mark]:
        if span is not None and 0 <= span.start < span.end <= len(reading.report.text):
            yield _Mark(span.start, -span.end, what)

    for statement in reading.statements:
        for link in statement.chain:
            yield from mark(link.span, "source")
        yield from mark(statement.source.span, "source")
        for cue in statement.cue:
            yield from mark(cue, "cue")
        for content in statement.content:
            yield from mark(content, "content")
    for event in reading.events:
        for span in (event.trigger, *event.mentions):
            yield from mark(span, "event")
    for figure in reading.figures:
        yield from mark(figure.span, "figure")
    for time in reading.times:
        yield from mark(time, "time")
    for place in reading.places:
        yield from mark(place, "place")
