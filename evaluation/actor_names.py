"""A coded report -> the names in it with their labels, as a name recogniser without errors would find them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.codebook.tables import actor_by_alias
from onrecord.gazetteer import country_by_name, country_of_demonym
from onrecord.reader.nominals import is_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluation.matching import Json, Range
    from onrecord.reader.document import Document

_PARTICLES = frozenset("of the and for to on in by de al bin ibn van von der da di la el".split())
CodedName = tuple[int, int, str, str]
"""(start, end, label, actor id or "")."""


def coded_names(document: Document, reading: Json) -> list[CodedName]:
    """(start, end, label, actor id or "") of every name, as an encoder without errors would find them."""
    found: list[CodedName] = []
    for p in reading["places"]:
        if p.get("form") in ("name", "demonym"):
            start, end = _bare(document.text, p["start"], p["end"])
            found.append((start, end, "NORP" if p["form"] == "demonym" else "Location", ""))
    for a in reading["actors"]:
        for start, end in _name_spans(document.text, a):
            found.append((start, end, _label(document.text[start:end], a), a["id"]))
    return _flat(found)


def _flat(found: list[CodedName]) -> list[CodedName]:
    """Of overlapping names the longest; of equal ones the place for states, the actor otherwise."""
    order = {"Location": 1, "NORP": 1, "Person": 0, "Organization": 0}
    kept: list[CodedName] = []
    for n in sorted(found, key=lambda n: (n[0] - n[1], order[n[2]], n)):
        if n[0] < n[1] and not any(n[0] < k[1] and k[0] < n[1] for k in kept):
            kept.append(n)
    return sorted(kept)


def _bare(text: str, start: int, end: int) -> Range:
    if m := re.match(r"(?:the|a|an)\s+", text[start:end], re.IGNORECASE):
        start += m.end()
    if m := re.search(r"['’]s?$", text[start:end]):
        end = start + m.start()
    return start, end


def _label(words: str, actor: Json) -> str:
    if country_of_demonym(words):
        return "NORP"
    if actor["kind"] == "person":
        return "Person"
    known = actor_by_alias(words)
    if actor["kind"] == "state" and (country_by_name(words) or not known):
        return "Location"
    if (
        actor["kind"] == "group"
        and not known
        and words.endswith("s")
        and " " not in words
        and not is_head(words.lower())
    ):
        return "NORP"
    return "Organization"


def _name_spans(text: str, actor: Json) -> Iterator[Range]:
    name = actor["name"]
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") if _proper(name) else None
    for m in actor["mentions"]:
        start, end = m["start"], m["end"]
        inner = whole.search(text, start, end) if whole else None
        if inner:
            yield inner.span()
        elif m["form"] == "name":
            yield _trimmed(text, *_bare(text, start, end), actor)
    if whole and len(name.split()) > 1:
        yield from (m.span() for m in whole.finditer(text))


def _trimmed(text: str, start: int, end: int, actor: Json) -> Range:
    """A person's name without the title before it."""
    if actor["kind"] != "person":
        return start, end
    parts = set(re.findall(r"[\w'’-]+", actor["name"]))
    for m in re.finditer(r"[\w'’-]+", text[start:end]):
        if m.group() in parts:
            return start + m.start(), end
    return start, end


def _proper(name: str) -> bool:
    words = [w for w in re.findall(r"[\w'’-]+", name) if w.lower() not in _PARTICLES]
    return bool(words) and all(w[:1].isupper() or w.startswith(("al-", "el-", "an-", "ad-", "ar-")) for w in words)
