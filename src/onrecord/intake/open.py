"""Files, folders, archives, addresses and streams to the intake that fits them."""

from __future__ import annotations

import io
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.intake.address import check_url
from onrecord.intake.archive import ArchiveLimits, DamagedError, files_below, is_folder, members
from onrecord.intake.dates import later_than
from onrecord.intake.decode import decode, marked_encoding
from onrecord.intake.forms import SNIFFED, choose, foreign_form, is_zip
from onrecord.intake.items import Intaken, Rejected
from onrecord.intake.jsonl import JsonlIntake
from onrecord.intake.warc import WarcIntake
from onrecord.intake.web import is_url, take_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from onrecord.intake.fetch import Fetcher

STDIN = "-"
DONE = -1
"""What `after` answers for a file that has been taken in to its end."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
MAX_DOCUMENT = 64 * 2**20
"""Bytes that one document (a text, a page, a news item) may have; files with many reports may have any number."""


def take_in(
    paths: Iterable[str],
    stdin: BinaryIO | None = None,
    *,
    fetcher: Fetcher | None = None,
    now: datetime | None = None,
    after: Callable[[str], int | None] | None = None,
) -> Iterator[Intaken]:
    """The reports in some inputs, in order.

    An input is a file, a folder (its files, sorted), a ZIP archive, an http or https address, or "-" for standard
    input.  One that cannot be opened or read gives a rejection (OR-I20), one in a form that is not supported another
    (OR-I04); the rest is taken in all the same.

    Args:
        paths: the inputs.
        stdin: another stream than the process's own.
        fetcher: fetches addresses; without one, they are rejected (OR-I30).
        now: the moment against which embargoes are held (OR-I50); default: this moment.
        after: for a file's name, the place (`line`) after which to go on, `DONE` to pass it over, None to begin at its
            beginning.
    """
    held = now or datetime.now(UTC)
    for path in paths:
        for found in _inputs(path, stdin, fetcher, after or _from_the_start):
            yield embargoed(found, held)


def take_bytes(stream: BinaryIO, origin: str = STDIN, *, now: datetime | None = None) -> Iterator[Intaken]:
    """The reports in one stream, whose form is found from the name `origin` and the first bytes.

    Raises:
        OSError: the stream cannot be read on.
    """
    held = now or datetime.now(UTC)
    for found in _stream(stream, origin, _from_the_start, 0):
        yield embargoed(found, held)


def embargoed(found: Intaken, now: datetime) -> Intaken:
    """The item itself, or a rejection (OR-I50) while it must not be used; `until` tells when it may."""
    if isinstance(found, Rejected) or found.embargoed is None or found.status != "usable":
        return found
    if not later_than(found.embargoed, now):
        return found
    message = f"under embargo until {found.embargoed}; not taken in before then"
    return Rejected(code="OR-I50", message=message, origin=found.origin, line=found.line, until=found.embargoed)


def expected(paths: Iterable[str]) -> int | None:
    """How many reports some inputs may hold, for a progress bar: lines of JSON Lines, else one per file.

    None when it cannot be known beforehand (standard input, addresses, archives).
    """
    total = 0
    for path in paths:
        if path == STDIN or is_url(path):
            return None
        for name in _files(path):
            count = _count(name)
            if count is None:
                return None
            total += count
    return total


def _from_the_start(_: str) -> int | None:
    return None


def _files(path: str) -> list[str]:
    try:
        return list(files_below(path)) if is_folder(path) else [path]
    except OSError:
        return [path]


def _count(name: str) -> int | None:
    suffix = Path(name).suffix.lower()
    try:
        with Path(name).open("rb") as stream:
            if suffix in {".jsonl", ".ndjson"}:
                return sum(1 for line in stream if line.strip())
            head = stream.read(SNIFFED)
    except (OSError, ValueError):
        return 1
    form = choose(name, head)
    return None if is_zip(head) or isinstance(form, WarcIntake) else 1


def _inputs(
    path: str, stdin: BinaryIO | None, fetcher: Fetcher | None, after: Callable[[str], int | None]
) -> Iterator[Intaken]:
    if is_url(path):
        yield from take_url(path, fetcher)
        return
    if _ADDRESS.match(path) and not Path(path).exists():
        yield Rejected(code="OR-I30", message=check_url(path) or "no address that is fetched", origin=path)
        return
    if not path:
        yield Rejected(code="OR-I20", message="the name of this input is empty", origin="''")
        return
    if not is_folder(path):
        yield from _file(path, stdin, after)
        return
    empty = True
    try:
        for name in files_below(path):
            empty = False
            yield from _file(name, None, after)
    except OSError as error:
        yield Rejected(code="OR-I20", message=f"cannot be listed ({error.strerror or error})", origin=path)
        return
    if empty:
        yield Rejected(code="OR-I10", message="there is no file in this folder", origin=path)


def _file(path: str, stdin: BinaryIO | None, after: Callable[[str], int | None]) -> Iterator[Intaken]:
    if after(path) == DONE:
        return
    try:
        with _opened(path, stdin) as stream:
            yield from _stream(stream, path, after, 0)
    except (OSError, ValueError) as error:  # a ValueError for a name with a null in it
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Rejected(code="OR-I20", message=f"cannot be read ({reason})", origin=path)


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path == STDIN:
        return nullcontext(stdin if stdin is not None else sys.stdin.buffer)
    return Path(path).open("rb")


def _stream(stream: BinaryIO, origin: str, after: Callable[[str], int | None], depth: int) -> Iterator[Intaken]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream), SNIFFED * 4)
    head = buffered.peek(SNIFFED)
    if is_zip(head):
        yield from _archive(buffered, origin, after, depth)
        return
    if name := foreign_form(head):
        yield Rejected(code="OR-I04", message=f"this is {name}, not a text", origin=origin)
        return
    last = after(origin)
    intake = choose(origin, head, last)
    marked = marked_encoding(head)
    source: BinaryIO = buffered
    if isinstance(intake, JsonlIntake) and marked and marked[0] != "utf-8":
        # lines can only be told apart in an encoding where a line feed is one byte
        source = _as_utf8(buffered)
    elif not isinstance(intake, (JsonlIntake, WarcIntake)):
        data = buffered.read(MAX_DOCUMENT + 1)
        if len(data) > MAX_DOCUMENT:
            message = f"a document of more than {MAX_DOCUMENT:,} bytes; is it many reports in one file?"
            yield Rejected(code="OR-I06", message=message, origin=origin)
            return
        source = io.BytesIO(data)
    for found in intake.take(source, origin):
        if last is None or found.line is None or found.line > last:
            yield found


def _archive(stream: BinaryIO, origin: str, after: Callable[[str], int | None], depth: int) -> Iterator[Intaken]:
    if depth:
        yield Rejected(code="OR-I08", message="an archive within an archive is not unpacked", origin=origin)
        return
    empty = True
    for member in members(stream, origin, ArchiveLimits()):
        empty = False
        if isinstance(member, Rejected):
            yield member
            continue
        name, content = member
        if after(name) == DONE:
            continue
        try:
            yield from _stream(content, name, after, depth + 1)
        except DamagedError as error:
            yield Rejected(code="OR-I07", message=str(error), origin=name)
    if empty:
        yield Rejected(code="OR-I10", message="there is no file in this archive", origin=origin)


def _as_utf8(stream: BinaryIO) -> BinaryIO:
    text, _ = decode(stream.read())
    return io.BytesIO(text.encode("utf-8", "replace"))


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be looked into before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
