"""The gazetteer's file: columns of plain numbers that are read in place, never loaded.

Layout: the magic, the header's length, a JSON header (tables and sections), then the sections, each
aligned to eight bytes.  Everything is little-endian.  A name's string is kept once; the keys it is
found by are kept as 32-bit hashes sorted for bisection, so opening costs one `mmap`.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
from array import array
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MAGIC = b"ORGAZ\x00\x00\x01"
ElementType = Literal["B", "H", "I", "i"]
COLUMNS: dict[str, ElementType] = {
    "latitude": "i",
    "longitude": "i",
    "population": "I",
    "geonameid": "I",
    "admin1": "H",
    "country": "B",
    "feature": "B",
    "flags": "B",
    "name": "I",
    "exact_hash": "I",
    "exact_place": "I",
    "loose_hash": "I",
    "loose_place": "I",
}
"""Section → element type; `name` is an offset into the section `names`, strings that end in a zero byte."""

SCALE = 100_000
"""Coordinates are kept as whole numbers of 1/100,000 degree (about a metre)."""

CURATED = 1
"""Flag: the entry, or one of its names, comes from the curated list."""

_HEAD = struct.Struct("<8sI")


class GazetteerFileError(ValueError):
    """The file is not a gazetteer of this version."""


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)


def write_file(
    path: Path, tables: Mapping[str, Sequence[str]], columns: Mapping[str, Sequence[int]], names: bytes
) -> None:
    """Write tables (lists of strings), columns (one per entry of `COLUMNS`) and the string pool; same in, same out."""
    blobs: dict[str, bytes] = {"names": names}
    for name, code in COLUMNS.items():
        values = array(code, columns[name])
        if sys.byteorder == "big":
            values.byteswap()
        blobs[name] = values.tobytes()
    sections: dict[str, tuple[int, int]] = {}
    at = 0
    for name in sorted(blobs):
        sections[name] = (at, len(blobs[name]))
        at += len(_padded(blobs[name]))
    header = json.dumps({"sections": sections, "tables": dict(tables)}, sort_keys=True, ensure_ascii=False).encode()
    header += b" " * (-(len(header) + _HEAD.size) % 8)
    body = b"".join(_padded(blobs[name]) for name in sorted(blobs))
    path.write_bytes(_HEAD.pack(MAGIC, len(header)) + header + body)


class GazetteerFile:
    """A gazetteer file opened for reading: `tables`, and `column(name)` as a sequence of numbers."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            try:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as exc:  # an empty file cannot be mapped
                raise GazetteerFileError(f"{path}: empty") from exc
        view = memoryview(self._map)
        if len(view) < _HEAD.size or bytes(view[:8]) != MAGIC:
            raise GazetteerFileError(f"{path}: not a gazetteer file of this version")
        _, length = _HEAD.unpack_from(view)
        header: dict[str, Any] = json.loads(bytes(view[_HEAD.size : _HEAD.size + length]))
        self.tables: dict[str, list[str]] = header["tables"]
        self._sections: dict[str, list[int]] = header["sections"]
        self._body = view[_HEAD.size + length :]

    def column(self, name: str) -> Sequence[int]:
        """The numbers of one column, read from the map as they are asked for."""
        start, size = self._sections[name]
        raw = self._body[start : start + size]
        if sys.byteorder == "big":
            values = array(COLUMNS[name], raw.tobytes())
            values.byteswap()
            return values
        view: Sequence[int] = raw.cast(COLUMNS[name])
        return view

    def string(self, offset: int) -> str:
        """The string that starts at an offset of the pool."""
        start, _ = self._sections["names"]
        base = len(self._map) - len(self._body) + start + offset
        return self._map[base : self._map.find(b"\x00", base)].decode("utf-8")
