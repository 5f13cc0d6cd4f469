"""What was learned into the rows that keep it, each under the hash of what it says.  Pure: no database, no clock."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any

from onrecord.intake.items import Hop
from onrecord.ledger.known import Appearance
from onrecord.ledger.words import searchable, storable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.intake.items import Item
    from onrecord.records import Reading, Report

Row = dict[str, Any]

_PLACE = ("source_id", "publisher", "url", "title", "published")
_STORY = ("guid", "version", "status", "signal", "embargoed", "agency", "located", "note")
APPEARANCE = ("id", "report_id", *_PLACE, "language", *_STORY, "provenance", "added_at")
_USABLE = "usable"


def hashed(values: object) -> str:
    """The id of what these JSON values say."""
    return "sha256:" + hashlib.sha256(json.dumps(values, ensure_ascii=True).encode()).hexdigest()


def reading_row(reading: Reading, line: str) -> Row:
    """The row of `readings`, without `seq` and `added_at`; `line` is the reading's JSON, whose hash is its id."""
    report = reading.report
    return {
        "id": "sha256:" + hashlib.sha256(line.encode()).hexdigest(),
        "report_id": report.id,
        "reader_version": reading.reader.version,
        **{name: kept(getattr(report, name)) for name in ("title", "language", "publisher", "agency", "byline")},
        "published": report.published,
        "anchor": report.anchor,
        "voice": searchable((report.publisher, report.agency)),
        "json": line,
    }


def appearance_row(report: Report, item: Item | None = None) -> Row:
    """The row of `appearances`, without `added_at`: one place where this text was published."""
    place = {name: kept(getattr(report, name)) for name in _PLACE}
    return _appearance(report.id, place, report.language, item)


def unread_row(report_id: str, item: Item) -> Row:
    """The row of `appearances` of a text that was not read, without `added_at`."""
    return _appearance(report_id, {name: kept(getattr(item, name)) for name in _PLACE}, item.language, item)


def _appearance(report_id: str, place: Row, language: str | None, item: Item | None) -> Row:
    story: Row = dict.fromkeys(_STORY) | {"status": _USABLE}
    provenance = None
    if item is not None:
        story = {name: kept(getattr(item, name)) for name in _STORY}
        if item.provenance:
            provenance = json.dumps([dataclasses.asdict(hop) for hop in item.provenance])
    row = {"report_id": report_id, **place, "language": language, **story, "provenance": provenance}
    return {"id": appearance_id(row), **row}


def appearance_id(row: Mapping[str, Any]) -> str:
    """The hash of what an appearance says; its language, which may be guessed, is left out."""
    said: list[object] = [row["report_id"], *(row[name] for name in _PLACE)]
    story = [*(row[name] for name in _STORY), row["provenance"]]
    if any(value not in {None, _USABLE} for value in story):  # a plain one keeps the id that it always had
        said.append(story)
    return hashed(said)


def notice_row(
    kind: str, guid: str, version: str | None, report_id: str | None, target: str | None, item: Item | None
) -> Row:
    """The row of `notices`, without `seq` and `added_at`."""
    row = {
        "guid": storable(guid),
        "version": kept(version),
        "kind": kind,
        "report_id": report_id,
        "target_report_id": target,
        "reason": kept(item.note) if item is not None else None,
        "issued": item.published if item is not None else None,
    }
    return {"id": notice_id(row), **row}


def notice_id(row: Mapping[str, Any]) -> str:
    """The hash of what a notice says.  What a withdrawal meets in the ledger is not part of what it says."""
    target = None if row["kind"] == "withdraws" else row["target_report_id"]
    return hashed([row["kind"], row["guid"], row["version"], row["report_id"], target, row["reason"], row["issued"]])


def judgement_id(row: Mapping[str, Any]) -> str:
    """The hash of what a judgement says, its moment included: the same may be decided again later."""
    names = ("action", "kind", "report_id", "target", "value", "who", "why", "added_at")
    return hashed([row[name] for name in names])


def appearance(row: Mapping[str, Any]) -> Appearance:
    """A row of `appearances` as a record."""
    hops = json.loads(row["provenance"]) if row["provenance"] else []
    values = {name: row[name] for name in APPEARANCE if name != "provenance"}
    return Appearance(**values, provenance=tuple(Hop(**hop) for hop in hops))


def kept(value: str | None) -> str | None:
    """A text as the databases can keep it."""
    return storable(value) if value is not None else None
