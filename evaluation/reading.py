"""Coded reports -> the reader's readings of them, given only what an input would give of each report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.matching import Json, found_for, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.api import ReaderLike

GIVEN_BASES = ("metadata", "argument")
"""Where a date of publication came with the report; any other basis is the reader's to find."""
GIVEN = ("title", "publisher", "url")


def item(report: Json) -> dict[str, Any]:
    """What the reader is told of a coded report: text, id, headline, outlet, and the date where that came with it."""
    known: dict[str, Any] = {"text": report["text"], "source_id": report["source_id"]}
    known |= {name: report[name] for name in GIVEN if report.get(name)}
    if report.get("published") and report.get("published_basis") in GIVEN_BASES:
        known |= {"published": report["published"], "published_basis": report["published_basis"]}
    return known


def read_coded(gold: Sequence[Json], reader: ReaderLike) -> list[tuple[Json, Json]]:
    """Coded readings, each with the reader's own."""
    return found_for(gold, read_texts((item(g["report"]) for g in gold), reader))


def read_texts(items: Iterable[dict[str, Any]], reader: ReaderLike) -> list[Json]:
    """The reader's readings as plain JSON."""
    return [reading.to_json() for reading in reader.read_many(items)]


def read_file(path: Path, reader: ReaderLike) -> list[tuple[Json, Json]]:
    """A file of coded readings, each with the reader's own."""
    return read_coded(read_lines(path), reader)
