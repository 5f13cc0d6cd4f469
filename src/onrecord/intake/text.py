"""Plain text: one file, one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from onrecord.intake.decode import decode
from onrecord.intake.items import Intaken, Item, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY = "there is no text in it"


class TextIntake:
    """The whole stream is the report's text, line ends and all."""

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item, or a rejection OR-I10 when nothing but white space is there."""
        text, notes = decode(stream.read())
        if text.strip():
            yield Item(text=text, notes=notes, origin=origin)
        else:
            yield Rejected(code="OR-I10", message=EMPTY, origin=origin)
