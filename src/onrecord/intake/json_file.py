"""A JSON document (not JSON Lines): ninjs, a JSON Feed, or reports as in JSON Lines, alone or in a list."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.intake.decode import decode
from onrecord.intake.feed import FeedIntake, is_json_feed
from onrecord.intake.items import Intaken, Rejected
from onrecord.intake.jsonl import JsonlIntake, plain, report_item


class JsonIntake:
    """One JSON document; what kind it is shows in its fields."""

    def take(self, stream: BinaryIO, origin: str) -> Iterator[Intaken]:
        """The items in a document.  A file of JSON Lines that is called `.json` is taken as what it is.

        Rejections: OR-I10 empty, OR-I21 not JSON, OR-I22 no kind of report, and those of the kinds.
        """
        data = stream.read()
        text, notes = decode(data)
        if not text.strip():
            yield Rejected(code="OR-I10", message="there is no text in it", origin=origin)
            return
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            if _is_lines(text):
                yield from JsonlIntake().take(io.BytesIO(text.encode("utf-8", "replace")), origin)
                return
            told = (
                f"{plain(error)}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "cannot be read"
            )
            yield Rejected(code="OR-I21", message=f"not JSON ({told})", origin=origin)
            return
        if is_json_feed(found):
            yield from FeedIntake().take(io.BytesIO(text.encode("utf-8", "replace")), origin)
            return
        several = isinstance(found, list)
        for number, entry in enumerate(found if isinstance(found, list) else [found], start=1):
            yield report_item(entry, notes, origin, number if several else None)
        if several and not found:
            yield Rejected(code="OR-I10", message="there is no report in this list", origin=origin)


def _is_lines(text: str) -> bool:
    """Is the first line a whole JSON object, and are there more?"""
    first, _, rest = text.strip().partition("\n")
    try:
        return bool(rest.strip()) and isinstance(json.loads(first), Mapping)
    except (ValueError, RecursionError):
        return False
