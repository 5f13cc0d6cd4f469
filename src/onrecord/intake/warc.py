"""WARC archives of the web (CC-NEWS and the like) into the articles of their pages, as a stream.

The place of a record is its offset in the file, as packed: `line` of an item or rejection.  A run that was cut off
goes on at the offset that was acknowledged last, without unpacking what lies before it.
"""

from __future__ import annotations

import dataclasses
import io
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.intake.html import HtmlIntake
from onrecord.intake.items import Intaken, Item, Rejected
from onrecord.intake.missing import missing
from onrecord.intake.text import TextIntake

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RECORD = 16 * 2**20
"""Bytes of a page above which it is no article."""
_OK = 200
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_CHUNK = 2**20
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/"


class WarcIntake:
    """The responses in a WARC file that are pages or texts and have the status 200; other records are passed over.

    Args:
        after: the offset of the record after which to begin.
    """

    def __init__(self, after: int | None = None) -> None:
        self._after = after

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item or rejection per page.

        Rejections: OR-I05 `fastwarc` is not installed, OR-I06 a page is too large, OR-I07 the file is damaged from here on,
        and those of pages.
        """
        try:
            import fastwarc
        except ImportError:
            yield missing("warc", "fastwarc", "a WARC file", origin)
            return
        place = 0
        if self._after is not None and stream.seekable():
            place = stream.seek(self._after)
        source: Any = _Forward(stream, place)
        records = fastwarc.ArchiveIterator(source, record_types=fastwarc.WarcRecordType.response, auto_decode="all")
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                place = record.stream_pos
                page = None if self._after is not None and place <= self._after else _page(record)
            except (KeyboardInterrupt, SystemExit, GeneratorExit):
                raise
            except BaseException as error:  # a panic of the compiled part is no Exception
                message = f"the file is damaged here and was read up to here only ({error})"
                yield Rejected(code="OR-I07", message=message, origin=origin, line=place)
                return
            if page is not None:
                yield from _taken(page, origin, place)


class _Forward:
    """A stream that is read once from where it stands, pipes too; places are counted from the file's beginning.

    The compiled reader panics on a stream that refuses to seek, so seeking forward is done by reading.
    """

    def __init__(self, stream: BinaryIO, place: int) -> None:
        self._stream = stream
        self._place = place

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        ahead = offset if whence == io.SEEK_CUR else offset - self._place
        if whence == io.SEEK_END or ahead < 0:
            raise io.UnsupportedOperation("this stream goes forward only")
        while ahead > 0 and (data := self.read(min(ahead, _CHUNK))):
            ahead -= len(data)
        return self._place

    def close(self) -> None:
        """The stream belongs to the caller."""


def is_warc(head: bytes) -> bool:
    """Do these first bytes begin a WARC file, packed or not?"""
    if not head.startswith(_GZIP):
        return head.startswith(_PLAIN)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(_PLAIN)) == _PLAIN
    except zlib.error:
        return False


@dataclasses.dataclass(frozen=True, slots=True)
class _Page:
    url: str | None
    kind: str
    charset: str | None
    body: bytes


def _page(record: Any) -> _Page | None:
    """The page in a response; None for one that is not wanted."""
    headers = record.http_headers
    kind = (record.http_content_type or "").lower()
    if headers is None or headers.status_code != _OK or (kind not in _PAGES and kind != "text/plain"):
        return None
    body = record.reader.read(MAX_RECORD + 1)
    return _Page(record.headers.get("WARC-Target-URI"), kind, record.http_charset, body)


def _taken(page: _Page, origin: str, place: int) -> Iterator[Intaken]:
    if len(page.body) > MAX_RECORD:
        message = f"a page of more than {MAX_RECORD:,} bytes ({page.url})"
        yield Rejected(code="OR-I06", message=message, origin=origin, line=place)
        return
    intake = HtmlIntake(page.charset) if page.kind in _PAGES else TextIntake()
    for found in intake.take(io.BytesIO(page.body), origin):
        if isinstance(found, Item):
            yield dataclasses.replace(found, url=page.url or found.url, line=place)
        else:
            yield dataclasses.replace(found, message=f"{found.message} ({page.url})", line=place)
