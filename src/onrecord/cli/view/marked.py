"""The report's text, or some of it, with records marked in it, in colours or in brackets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.view.words import STYLES, safe
from onrecord.records import Actor, Agreement, Event, Figure, Identified, Place, Position, Statement, Talks, Time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    "actor": "A",
}
"""What is marked, with the letter that opens its bracket where there are no colours; a small letter is a neighbour's."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of text that is marked; of marks that begin together, the longest is the outermost."""

    start: int
    negative_end: int
    what: str
    neighbour: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return -self.negative_end

    @property
    def sign(self) -> str:
        """What opens its bracket."""
        return SIGNS[self.what].lower() if self.neighbour else SIGNS[self.what]


def print_text(console: Console, reading: Reading) -> None:
    """Print the text and a legend."""
    text = reading.report.text.rstrip()
    size = len(text)
    found = [(s, what) for record in _records(reading) for s, what in spans_of(record) if s.start < s.end <= size]
    marks = sorted({Mark(s.start, -s.end, what) for s, what in found})
    console.print(legend(marks, console.color_system is not None))
    console.print()
    console.print(marked(text, marks, console.color_system is not None))


def marked(text: str, marks: list[Mark], coloured: bool) -> Text:
    """A text with its sorted marks, in colours or in brackets."""
    return _coloured(text, marks) if coloured else Text(bracketed(text, marks))


def legend(marks: Iterable[Mark], coloured: bool) -> Text:
    """What the marks mean, those that are there."""
    marks = list(marks)
    there = {mark.what for mark in marks}
    shown = Text("Marked: ", STYLES["faint"]) if there else Text("Nothing is marked.", STYLES["faint"])
    keys = [
        Text(what, STYLES[what]) if coloured else Text(f"[{SIGNS[what]} {what}]") for what in SIGNS if what in there
    ]
    shown = Text.assemble(shown, Text(", ").join(keys))
    if any(mark.neighbour for mark in marks):
        shown.append("; underlined: this record" if coloured else "; small letters: its neighbours", STYLES["faint"])
    return shown


def spans_of(record: Identified) -> Iterator[tuple[Span, str]]:
    """The record's own words, each with what it is (a key of `SIGNS`)."""
    if isinstance(record, Statement):
        yield from ((link.span, "source") for link in record.chain if link.span is not None)
        if record.source.span is not None:
            yield record.source.span, "source"
        yield from ((s, "cue") for s in record.cue)
        yield from ((s, "content") for s in record.content)
    elif isinstance(record, Event):
        yield from ((s, "event") for s in (record.trigger, *record.mentions))
    elif isinstance(record, Figure):
        yield record.span, "figure"
    elif isinstance(record, Position):
        yield record.span, "content"
        yield from ((give.span, "content") for give in record.gives)
    elif isinstance(record, Talks | Agreement):
        yield record.span, "event"
        for stage in record.stages if isinstance(record, Agreement) else ():
            if stage.span is not None:
                yield stage.span, "content"
    elif isinstance(record, Actor):
        yield from ((m, "actor") for m in record.mentions)
    else:
        assert isinstance(record, Place | Time)
        yield record, "place" if isinstance(record, Place) else "time"


def _records(reading: Reading) -> tuple[Identified, ...]:
    return (*reading.statements, *reading.events, *reading.figures, *reading.times, *reading.places)


def bracketed(text: str, marks: list[Mark]) -> str:
    """The text with "[E …]" around each mark; marks that cross are cut so that brackets nest."""
    out: list[str] = []
    open_marks: list[Mark] = []
    waiting = list(reversed(marks))
    position = 0

    def advance(to: int) -> None:
        nonlocal position
        out.append(safe(text[position:to]))
        position = to

    def close(mark: Mark) -> None:
        crossing = []
        while open_marks:
            top = open_marks.pop()
            out.append("]")
            if top is mark:
                break
            if top.end > mark.end:
                crossing.append(top)
        for again in reversed(crossing):
            out.append(f"[{again.sign} ")
            open_marks.append(again)

    while waiting or open_marks:
        ending = min(open_marks, key=lambda m: m.end, default=None)
        if ending is not None and (not waiting or ending.end <= waiting[-1].start):
            advance(ending.end)
            close(ending)
        else:
            mark = waiting.pop()
            advance(mark.start)
            out.append(f"[{mark.sign} ")
            open_marks.append(mark)
    advance(len(text))
    return "".join(out)


def _coloured(text: str, marks: list[Mark]) -> Text:
    shown = Text(safe(text))
    told_apart = any(mark.neighbour for mark in marks)
    for mark in marks:
        own = " underline" if told_apart and not mark.neighbour else ""
        shown.stylize(STYLES[mark.what] + own, mark.start, mark.end)
    return shown
