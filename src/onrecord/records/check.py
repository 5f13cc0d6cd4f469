"""A reading's own promises, checked: what is wrong with it, in words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args

from onrecord.records.codec import Among, Day, Record, Ref, field_types, optional, strip
from onrecord.records.model import RECORD_LISTS, Event, Reading, Span, content_id
from onrecord.records.values import MODES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COUNTRY = re.compile(r"[A-Z]{3}")
_DAY_AND_TIME_LENGTH = 10


def problems(reading: Reading) -> list[str]:
    """What breaks the codebook's rules in a reading; an empty list when nothing does.

    Checked: spans quote the text, ids are unique and begin with their list's letter, references resolve to
    the right kind of record, closed vocabularies hold, dates are dates and in order, numbers are finite and
    in order, sentences are in order and inside the text, the report's id is the hash of its text.
    """
    ids = {name: [r.id for r in getattr(reading, name)] for name in RECORD_LISTS}
    context = _Context(reading.report.text, {name: frozenset(found) for name, found in ids.items()})
    return [*_id_problems(ids), *_report_problems(reading), *_walk(reading, "reading", context)]


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    ids: Mapping[str, frozenset[str]]


def _id_problems(ids: Mapping[str, list[str]]) -> Iterator[str]:
    for name, found in ids.items():
        for i, record_id in enumerate(found):
            if not re.fullmatch(RECORD_LISTS[name] + r"\d+", record_id):
                yield f"reading.{name}[{i}].id: {record_id!r} is not {RECORD_LISTS[name]!r} and a number"
            if record_id in found[:i]:
                yield f"reading.{name}[{i}].id: {record_id!r} stands twice"


def _report_problems(reading: Reading) -> Iterator[str]:
    text = reading.report.text
    if reading.report.id != content_id(text):
        yield "reading.report.id: is not the hash of the text"
    last = 0
    for i, (start, end) in enumerate(reading.sentences):
        if not last <= start < end <= len(text):
            yield f"reading.sentences[{i}]: [{start}, {end}] overlaps, is empty or leaves the text"
        last = max(last, end)


def _walk(record: Record, where: str, context: _Context) -> Iterator[str]:
    """The problems of a record and of everything inside it."""
    if isinstance(record, Span):
        yield from _span_problems(record, where, context)
    if isinstance(record, Event):
        for mode in set(record.modes) - set(MODES.get(record.type, record.modes)):
            yield f"{where}.modes: {mode!r} is no mode of {record.type}"
    cls: Any = type(record)
    for name, annotation in field_types(cls).items():
        yield from _value_problems(getattr(record, name), annotation, f"{where}.{name}", context)
    yield from _order_problems(record, where)


def _span_problems(span: Span, where: str, context: _Context) -> Iterator[str]:
    if not 0 <= span.start < span.end <= len(context.text):
        yield f"{where}: [{span.start}, {span.end}] is empty or leaves the text"
    elif context.text[span.start : span.end] != span.text:
        yield f"{where}: {span.text!r} is not what stands at [{span.start}, {span.end}]"


def _value_problems(value: object, annotation: Any, where: str, context: _Context) -> Iterator[str]:
    annotation, marks = strip(annotation)
    inner, may_be_null = optional(annotation)
    if may_be_null:
        if value is not None:
            yield from _value_problems(value, inner, where, context)
    elif isinstance(value, tuple):
        item = get_args(annotation)[0]
        for i, member in enumerate(value):
            yield from _value_problems(member, item, f"{where}[{i}]", context)
    elif isinstance(value, Record):
        yield from _walk(value, where, context)
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{where}: {value} is not finite"
    elif isinstance(value, str):
        for mark in marks:
            yield from _mark_problems(value, mark, where, context)
        if where.endswith(".country") and not _COUNTRY.fullmatch(value):
            yield f"{where}: {value!r} is not a three-letter code"


def _mark_problems(value: str, mark: object, where: str, context: _Context) -> Iterator[str]:
    if isinstance(mark, Among) and value not in mark.words:
        yield f"{where}: {value!r} is not in the vocabulary {mark.name}"
    if isinstance(mark, Ref) and not any(value in context.ids[name] for name in mark.lists):
        yield f"{where}: {value!r} is not among the {' or '.join(mark.lists)}"
    if isinstance(mark, Day) and not _is_day(value, mark.time):
        yield f"{where}: {value!r} is not an ISO date"


def _is_day(value: str, time: bool) -> bool:
    try:
        if time and len(value) > _DAY_AND_TIME_LENGTH:
            datetime.fromisoformat(value)
        else:
            return len(value) == _DAY_AND_TIME_LENGTH and bool(date.fromisoformat(value))
    except ValueError:
        return False
    return True


def _order_problems(record: Record, where: str) -> Iterator[str]:
    for low, high in (("begin", "until"), ("low", "high")):
        first, last = getattr(record, low, None), getattr(record, high, None)
        if first is None or last is None:
            continue
        if isinstance(first, str):  # of a date and a date-time, only the days can be compared
            first, last = first[:_DAY_AND_TIME_LENGTH], last[:_DAY_AND_TIME_LENGTH]
        if first > last:
            yield f"{where}: {low} {first} is after {high} {last}"
