"""Input files -> splits: parts that can be read apart from each other, each with a name made of its content.

A WARC file whose records are packed one by one (as WARC files should be, ISO 28500 annex D) is cut at records, so
that a file of a gigabyte keeps many workers busy and a restart loses little.  Any other file is one split.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.intake.open import take_in
from onrecord.intake.warc import WarcIntake
from onrecord.intake.warc_source import is_warc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.intake.items import Intaken

SIZE = 32 * 2**20
"""Bytes of a split: some 1,500 pages of packed news, some minutes of work."""
_GZIP = b"\x1f\x8b\x08"
_HEAD = 4096
_WINDOW = 2**20


@dataclass(frozen=True, slots=True)
class Split:
    """Bytes [start, stop) of a file; the whole file where `stop` is None."""

    path: str
    start: int = 0
    stop: int | None = None


def splits(paths: Iterable[str], size: int = SIZE) -> Iterator[Split]:
    """The splits of some files, in order.

    Raises:
        OSError: a file cannot be read.
    """
    for path in paths:
        length = Path(path).stat().st_size
        with Path(path).open("rb") as stream:
            head = stream.read(_HEAD)
            if not (head.startswith(_GZIP) and is_warc(head)) or length <= size:
                yield Split(path)
                continue
            start = 0
            while start < length:
                stop = _record_after(stream, start + size, length)
                yield Split(path, start, stop)
                start = stop


def fingerprint(split: Split) -> str:
    """What is in a split, as 24 hexadecimal digits: the same bytes have the same, under whatever name they lie."""
    digest = hashlib.sha256()
    with Path(split.path).open("rb") as stream:
        stream.seek(split.start)
        left = split.stop - split.start if split.stop is not None else None
        while part := stream.read(_WINDOW if left is None else min(_WINDOW, left)):
            digest.update(part)
            left = left - len(part) if left is not None else None
    return digest.hexdigest()[:24]


def items(split: Split) -> Iterator[Intaken]:
    """The reports in a split; offsets are those in the file.

    Raises:
        OSError: the file cannot be read.
    """
    if split.stop is None:
        yield from take_in((split.path,))
        return
    with Path(split.path).open("rb") as stream:
        part = io.BufferedReader(_Part(stream, split.start, split.stop))
        for found in WarcIntake().take(part, split.path):
            yield replace(found, line=split.start + (found.line or 0))


def _record_after(stream: io.BufferedReader, place: int, length: int) -> int:
    """The offset of the first packed record at or after a place; the file's length if there is none."""
    while place < length:
        stream.seek(place)
        window = stream.read(_WINDOW + _HEAD)
        at = window.find(_GZIP)
        while 0 <= at < _WINDOW:
            if is_warc(window[at : at + _HEAD]):
                return place + at
            at = window.find(_GZIP, at + 1)
        place += _WINDOW
    return length


class _Part(io.RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, stream: io.BufferedReader, start: int, stop: int) -> None:
        self._stream, self._start, self._stop = stream, start, stop
        self._stream.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._stream.tell(), io.SEEK_END: self._stop}[whence]
        return self._stream.seek(base + offset) - self._start

    def tell(self) -> int:
        return self._stream.tell() - self._start

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._stream.read(max(0, min(len(buffer), self._stop - self._stream.tell())))
        buffer[: len(part)] = part
        return len(part)
