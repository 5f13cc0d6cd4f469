"""Records and JSON values -> single lines of compact JSON, the same bytes for equal values."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from onrecord.records.codec import encode, field_types, optional, strip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.records.codec import Record

# Raw in JSON, but some programs end a line there: written as escapes to keep "one reading per line" true.
# A lone surrogate is no character and cannot be encoded: its escape can.
_UNSAFE_IN_A_LINE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_SMALL, _LARGE = 1e-4, 1e16
"""Between these, `json` and `orjson` write floats alike."""


def one_line(data: object) -> str:
    """JSON values as one line of compact JSON.

    Raises:
        ValueError: a number is not finite; JSON has no word for it.
    """
    return _safe(_ENCODER.encode(data))


def record_line(record: Record) -> str:
    """A record of the reading's lists as `one_line` writes its `to_json()`, several times as fast.

    Raises:
        ValueError: a number is not finite.
    """
    cls: Any = type(record)  # to mypy, the class of a dataclass that compares by value is not hashable
    if all(_plain(getattr(record, name)) for name in _numbers(cls)):
        try:
            return _safe(orjson.dumps(record).decode())
        except orjson.JSONEncodeError:  # half a character, an integer of more than 64 bits
            pass
    return one_line(encode(record))


def strings_line(data: Mapping[str, Sequence[str]]) -> str:
    """`one_line` of lists of strings."""
    try:
        return _safe(orjson.dumps(data).decode())
    except orjson.JSONEncodeError:
        return one_line(data)


@cache
def _numbers(cls: Any) -> tuple[str, ...]:
    """The fields of a record that may hold a float."""
    bare = {name: optional(strip(annotation)[0])[0] for name, annotation in field_types(cls).items()}
    return tuple(name for name, annotation in bare.items() if annotation == int | float)


def _plain(value: object) -> bool:
    return not isinstance(value, float) or value == 0 or _SMALL <= abs(value) < _LARGE


def _safe(line: str) -> str:
    return line if line.isascii() and "\x7f" not in line else _UNSAFE_IN_A_LINE.sub(_escaped, line)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
