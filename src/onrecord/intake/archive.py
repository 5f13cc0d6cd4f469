"""Folders and ZIP archives into the files in them, in a fixed order and within limits."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO

from onrecord.intake.items import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPOOLED = 64 * 2**20
_CHUNK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """What an archive may unpack to.  A bomb is small and unpacks to more than any archive of news."""

    members: int = 200_000
    member_bytes: int = 4 * 2**30
    total_bytes: int = 64 * 2**30
    ratio: int = 250
    """Text packs to a tenth, repetitive tables to a fiftieth; deflate can do no more than a thousandth."""
    ratio_from: int = 16 * 2**20
    """Members smaller than this may have any ratio: they do no harm."""


class DamagedError(OSError):
    """An archive's member breaks off or is not what its checksum says."""


def files_below(folder: str) -> Iterator[str]:
    """The files in a folder and the folders in it, sorted by path; hidden ones and links to folders are left out.

    Raises:
        OSError: the folder, or one in it, cannot be listed.
    """
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path)
        elif entry.is_file():
            yield entry.path


def members(stream: BinaryIO, origin: str, limits: ArchiveLimits) -> Iterator[tuple[str, BinaryIO] | Rejected]:
    """The files in a ZIP archive, sorted by name, each as "ORIGIN/NAME" with its stream; hidden ones are left out.

    A stream raises `DamagedError` where the member is broken.  Rejections: OR-I04 an office document, OR-I06 over a limit,
    OR-I07 damaged or locked by a password.
    """
    with _seekable(stream) as whole:
        try:
            archive = zipfile.ZipFile(whole)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            yield Rejected(code="OR-I07", message=f"a damaged ZIP archive ({error})", origin=origin)
            return
        with archive:
            yield from _listed(archive, origin, limits)


def _listed(archive: zipfile.ZipFile, origin: str, limits: ArchiveLimits) -> Iterator[tuple[str, BinaryIO] | Rejected]:
    found = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda info: info.filename)
    if any(info.filename == "[Content_Types].xml" for info in found):
        yield Rejected(code="OR-I04", message="this is an office document, not a text", origin=origin)
        return
    if len(found) > limits.members:
        yield Rejected(code="OR-I06", message=f"more than {limits.members:,} files in one archive", origin=origin)
        return
    total = 0
    for info in found:
        if _hidden(info.filename):
            continue
        name = f"{origin}/{info.filename}"
        total += info.file_size
        if total > limits.total_bytes:
            yield Rejected(code="OR-I06", message=f"unpacks to more than {limits.total_bytes:,} bytes", origin=origin)
            return
        if why := _too_much(info, limits):
            yield Rejected(code="OR-I06", message=why, origin=name)
            continue
        try:
            member = archive.open(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
            yield Rejected(code="OR-I07", message=f"cannot be unpacked ({error})", origin=name)
            continue
        with member:
            yield name, io.BufferedReader(_Member(member), _CHUNK)


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _too_much(info: zipfile.ZipInfo, limits: ArchiveLimits) -> str | None:
    if info.file_size > limits.member_bytes:
        return f"unpacks to {info.file_size:,} bytes, more than {limits.member_bytes:,}"
    if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(1, info.compress_size):
        return f"{info.compress_size:,} bytes that unpack to {info.file_size:,}: it is not unpacked"
    return None


def _seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or a copy on disk of one that cannot be gone back in (a pipe)."""
    if stream.seekable():
        return _Kept(stream)  # type: ignore[return-value]
    copy = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - the caller closes it
    while chunk := stream.read(_CHUNK):
        copy.write(chunk)
    copy.seek(0)
    return copy  # type: ignore[return-value]


class _Kept(io.RawIOBase):
    """A stream that is not closed with its archive: it belongs to the caller."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()


class _Member(io.RawIOBase):
    """A member whose damage is an `OSError`, as that of any file."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._member.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise DamagedError(f"damaged in its archive ({error})") from error
        buffer[: len(data)] = data
        return len(data)


def is_folder(path: str) -> bool:
    """Is there a folder of this name?"""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False
