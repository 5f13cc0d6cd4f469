"""An event's type and the words around its trigger -> its PLOVER mode.

The patterns of `modes.tsv` say which words show which mode; how much a pattern counts in the trigger, after it, before
it or elsewhere in the sentence, against no mode at all, is fitted on coded reports by `training/fit_modes.py`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onrecord.reader.document import Document
    from onrecord.reader.events import EventDraft

Zones = dict[str, str]
"""Stretches of text, by where they stand to the trigger."""
AFTER, BEFORE = 80, 60
"""Characters of the trigger's sentence that count as what follows and what precedes it."""
MAX_NAMINGS = 5


@cache
def _table() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, mode, pattern in _rows("modes.tsv"):
        table.setdefault(kind, []).append((mode, re.compile(pattern, re.I)))
    return {k: tuple(v) for k, v in table.items()}


@cache
def _weights() -> Mapping[str, float]:
    return {sign: float(value) for sign, value in _rows("mode_weights.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = (resources.files("onrecord.codebook") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def zones(document: Document, e: EventDraft) -> Zones:
    """The words that name an event, those after and before its trigger, its other mentions' and the sentence."""
    text = document.text
    start, end = e.trigger
    home = document.sentences[max(0, document.sentence_at(start))]
    namings = [e.trigger, *e.mentions[: MAX_NAMINGS - 1]]
    return {
        "words": " / ".join(text[a:b] for a, b in namings[:1]),
        "again": " / ".join(text[a:b] for a, b in namings[1:]),
        "after": text[end : min(home[1], end + AFTER)],
        "before": text[max(home[0], start - BEFORE) : start],
        "doer": " / ".join(text[a:b] for a, b in e.actors),
        "done to": " / ".join(text[a:b] for a, b in e.recipients),
        "sentence": text[home[0] : home[1]],
        "beside": " / ".join(text[max(0, a - 40) : b + 60] for a, b in namings[1:]),
    }


def options(kind: str, where: Zones) -> Iterator[tuple[str, list[str]]]:
    """Every mode of a type, with the signs for it."""
    for mode, pattern in _table().get(kind, ()):
        signs = [f"{kind} {mode}"]
        for zone, words in where.items():
            if words and pattern.search(words):
                signs += [f"in {zone}", f"{kind} in {zone}", f"{kind} {mode} in {zone}"]
        yield mode, signs


def best_mode(kind: str, where: Zones) -> tuple[str, ...]:
    """The mode that most speaks for, if more than for none."""
    table = _weights()
    scored = [(sum(table.get(s, 0.0) for s in signs), mode) for mode, signs in options(kind, where)]
    value, mode = max(scored, default=(0.0, ""))
    return (mode,) if mode and value > 0 else ()
