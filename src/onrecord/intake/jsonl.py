"""JSON Lines: one report a line, in our own fields or as ninjs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from onrecord.intake.dates import is_date
from onrecord.intake.decode import decode, without_surrogates
from onrecord.intake.items import Intaken, Item, Rejected
from onrecord.intake.ninjs import is_ninjs, ninjs_item
from onrecord.records import Note

_OPTIONAL = ("title", "publisher", "url", "language", "byline")


class JsonlIntake:
    """Each line is an object with `text`; `id`, `title`, `published`, `publisher`, `url`, `language` and `byline`
    are optional and other fields are passed over.  Empty lines are skipped; a bad line does not stop the rest.
    """

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """One item or rejection per line that is not blank.

        Rejections: OR-I10 empty text, OR-I21 not JSON, OR-I22 not an object with a string `text`.
        """
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _line(line, origin, number)


def _line(line: bytes, origin: str, number: int) -> Intaken:
    def rejected(code: str, message: str) -> Rejected:
        return Rejected(code=code, message=message, origin=origin, line=number)

    decoded, notes = decode(line.rstrip(b"\r\n"))
    try:
        data = json.loads(decoded)
    except json.JSONDecodeError as error:
        return rejected("OR-I21", f"not JSON ({plain(error)}, character {error.pos + 1})")
    except ValueError as error:  # a number with more digits than Python takes
        return rejected("OR-I21", f"not JSON that can be read ({error})")
    except RecursionError:
        return rejected("OR-I21", "not JSON that can be read (nested too deeply)")
    return report_item(data, notes, origin, number)


def plain(error: json.JSONDecodeError) -> str:
    """What is wrong with some JSON; Python's words end in "at" or "starting at" where it adds a place."""
    return error.msg.removesuffix(" at").removesuffix(" starting")


def report_item(data: object, notes: tuple[Note, ...], origin: str, number: int | None) -> Intaken:
    """The report in a JSON object: our own fields, or ninjs.  Rejections: OR-I10, OR-I22, and those of ninjs."""

    def rejected(code: str, message: str) -> Rejected:
        return Rejected(code=code, message=message, origin=origin, line=number)

    if not isinstance(data, Mapping):
        return rejected("OR-I22", "not an object with a field “text”")
    if is_ninjs(data):
        return ninjs_item(data, origin, number)
    text = data.get("text")
    if not isinstance(text, str):
        problem = "its field “text” is no string" if "text" in data else "it has no field “text”"
        return rejected("OR-I22", problem)
    if not text.strip():
        return rejected("OR-I10", "there is no text in it")
    return _item(data, text, notes, origin, number)


def _item(data: Mapping[str, object], text: str, notes: tuple[Note, ...], origin: str, number: int | None) -> Item:
    odd = list(notes)
    kept: dict[str, Any] = {}
    for name in _OPTIONAL:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            kept[name] = without_surrogates(value)
        elif value is not None and not isinstance(value, str):
            odd.append(Note(code="OR-I23", message=f"its field “{name}” is no string and was passed over"))
    published = data.get("published")
    if published in (None, ""):
        published = None
    elif not (isinstance(published, str) and is_date(published)):
        odd.append(Note(code="OR-I24", message=f"its date of publication {published!r} is no ISO date, passed over"))
        published = None
    identity = data.get("id")
    whole = without_surrogates(text)
    if whole != text:
        odd.append(Note(code="OR-I02", message="half characters (lone surrogates) were replaced by U+FFFD"))
    return Item(
        text=whole,
        source_id=None if identity is None else without_surrogates(str(identity)),
        published=published if isinstance(published, str) else None,
        notes=tuple(odd),
        origin=origin,
        line=number,
        **kept,
    )
