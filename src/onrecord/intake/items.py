"""What an intake hands on: items to read, and rejections that say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.records import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One station on a report's way to us, as its provider records it (NewsML-G2 `hopHistory`, `infoSource`).

    `name` is the party as people write it, `role` what it was to the report ("source", "contributor" …), `action`
    what it did with it ("received", "edited" …), `when` an ISO date-time, `uri` the party's identity.
    """

    name: str
    role: str | None = None
    action: str | None = None
    when: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report as it came in: its text, never altered after decoding, and what the input says of it.

    `published_basis` is "metadata" for a date that came with the input, "argument" for one that the caller gave;
    `origin` names the file ("-" for standard input) and `line` the place in a file with many reports: the line, the
    number of the entry, or (WARC) the offset of the record;
    `notes` say what was odd about the bytes.

    Wire formats and feeds also say which version of which story it is:
    `guid` and `version` are its identity at the provider (a higher version of one guid supersedes; compared as
    numbers where both are digits, else as ISO times or text); `status` is usable, withheld or canceled; `signal` is
    "update", "correction" or None; `embargoed` is the ISO date-time until which it must not be used; `agency` the
    wire service that wrote it; `located` the place of the dateline; `note` the provider's words to editors;
    `provenance` the way it came, oldest first.

    `text` is empty only in an item that is withheld or canceled.
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
    guid: str | None = None
    version: str | None = None
    status: str = "usable"
    signal: str | None = None
    embargoed: str | None = None
    agency: str | None = None
    located: str | None = None
    note: str | None = None
    provenance: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An input, or one line of it, that holds no report; `code` is stable (docs/notes.md lists them).

    `passing` says that it may go better another time (a server that does not answer); `until` is the ISO date-time
    from which it may (an embargo).
    """

    code: str
    message: str
    origin: str = "-"
    line: int | None = None
    passing: bool = False
    until: str | None = None

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
