"""Outcomes <-> Parquet: one row per report, read or not, and per rejection, so that nothing is lost on the way.

The columns beside `item` and `reading` (both JSON) are there to be asked with DuckDB, Arrow or pandas.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, fields
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from onrecord.errors import EngineError, UsageError
from onrecord.intake.items import Hop, Item, Rejected
from onrecord.records import Note, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from onrecord.engines.reading import Outcome

SCHEMA = "onrecord-part/1"
SUFFIX = ".parquet"
ROWS = 256
"""Rows of a row group: readings are large, and a group is held in memory."""
COLUMNS = {
    "report_id": "string", "published": "string", "publisher": "string", "url": "string", "title": "string",
    "language": "string", "origin": "string", "line": "int64", "code": "string", "message": "string",
    "reader_version": "string", "item": "string", "reading": "string",
}  # fmt: skip


def write_part(path: Path, outcomes: Iterable[Outcome]) -> tuple[int, int, int]:
    """Write a part, whole or not at all; how many were read, kept unread and rejected.

    Raises:
        UsageError: OR-E01 pyarrow is not installed.
        OSError: it cannot be written.
    """
    arrow, parquet = _arrow()
    schema = arrow.schema(
        [(name, getattr(arrow, kind)()) for name, kind in COLUMNS.items()], metadata={"onrecord": SCHEMA}
    )
    count = Counter[str]()
    rest = iter(outcomes)
    with _whole(path) as unfinished, parquet.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        while some := list(islice(rest, ROWS)):
            rows = [_row(outcome) for outcome in some]
            for row in rows:
                count["rejected" if row["code"] else "read" if row["reading"] else "unread"] += 1
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
    return count["read"], count["unread"], count["rejected"]


def told_in_part(path: str | os.PathLike[str]) -> tuple[int, list[Rejected]]:
    """How many reports a part holds, read or not, and its rejections; the reports themselves are not unpacked.

    Raises:
        as `read_part`.
    """
    with _opened(path) as part:
        rows = part.read(columns=["origin", "line", "code", "message"])
        rejected = rows.filter(rows["code"].is_valid()).to_pylist()
    return rows.num_rows - len(rejected), [Rejected(**row) for row in rejected]


def read_part(path: str | os.PathLike[str]) -> Iterator[Outcome]:
    """What a part holds, in order.

    Raises:
        UsageError: OR-E01 pyarrow is not installed.
        EngineError: OR-E04 it is no such part, or damaged.
    """
    with _opened(path) as part:
        for batch in part.iter_batches(batch_size=ROWS):
            yield from map(_outcome, batch.to_pylist())


@contextmanager
def _opened(path: str | os.PathLike[str]) -> Iterator[Any]:
    arrow, parquet = _arrow()
    try:
        with parquet.ParquetFile(path) as part:
            if (part.schema_arrow.metadata or {}).get(b"onrecord") != SCHEMA.encode():
                raise EngineError("OR-E04", f"{os.fspath(path)} was not written by “onrecord bulk”")
            yield part
    except arrow.ArrowException as error:
        raise EngineError("OR-E04", f"{os.fspath(path)} is damaged or no Parquet file ({error})") from error


def _row(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Rejected):
        told = {"origin": outcome.origin, "line": outcome.line, "code": outcome.code, "message": outcome.message}
        return dict.fromkeys(COLUMNS) | told
    item, reading = outcome
    given = {f.name: value for f in fields(item) if (value := getattr(item, f.name)) != f.default}
    given["notes"] = [note.to_json() for note in item.notes]
    given["provenance"] = [asdict(hop) for hop in item.provenance]
    if reading is not None:
        del given["text"]  # the reading has it
    return dict.fromkeys(COLUMNS) | {
        "report_id": reading.report.id if reading else None,
        "published": item.published,
        "publisher": item.publisher,
        "url": item.url,
        "title": item.title,
        "language": reading.report.language if reading else item.language,
        "origin": item.origin,
        "line": item.line,
        "reader_version": reading.reader.version if reading else None,
        "item": json.dumps(given, ensure_ascii=False),
        "reading": reading.dumps() if reading else None,
    }


def _outcome(row: dict[str, Any]) -> Outcome:
    if row["code"]:
        return Rejected(code=row["code"], message=row["message"], origin=row["origin"], line=row["line"])
    reading = Reading.loads(row["reading"]) if row["reading"] else None
    given = json.loads(row["item"])
    given["notes"] = tuple(Note.from_json(note) for note in given.get("notes", ()))
    given["provenance"] = tuple(Hop(**hop) for hop in given.get("provenance", ()))
    if reading is not None:
        given["text"] = reading.report.text
    return Item(**given), reading


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file that has its name only when it is finished; of two writers of one part, the later replaces the earlier."""
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        yield unfinished
        with unfinished.open("rb+") as stream:
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("OR-E01", "Parquet needs pyarrow: pip install 'onrecord[parquet]'") from error
    return pa, parquet
