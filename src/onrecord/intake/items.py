"""What an intake hands on: items to read, and rejections that say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.records import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report as it came in: its text, never altered after decoding, and what the input says of it.

    `published_basis` is "metadata" for a date that came with the input, "argument" for one that the caller gave;
    `origin` names the file ("-" for standard input) and `line` the line of a file with many reports;
    `notes` say what was odd about the bytes.
    """

    text: str
    source_id: str | None = None
    title: str | None = None
    published: str | None = None
    published_basis: str = "metadata"
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    byline: str | None = None
    notes: tuple[Note, ...] = ()
    origin: str = "-"
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An input, or one line of it, that holds no report; `code` is stable (docs/notes.md lists them)."""

    code: str
    message: str
    origin: str = "-"
    line: int | None = None

    @property
    def where(self) -> str:
        """ "FILE" or "FILE:LINE"."""
        return self.origin if self.line is None else f"{self.origin}:{self.line}"


Intaken = Item | Rejected


class Intake(Protocol):
    """A reader of one input form.

    `take` reads the stream from where it stands to its end and yields what it finds, in order; it never raises
    for what the bytes hold (that is a `Rejected`), only lets an `OSError` of the stream pass.  It keeps no state:
    one intake may serve many streams, also in several threads.
    """

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """The reports in a stream; `origin` names it in items and rejections."""
        ...
