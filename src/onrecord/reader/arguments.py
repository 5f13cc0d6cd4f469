"""A trigger's actors and recipients: of the phrases that can be actors, those that the pair head prefers.

The pair head labels words; its own runs are often cut short.  So phrases come from the heads that are sure of their
bounds (mentions, names, sources), the pair head only says which role each plays for the trigger.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.attribution import chars
from onrecord.reader.contents import speaks_of
from onrecord.reader.labels import PAIR_HEADS

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores, Span

MIN_ROLE = 0.20
"""Highest probability of a role among a phrase's words at which it is taken (swept .1-.35 on reports held out of
training; the mean over the words did worse)."""
LEAST = 0.05
"""A phrase less likely than this in both roles is not weighed at all."""
BESIDE = 0.5
"""A second phrase in the same role must be at least this share as likely as the likeliest."""
MIN_MENTION = 0.40
NEAR_WORDS = 12
"""How far before a verb a subject is looked for where the pair head sees none."""

_EVENT = PAIR_HEADS["event"]
_ROLES = ("actor", "recipient", "place", "time")
_COLUMNS = {r: [k for k, name in enumerate(_EVENT) if name[2:] == r] for r in _ROLES}
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got|get)\s+(?:\w+ly\s+)?$", re.IGNORECASE)


Rated = tuple["Range", float, float]
"""A phrase with its probabilities as actor and as recipient."""


@dataclass(slots=True)
class Arguments:
    """Character ranges by role."""

    actors: list[Range] = field(default_factory=list)
    recipients: list[Range] = field(default_factory=list)
    places: list[Range] = field(default_factory=list)
    times: list[Range] = field(default_factory=list)
    rated: list[Rated] = field(default_factory=list)


def candidates(document: Document, scores: Scores, names: list[Span], statements: list[Attribution]) -> list[Range]:
    """Word ranges of the phrases that can be actors, each once, in text order."""
    found = {(m.first, m.last) for m in scores.spans("mention", bias=0.1) if m.score >= MIN_MENTION}
    found |= {(n.first, n.last) for n in names if n.label in ("Person", "Organization", "Location")}
    for s in statements:
        for r in [*s.sources, *s.outer, *s.addressees]:
            words = document.words_in(*r)
            found.add((words.start, words.stop))
    return sorted((a, b) for a, b in found if speaks_of(document, a, b))


def arguments(document: Document, scores: Scores, first: int, last: int, phrases: list[Range]) -> Arguments:
    """The arguments of the trigger words [first, last)."""
    table, offset = scores.pair("event", first)
    found = Arguments()
    low, high = offset, offset + len(table)
    near = phrases[bisect_left(phrases, (low, 0)) : bisect_left(phrases, (high, 0))]
    inside = [p for p in near if p[1] <= high and not (p[0] < last and first < p[1])]
    values: list[list[float]] = []
    for role, into in (("actor", found.actors), ("recipient", found.recipients)):
        column = table[:, _COLUMNS[role]].sum(axis=1)
        rated = [(float(column[a - offset : b - offset].max()), (a, b)) for a, b in inside]
        values.append([value for value, _ in rated])
        top = max(values[-1], default=0.0)
        taken: list[Range] = []
        for value, p in sorted(rated, key=lambda x: (-round(x[0], 1), x[1][0] - x[1][1])):
            if value >= max(MIN_ROLE, BESIDE * top) and not any(p[0] < t[1] and t[0] < p[1] for t in taken):
                taken.append(p)
        into += [chars(document, *p) for p in sorted(taken)]
    found.rated = [(chars(document, *p), a, r) for p, a, r in zip(inside, *values, strict=True) if max(a, r) >= LEAST]
    for a in scores.arguments("event", first):
        if a.label in ("place", "time") and a.score >= MIN_ROLE:
            (found.places if a.label == "place" else found.times).append(chars(document, a.first, a.last))
    if not found.actors:
        _subject(document, first, last, inside, found)
    return found


def _subject(document: Document, first: int, last: int, phrases: list[Range], found: Arguments) -> None:
    """Where the pair head sees no actor: the phrase before an active verb, or after the "by" of a passive one."""
    start = document.words[first][0]
    sentence = document.sentences[document.sentence_at(start)]
    before = document.text[max(sentence[0], start - 20) : start]
    after = document.text[document.words[last - 1][1] : document.words[last - 1][1] + 12]
    word = document.text[start : document.words[last - 1][1]].lower()
    if by := re.match(r"\s+by\s+", after):
        at = document.words[last - 1][1] + by.end()
        found.actors += [chars(document, *p) for p in phrases if abs(document.words[p[0]][0] - at) <= 4][:1]
        return
    verb = bool(re.search(r"(?:ed|[sk]|ing|it|ew|ot|ok|ught|ld)$", word.split()[0])) and not re.search(
        r"\b(?:the|a|an|of|its|their|his|her|'s|’s|this|that|no|any)\s+(?:\w+\s+)?$", before, re.IGNORECASE
    )
    if not verb:
        return
    ahead = [
        p for p in phrases if p[1] <= first and first - p[1] <= NEAR_WORDS and document.words[p[0]][0] >= sentence[0]
    ]
    if not ahead:
        return
    nearest = chars(document, *max(ahead, key=lambda p: (p[1], p[1] - p[0])))
    if "," in document.text[nearest[1] : start] and "who" not in document.text[nearest[1] : start]:
        return
    if _PASSIVE.search(before):
        if not found.recipients:
            found.recipients.append(nearest)
    elif nearest not in found.recipients:
        found.actors.append(nearest)
