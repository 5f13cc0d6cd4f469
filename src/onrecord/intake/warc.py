"""WARC archives of the web (CC-NEWS and the like) into the articles of their pages, as a stream.

The place of a record is its offset in the file, as packed: `line` of an item or rejection.  A run that was cut off
goes on at the offset that was acknowledged last, without unpacking what lies before it.
"""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from onrecord.intake.html import HtmlIntake
from onrecord.intake.items import Intaken, Item, Rejected
from onrecord.intake.missing import missing
from onrecord.intake.text import TextIntake
from onrecord.intake.warc_source import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.intake.warc_source import Piece

MAX_RECORD = 16 * 2**20
"""Bytes of a page above which it is no article."""
_MAX_HEAD = 2**16
"""Bytes that the headers of an answer may have."""
_OK = 200
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class WarcIntake:
    """The responses in a WARC file that are pages or texts and have the status 200; other records are passed over.

    Every record is held against its Content-Length, and a packed one against its checksum: a page that was cut off or
    changed is never taken for a whole one.

    Args:
        after: the offset of the record after which to begin.
    """

    def __init__(self, after: int | None = None) -> None:
        self._after = after

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item or rejection per page.

        Rejections: OR-I05 `fastwarc` is not installed, OR-I06 a page is too large, OR-I07 a record is damaged or the file
        breaks off in it (the records behind it are read where they are packed one by one), and those of pages.
        """
        try:
            import fastwarc  # noqa: F401
        except ImportError:
            yield missing("warc", "fastwarc", "a WARC file", origin)
            return
        last = -1
        for piece in pieces(stream, self._after):
            for place, found in _records(piece, last):
                last = place
                if self._after is not None and place <= self._after:
                    continue
                if isinstance(found, str):
                    yield Rejected(code="OR-I07", message=found, origin=origin, line=place)
                elif found is not None:
                    yield from _taken(found, origin, place)


@dataclasses.dataclass(frozen=True, slots=True)
class _Page:
    url: str | None
    kind: str
    charset: str | None
    body: bytes


class _ShortError(Exception):
    """A record has fewer bytes than it says."""


def _records(piece: Piece, last: int) -> Iterator[tuple[int, _Page | str | None]]:
    """The records in a piece, each with its place: its page, None for one that is not wanted, or what is damaged.

    A record is given when what comes after it has been seen: only then is its checksum proved.  `last` is the place of
    the record before, which places always go beyond.
    """
    import fastwarc

    held: tuple[int, _Page | None] | None = None
    place, problem = max(piece.place, last + 1), None
    try:
        for record in fastwarc.ArchiveIterator(cast("BinaryIO", piece), parse_http=False, stream_detect=False):
            if held is not None:
                yield held
                held = None
            place = max(record.stream_pos, last + 1)
            last = place
            held = place, _page(record)
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the compiled part is no Exception
        problem = str(error) or type(error).__name__
    if held is not None and (piece.damage is None or piece.cut):  # with a wrong checksum, nothing in it is sure
        yield held
    problem = piece.damage or problem
    if problem is not None:
        yield place, _told(piece, problem)


def _told(piece: Piece, problem: str) -> str:
    if piece.cut:
        return "the file breaks off here; what was whole was taken"
    if piece.packed:
        return f"this record is damaged and was passed over ({problem})"
    return f"the file is damaged here and was read up to here only ({problem})"


def _page(record: Any) -> _Page | None:
    """The page in a response; None for one that is not wanted.

    Raises:
        _ShortError: the record is not as long as it says.
    """
    from fastwarc import WarcRecordType

    said = (record.headers.get("Content-Length") or "").strip()
    if not (said.isascii() and said.isdigit()):
        raise _ShortError("the record does not say how long it is")
    length = int(said)
    if record.record_type != WarcRecordType.response or not record.is_http:
        _whole(record.consume(), length)
        return None
    large = length > MAX_RECORD + _MAX_HEAD
    data = _bytes(record, _MAX_HEAD if large else length)
    _whole(len(data) + (record.consume() if large else 0), length)
    record.set_bytes_content(data)
    record.parse_http("none" if large else "all")
    headers = record.http_headers
    kind = (record.http_content_type or "").lower()
    if headers is None or headers.status_code != _OK or (kind not in _PAGES and kind != "text/plain"):
        return None
    body = bytes(MAX_RECORD + 1) if large else record.reader.read(MAX_RECORD + 1)
    return _Page(record.headers.get("WARC-Target-URI"), kind, record.http_charset, body)


def _bytes(record: Any, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := record.reader.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _whole(found: int, said: int) -> None:
    if found != said:
        raise _ShortError(f"{found:,} of {said:,} bytes are there")


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
