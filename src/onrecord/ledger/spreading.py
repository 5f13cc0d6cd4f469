"""A reading into the lines that stand for it in the lists: one per report, record and actor.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.ledger.rows import kept
from onrecord.ledger.terms import Terms
from onrecord.ledger.words import folded_name, storable
from onrecord.records import (
    RECORD_LISTS,
    Agreement,
    Event,
    Figure,
    Identified,
    Position,
    Reading,
    Report,
    Statement,
    Talks,
)
from onrecord.records.codec import encode, field_types
from onrecord.records.lines import one_line, record_line, strings_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.records.names import Names

DATED = ("statements", "events", "figures", "positions", "talks", "agreements")
LINE = ("record_id", "variant", "begin", "until", "ends", "dated_by", "sentence", "names")
"""The columns of a record's line that all kinds have, after `id` and `reading_seq`."""

_DAY = 10
_OPENING = 200
"""Characters of the story that are given for a report without a title."""
_HEADER = re.compile(r"\s*date\s+\d{4}-\d{2}-\d{2}\s")
_LEAD = re.compile(r"^[\s\W_]*?(?=[\w\"“‘'«])")
_KINDS = {letter: name for name, letter in RECORD_LISTS.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A row to be: the columns after `id` and `reading_seq`, what its place is made from, its document."""

    kind: str
    first: str | None
    last: str | None
    stands_in: bool
    values: tuple[Any, ...]
    terms: str


def encoded(reading: Reading) -> tuple[str, dict[str, list[str]]]:
    """A reading as `dumps` writes it, and each of its records as it stands therein, list by list.

    The line is put together from the records, which are needed one by one as well.
    """
    records = {name: [record_line(r) for r in getattr(reading, name)] for name in RECORD_LISTS}
    parts = []
    for name in field_types(Reading):
        if name in records:
            parts.append(f'"{name}":[{",".join(records[name])}]')
        else:
            parts.append(f'"{name}":{one_line(encode(getattr(reading, name)))}')
    return "{" + ",".join(parts) + "}", records


def lines(reading: Reading, records: Mapping[str, Sequence[str]]) -> list[Line]:
    """Every line of a reading, in order; `records` is the JSON of its records, as `encoded` gives it."""
    terms = Terms(reading)
    found = [_overview(reading, terms)]
    for kind in DATED:
        for record, line in zip(getattr(reading, kind), records[kind], strict=True):
            found.append(_line(kind, record, line, terms, reading.report))
    found.extend(_actor_lines(reading, terms))
    return found


def line_of(reading: Reading, record_id: str, variant: int) -> Line:
    """The line of one record of a reading, as one of its variants."""
    kind = _KINDS[record_id[0]]
    record = next(r for r in getattr(reading, kind) if r.id == record_id)
    return _line(kind, record, record_line(record), Terms(reading), reading.report, variant)


def reported(report: Report) -> str | None:
    """The report's own day; records without a time of their own are listed under it."""
    return day(report.anchor or report.published)


def day(value: str | None) -> str | None:
    """The day of a date or date-time."""
    return value[:_DAY] if value else None


def opening(reading: Reading) -> str | None:
    """The first words of the story, after its dateline."""
    report = reading.report
    start = report.dateline.span.end if report.dateline is not None else 0
    if report.dateline is None and len(reading.sentences) > 1 and _HEADER.match(report.text):
        start = reading.sentences[1][0]
    words = _LEAD.sub("", " ".join(report.text[start : start + _OPENING * 2].split()))
    return words[:_OPENING] or None


def _overview(reading: Reading, terms: Terms) -> Line:
    published = day(reading.report.published)
    counts = tuple(len(getattr(reading, kind)) for kind in DATED)
    told = kept(opening(reading)) if reading.report.title is None else None
    return Line("reports", published, published, False, (*counts, told), terms.of_report())


def _actor_lines(reading: Reading, terms: Terms) -> Iterator[Line]:
    heard = reported(reading.report)
    for a in reading.actors:
        values = (a.id, storable(a.name), a.kind, kept(a.description), a.country, a.sector)
        yield Line("actors", heard, heard, True, values, terms.of_actor(a.id))


def _line(kind: str, record: Identified, line: str, terms: Terms, report: Report, variant: int = 0) -> Line:
    begin, until, dated_by = _when(record, terms.names, report)
    first, last = begin or until or reported(report), until or begin or reported(report)
    values = (
        record.id,
        variant,
        begin,
        until,
        last if first is not None and last is not None and last > first else None,
        dated_by,
        terms.sentence(record),
        strings_line(_spelled_out(record, terms.names)),
        *_own(record, terms.names),
        line,
    )
    return Line(kind, first, last, not (begin or until), values, terms.of_record(record))


def _own(record: Identified, names: Names) -> tuple[Any, ...]:
    """The columns of the record's own kind."""
    if isinstance(record, Statement):
        name, source = names.of_source(record.source), record.source
        chain = len(record.chain)
        return (record.act, record.quotation, storable(name), folded_name(name), source.kind, source.naming, chain)
    if isinstance(record, Event):
        return (record.type, record.status)
    if isinstance(record, Figure):
        return (record.measure, record.change, kept(record.unit))
    if isinstance(record, Position):
        return (record.issue, record.stance)
    if isinstance(record, Talks):
        return (record.form, record.outcome)
    assert isinstance(record, Agreement)
    return (kept(record.name), record.status, " ".join(record.kinds))


def _when(record: Identified, names: Names, report: Report) -> tuple[str | None, str | None, str]:
    """The first and last day of a record and where they come from: stated, report, none."""
    if isinstance(record, Event):
        begin, until = record.time.begin, record.time.until
        basis = "report" if record.time.basis == "anchor" else "stated"
        return day(begin), day(until), basis if begin or until else "none"
    if isinstance(record, Figure) and record.as_of:
        return day(record.as_of), day(record.as_of), "stated" if record.as_of_basis == "stated" else "report"
    if isinstance(record, Figure):
        period = record.period
        begin, until = (period.begin, period.until) if period is not None else (None, None)
    else:
        ref = record.said if isinstance(record, Statement) else getattr(record, "time", None)
        time = names.times.get(ref) if ref is not None else None
        begin, until = (time.begin, time.until) if time is not None else (None, None)
    if begin or until:
        return day(begin), day(until), "stated"
    stands_in = reported(report)
    return stands_in, stands_in, "report" if stands_in else "none"


def _spelled_out(record: Identified, names: Names) -> dict[str, tuple[str, ...]]:
    """Role by role, the names behind a record's ids."""
    if isinstance(record, Statement):
        return {
            "source": (names.of_source(record.source),),
            "chain": names.chain(record),
            "addressee": names.of_actors(record.addressee),
        }
    found: dict[str, tuple[str, ...]] = {}
    for role in (
        "actors", "recipients", "third_parties", "population_actors", "parties", "toward", "guarantors", "mediators",
    ):  # fmt: skip
        if hasattr(record, role):
            found[role] = names.of_actors(getattr(record, role))
    if hasattr(record, "places"):
        found["places"] = names.of_places(record.places)
    found["according_to"] = names.according_to(getattr(record, "according_to", ()))
    return found
