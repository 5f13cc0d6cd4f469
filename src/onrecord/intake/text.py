"""Plain text: one file, one report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from onrecord.intake.decode import decode
from onrecord.intake.items import Intaken, Item, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY = "there is no text in it"
BINARY = "this is no text but some other kind of file"

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SAMPLE = 65536
_SHORT = 64
"""Characters below which this is not judged: a damaged line is read for what it is worth."""
_ODD = 5
"""One character in so many that is none of a text's makes it a file of another kind."""


class TextIntake:
    """The whole stream is the report's text, line ends and all."""

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item, or a rejection: OR-I10 nothing but white space is there, OR-I04 it is no text."""
        text, notes = decode(stream.read())
        sample = text[:_SAMPLE]
        if len(sample) >= _SHORT and len(_NO_TEXT.findall(sample)) * _ODD > len(sample):
            yield Rejected(code="OR-I04", message=BINARY, origin=origin)
        elif text.strip():
            yield Item(text=text, notes=notes, origin=origin)
        else:
            yield Rejected(code="OR-I10", message=EMPTY, origin=origin)
