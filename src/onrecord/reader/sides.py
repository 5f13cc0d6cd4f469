"""Drafts of happenings and the cast -> who stands on each side: what the words give, then what is to be understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.reader.implied import Deed, Player, implied

if TYPE_CHECKING:
    from onrecord.reader.attribution import Attribution
    from onrecord.reader.cast import Cast
    from onrecord.reader.events import EventDraft

Sides = tuple[tuple[int, ...], tuple[int, ...]]
"""Entity numbers of a happening's actors and of its recipients."""


def sides(cast: Cast) -> list[Sides]:
    """The two sides of every happening, in the order of the drafts."""
    told = [(cast.numbers_of(e.actors), cast.numbers_of(e.recipients)) for e in cast.drafts.events]
    for actors, recipients in told:
        cast.use((*actors, *recipients))
    deeds = [_deed(cast, e, *t) for e, t in zip(cast.drafts.events, told, strict=True)]
    found = []
    for (actors, recipients), (actor, recipient) in zip(
        told, implied(cast.document, deeds, _players(cast)), strict=True
    ):
        found.append((actors if actor is None else (actor,), recipients if recipient is None else (recipient,)))
    return found


def _players(cast: Cast) -> list[Player]:
    """The actors that some record needs already; nobody else is brought in to fill a side."""
    found = []
    for n in sorted(cast.used):
        e = cast.book.entities[n]
        mentions = tuple(sorted(m for m in e.mentions if cast.in_body(m[0])))
        if mentions:
            found.append(
                Player(n, e.kind, None if e.guessed else e.country, e.sector, frozenset(e.member_of), mentions)
            )
    return found


def _deed(cast: Cast, e: EventDraft, actors: tuple[int, ...], recipients: tuple[int, ...]) -> Deed:
    own = next(
        (s for s in cast.drafts.statements if any(a < e.trigger[1] and e.trigger[0] < b for a, b in s.cues)), None
    )
    told: Attribution | None = e.statement or own
    return Deed(
        type=e.type,
        namings=[e.trigger, *e.mentions],
        clause=e.clause,
        actors=list(actors),
        recipients=list(recipients),
        speakers=frozenset(cast.speakers.get(id(told), ())) if told is not None else frozenset(),
        addressees=frozenset(cast.numbers_of(told.addressees)) if told is not None else frozenset(),
        cued=own is not None,
    )
