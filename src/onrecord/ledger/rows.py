"""A reading into the rows that stand for it.  Pure: no database, no clock."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from onrecord.ledger.words import folded, searchable, storable
from onrecord.records import (
    Actor,
    Agreement,
    ChainLink,
    Event,
    Figure,
    Identified,
    Place,
    Position,
    Reading,
    Record,
    Report,
    Source,
    Span,
    Statement,
    Talks,
    Time,
)
from onrecord.records.codec import Ref, field_types, optional, strip
from onrecord.records.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]

_DAY = 10
_PASSAGE = 100_000
"""Characters in one passage at most: PostgreSQL refuses to index texts of a megabyte in one piece."""


def reading_row(reading: Reading, line: str) -> Row:
    """The row of `readings`, without `added_at`; `line` is the reading's JSON, whose hash is its id."""
    report = reading.report
    return {
        "id": "sha256:" + hashlib.sha256(line.encode()).hexdigest(),
        "report_id": report.id,
        "reader_version": reading.reader.version,
        **{name: _kept(getattr(report, name)) for name in ("title", "language", "publisher", "agency", "byline")},
        "published": report.published,
        "anchor": report.anchor,
        "voice": searchable((report.publisher, report.agency)),
        "json": line,
    }


def appearance_row(report: Report) -> Row:
    """The row of `appearances`: one place where this text was published, its id the hash of what it says."""
    said = {name: _kept(getattr(report, name)) for name in ("source_id", "publisher", "url", "title", "published")}
    identity = json.dumps([report.id, *said.values()], ensure_ascii=True)
    return {"id": "sha256:" + hashlib.sha256(identity.encode()).hexdigest(), "report_id": report.id, **said}


def record_rows(reading: Reading, table: str) -> list[Row]:
    """The rows of one table of records, without `reading_seq`."""
    names = Names(reading)
    rows = []
    for ordinal, record in enumerate(getattr(reading, table)):
        row = {"record_id": record.id, "ordinal": ordinal, "json": _dumps(record.to_json())}
        rows.append(row | _own_columns(record, names, reading))
    return rows


def link_rows(reading: Reading) -> list[Row]:
    """The rows of `links`: every id that a record's field names, the field being the role.

    Statements, positions and agreements have no field for places: those that stand in their words are linked
    under the role "place".
    """
    found = {(record.id, role, target): None for record in reading.records() for role, target in _references(record)}
    placed: tuple[Identified, ...] = (*reading.statements, *reading.positions, *reading.agreements)
    for record in placed:
        spans = list(_spans(record))
        for place in reading.places:
            if any(s.start <= place.start and place.end <= s.end for s in spans):
                found[record.id, "place", place.id] = None
    return [{"record_id": r, "role": role, "target_id": target} for r, role, target in found]


def passage_rows(reading: Reading) -> list[Row]:
    """The rows of `passages`: the sentences of each record, and the whole report under the record id ""."""
    title = reading.report.title
    rows = list(_passages("", f"{title}\n{reading.report.text}" if title else reading.report.text))
    for name in ("statements", "events", "figures", "positions", "talks", "agreements"):
        for record in getattr(reading, name):
            rows.extend(_passages(record.id, sentences_of(reading, list(_spans(record)))))
    return rows


def sentences_of(reading: Reading, spans: list[Span]) -> str:
    """The text of the sentences that some spans touch; of the spans themselves where no sentence is known."""
    touched = [(start, end) for start, end in reading.sentences if any(s.start < end and start < s.end for s in spans)]
    parts = [reading.report.text[a:b] for a, b in touched] or [s.text for s in spans]
    return storable(" ".join(" ".join(part.split()) for part in parts))


def _own_columns(record: Identified, names: Names, reading: Reading) -> Row:
    if isinstance(record, Actor):
        return _actor(record, names)
    if isinstance(record, Place):
        return {
            "name": _kept(record.name),
            "use": record.use,
            "country": record.country,
            "geonameid": record.geonameid,
            "search": searchable((record.name, record.text, record.country)),
        }
    if isinstance(record, Time):
        return {"type": record.type, "value": record.value, "begin": _day(record.begin), "until": _day(record.until)}
    begin, until, dated_by = _when(record, names, reading.report)
    shared = {
        "begin": begin,
        "until": until,
        "dated_by": dated_by,
        "sentence": sentences_of(reading, [_main_span(record)]),
        "names": _dumps(_spelled_out(record, names)),
    }
    return shared | _dated_columns(record, names)


def _actor(actor: Actor, names: Names) -> Row:
    mentions = (m.text for m in actor.mentions if m.form == "name")
    groups = names.of_actors(actor.member_of)  # asking for Hamas finds its spokesman
    return {
        "name": storable(actor.name),
        "kind": actor.kind,
        "country": actor.country,
        "sector": actor.sector,
        "search": searchable((actor.name, actor.description, *mentions, *groups, actor.country)),
    }


def _dated_columns(record: Identified, names: Names) -> Row:
    if isinstance(record, Statement):
        name = names.of_source(record.source)
        links: tuple[ChainLink | Source, ...] = (*record.chain, record.source)
        texts = [link.span.text for link in links if link.span is not None]
        return {
            "act": record.act,
            "quotation": record.quotation,
            "source_name": storable(name),
            "source_key": folded(name),
            "source_kind": record.source.kind,
            "naming": record.source.naming,
            "chain_length": len(record.chain),
            "search": searchable((*names.chain(record), *texts)),
        }
    if isinstance(record, Event):
        return {"type": record.type, "status": record.status}
    if isinstance(record, Figure):
        return {"measure": record.measure, "change": record.change, "unit": _kept(record.unit)}
    if isinstance(record, Position):
        return {"issue": record.issue, "stance": record.stance}
    if isinstance(record, Talks):
        return {"form": record.form, "outcome": record.outcome}
    assert isinstance(record, Agreement)
    return {"name": _kept(record.name), "status": record.status, "kinds": " ".join(record.kinds)}


def _when(record: Identified, names: Names, report: Report) -> tuple[str | None, str | None, str]:
    """The first and last day of a record and where they come from: stated, report, none."""
    if isinstance(record, Event):
        begin, until = record.time.begin, record.time.until
        basis = "report" if record.time.basis == "anchor" else "stated"
        return _day(begin), _day(until), basis if begin or until else "none"
    if isinstance(record, Figure) and record.as_of:
        return _day(record.as_of), _day(record.as_of), "stated" if record.as_of_basis == "stated" else "report"
    if isinstance(record, Figure):
        period = record.period
        begin, until = (period.begin, period.until) if period is not None else (None, None)
    else:
        ref = record.said if isinstance(record, Statement) else getattr(record, "time", None)
        time = names.times.get(ref) if ref is not None else None
        begin, until = (time.begin, time.until) if time is not None else (None, None)
    if begin or until:
        return _day(begin), _day(until), "stated"
    day = _day(report.anchor or report.published)
    return day, day, "report" if day else "none"


def _main_span(record: Identified) -> Span:
    """The span that stands for a record in lists."""
    if isinstance(record, Statement):
        parts = (*record.cue, *record.content, *((record.source.span,) if record.source.span else ()))
        return parts[0] if parts else Span(0, 0, "")
    if isinstance(record, Event):
        return record.trigger
    assert isinstance(record, Figure | Position | Talks | Agreement)
    return record.span


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


def _references(record: Record) -> Iterator[tuple[str, str]]:
    """Every id inside a record with the name of the record's own field that it stands in."""
    cls: Any = type(record)
    for role, annotation in field_types(cls).items():
        for target in _ids(getattr(record, role), annotation):
            yield role, target


def _ids(value: object, annotation: Any) -> Iterator[str]:
    annotation, marks = strip(annotation)
    inner, _ = optional(annotation)
    if inner is not annotation:
        yield from _ids(value, inner)
    elif isinstance(value, str):
        if any(isinstance(mark, Ref) for mark in marks):
            yield value
    elif isinstance(value, tuple) and value:
        for member in value:
            yield from _ids(member, annotation.__args__[0])
    elif isinstance(value, Record):
        for _, target in _references(value):
            yield target


def _spans(value: object) -> Iterator[Span]:
    """Every span inside a record, at any depth."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from _spans(member)
    elif isinstance(value, Record):
        cls: Any = type(value)
        for name in field_types(cls):
            yield from _spans(getattr(value, name))


def _passages(record_id: str, body: str) -> Iterator[Row]:
    body = storable(body)
    while body:
        cut = len(body) if len(body) <= _PASSAGE else body.rfind(" ", _PASSAGE // 2, _PASSAGE) + 1 or _PASSAGE
        yield {"record_id": record_id, "body": body[:cut]}
        body = body[cut:]


def _day(value: str | None) -> str | None:
    return value[:_DAY] if value else None


def _kept(value: str | None) -> str | None:
    return storable(value) if value is not None else None


def _dumps(value: object) -> str:
    # ASCII only: NUL and half characters stay escaped, so that every database can keep them
    return json.dumps(value, separators=(",", ":"))
