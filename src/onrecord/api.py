"""Texts and items into readings: the reader's face for Python programs and for the command line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from onrecord.errors import OnrecordError, UsageError
from onrecord.intake.dates import is_date
from onrecord.intake.items import Intaken, Item, Rejected

if TYPE_CHECKING:
    from onrecord.records import Reading

BATCH = 32
"""Reports that are handed to the reader at once: enough for it to sort sentences by length, few enough that
the first results come soon and that memory stays small."""

_FIELDS = ("text", "source_id", "title", "published", "publisher", "url", "language", "byline")

T = TypeVar("T")


class ReaderLike(Protocol):
    """What is asked of a reader; `onrecord.reader.pipeline.Reader` is the real one."""

    def read_many(self, items: Iterable[Mapping[str, Any]]) -> Iterator[Reading]:
        """One reading per item, in order.

        Keys: `text` and, each optional, the other arguments of `read` and `published_basis` ("argument" unless
        it says "metadata").
        """
        ...


def read(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    source_id: str | None = None,
    byline: str | None = None,
    reader: ReaderLike | None = None,
) -> Reading:
    """Read one report.

    Args:
        text: the report; kept as it is.
        published: ISO date or date-time of publication, for a report whose text lacks it.
        title, publisher, url, language, source_id, byline: what else is known of the report.
        reader: another reader than the one shipped.

    Raises:
        UsageError: OR-U01 when `published` is no ISO date.
        ReaderError: the shipped reader's weights or tables are missing or damaged.
    """
    item = {
        "text": text, "published": published, "title": title, "publisher": publisher, "url": url,
        "language": language, "source_id": source_id, "byline": byline,
    }  # fmt: skip
    return next(read_many([item], reader=reader))


def read_many(
    reports: Iterable[str | Mapping[str, Any] | Item], *, reader: ReaderLike | None = None
) -> Iterator[Reading]:
    """Read reports in batches, one reading per report, in order.

    A report is its text, or a mapping with `text` and any of the other arguments of `read` (`id` is taken for
    `source_id`; other keys are passed over), or an `Item` of the intake.

    Raises:
        UsageError: OR-U01 when a date of publication is no ISO date, OR-U02 when a report is none of these.
        ReaderError: the shipped reader's weights or tables are missing or damaged.
    """
    for batch in _batches(map(_mapping, reports), BATCH):
        yield from _reader(reader).read_many(batch)


def read_items(
    items: Iterable[Intaken], reader: ReaderLike | None = None, *, leave: Callable[[Item], bool] | None = None
) -> Iterator[tuple[Item, Reading | None] | Rejected]:
    """Read what an intake yields: each item with its reading, rejections passed on, in order.

    Items without text (withdrawals) and those that `leave` says yes to are passed on without a reading.  The
    intake's notes go before the reader's.  A report on which the reader fails becomes a rejection (OR-M90) and does
    not stop the others.

    Raises:
        ReaderError: the shipped reader's weights or tables are missing or damaged.
    """
    for batch in _batches(items, BATCH):
        wanted = [isinstance(e, Item) and bool(e.text.strip()) and not (leave and leave(e)) for e in batch]
        good = [entry for entry, read in zip(batch, wanted, strict=True) if read and isinstance(entry, Item)]
        results = iter(_read_batch(good, _reader(reader))) if good else iter(())
        for entry, read in zip(batch, wanted, strict=True):
            if isinstance(entry, Rejected):
                yield entry
            else:
                yield next(results) if read else (entry, None)


def _read_batch(items: list[Item], reader: ReaderLike) -> list[tuple[Item, Reading] | Rejected]:
    try:
        readings = list(reader.read_many([_mapping(item) for item in items]))
    except OnrecordError:
        raise
    except Exception as error:
        if len(items) > 1:  # find the one that fails; the others are read
            return [_read_batch([item], reader)[0] for item in items]
        message = f"the reader failed on this report ({type(error).__name__}: {error}); please tell us"
        return [Rejected(code="OR-M90", message=message, origin=items[0].origin, line=items[0].line)]
    return [(item, _with_notes(reading, item)) for item, reading in zip(items, readings, strict=True)]


def _with_notes(reading: Reading, item: Item) -> Reading:
    return dataclasses.replace(reading, notes=(*item.notes, *reading.notes)) if item.notes else reading


def _mapping(report: str | Mapping[str, Any] | Item) -> dict[str, Any]:
    if isinstance(report, str):
        return {"text": report}
    if isinstance(report, Item):
        given: dict[str, Any] = {name: getattr(report, name) for name in _FIELDS}
        given["published_basis"] = report.published_basis if report.published is not None else None
    elif isinstance(report, Mapping) and isinstance(report.get("text"), str):
        given = {name: report.get(name) for name in _FIELDS}
        if given["source_id"] is None and report.get("id") is not None:
            given["source_id"] = str(report["id"])
    else:
        raise UsageError("OR-U02", "a report is a text or a mapping with a string “text”")
    published = given["published"]
    if published is not None and not (isinstance(published, str) and is_date(published)):
        raise UsageError("OR-U01", f"{published!r} is no ISO date such as 2025-05-22")
    return {name: value for name, value in given.items() if value is not None}


def _reader(reader: ReaderLike | None) -> ReaderLike:
    if reader is not None:
        return reader
    from onrecord.reader.pipeline import default_reader  # loads the models

    shipped: ReaderLike = default_reader()
    return shipped


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
