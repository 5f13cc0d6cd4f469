"""Files and streams to the intake that fits them, by name and by first bytes."""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from onrecord.intake.decode import decode, marked_encoding
from onrecord.intake.html import HtmlIntake
from onrecord.intake.items import Intake, Intaken, Rejected
from onrecord.intake.jsonl import JsonlIntake
from onrecord.intake.text import TextIntake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"

_BY_SUFFIX: dict[str, type[Intake]] = {
    ".html": HtmlIntake,
    ".htm": HtmlIntake,
    ".xhtml": HtmlIntake,
    ".jsonl": JsonlIntake,
    ".ndjson": JsonlIntake,
}
_SNIFFED = 4096
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FOREIGN = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)


def take_in(paths: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Intaken]:
    """The reports in some files, in order; "-" is standard input (`stdin`, or the process's own).

    A file that cannot be opened or read gives a rejection (OR-I20), one in a form that is not supported another
    (OR-I04); the rest is taken in all the same.
    """
    for path in paths:
        try:
            with _opened(path, stdin) as stream:
                yield from take_bytes(stream, path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            yield Rejected(code="OR-I20", message=f"cannot be read ({reason})", origin=path)


def take_bytes(stream: BinaryIO, origin: str = STDIN) -> Iterator[Intaken]:
    """The reports in one stream, whose form is found from the name `origin` and the first bytes.

    Raises:
        OSError: the stream cannot be read on.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream), _SNIFFED * 4)
    head = buffered.peek(_SNIFFED)
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            yield Rejected(code="OR-I04", message=f"this is {name}, not a text", origin=origin)
            return
    intake = _choose(origin, head)()
    marked = marked_encoding(head)
    if isinstance(intake, JsonlIntake) and marked and marked[0] != "utf-8":
        # lines can only be told apart in an encoding where a line feed is one byte
        yield from intake.take(_as_utf8(buffered), origin)
    else:
        yield from intake.take(buffered, origin)


def expected(paths: Iterable[str]) -> int | None:
    """How many reports some files may hold, for a progress bar: lines of JSON Lines, else one per file.

    None when it cannot be known beforehand (standard input).
    """
    total = 0
    for path in paths:
        if path == STDIN:
            return None
        if Path(path).suffix.lower() in {".jsonl", ".ndjson"}:
            try:
                with Path(path).open("rb") as stream:
                    total += sum(1 for line in stream if line.strip())
            except OSError:
                total += 1
        else:
            total += 1
    return total


def _opened(path: str, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path == STDIN:
        return nullcontext(stdin if stdin is not None else sys.stdin.buffer)
    return Path(path).open("rb")


def _choose(origin: str, head: bytes) -> type[Intake]:
    """A page says so in its first tag, whatever its name; otherwise the name decides, then the first line."""
    encoding, mark = marked_encoding(head) or ("utf-8", 0)
    start = head[mark:].decode(encoding, "replace")
    if _PAGE.match(start.encode("utf-8", "replace")):
        return HtmlIntake
    by_name = _BY_SUFFIX.get(Path(origin).suffix.lower())
    if by_name is not None:
        return by_name
    first = start.lstrip().split("\n", 1)[0]
    return JsonlIntake if Path(origin).suffix.lower() != ".txt" and _is_report(first) else TextIntake


def _is_report(line: str) -> bool:
    """Is this line a JSON object, or the beginning of one that is longer than what was looked at?"""
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return bool(re.match(r'\{\s*"(?:id|text|title|published|publisher|url|language|byline)"\s*:', line))


def _as_utf8(stream: BinaryIO) -> BinaryIO:
    text, _ = decode(stream.read())
    return io.BytesIO(text.encode("utf-8", "replace"))


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be looked into before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
