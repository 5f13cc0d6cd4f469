"""Happenings with an empty side -> who fills it, where the report lets one understand it without saying so beside the
trigger: whom a demand is made of, whose town is besieged, who fired in the sentence before.

Each actor of the report is weighed for the empty side against "nobody" by signs of nearness, salience, and of who deals
with whom elsewhere in the report; the weights are fitted on coded reports by `training/fit_implied.py`.  The task is that
of implicit semantic roles (Gerber and Chai 2012).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from onrecord.reader.word_table import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onrecord.reader.document import Document, Range

BAR = 0.0
"""Log-odds over "nobody" from which an actor is taken."""
_NEAR = 40
_WORD_BEFORE = re.compile(r"([a-z’']+)\s+(?:the\s+|an?\s+|its\s+|their\s+|his\s+|her\s+)?$", re.IGNORECASE)
_BEFORE = frozenset("of on against to with by from for between at over in that into and".split())
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_MARK = re.compile('[,;:“”"]')
_FREQUENT = 3


@dataclass(frozen=True, slots=True)
class Player:
    """An actor that could fill a side; `mentions` are sorted by offset."""

    number: int
    kind: str
    country: str | None
    sector: str | None
    groups: frozenset[int]
    mentions: tuple[Range, ...]


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


class Relations:
    """Who deals with whom in a report, and who is spoken of most."""

    def __init__(self, document: Document, deeds: Sequence[Deed], players: Sequence[Player]) -> None:
        self.document = document
        self.toward: Counter[tuple[int, int]] = Counter()
        self.beside: Counter[tuple[int, int]] = Counter()
        self.acted: Counter[int] = Counter()
        self.received: Counter[int] = Counter()
        for d in deeds:
            self.acted.update(d.actors)
            self.received.update(d.recipients)
            self.toward.update((a, r) for a in d.actors for r in d.recipients)
            self.beside.update((a, b) for a in d.actors for b in d.actors if a != b)
        order = sorted(players, key=lambda p: (-len(p.mentions), p.number))
        self.rank = {p.number: n for n, p in enumerate(order)}
        self.of = {p.number: p for p in players}
        self.firsts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for p in players:
            for start, _ in p.mentions:
                self.firsts[document.sentence_at(start)].append((start, p.number))
        for found in self.firsts.values():
            found.sort()


def implied(
    document: Document, deeds: Sequence[Deed], players: Sequence[Player]
) -> list[tuple[int | None, int | None]]:
    """For each happening, the actor and the recipient to be understood; None where a side is told or nobody fits.

    All are decided from what the words give, not from one another, so that the order of happenings does not matter;
    only the recipient looks at the actor that was understood.
    """
    relations = Relations(document, deeds, players)
    found: list[tuple[int | None, int | None]] = []
    for d in deeds:
        actor = None if d.actors else _best(d, "actor", d.actors, relations)
        known = d.actors or ([actor] if actor is not None else [])
        found.append((actor, None if d.recipients else _best(d, "recipient", known, relations)))
    return found


def _best(d: Deed, role: str, known: Sequence[int], relations: Relations) -> int | None:
    table = _weights()
    rated = [
        (sum(table.get(s, 0.0) for s in signs(d, role, known, p, relations)), -p.number)
        for p in candidates(d, role, known, relations)
    ]
    value, number = max(rated, default=(BAR, 0))
    return -number if value > BAR else None


def candidates(d: Deed, role: str, known: Sequence[int], relations: Relations) -> Iterator[Player]:
    """The actors that could fill the side: all that are not on the other one, nor members of who is."""
    other = {*(d.recipients if role == "actor" else known)}
    for p in relations.of.values():
        if p.number not in other and not other & p.groups:
            yield p


def signs(d: Deed, role: str, known: Sequence[int], p: Player, relations: Relations) -> Iterator[str]:
    """What speaks for or against an actor on the empty side."""
    r = role[0]
    yield r
    yield f"{r} {d.type}"
    yield f"{r} {p.kind}"
    yield f"{r} {d.type} {p.kind}"
    rank = min(relations.rank[p.number], 5)
    yield f"{r} rank {rank}"
    yield f"{r} mentions {min(len(p.mentions), 6)}"
    near = list(_nearness(d, p, relations.document))
    for sign in near:
        yield f"{r} {sign}"
    yield f"{r} {d.type} {near[0]}"
    yield from (f"{r} {s}" for s in _dealings(d, role, known, p, relations))
    if p.number in d.speakers:
        yield f"{r} tells it"
        yield f"{r} {d.type} tells it"
    if p.number in d.addressees:
        yield f"{r} is told"
    if d.cued:
        yield f"{r} said"


def _nearness(d: Deed, p: Player, document: Document) -> Iterator[str]:
    """Where the nearest mention stands: the first sign is the broad one."""
    homes = [document.sentence_at(n[0]) for n in d.namings]
    trigger, home = d.namings[0], homes[0]
    best = min(p.mentions, key=lambda m: (abs(document.sentence_at(m[0]) - home), abs(m[0] - trigger[0])))
    away = document.sentence_at(best[0]) - home
    side = "same" if away == 0 else f"{'back' if away < 0 else 'on'} {min(abs(away), 4)}"
    yield side
    if any(document.sentence_at(m[0]) in homes[1:] for m in p.mentions):
        yield "beside another naming"
    if away == 0:
        left = best[1] <= trigger[0]
        gap = document.text[best[1] : trigger[0]] if left else document.text[trigger[1] : best[0]]
        where = "before" if left else "after"
        yield f"{where} {min(len(gap) // 15, 5)}"
        yield f"{where} {min(len(_MARK.findall(gap)), 2)} marks"
        before = _WORD_BEFORE.search(document.text, max(0, best[0] - 16), best[0])
        if before is not None and before[1].lower() in _BEFORE:
            yield f"{where} {before[1].lower()}"
        if document.text[best[1] : best[1] + 2] in ("'s", "’s"):
            yield f"{where} owner"
        if _PASSIVE.search(document.text, max(0, trigger[0] - 24), trigger[0]):
            yield f"{where} of passive"
        if d.clause[0] <= best[0] < d.clause[1]:
            yield "in clause"
    elif away == -1:
        start = document.sentences[home - 1][0]
        yield "heads the sentence before" if best[0] - start < _NEAR else "in the sentence before"


def _dealings(d: Deed, role: str, known: Sequence[int], p: Player, relations: Relations) -> Iterator[str]:
    """What the report tells elsewhere of this actor and the other side."""
    toward = relations.toward
    if known if role == "recipient" else d.recipients:
        others = known if role == "recipient" else d.recipients
        pairs = [(k, p.number) if role == "recipient" else (p.number, k) for k in others]
        yield f"deals so {min(max(toward[x] for x in pairs), _FREQUENT)}"
        yield f"deals back {min(max(toward[b, a] for a, b in pairs), _FREQUENT)}"
        if any(relations.beside[x] for x in pairs):
            yield "acts beside"
        for k in others:
            o = relations.of.get(k)
            if o is None:
                continue
            if p.number in o.groups:
                yield "group of the other"
            if o.country and p.country:
                yield f"country {'same' if o.country == p.country else 'other'}"
            yield f"{o.kind} and {p.kind}"
            yield f"{'armed' if o.sector in _ARMED else 'civil'} and {'armed' if p.sector in _ARMED else 'civil'}"
            break
    else:
        yield "nobody on the other side"
    yield f"acts {min(relations.acted[p.number], _FREQUENT)}"
    yield f"receives {min(relations.received[p.number], _FREQUENT)}"


_ARMED = frozenset({"MIL", "REB", "UAF", "GOV", "PRM"})


@cache
def _weights() -> Mapping[str, float]:
    return weights("implied_weights.tsv")
