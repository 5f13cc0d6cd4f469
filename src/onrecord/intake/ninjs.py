"""IPTC ninjs (1.x, 2.x and 3.x): one JSON object, one news item.

The versions differ in spelling, not in sense: 1.x has one `headline` and a `body_…` per kind, 2.x lists of
`headlines` and `bodies` in lower case, 3.x the same in camelCase.  Names are therefore compared in lower case, and
each thing is looked for in the list first and under its older name second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.intake.dates import moment
from onrecord.intake.decode import without_surrogates
from onrecord.intake.items import Hop, Intaken, Item, Rejected
from onrecord.intake.markup import html_text

WITHDRAWN = frozenset({"canceled", "withheld"})
_STATUS = {"usable": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
_SIGNS = frozenset(
    "standard $standard versioncreated pubstatus bodies headlines headline infosources infosource "
    "representationtype body_html body_text body_xhtml".split()
)
"""Beside `uri`, a ninjs object has at least one of these."""
_ROLES = ("main", "html", "xhtml", "text", "")
"""What kind of body is the article, the best first."""
_NEWS = frozenset({"text", "composite", "", "component"})


def is_ninjs(data: object) -> bool:
    """Is this a ninjs object?  `uri` alone is required by the standard; without more it could be anything."""
    if not isinstance(data, Mapping) or "text" in data or not isinstance(data.get("uri"), str):
        return False
    names = {str(name).lower() for name in data}
    return bool(names & _SIGNS) or str(data.get("type", "")).lower() in _NEWS - {""}


def ninjs_version(data: Mapping[str, Any]) -> str:
    """ "1", "2" or "3": as the object says, or as it spells its names."""
    stated = data.get("standard", data.get("$standard"))
    if isinstance(stated, Mapping) and str(stated.get("version", ""))[:1] in {"1", "2", "3"}:
        return str(stated["version"])[:1]
    if any(name in data for name in ("versionCreated", "pubStatus", "infoSources", "firstCreated", "contentCreated")):
        return "3"
    return "2" if any(name in data for name in ("bodies", "headlines", "infosources")) else "1"


def ninjs_item(data: Mapping[str, Any], origin: str, line: int | None = None) -> Intaken:
    """One item, or a rejection: OR-I13 it is a picture, a film or the like, or has no body."""
    found = _lowered(data)
    status = _STATUS.get(_word(found.get("pubstatus")) or "usable", "usable")
    kind = _word(found.get("type")) or ""
    text = _text(found)
    if status not in WITHDRAWN:
        if kind not in _NEWS:
            return Rejected(code="OR-I13", message=f"a news item of type {kind}, not a text", origin=origin, line=line)
        if not text.strip():
            return Rejected(code="OR-I13", message="a news item without a body", origin=origin, line=line)
    uri = without_surrogates(str(found["uri"]))
    hops = tuple(_hops(found))
    return Item(
        text=text,
        source_id=uri,
        guid=uri,
        version=_word(found.get("version")),
        title=_first(found, "headlines", "headline") or _clean(found.get("title")),
        published=next(filter(None, (moment(found.get(n)) for n in _PUBLISHED)), None),
        publisher=_clean(found.get("copyrightholder")),
        url=_clean(found.get("url")) or (uri if uri.startswith(("http://", "https://")) else None),
        language=_clean(found.get("language")),
        byline=_clean(found.get("by")) or _clean(found.get("byline")),
        status=status,
        signal=_signal(found),
        embargoed=moment(found.get("embargoeduntil")) or moment(found.get("embargoed")),
        agency=next((hop.name for hop in hops), None),
        located=_clean(found.get("located")),
        note=_clean(found.get("ednote")),
        provenance=hops,
        origin=origin,
        line=line,
    )


_PUBLISHED = ("versioncreated", "contentcreated", "firstcreated")


def _lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).lower(): value for name, value in data.items()}


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list, or a single one, names in lower case; anything else is passed over."""
    found = value if isinstance(value, list) else [value]
    return [_lowered(entry) for entry in found if isinstance(entry, Mapping)]


def _clean(value: Any) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return without_surrogates(value).strip() or None if isinstance(value, str) else None


def _word(value: Any) -> str | None:
    text = _clean(value)
    return text.rsplit(":", 1)[-1].lower() if text else None


def _signal(found: Mapping[str, Any]) -> str | None:
    for entry in [found.get("signal"), *_objects(found.get("signals"))]:
        word = _word(entry.get("code") if isinstance(entry, Mapping) else entry)
        if word in {"update", "correction"}:
            return word
    return None


def _first(found: Mapping[str, Any], plural: str, singular: str) -> str | None:
    """The value of the best entry of a list, else of the single field."""
    entries = _objects(found.get(plural))
    entries.sort(key=lambda e: _rank(_word(e.get("role")) or ""))
    values = [_clean(e.get("value")) for e in entries]
    return next(filter(None, values), None) or _clean(found.get(singular))


def _rank(role: str) -> int:
    return _ROLES.index(role) if role in _ROLES else len(_ROLES)


def _text(found: Mapping[str, Any]) -> str:
    """The article: the best body, as text with a line for each paragraph."""
    bodies = _objects(found.get("bodies"))
    for name, value in found.items():
        if name.startswith("body_"):
            bodies.append({"role": name.removeprefix("body_"), "value": value})
    bodies.sort(key=lambda b: _rank(_word(b.get("role")) or ""))
    for body in bodies:
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            text = html_text(value) if _is_markup(body) else without_surrogates(value)
            if text.strip():
                return text
    return ""


def _is_markup(body: Mapping[str, Any]) -> bool:
    kind = str(body.get("contenttype") or "").lower()
    if kind:
        return "html" in kind or "xml" in kind
    return "html" in (_word(body.get("role")) or "") or "</p>" in body["value"]


def _hops(found: Mapping[str, Any]) -> Iterator[Hop]:
    for entry in _objects(found.get("infosources")) + _objects(found.get("infosource")):
        name = _clean(entry.get("name")) or _clean(entry.get("literal")) or _clean(entry.get("uri"))
        if name:
            yield Hop(name=name, role=_clean(entry.get("role")), uri=_clean(entry.get("uri")))
