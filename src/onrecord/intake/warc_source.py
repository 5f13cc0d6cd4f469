"""The bytes of a WARC file as pieces to read records from: each gzip member of a packed file, or a plain file whole.

A member is unpacked here, and not by the reader of records, because that one does not tell a file that breaks off from
one that ends, nor goes on behind a damaged member.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 2**16
"""Bytes read at once; what is left of them after a member is copied, so that more would cost more."""
_KEPT = 8 * 2**20
"""Packed bytes of a member that are kept, to look among them for the next one if this one is damaged."""
_HEAD = 4096
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/"


def is_warc(head: bytes) -> bool:
    """Do these first bytes begin a WARC file, packed or not?"""
    if not head.startswith(_GZIP):
        return head.startswith(_PLAIN)
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(_PLAIN)) == _PLAIN
    except zlib.error:
        return False


class Piece(Protocol):
    """A stream of records.

    `place` is its offset in the file, from which `tell` counts on in unpacked bytes.  After it has been read to its end,
    `damage` says in words what is wrong with it, and `cut` whether that is only that the file breaks off in it.
    """

    place: int
    packed: bool
    damage: str | None
    cut: bool

    def read(self, size: int = -1) -> bytes:
        """Up to so many bytes; none at the end, or where the damage begins."""
        ...


def pieces(stream: BinaryIO, after: int | None) -> Iterator[Piece]:
    """The pieces of a file; where it can be gone forward in, from the record at `after` on."""
    place = 0
    if after is not None and stream.seekable():
        beginning = stream.tell()
        stream.seek(after)
        # a record inside a larger member has no beginning of its own in the packed file
        place = after if is_warc(stream.read(_HEAD)) else beginning
        stream.seek(place)
    head = stream.read(_CHUNK)
    if head.startswith(_GZIP):
        yield from _Members(stream, head, place)
    else:
        yield _Plain(stream, head, place)


class _Forward:
    """What the compiled reader asks of a stream: it panics on one that refuses to seek, so seeking is done by reading."""

    packed = False
    damage: str | None = None
    cut = False

    def __init__(self, place: int) -> None:
        self.place = place
        self._at = place

    def _more(self, size: int) -> bytes:
        raise NotImplementedError

    def read(self, size: int = -1) -> bytes:
        data = self._more(size if size > 0 else _CHUNK)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        ahead = offset if whence == io.SEEK_CUR else offset - self._at
        if whence == io.SEEK_END or ahead < 0:
            raise io.UnsupportedOperation("this stream goes forward only")
        while ahead > 0 and (data := self.read(min(ahead, _CHUNK))):
            ahead -= len(data)
        return self._at

    def close(self) -> None:
        """The stream belongs to the caller."""


class _Plain(_Forward):
    """A file that is not packed."""

    def __init__(self, stream: BinaryIO, head: bytes, place: int) -> None:
        super().__init__(place)
        self._stream, self._head = stream, head

    def _more(self, size: int) -> bytes:
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return self._stream.read(size)


class _Members:
    """The gzip members of a file, one after another; behind a damaged one, those that begin a record."""

    def __init__(self, stream: BinaryIO, head: bytes, place: int) -> None:
        self._stream = stream
        self._fresh = head  # read, and of no member yet
        self._read = place + len(head)
        self._kept = b""

    def __iter__(self) -> Iterator[Piece]:
        while self._skip_padding():
            member = _Member(self, self._read - len(self._fresh))
            self._kept = b""
            yield member
            while member.read(_CHUNK):
                pass
            if member.damage is not None:
                self._find_next(member.place)

    def chunk(self) -> bytes:
        """More of the member in hand."""
        data, self._fresh = self._fresh or self._from_file(), b""
        self._kept = self._kept + data if len(self._kept) < _KEPT else data
        return data

    def give_back(self, rest: bytes) -> None:
        """What was read and belongs to the next member."""
        self._fresh = rest

    def _from_file(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self._read += len(data)
        return data

    def _skip_padding(self) -> bool:
        """Is there more?  Zeros may stand between members."""
        while True:
            self._fresh = self._fresh.lstrip(b"\0")
            if self._fresh:
                return True
            self._fresh = self._from_file()
            if not self._fresh:
                return False

    def _find_next(self, damaged: int) -> None:
        """Go to the next member that begins a record, or to the end."""
        window, at = self._kept, 0
        if self._read - len(window) == damaged:
            at = 1  # the damaged one itself is no next one
        while True:
            at = window.find(_GZIP, at)
            if at < 0:
                window, at = window[1 - len(_GZIP) :], 0
            elif len(window) - at >= _HEAD and not is_warc(window[at : at + _HEAD]):
                at += 1
                continue
            elif len(window) - at >= _HEAD:
                break
            more = self._from_file()
            if not more:
                while at >= 0 and not is_warc(window[at:]):
                    at = window.find(_GZIP, at + 1)
                break
            window += more
        self._fresh = window[at:] if at >= 0 else b""


class _Member(_Forward):
    """A gzip member, unpacked; its length and checksum are proved at its end."""

    packed = True

    def __init__(self, source: _Members, place: int) -> None:
        super().__init__(place)
        self._source = source
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._tail = b""
        self._done = False

    def _more(self, size: int) -> bytes:
        while not self._done:
            data = self._tail or self._source.chunk()
            try:
                found = self._unpacker.decompress(data, size)
            except zlib.error as error:
                self._done, self.damage = True, str(error)
                break
            self._tail = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                self._done = True
                self._source.give_back(self._unpacker.unused_data)
            elif not data and not found:
                self._done, self.cut, self.damage = True, True, "the file breaks off"
            if found:
                return found
        return b""
