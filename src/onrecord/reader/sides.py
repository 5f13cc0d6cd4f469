"""Drafts of happenings and the cast -> who stands on each side (`parties` chooses)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reader.happenings import families
from onrecord.reader.parties import choose
from onrecord.reader.party_signs import Deed, Player
from onrecord.reader.voices import no_source

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range
    from onrecord.reader.events import EventDraft
    from onrecord.reader.parties import Sides

CANDIDATE = 0.1
"""From here on whom a phrase names may fill a side, even where no other record needs that actor."""


def sides(cast: Cast) -> list[Sides]:
    """The two sides of every happening, in the order of the drafts."""
    deeds, players = deeds_of(cast)
    return choose(cast.document, deeds, players)


def deeds_of(cast: Cast) -> tuple[list[Deed], list[Player]]:
    """The happenings and the actors as the chooser sees them."""
    events = cast.drafts.events
    deeds = [_deed(cast, e) for e in events]
    wanted = set(cast.used)
    for d in deeds:
        wanted.update(d.actors, d.recipients, (n for n, chances in d.heard.items() if max(chances) >= CANDIDATE))
    named = [p for p in cast.drafts.places if p.use == "literal" and p.form == "name"]
    towns = [(p.start, p.end) for p in named if p.feature_class != "A"]
    starts = frozenset(p.start for p in named)
    return deeds, [p for n in sorted(wanted) if (p := _player(cast, n, towns, starts)) is not None]


def _player(cast: Cast, number: int, where: list[Range], spots: frozenset[int]) -> Player | None:
    """An actor as the chooser sees it; a town that is only where things happen is none."""
    e = cast.book.entities[number]
    mentions = tuple(sorted(m for m in e.mentions if cast.in_body(m[0])))
    if e.kind == "state" and e.country is None and all(any(a < n and m < b for m, n in where) for a, b in mentions):
        return None
    if not mentions or e.kind == "document" or no_source(e.name):  # "in Brussels" is nobody
        return None
    return Player(
        number,
        e.kind,
        None if e.guessed else e.country,
        e.sector,
        frozenset(e.member_of),
        mentions,
        spots & {m[0] for m in mentions},
    )


def _deed(cast: Cast, e: EventDraft) -> Deed:
    own = next(
        (s for s in cast.drafts.statements if any(a < e.trigger[1] and e.trigger[0] < b for a, b in s.cues)), None
    )
    told: Attribution | None = e.statement or own
    return Deed(
        type=e.type,
        namings=[e.trigger, *e.mentions],
        clause=e.clause,
        actors=list(cast.numbers_of(e.actors)),
        recipients=list(cast.numbers_of(e.recipients)),
        speakers=frozenset(cast.speakers.get(id(told), ())) if told is not None else frozenset(),
        addressees=frozenset(cast.numbers_of(told.addressees)) if told is not None else frozenset(),
        cued=own is not None,
        families=families(cast.document.text[slice(*e.trigger)]),
        told=tuple(e.statement.contents) if e.statement is not None else (),
        heard=_heard(cast, e),
    )


def _heard(cast: Cast, e: EventDraft) -> dict[int, tuple[float, float]]:
    """The actors that the pair head sees around any naming, with their highest probabilities."""
    found: dict[int, tuple[float, float]] = {}
    for phrases in e.rated:
        for span, actor, recipient in phrases:
            for n in cast.numbers_of([span]):
                known = found.get(n, (0.0, 0.0))
                found[n] = (max(known[0], actor), max(known[1], recipient))
    return found
