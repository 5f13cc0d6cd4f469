"""One happening and one actor of the report -> the signs that speak for or against it as actor or recipient."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.reader.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.reader.document import Document, Range

ROLES = ("actor", "recipient")
LEVELS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85)
"""Steps of the pair head's probabilities."""
WELL, LOUD = 0.2, 0.35
"""From where on a side counts as heard well, and drowns others out."""
REACH = 2
"""Sentences around a happening whose actors are weighed, beside the most spoken of and those that its words give."""
MOST_SPOKEN_OF = 4
_NEAR = 40
_WORD_BEFORE = re.compile(r"([a-z’']+)\s+(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+)?$", re.IGNORECASE)
_BEFORE = frozenset("of on against to with by from for between at over in that into and".split())
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOUN = re.compile(
    r"(?:\b(?:the|an?|of|its|their|his|her|this|that|no|any|more|new|for|after|against)|['’]s|\b\w+ian|\b\w+li)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_MARK = re.compile('[,;:“”"]')
_MUTUAL = frozenset({"ASSAULT", "CONSULT", "AGREE", "SUPPORT", "COOPERATE", "RETREAT"})
_BETWEEN = re.compile(r"(?:\s+[\w-]+){0,3}?\s+between\s+(?:the\s+|an?\s+)?", re.IGNORECASE)
_AND = re.compile(r"[^.;:!?“”\"]{0,40}?,?\s+and\s+(?:[\w’'-]+\s+){0,2}\w", re.IGNORECASE)
_RIGHT_AFTER, _BOTH = 4, 120
"""Characters from "between" to the first of two names, and to the second."""
TAKING = frozenset({"abduct", "arrest"})
"""Families of words for taking captives."""
_FREQUENT = 3
_ARMED = frozenset({"MIL", "REB", "UAF", "GOV", "PRM"})


@dataclass(frozen=True, slots=True)
class Player:
    """An actor that could fill a side; `mentions` are sorted by offset."""

    number: int
    kind: str
    country: str | None
    sector: str | None
    groups: frozenset[int]
    mentions: tuple[Range, ...]
    spots: frozenset[int] = frozenset()
    """Where mentions begin that only tell a place ("fled Goma")."""


@dataclass(slots=True)
class Deed:
    """A happening with the actors that its words give; `speakers` tell it, `cued` if its trigger is what they say it by."""

    type: str
    namings: list[Range]
    clause: Range
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    speakers: frozenset[int] = frozenset()
    addressees: frozenset[int] = frozenset()
    cued: bool = False
    families: tuple[str, ...] = ()
    """Families of the trigger's words ("toll", "fight")."""
    told: tuple[Range, ...] = ()
    """What its statement says, where one tells it."""
    heard: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Actors with the highest probability that the pair head gives a mention as actor and as recipient."""

    loudest: tuple[float, float] = field(init=False)
    """The highest probabilities of anybody."""

    def __post_init__(self) -> None:
        heard = self.heard.values()
        self.loudest = max((a for a, _ in heard), default=0.0), max((r for _, r in heard), default=0.0)


class Relations:
    """Who deals with whom in a report, and who is spoken of most."""

    def __init__(self, document: Document, deeds: Sequence[Deed], players: Sequence[Player]) -> None:
        self.document = document
        self.toward: Counter[tuple[int, int]] = Counter()
        self.beside: Counter[tuple[int, int]] = Counter()
        self.acted: Counter[int] = Counter()
        self.received: Counter[int] = Counter()
        self.taken: set[tuple[int, int]] = set()
        """Who took whom captive."""
        self.before: dict[int, Deed] = {}
        """The happening named before another, by the offset of its trigger."""
        order = sorted(deeds, key=lambda d: d.namings[0])
        for d, last in zip(order[1:], order, strict=False):
            self.before[d.namings[0][0]] = last
        for d in deeds:
            self.acted.update(d.actors)
            self.received.update(d.recipients)
            if d.type in ("ASSAULT", "COERCE") and TAKING.intersection(d.families):
                self.taken.update((a, r) for a in d.actors for r in d.recipients)
            self.toward.update((a, r) for a in d.actors for r in d.recipients)
            self.beside.update((a, b) for a in d.actors for b in d.actors if a != b)
        spoken = sorted(players, key=lambda p: (-len(p.mentions), p.number))
        self.rank = {p.number: n for n, p in enumerate(spoken)}
        self.of = {p.number: p for p in players}
        self.at: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        """(start, end, actor) of every mention, by sentence."""
        self.homes = {p.number: [document.sentence_at(start) for start, _ in p.mentions] for p in players}
        for p in players:
            for home, (start, end) in zip(self.homes[p.number], p.mentions, strict=True):
                self.at[home].append((start, end, p.number))
        for line in self.at.values():
            line.sort()
        self.claims = Claims(document, deeds, self.at)
        """Who is said elsewhere to answer for an attack."""

    def between(self, d: Deed) -> tuple[int, ...]:
        """The two that a trigger joins: "fighting between A and B"."""
        if d.type not in _MUTUAL:
            return ()
        for naming in d.namings:
            m = _BETWEEN.match(self.document.text, naming[1])
            if m is None:
                continue
            line = self.at.get(self.document.sentence_at(naming[0]), [])
            later = [x for x in line[bisect_left(line, (m.end(), 0, 0)) :] if x[0] - m.end() < _BOTH]
            for i, (start, end, first) in enumerate(later):
                if start - m.end() > _RIGHT_AFTER:
                    break
                for start2, _, second in later[i + 1 :]:
                    if second != first and start2 >= end and _AND.match(self.document.text, end, start2 + 1):
                        return tuple(sorted((first, second)))
        return ()

    def takers(self, captives: Sequence[int]) -> tuple[int, ...]:
        """Who took or held some people, where the report tells of one."""
        found = {a for a, r in self.taken if r in captives}
        return tuple(found) if len(found) == 1 else ()

    def near(self, d: Deed) -> list[Player]:
        """The actors that are weighed for a happening."""
        wanted = {*d.heard, *d.actors, *d.recipients, *d.speakers, *d.addressees}
        wanted |= {*self.claims.claimed.get(d.namings[0][0], ()), *self.claims.blamed.get(d.namings[0][0], ())}
        for naming in d.namings:
            home = self.document.sentence_at(naming[0])
            for n in range(home - REACH, home + REACH):
                wanted.update(number for _, _, number in self.at.get(n, ()))
        wanted.update(n for n, rank in self.rank.items() if rank < MOST_SPOKEN_OF)
        return [self.of[n] for n in sorted(wanted) if n in self.of]


class Seen:
    """An actor as it stands to a happening: what both sides' signs share."""

    __slots__ = ("common", "heard", "near", "player", "rivals")

    def __init__(self, d: Deed, p: Player, relations: Relations) -> None:
        self.player = p
        self.heard = d.heard.get(p.number, (0.0, 0.0))
        self.near = list(_nearness(d, p, relations))
        self.rivals = [sum(h[k] > self.heard[k] for n, h in d.heard.items() if n != p.number) for k in (0, 1)]
        self.common = list(_common(d, self))


def _common(d: Deed, x: Seen) -> Iterator[str]:
    """Signs that each side weighs in its own way."""
    p = x.player
    yield "any"
    yield d.type
    yield p.kind
    yield f"{d.type} {p.kind}"
    yield f"{d.type} {p.sector}"
    yield f"{d.type} {x.near[0]}"
    yield from x.near
    if d.cued:
        yield "said"
        yield f"{d.type} said"


def own(d: Deed, role: str, other: Sequence[int], x: Seen, relations: Relations) -> Iterator[str]:
    """Signs that depend on which side it is and on who is on the other."""
    p, k = x.player, ROLES.index(role)
    yield from _heard(d, k, x)
    told = (d.actors, d.recipients)
    if p.number in told[k]:
        yield "told"
        yield f"told {d.type}"
    elif told[k]:
        yield "another is told"
    if p.number in told[1 - k]:
        yield "told across"
        yield f"told across {d.type}"
    yield f"rank {min(relations.rank[p.number], 5)}"
    yield f"mentions {min(len(p.mentions), 6)}"
    if all(m[0] in p.spots for m in p.mentions):
        yield "only a place"
    yield from _speech(d, p)
    yield from _sequence(d, p, relations)
    yield from _dealings(d, role, other, p, relations)


def _heard(d: Deed, k: int, x: Seen) -> Iterator[str]:
    """Signs from the pair head: how likely it finds the actor on this side and on the other, and whom it prefers."""
    mine, across = x.heard[k], x.heard[1 - k]
    top = d.loudest[k]
    for level in LEVELS:
        if mine >= level:
            yield f"heard {level}"
    for level in LEVELS[::2]:
        if across >= level:
            yield f"across {level}"
    if mine > 0:
        yield f"heard as {min(x.rivals[k], 3)}"
        yield f"{d.type} heard"
    elif top >= LOUD:
        yield "another is heard"
    if mine >= WELL:
        yield f"{d.type} heard well"
    if across > mine:
        yield "heard better across"
    if across > 0:
        yield f"across as {min(x.rivals[1 - k], 2)}"
    if top < WELL:
        yield "silent"
        yield f"silent {x.near[0]}"
        yield f"silent {d.type}"


def _speech(d: Deed, p: Player) -> Iterator[str]:
    if p.number in d.speakers:
        yield "tells it"
        yield f"{d.type} tells it"
        yield f"tells it {'said' if d.cued else 'in words'}"
    elif d.speakers & p.groups:
        yield "group tells it"
        yield f"{d.type} group tells it"
    elif d.speakers:
        yield f"{d.type} another tells it"
    if p.number in d.addressees:
        yield "is told"


def _sequence(d: Deed, p: Player, relations: Relations) -> Iterator[str]:
    last = relations.before.get(d.namings[0][0])
    if last is None:
        return
    alike = "alike" if last.type == d.type else "unlike"
    if p.number in last.actors:
        yield "acted last"
        yield f"acted last {alike}"
    if p.number in last.recipients:
        yield "received last"
        yield f"received last {alike}"


def _nearness(d: Deed, p: Player, relations: Relations) -> Iterator[str]:
    """Where the nearest mention stands: the first sign is the broad one."""
    document = relations.document
    homes = [document.sentence_at(n[0]) for n in d.namings]
    trigger, home = d.namings[0], homes[0]
    held = relations.homes[p.number]
    _, _, best, away = min(
        (abs(h - home), abs(m[0] - trigger[0]), m, h - home) for h, m in zip(held, p.mentions, strict=True)
    )
    left = best[1] <= trigger[0]
    where = "before" if left else "after"
    yield where if away == 0 else f"{'back' if away < 0 else 'on'} {min(abs(away), 4)}"
    if len(homes) > 1 and any(h in homes[1:] for h in held):
        yield "beside another naming"
    if away == 0:
        yield from _within(d, p, best, where, relations, home)
    elif away == -1:
        start = document.sentences[home - 1][0]
        yield "heads the sentence before" if best[0] - start < _NEAR else "in the sentence before"


def _within(d: Deed, p: Player, m: Range, where: str, relations: Relations, home: int) -> Iterator[str]:
    """Signs of a mention in the trigger's own sentence."""
    document, trigger = relations.document, d.namings[0]
    text = document.text
    gap = text[m[1] : trigger[0]] if where == "before" else text[trigger[1] : m[0]]
    stands = form(document, trigger, home)
    yield f"{where} {stands}"
    yield f"{d.type} {where} {stands}"
    for family in d.families:
        yield f"{family} {where} {stands}"
    if m[0] in p.spots:
        yield f"a place {where}"
    yield f"{where} {min(len(gap) // 15, 5)}"
    yield f"{where} {min(len(_MARK.findall(gap)), 2)} marks"
    before = _WORD_BEFORE.search(text, max(0, m[0] - 16), m[0])
    if before is not None and before[1].lower() in _BEFORE:
        yield f"{where} {before[1].lower()}"
        yield f"{d.type} {where} {before[1].lower()}"
        if where == "after" and len(gap) < 16:
            yield f"right after {before[1].lower()}"
            yield f"right after {before[1].lower()} {stands}"
            for family in d.families:
                yield f"{family} right after {before[1].lower()}"
    if text[m[1] : m[1] + 2] in ("'s", "’s"):
        yield f"{where} owner {stands}"
    if d.clause[0] <= m[0] < d.clause[1]:
        yield "in clause"
    line = relations.at[home]
    lo, hi = (m[1], trigger[0]) if where == "before" else (trigger[1], m[0])
    between = bisect_left(line, (hi, 0, 0)) - bisect_left(line, (lo, 0, 0))
    yield f"{where} over {min(between, 2)}"
    if m[0] - document.sentences[home][0] < 5:
        yield "opens the sentence"
    if d.told:
        inside = any(a <= m[0] < b for a, b in d.told)
        yield f"{'in' if inside else 'out of'} what is said {where}"


def form(document: Document, trigger: Range, home: int) -> str:
    """ "passive", "noun", "ing", "ed" or "bare": how the trigger stands, roughly."""
    start = max(document.sentences[home][0], trigger[0] - 24)
    lead = document.text[start : trigger[0]]
    if _PASSIVE.search(lead):
        return "passive"
    if _NOUN.search(lead):
        return "noun"
    first = document.text[trigger[0] : trigger[1]].split(" ", 1)[0]
    return "ing" if first.endswith("ing") else "ed" if first.endswith("ed") else "bare"


def _dealings(d: Deed, role: str, others: Sequence[int], p: Player, relations: Relations) -> Iterator[str]:
    """What the report tells elsewhere of this actor and the other side."""
    toward = relations.toward
    if role == "actor":
        others = d.recipients
    if others:
        pairs = [(k, p.number) if role == "recipient" else (p.number, k) for k in others]
        yield f"deals so {min(max(toward[x] for x in pairs), _FREQUENT)}"
        yield f"{d.type} deals so {min(max(toward[x] for x in pairs), 1)}"
        yield f"deals back {min(max(toward[b, a] for a, b in pairs), _FREQUENT)}"
        if any(relations.beside[x] for x in pairs):
            yield "acts beside"
        o = relations.of.get(others[0])
        if o is not None:
            if p.number in o.groups:
                yield "group of the other"
            if o.country and p.country:
                yield f"country {'same' if o.country == p.country else 'other'}"
                yield f"{d.type} country {'same' if o.country == p.country else 'other'}"
            yield f"{o.kind} and {p.kind}"
            yield f"{'armed' if o.sector in _ARMED else 'civil'} and {'armed' if p.sector in _ARMED else 'civil'}"
    else:
        yield "nobody on the other side"
    yield f"acts {min(relations.acted[p.number], _FREQUENT)}"
    yield f"receives {min(relations.received[p.number], _FREQUENT)}"
