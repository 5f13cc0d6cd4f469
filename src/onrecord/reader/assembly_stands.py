"""Drafts and cast -> the records of a dispute: positions, talks, agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader.go_betweens import MOST
from onrecord.reader.positions import issue_of
from onrecord.reader.stand_parties import Stands, once

if TYPE_CHECKING:
    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range
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


def parties_near(cast: Cast, sentences: list[int]) -> tuple[str, ...]:
    """States, bodies and armed groups that act in some sentences."""
    found: list[int] = []
    for i in dict.fromkeys(sentences):
        start, end = cast.document.sentences[i]
        for e in cast.drafts.events:
            if start <= e.trigger[0] < end and e.type in (
                "CONSULT",
                "AGREE",
                "REQUEST",
                "REJECT",
                "SUPPORT",
                "SANCTION",
            ):
                for span in [*e.actors, *e.recipients]:
                    found += cast.book.resolve(*span)
        for k, entity in enumerate(cast.book.entities):
            acts = entity.kind in ("state", "organization", "group") and entity.named and entity.sector != "JRN"
            if acts and any(start <= s < end for s, _ in entity.mentions):
                found.append(k)
    keep = [n for n in dict.fromkeys(_spoken_for(cast, n) for n in found) if cast.book.entities[n].kind != "person"]
    return cast.use(tuple(keep[:4]))


def _mediators(cast: Cast, sentences: list[int]) -> tuple[str, ...]:
    """Who mediates or hosts in some sentences."""
    wanted = set(sentences)
    return cast.actors_of([r for r in cast.between if cast.document.sentence_at(r[0]) in wanted][:MOST])


def talks(cast: Cast) -> list[R.Talks]:
    """Talks as records."""
    found = []
    for n, t in enumerate(cast.drafts.talks, 1):
        told = t.statement or cast.telling.innermost(t.span[0])
        start, end = cast.document.sentences[t.sentences[0]]
        mediators = _mediators(cast, t.sentences)
        parties = tuple(p for p in parties_near(cast, t.sentences[:2]) if p not in mediators)
        places = [
            p
            for i in t.round
            for p in cast.drafts.places
            if p.use == "literal"
            and p.precision == "city"
            and cast.in_body(p.start)
            and cast.document.sentence_at(p.start) == i
        ]
        times = [x for x in cast.drafts.times if start <= x.start < end and x.value[:1].isdigit()]
        found.append(
            R.Talks(
                id=f"k{n}",
                span=cast.span(t.span),
                parties=parties,
                mediators=mediators,
                places=tuple(p.id for p in places[:1]),
                time=times[0].id if times else None,
                form=t.form,
                level=t.level,
                outcome=t.outcome,
                according_to=cast.told_by(told),
            )
        )
    return found


def agreements(cast: Cast, events: list[R.Event], figures: list[R.Figure]) -> list[R.Agreement]:
    """Agreements as records."""
    found = []
    for n, d in enumerate(cast.drafts.deals, 1):
        told = cast.telling.innermost(d.span[0])
        mediators = _mediators(cast, d.sentences[:1])
        found.append(
            R.Agreement(
                id=f"g{n}",
                span=cast.span(d.span),
                name=d.name,
                kinds=tuple(d.kinds),
                parties=parties_near(cast, d.sentences[:1]),
                mediators=mediators,
                time=_dated(cast, d.span) if d.status in ("agreed", "signed", "in_force") else None,
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
