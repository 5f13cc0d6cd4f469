"""An event's type and the words around its trigger -> its PLOVER mode.

`modes.tsv` says which words show which mode; how much they count in the trigger, after it, before
it or elsewhere in the sentence, against no mode at all, is fitted on coded reports by `training/fit_modes.py`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from onrecord.reader.word_table import WordTable, rows, weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onrecord.reader.document import Document
    from onrecord.reader.events import EventDraft

Zones = dict[str, str]
"""Stretches of text, by where they stand to the trigger."""
NEXT, AFTER, BEFORE = 28, 80, 60
"""Characters of the trigger's sentence that count as what follows and what precedes it."""
MAX_NAMINGS = 5
_WIELDED = re.compile(
    r"(?:had )?(?:fired|firing|launch\w*|dropp\w*|threw|throwing|hurl\w*|us(?:ed|ing)|carried out)", re.IGNORECASE
)
_PLAIN = re.compile(r"(?:the )?(?:attacks?|strikes?|assaults?|raids?|killings?)", re.IGNORECASE)
_TAKES = re.compile(r"(?:(?:had|have|has|to) )?(?:re)?(?:captur|seiz)\w+", re.IGNORECASE)
_GROUND = re.compile(
    r"(?:\s+(?!(?:at|in|near|on|from|by|during|outside|inside|after|when|who)\b)[\w’'-]+){0,4}?\s+(?:cit(?:y|ies)|towns?|villages?|settlements?|districts?|areas?|regions?|provinces?|territor(?:y|ies)|"
    r"land|hills?|heights|islands?|bases?|airports?|airfields?|bridges?|crossings?|posts?|checkpoints?|positions|capital|road|"
    r"highway|port|border|headquarters|palace|ground|control)\b",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(r"\s+(?:the\s+|most\s+of\s+|much\s+of\s+|all\s+of\s+)?", re.IGNORECASE)


@cache
def _table() -> WordTable[tuple[str, str]]:
    return WordTable(((kind, mode), words) for kind, mode, words in rows("modes.tsv"))


@cache
def _modes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, mode, _ in rows("modes.tsv"):
        found[kind] = (*found.get(kind, ()), mode)
    return found


@cache
def _weights() -> Mapping[str, float]:
    return weights("mode_weights.tsv")


def named_words(before: str, trigger: str, after: str) -> str:
    """The trigger, with the object of a verb that tells no weapon ("fired tear gas") or what a noun is called by."""
    if _WIELDED.fullmatch(trigger):
        return f"{trigger} {after[:NEXT]}"
    return f"{before[-NEXT:]} {trigger}" if _PLAIN.fullmatch(trigger) else trigger


def zones(document: Document, e: EventDraft) -> Zones:
    """The words that name an event, those after and before its trigger, its other mentions' and the sentence."""
    text = document.text
    start, end = e.trigger
    home = document.sentences[max(0, document.sentence_at(start))]
    namings = [e.trigger, *e.mentions[: MAX_NAMINGS - 1]]
    before, after = text[max(home[0], start - BEFORE) : start], text[end : min(home[1], end + AFTER)]
    return {
        "words": named_words(before, text[start:end], after),
        "again": " / ".join(text[a:b] for a, b in namings[1:]),
        "next": after[:NEXT],
        "after": after,
        "before": before,
        "doer": " / ".join(text[a:b] for a, b in e.actors),
        "done to": " / ".join(text[a:b] for a, b in e.recipients),
        "sentence": text[home[0] : home[1]],
        "beside": " / ".join(text[max(0, a - 40) : b + 60] for a, b in namings[1:]),
    }


def options(kind: str, where: Zones) -> Iterator[tuple[str, list[str]]]:
    """Every mode of a type, with the signs for it."""
    known = _modes().get(kind, ())
    if not known:
        return
    shown = {zone: {mode for (k, mode), _ in _table().find(words) if k == kind} for zone, words in where.items()}
    for mode in known:
        signs = [f"{kind} {mode}"]
        for zone, found in shown.items():
            if mode in found:
                signs += [f"in {zone}", f"{kind} in {zone}", f"{kind} {mode} in {zone}"]
        yield mode, signs


def takes_ground(document: Document, e: EventDraft) -> bool:
    """Is what is captured or seized ground, not people: "captured the village", "seized Abrana"?"""
    start, end = e.trigger
    if e.type != "ASSAULT" or not _TAKES.fullmatch(document.text, start, end):
        return False
    return _GROUND.match(document.text, end) is not None or any(
        _DIRECTLY.fullmatch(document.text, end, a) is not None for a, _ in e.places
    )


def best_mode(kind: str, where: Zones, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The mode that most speaks for, if more than for none."""
    table = _weights()
    scored = [
        (sum(table.get(s, 0.0) for s in signs), mode) for mode, signs in options(kind, where) if mode not in without
    ]
    value, mode = max(scored, default=(0.0, ""))
    return (mode,) if mode and value > 0 else ()


def explicit_modes(kind: str, words: str) -> frozenset[str]:
    """Modes of a type that some words show by themselves."""
    return frozenset(mode for (of, mode), _ in _table().find(words) if of == kind)
