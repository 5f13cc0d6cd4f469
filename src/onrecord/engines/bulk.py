"""Files of reports -> a folder of Parquet parts, one for each split, by any engine.

A part is named by the content of its split and the version of the reader, and has its name only when it is finished.
So a run that was cut off is simply run again: what is finished is passed over, nothing is done twice, and of two runs
over one folder none harms the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.api import BATCH
from onrecord.engines.executor import Lost
from onrecord.engines.parts import SUFFIX, write_part
from onrecord.engines.reading import read_bundle
from onrecord.engines.splits import SIZE, Split, fingerprint, items, splits
from onrecord.engines.version import reader_info, version_name
from onrecord.errors import UsageError
from onrecord.intake.items import Item, Rejected
from onrecord.intake.language import judged, stays_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from onrecord.api import ReaderLike
    from onrecord.engines.executor import Executor
    from onrecord.engines.reading import Outcome
    from onrecord.intake.items import Intaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a split: the name of its part, whether that was there before, and what it holds.

    `failed` says why there is no part.
    """

    split: Split
    part: str = ""
    known: bool = False
    read: int = 0
    unread: int = 0
    rejected: int = 0
    failed: str | None = None


def read_files(
    executor: Executor, paths: Iterable[str], folder: Path, *, reader: ReaderLike | None = None, size: int = SIZE
) -> Iterator[Done]:
    """Read files into parts in a folder, which is made if it is not there; one result per split, as they are done.

    Workers on other machines must see files and folder under the same paths.

    Raises:
        OSError: a file cannot be read, or the folder not be written to.
        UsageError: OR-E01 pyarrow is not installed.
        ReaderError, EngineError: as `read_all`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = partial(read_split, folder=folder.resolve(), reader=reader, version=version_name(reader_info(reader)))
    for result in executor.each_of(work, list(splits(paths, size))):
        if isinstance(result, Lost):
            yield Done(split=result.thing, failed="OR-E02: the process that read it died twice")
        else:
            yield result


def read_split(split: Split, *, folder: Path, reader: ReaderLike | None, version: str) -> Done:
    """Read a split into its part, unless that is there."""
    name = f"{fingerprint(split)}-{version}{SUFFIX}"
    if (folder / name).exists():
        return Done(split=split, part=name, known=True)
    try:
        read, unread, rejected = write_part(folder / name, _outcomes(items(split), reader))
    except OSError as error:
        return Done(split=split, failed=f"OR-I20: {error.strerror or error}")
    return Done(split=split, part=name, read=read, unread=unread, rejected=rejected)


def _outcomes(found: Iterator[Intaken], reader: ReaderLike | None) -> Iterator[Outcome]:
    known = (judged(entry) if isinstance(entry, Item) else _final(entry) for entry in found)
    while bundle := list(islice(known, BATCH)):
        yield from read_bundle(bundle, reader=reader, leave=stays_unread)


def _final(rejection: Rejected) -> Rejected:
    """A rejection that holds for good; one for a package that is not there would stand in a part that is never redone."""
    if rejection.code == "OR-I05":
        raise UsageError("OR-E01", rejection.message)
    return rejection
