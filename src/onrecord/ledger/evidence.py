"""A record's spans, sentences and joins, whatever its kind.  Pure."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.ledger.words import storable
from onrecord.records import (
    Agreement,
    Event,
    Figure,
    Identified,
    Position,
    Reading,
    Record,
    Span,
    Statement,
    Talks,
)
from onrecord.records.codec import Ref, field_types, optional, strip

if TYPE_CHECKING:
    from onrecord.records import Place


def main_span(record: Identified) -> Span:
    """The span that stands for a record in lists."""
    if isinstance(record, Statement):
        parts = (*record.cue, *record.content, *((record.source.span,) if record.source.span else ()))
        return parts[0] if parts else Span(0, 0, "")
    if isinstance(record, Event):
        return record.trigger
    if isinstance(record, Figure | Position | Talks | Agreement):
        return record.span
    return next(iter(spans(record)), Span(0, 0, ""))


def spans(record: Record) -> list[Span]:
    """Every span inside a record, at any depth."""
    found: list[Span] = []
    _gather(record, found)
    return found


def _gather(record: Record, found: list[Span]) -> None:
    if isinstance(record, Span):
        found.append(record)
        return
    cls: Any = type(record)  # to mypy, the class of a dataclass that compares by value is not hashable
    for name in _span_fields(cls):
        value = getattr(record, name)
        if type(value) is tuple:
            for part in value:
                _gather(part, found)
        elif value is not None:
            _gather(value, found)


def references(record: Record) -> list[tuple[str, str]]:
    """Every id inside a record with the name of the record's own field that it stands in."""
    cls: Any = type(record)
    found: list[tuple[str, str]] = []
    for name, nested in reference_kinds(cls):
        value = getattr(record, name)
        if not value:
            continue
        parts = value if type(value) is tuple else (value,)
        if nested:
            found += [(name, target) for part in parts for _, target in references(part)]
        else:
            found += [(name, part) for part in parts]
    return found


def joins(reading: Reading) -> list[tuple[str, str, str]]:
    """Which record names which, as (record, role, target), the role being the field.

    Statements, positions and agreements have no field for places: those that stand in their words are joined under
    the role "place".
    """
    found = {(r.id, role, target): None for r in reading.records() for role, target in references(r)}
    placed: tuple[Identified, ...] = (*reading.statements, *reading.positions, *reading.agreements)
    for record in placed:
        for place in places_within(spans(record), reading.places):
            found[record.id, "place", place.id] = None
    return list(found)


def places_within(words: list[Span], places: tuple[Place, ...]) -> list[Place]:
    """The places that stand in some spans."""
    bounds = [(s.start, s.end) for s in words]
    return [p for p in places if any(start <= p.start and p.end <= end for start, end in bounds)]


class Sentences:
    """The sentences of a reading, by what touches them."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.bounds = sorted(reading.sentences)
        self._starts = [start for start, _ in self.bounds]
        self._lines = [_one_line(self.text[start:end]) for start, end in self.bounds]

    def touched(self, found: list[Span]) -> list[int]:
        """The numbers of the sentences that some spans touch, in order."""
        numbers: set[int] = set()
        for span in found:
            number = bisect_right(self._starts, max(span.start, span.end - 1)) - 1
            while number >= 0 and self.bounds[number][1] > span.start:
                if span.start < self.bounds[number][1] and self.bounds[number][0] < span.end:
                    numbers.add(number)
                number -= 1
        return sorted(numbers)

    def around(self, found: list[Span]) -> str:
        """The text of the sentences that some spans touch; of the spans themselves where no sentence is known."""
        return " ".join([self._lines[n] for n in self.touched(found)] or [_one_line(s.text) for s in found])


def _one_line(text: str) -> str:
    return storable(" ".join(text.split()))


@cache
def _span_fields(cls: Any) -> tuple[str, ...]:
    """The fields of a record that may hold spans."""
    return tuple(name for name, annotation in field_types(cls).items() if _may_hold_record(annotation))


def _may_hold_record(annotation: Any) -> bool:
    annotation, _ = strip(annotation)
    inner, may_be_null = optional(annotation)
    if may_be_null:
        return _may_hold_record(inner)
    if isinstance(annotation, type):
        return issubclass(annotation, Record)
    return any(_may_hold_record(a) for a in getattr(annotation, "__args__", ()) if a is not Ellipsis)


@cache
def reference_kinds(cls: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a record that hold ids, and whether inside a record of their own."""
    found = []
    for name, annotation in field_types(cls).items():
        if _holds_ref(annotation):
            found.append((name, False))
        elif _may_hold_record(annotation):
            found.append((name, True))
    return tuple(found)


def _holds_ref(annotation: Any) -> bool:
    annotation, marks = strip(annotation)
    if any(isinstance(mark, Ref) for mark in marks):
        return True
    inner, may_be_null = optional(annotation)
    if may_be_null:
        return _holds_ref(inner)
    return any(_holds_ref(a) for a in getattr(annotation, "__args__", ()) if a is not Ellipsis)
