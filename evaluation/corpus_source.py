"""One source of the corpus as parsed from YAML: spans found by their words, values and references checked (`Source`)."""

from __future__ import annotations

import re
from typing import Any

from onrecord.records import values as v

ENUMS: dict[str, frozenset[str]] = {
    name: frozenset(values)
    for name, values in {
        "act": v.ACTS,
        "source_kind": v.SOURCE_KINDS,
        "naming": v.NAMINGS,
        "quotation": v.QUOTATIONS,
        "certainty": v.CERTAINTIES,
        "polarity": v.POLARITIES,
        "type": v.EVENT_TYPES,
        "event_status": v.EVENT_STATUSES,
        "measure": v.MEASURES,
        "relation": v.RELATIONS,
        "change": v.CHANGES,
        "stance": v.STANCES,
        "issue": v.ISSUES,
        "actor_kind": v.ACTOR_KINDS,
        "time_type": v.TIME_TYPES,
        "time_basis": v.TIME_BASES,
        "outcome": v.TALKS_OUTCOMES,
        "form": v.TALKS_FORMS,
        "level": v.TALKS_LEVELS,
        "agreement_status": v.AGREEMENT_STATUSES,
        "stage_status": v.STAGE_STATUSES,
    }.items()
}


class Source:
    """One report's source, with the errors found in it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.text: str = data["text"].rstrip("\n") + "\n"
        self.errors: list[str] = []

    def fail(self, where: str, message: str) -> None:
        self.errors.append(f"{where}: {message}")

    def span(self, words: str | None, where: str) -> dict[str, Any] | None:
        if words is None:
            return None
        words = str(words)
        if "<<" in words:
            before, rest = words.split("<<", 1)
            inner, after = rest.split(">>", 1)
            whole, shift = before + inner + after, len(before)
        else:
            whole, inner, shift = words, words, 0
        hits = [m.start() for m in re.finditer(re.escape(whole), self.text)]
        if not shift and whole == inner:  # plain words: whole words only
            bounded = [
                h
                for h in hits
                if not (self.text[h - 1 : h].isalnum() and whole[:1].isalnum())
                and not (self.text[h + len(whole) : h + len(whole) + 1].isalnum() and whole[-1:].isalnum())
            ]
            hits = bounded or hits
        if len(hits) != 1:
            self.fail(where, f"{len(hits)} places hold {words!r}" if hits else f"not in the text: {words!r}")
            return None
        start = hits[0] + shift
        return {"start": start, "end": start + len(inner), "text": inner}

    def spans(self, words: Any, where: str) -> list[dict[str, Any]]:
        listed = [words] if isinstance(words, str) else (words or [])
        return [s for s in (self.span(w, where) for w in listed) if s]

    def everywhere(self, words: str, where: str) -> list[dict[str, Any]]:
        if "<<" in words:
            return self.spans(words, where)
        found = [
            {"start": m.start(), "end": m.end(), "text": words}
            for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)
        ]
        if not found:
            self.fail(where, f"not in the text: {words!r}")
        return found

    def one_of(self, name: str, value: Any, where: str) -> Any:
        if value not in ENUMS[name]:
            self.fail(where, f"{value!r} is no {name}")
        return value

    def refs(self, ids: Any, table: str, where: str) -> list[str]:
        listed = [ids] if isinstance(ids, str) else list(ids or [])
        for i in listed:
            if i not in (self.data.get(table) or {}):
                self.fail(where, f"{i!r} is not in {table}")
        return listed
