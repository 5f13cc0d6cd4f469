"""Dataclasses to plain JSON values and back, led by their annotations.

A field's annotation may carry marks that the schema and the checks read: `Among` (a closed vocabulary),
`Ref` (the id of another record), `Day` (an ISO date).  The codec itself looks at the types alone.
"""

from __future__ import annotations

import dataclasses
import math
import operator
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin, get_type_hints

from onrecord.errors import RecordError


@dataclass(frozen=True, slots=True)
class Among:
    """The value is one of `words`; `name` names the vocabulary."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """The value is the id of a record in one of these lists of the reading."""

    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The value is an ISO 8601 date; with `time`, it may be a date-time."""

    time: bool = False


class Record:
    """What every record can do: become JSON values and come back from them."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """This record as dicts, lists and scalars, every field present, in the codebook's order."""
        encoded = encode(self)
        assert isinstance(encoded, dict)
        return encoded

    @classmethod
    def from_json(cls, data: object) -> Self:
        """The record that `data` (parsed JSON) describes.

        Fields that the codebook does not know are passed over, missing optional ones take their default.

        Raises:
            RecordError: OR-R01 when a required field is missing or a value has the wrong shape; the message
                names the place ("statements[2].source.kind").
        """
        key: Any = cls  # to mypy, the class of a dataclass that compares by value is not hashable
        try:
            value = _decoder(key)(data)
        except _MismatchError as mismatch:
            raise RecordError("OR-R01", f"{cls.__name__}{mismatch.where}: {mismatch.what}") from None
        assert isinstance(value, cls)
        return value


@cache
def field_types(cls: Any) -> dict[str, Any]:
    """A record's fields with their full annotations, marks included, in order."""
    hints = get_type_hints(cls, include_extras=True)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls)}


@cache
def _fields(cls: Any) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]], tuple[str, ...]]:
    """The names of a record's fields, what takes all their values at once, and the names of those to be encoded."""
    types_ = field_types(cls)
    names = tuple(types_)
    take = operator.attrgetter(*names)
    inner = tuple(name for name, annotation in types_.items() if not _is_plain(annotation))
    return names, take if len(names) > 1 else lambda record: (take(record),), inner


def _is_plain(annotation: Any) -> bool:
    """Is every value of this type a JSON value as it is?"""
    annotation, _ = strip(annotation)
    inner, may_be_null = optional(annotation)
    if may_be_null:
        return _is_plain(inner)
    return annotation in _PLAIN or annotation == int | float or get_origin(annotation) is Literal


def strip(annotation: Any) -> tuple[Any, tuple[object, ...]]:
    """An annotation without its `Annotated` shell, and the marks that it carried."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        return inner, tuple(marks)
    return annotation, ()


def optional(annotation: Any) -> tuple[Any, bool]:
    """`X | None` -> (X, True); anything else -> (itself, False)."""
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [a for a in get_args(annotation) if a is not types.NoneType]
        if len(rest) < len(get_args(annotation)):
            return Union[tuple(rest)], True  # noqa: UP007 - built at run time
    return annotation, False


_PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types that are JSON values as they are; looked up, because most of a reading is made of them."""


def encode(value: object) -> Any:
    """A record, tuple, mapping or scalar as JSON values; mappings come out sorted by key."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [v if type(v) in _PLAIN else encode(v) for v in value]
    if not isinstance(value, Record):
        return {str(k): encode(value[k]) for k in sorted(value)} if isinstance(value, Mapping) else value
    names, take, inner = _fields(kind)
    encoded = dict(zip(names, take(value), strict=True))
    for name in inner:
        encoded[name] = encode(encoded[name])
    return encoded


class _MismatchError(Exception):
    """A value of the wrong shape; `where` grows as the error travels outwards."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = ""

    def inside(self, step: str) -> Self:
        self.where = step + self.where
        return self


_Decode = Callable[[object], Any]


def _kind(value: object) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}
    return "null" if value is None else names.get(type(value), type(value).__name__)


def _scalar(wanted: type, name: str) -> _Decode:
    def decode(value: object) -> object:
        # bool is an int to Python, but `true` is no number
        if isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool)):
            return value
        raise _MismatchError(f"expected a {name}, found {_kind(value)}")

    return decode


def _number(value: object) -> int | float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise _MismatchError(f"expected a finite number, found {_kind(value)}")


def _array(item: _Decode, length: int | None = None) -> _Decode:
    def decode(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise _MismatchError(f"expected an array, found {_kind(value)}")
        if length is not None and len(value) != length:
            raise _MismatchError(f"expected {length} items, found {len(value)}")
        done = []
        for i, x in enumerate(value):
            try:
                done.append(item(x))
            except _MismatchError as mismatch:
                raise mismatch.inside(f"[{i}]") from None
        return tuple(done)

    return decode


def _strings(value: object) -> Mapping[str, str]:
    if isinstance(value, Mapping) and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items()):
        return dict(value)
    raise _MismatchError("expected an object of strings")


def _constant(words: tuple[Any, ...]) -> _Decode:
    def decode(value: object) -> object:
        if value in words:
            return value
        raise _MismatchError(f"expected {' or '.join(map(repr, words))}")

    return decode


def _record(cls: type) -> _Decode:
    decoders = {name: _decoder(annotation) for name, annotation in field_types(cls).items()}
    required = {
        f.name
        for f in dataclasses.fields(cls)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }

    def decode(value: object) -> object:
        if not isinstance(value, Mapping):
            raise _MismatchError(f"expected an object, found {_kind(value)}")
        arguments = {}
        for name, decoder in decoders.items():
            if name in value:
                try:
                    arguments[name] = decoder(value[name])
                except _MismatchError as mismatch:
                    raise mismatch.inside(f".{name}") from None
            elif name in required:
                raise _MismatchError("required, but missing").inside(f".{name}")
        return cls(**arguments)

    return decode


@cache
def _decoder(annotation: Any) -> _Decode:
    """The function that turns a JSON value into a value of this annotation or raises `_MismatchError`."""
    annotation, _ = strip(annotation)
    inner, may_be_null = optional(annotation)
    if may_be_null:
        decode = _decoder(inner)
        return lambda value: None if value is None else decode(value)
    if dataclasses.is_dataclass(annotation):
        assert isinstance(annotation, type)
        return _record(annotation)
    return _plain_decoder(annotation)


def _plain_decoder(annotation: Any) -> _Decode:
    """The decoder of a type that is neither a record nor optional."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        endless = arguments[-1] is Ellipsis
        return _array(_decoder(arguments[0]), None if endless else len(arguments))
    if origin is Literal:
        return _constant(arguments)
    if origin is Mapping:
        return _strings
    if set(arguments) == {int, float}:
        return _number
    names = {str: "string", int: "whole number", bool: "boolean"}
    return _scalar(annotation, names[annotation])
