"""Reports that another reader has read -> read again by this one, kept beside their earlier readings."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from onrecord.engines.reading import read_all
from onrecord.engines.version import reader_info
from onrecord.intake.items import Item, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.api import ReaderLike
    from onrecord.engines.executor import Executor
    from onrecord.ledger import Ledger
    from onrecord.ledger.known import Known
    from onrecord.ledger.writer import Added
    from onrecord.records import Reading

_PLACE = ("source_id", "publisher", "url", "title", "published")
_STORY = ("guid", "version", "status", "signal", "embargoed", "agency", "located", "note", "provenance")
"""What says that an appearance is the one of a reading, and what else it knows: with it, nothing new has appeared."""
BATCH = 100
"""Readings that are kept in one transaction."""


def reread(executor: Executor, ledger: Ledger, *, reader: ReaderLike | None = None) -> Iterator[Added | Rejected]:
    """Read again every report whose reading that answers is not of this reader (version and weights).

    What was given with a report when it was read (date, title, outlet) is given again.  When an `Added` is yielded,
    its reading is in the ledger for good; a run that was cut off is simply run again.

    Raises:
        LedgerError: the ledger failed.
        ReaderError, EngineError: as `read_all`.
    """
    pairs: list[tuple[Reading, Item | None]] = []
    for outcome in read_all(executor, _stale(ledger, reader), reader):
        if isinstance(outcome, Rejected):
            yield outcome
        elif outcome[1] is not None:
            pairs.append((outcome[1], outcome[0]))
        if len(pairs) == BATCH:
            yield from ledger.add_many(pairs)
            pairs = []
    yield from ledger.add_many(pairs)


def _stale(ledger: Ledger, reader: ReaderLike | None) -> Iterator[Item]:
    now = reader_info(reader)
    for known in ledger.known(current=True):
        if known.reading.reader != now:
            yield _item(known)


def _item(known: Known) -> Item:
    """The item that a reading was made of, as far as the ledger keeps it."""
    report = known.reading.report
    given = report.published if report.published_basis in {"argument", "metadata"} else None
    item = Item(
        text=report.text,
        source_id=report.source_id,
        title=report.title,
        published=given,
        published_basis=report.published_basis if given else "metadata",
        publisher=report.publisher,
        url=report.url,
        language=report.language,
        byline=report.byline,
        notes=tuple(note for note in known.reading.notes if note.code.startswith("OR-I")),
        origin=known.key,
    )
    for place in known.appearances:
        if all(getattr(place, name) == getattr(report, name) for name in _PLACE):
            return dataclasses.replace(item, **{name: getattr(place, name) for name in _STORY})
    return item
