"""The dataclasses as a JSON Schema (draft 2020-12), for checkers in other languages."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from onrecord.records.codec import Among, Day, Ref, field_types, optional, strip
from onrecord.records.model import RECORD_LISTS, Reading
from onrecord.records.values import SCHEMA

URI = "https://json-schema.org/draft/2020-12/schema"


def reading_schema() -> dict[str, Any]:
    """The schema of one reading as onrecord writes it: every field present, further fields allowed."""
    definitions: dict[str, Any] = {}
    top = _reference(Reading, definitions)
    return {
        "$schema": URI,
        "$id": f"urn:onrecord:{SCHEMA}",
        "title": "A reading: what onrecord found in one report",
        **top,
        "$defs": dict(sorted(definitions.items())),
    }


def _reference(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = cls.__name__
    if name not in definitions:
        definitions[name] = {}  # holds the place while its own fields are described
        fields = field_types(cls)
        definitions[name] = {
            "type": "object",
            "description": inspect.cleandoc(cls.__doc__ or ""),
            "properties": {field: _value(annotation, definitions) for field, annotation in fields.items()},
            "required": list(fields),
        }
    return {"$ref": f"#/$defs/{name}"}


def _value(annotation: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    annotation, marks = strip(annotation)
    inner, may_be_null = optional(annotation)
    if may_be_null:
        described = _value(inner, definitions)
        if set(described) == {"type"} and isinstance(described["type"], str):
            return {"type": [described["type"], "null"]}
        return {"anyOf": [described, {"type": "null"}]}
    if hasattr(annotation, "__dataclass_fields__"):
        return _reference(annotation, definitions)
    described = _plain(annotation, definitions)
    for mark in marks:
        described |= _mark(mark)
    return described


def _plain(annotation: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple and arguments[-1] is Ellipsis:
        return {"type": "array", "items": _value(arguments[0], definitions)}
    if origin is tuple:
        items = [_value(a, definitions) for a in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if origin is Literal:
        return {"const": arguments[0]}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if isinstance(annotation, types.UnionType) or len(arguments) > 1:
        return {"type": "number"}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[annotation]}


def _mark(mark: object) -> dict[str, Any]:
    if isinstance(mark, Among):
        return {"enum": list(mark.words)}
    if isinstance(mark, Ref):
        letters = "".join(RECORD_LISTS[name] for name in mark.lists)
        return {"pattern": f"^[{letters}][0-9]+$"}
    if isinstance(mark, Day):
        return {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}" + ("(T.*)?$" if mark.time else "$")}
    return {}
