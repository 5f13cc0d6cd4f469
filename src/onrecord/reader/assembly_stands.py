"""Drafts and cast -> the records of a dispute: positions, talks, agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.go_betweens import MOST
from onrecord.reader.positions import issue_of
from onrecord.reader.round_settings import place_of, time_of
from onrecord.reader.stand_parties import Stands, once

if TYPE_CHECKING:
    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range
    from onrecord.reader.negotiators import Negotiators
    from onrecord.reader.stages import StageDraft


def positions(cast: Cast) -> list[R.Position]:
    """Positions as records."""
    found: list[R.Position] = []
    stands = Stands(cast)
    for p, numbers in once([(p, stands.parties(p)) for p in cast.drafts.positions]):
        parties = cast.use(numbers)
        toward = _spoken(cast, p.toward)
        found.append(
            R.Position(
                id=f"o{len(found) + 1}",
                parties=parties,
                stance=p.stance,
                issue=p.issue,
                span=cast.span(p.span),
                gives=tuple(R.Give(span=cast.span(g), issue=issue_of(cast.document.text[slice(*g)])) for g in p.gives),
                toward=tuple(t for t in toward if t not in parties),
                guarantors=cast.actors_of(p.guarantors),
                status=p.status,
                according_to=cast.told_by(p.statement),
            )
        )
    return found


def _spoken(cast: Cast, spans: list[Range]) -> tuple[str, ...]:
    """Whom some spans name, as the states and bodies that they speak for."""
    numbers = [n for span in spans for n in cast.book.resolve(*span, speaker=cast.speaker_at(span[0]))]
    return cast.use(tuple(dict.fromkeys(_spoken_for(cast, n) for n in numbers)))


def _spoken_for(cast: Cast, n: int) -> int:
    """A person who speaks for a state or body stands for it."""
    e = cast.book.entities[n]
    if e.kind == "person" and e.member_of and (not e.named or e.sector in ("GOV", "MIL", "REB", None)):
        return e.member_of[0]
    return n


def _mediators(cast: Cast, sentences: list[int]) -> tuple[int, ...]:
    """Who mediates or hosts in some sentences."""
    wanted = set(sentences)
    return cast.numbers_of([r for r in cast.between if cast.document.sentence_at(r[0]) in wanted][:MOST])


def talks(cast: Cast, whose: Negotiators) -> list[R.Talks]:
    """Talks as records; `whose` tells their parties."""
    found = []
    for n, t in enumerate(cast.drafts.talks, 1):
        told = t.statement or cast.telling.innermost(t.span[0])
        parties = whose.parties(t.span, t.sentences[:2])
        place = place_of(cast, t.mentions, t.round)
        found.append(
            R.Talks(
                id=f"k{n}",
                span=cast.span(t.span),
                parties=cast.use(parties),
                mediators=cast.use(whose.free(_mediators(cast, t.sentences), parties)),
                places=(place,) if place else (),
                time=time_of(cast, t.span),
                form=t.form,
                level=t.level,
                outcome=t.outcome,
                according_to=cast.told_by(told),
            )
        )
    return found


def agreements(cast: Cast, whose: Negotiators, events: list[R.Event], figures: list[R.Figure]) -> list[R.Agreement]:
    """Agreements as records; `whose` tells their parties."""
    found = []
    for n, d in enumerate(cast.drafts.deals, 1):
        told = cast.telling.innermost(d.span[0])
        parties = whose.parties(d.span, d.sentences[:1])
        found.append(
            R.Agreement(
                id=f"g{n}",
                span=cast.span(d.span),
                name=d.name,
                kinds=tuple(d.kinds),
                parties=cast.use(parties),
                mediators=cast.use(
                    whose.free(_mediators(cast, d.sentences[:1]) or _mediators(cast, d.sentences), parties)
                ),
                time=time_of(cast, d.span) if d.status != "proposed" else None,
                status=d.status,
                stages=tuple(_stage(cast, s, events, figures) for s in d.stages),
                according_to=cast.told_by(told),
            )
        )
    return found


_TERMS = frozenset({"RETREAT", "REJECT", "AID", "CONCEDE"})
_TERM_MEASURES = frozenset({"released", "aid", "troops", "money"})


def _dated(cast: Cast, span: Range) -> str | None:
    """The first dated time of the sentence that holds a span."""
    start, end = cast.document.sentences[cast.document.sentence_at(span[0])]
    return next((t.id for t in cast.drafts.times if start <= t.start < end and t.begin and t.type == "DATE"), None)


def _stage(cast: Cast, s: StageDraft, events: list[R.Event], figures: list[R.Figure]) -> R.Stage:
    """A stage with what its sentence tells of it: when, and the concessions and counts that make it up."""
    if s.span is None:
        return R.Stage(ordinal=s.ordinal, status=s.status)
    home = cast.document.sentence_at(s.span[0])

    def here(offset: int) -> bool:
        return cast.document.sentence_at(offset) == home

    terms = [e.id for e in events if e.type in _TERMS and here(e.trigger.start)]
    terms += [f.id for f in figures if f.measure in _TERM_MEASURES and here(f.span.start)]
    told = s.status in ("done", "refused", "in_progress")
    return R.Stage(
        ordinal=s.ordinal,
        span=cast.span(s.span),
        status=s.status,
        time=_dated(cast, s.span) if told else None,
        terms=tuple(terms),
    )
