"""A pronoun and the mentions before it -> the entities that it stands for, by agreement and salience.

Salience follows centring (Grosz, Joshi and Weinstein 1995) as far as it can be had without a parse: subjects before
others, speakers before all, the near sentence before the far one; weights were set on the learn parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.reader.entities import Entity

MAX_SENTENCES = 5
MAX_MENTIONS = 70
"""How far back an antecedent is looked for."""
SENTENCE_COST = 3.0
SUBJECT = 2.2
SPEAKER = 1.4
INSIDE = -0.8
PRONOUN = 0.2
SAME_GENDER = 1.1
OWN_SUBJECT = 4.0
DOCUMENT = -1.5
MAIN = 0.8
FAR = 1.0
CHARACTERS = 300.0
"""One less for so many characters between, up to FAR."""
REPEATED = 0.2


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention in the order of the text; `rank` is its prominence (see `coref_scan.prominence`)."""

    start: int
    sentence: int
    numbers: tuple[int, ...]
    rank: int
    form: str
    quoted: bool = False
    spoke: bool = False
    main: bool = False
    """The first subject of its sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pronoun stands."""

    start: int
    sentence: int
    rank: int
    quoted: bool
    possessive: bool = False
    opens: bool = False
    """It opens its sentence, so it takes up the sentence before."""
    clause: int = 0
    """Where its clause begins."""


def agrees(kind: str, e: Entity) -> bool:
    """Can a pronoun of a kind stand for an entity?"""
    if kind in ("m", "f"):
        return e.kind == "person" and not e.plural and e.gender in ("", kind)
    if kind == "n":
        return not e.plural and (e.kind in ("organization", "state", "media", "document") or e.kind == "group")
    return e.plural or e.kind == "group" or e.kind in ("organization", "state", "media")


def antecedent(
    kind: str, at: Place, mentions: list[Mention], entities: list[Entity], barred: frozenset[int]
) -> tuple[int, ...]:
    """The numbers of the entities that the pronoun stands for; empty where nothing fits.  `mentions` are the last before
    it."""
    best: tuple[float, int] | None = None
    chosen: tuple[int, ...] = ()
    counts: dict[tuple[int, ...], int] = {}
    for m in reversed(mentions):
        away = at.sentence - m.sentence
        if away > MAX_SENTENCES:
            break
        counts[m.numbers] = counts.get(m.numbers, 0) + 1
    for m in reversed(mentions):
        away = at.sentence - m.sentence
        if away > MAX_SENTENCES:
            break
        if barred & set(m.numbers):
            continue
        value = _value(kind, at, m, entities, counts[m.numbers])
        if value is not None and (best is None or (value, m.start) > best):
            best, chosen = (value, m.start), m.numbers
    return chosen


def _value(kind: str, at: Place, m: Mention, entities: list[Entity], count: int) -> float | None:
    several = len(m.numbers) > 1
    if (several and kind != "p") or not all(agrees(kind, entities[n]) or several for n in m.numbers):
        return None
    away = at.sentence - m.sentence
    value = -SENTENCE_COST * away + REPEATED * min(count, 5)
    value += (INSIDE, 0.0, SUBJECT)[m.rank] - min(FAR, (at.start - m.start) / CHARACTERS)
    value += SPEAKER if m.spoke else 0.0
    value += MAIN if m.main and away else 0.0
    value += PRONOUN if m.form == "pronoun" else 0.0
    if m.quoted != at.quoted:
        value -= 2.0
    e = entities[m.numbers[0]]
    if kind in ("m", "f"):
        value += SAME_GENDER if e.gender == kind else 0.0
        value -= 0.5 if e.head in ("victim", "child") else 0.0
    elif kind == "n":
        value += {"organization": 0.5, "media": 0.2, "group": 0.5, "state": 0.0, "document": DOCUMENT}.get(e.kind, 0.0)
        value += 0.3 if e.named else 0.0
    elif kind == "p":
        value += 1.2 if e.plural or several else -0.6
        value += 0.6 if several else 0.0
    if away == 0 and not at.possessive and at.rank != 2 and m.rank == 2:
        value -= OWN_SUBJECT if m.start >= at.clause else 1.0  # an object is not its own subject
    if away == 0 and at.opens:
        value -= 1.0
    return value
