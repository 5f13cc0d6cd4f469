"""Drafts and cast -> the records of what is said, done and counted: statements, events, figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader import coding, figure_frames
from onrecord.reader.cast import somebody
from onrecord.reader.event_offsets import offset_times
from onrecord.reader.said_times import said_times
from onrecord.reader.sides import sides

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from onrecord.reader.attribution import Attribution
    from onrecord.reader.cast import Cast
    from onrecord.reader.document import Range
    from onrecord.reader.events import EventDraft
    from onrecord.reader.figure_drafts import FigureDraft
    from onrecord.reader.parties import Sides

_OF_PEOPLE = frozenset(
    "killed injured casualties missing abducted held released detained displaced sick participants".split()
)
"""Measures of people, however they are called."""
_VENUE = re.compile(
    r"\b(?:in|at|during|on|via|through) (?:(?:an?|the|its|his|her|their)\s+(?:[\w’'-]+\s+){0,4}?|(?:state|national|live|local|written|recorded|"
    r"televised|emailed)\s+)?(?:statements?|news conference|press conference|briefing|interviews?|speech|remarks|comments|recording|"
    r"address|television|tv|radio|twitter|facebook|telegram|x|post|letter|press release|communiqu[eé]|message)\b"
    r"|\bby (?:phone|telephone)\b|\bvia twitter\b",
    re.IGNORECASE,
)


def said(cast: Cast) -> Mapping[int, str]:
    """The id of the time at which each statement was made, by `id` of its draft."""
    days = [t for t in cast.drafts.times if cast.in_body(t.start)]
    return said_times(cast.document, cast.drafts.statements, days, cast.anchor)


def statements(cast: Cast, said: Mapping[int, str]) -> list[R.Statement]:
    """Statement records, chains inherited where a source goes on."""
    built = [_statement(cast, s, said) for s in cast.drafts.statements]
    return coding.inherit(built, cast.document)


def _statement(cast: Cast, s: Attribution, said: Mapping[int, str]) -> R.Statement:
    span = s.sources[0] if s.sources else None
    numbers = cast.speakers.get(id(s), ())
    own = cast.link(numbers, span)
    outer = [cast.link(cast.book.resolve(*o), o) for o in s.outer]
    outside = [x for x in _outside(cast, s) if not set(x.actors) & set(own.actors)]  # who quotes oneself is one source
    chain = (*outside, *outer, *((own,) if numbers or span or (outside and s.hearsay) else ()))
    text = cast.document.text
    cue = " ".join(text[slice(*c)] for c in s.cues)
    return R.Statement(
        id=cast.statement_ids[id(s)],
        source=R.Source(span=own.span, actors=own.actors, kind=own.kind, naming=own.naming),
        cue=tuple(cast.span(c) for c in s.cues),
        content=tuple(cast.span(c) for c in s.contents),
        act=s.act,
        quotation=coding.quotation(cast.document, s.contents),
        chain=chain,
        within=cast.statement_ids[id(s.within)] if s.within else None,
        addressee=cast.actors_of(s.addressees),
        said=said.get(id(s)),
        venue=_venue(cast, s),
        certainty=coding.certainty(cue, s.act),
        polarity="negative" if s.act == "deny" else "positive",
    )


def _outside(cast: Cast, s: Attribution) -> tuple[R.ChainLink, ...]:
    """The chain of the statement within which this one is told."""
    if s.within is None:
        return ()
    outer = _statement_links(cast, s.within)
    return tuple(R.ChainLink(actors=x.actors, span=x.span, kind=x.kind, naming=x.naming, inherited=True) for x in outer)


def _statement_links(cast: Cast, s: Attribution) -> tuple[R.ChainLink, ...]:
    numbers = cast.speakers.get(id(s), ())
    span = s.sources[0] if s.sources else None
    own = (cast.link(numbers, span),) if numbers or span else ()
    return (*_outside(cast, s), *(cast.link(cast.book.resolve(*o), o) for o in s.outer), *own)


def _frame(cast: Cast, s: Attribution) -> tuple[Range, list[Range]]:
    """The sentence of the cue and the ranges that it says, in which no frame words are looked for."""
    at = cast.document.sentence_at(s.cues[0][0]) if s.cues else -1
    return (cast.document.sentences[at], s.contents) if at >= 0 else ((0, 0), [])


def _venue(cast: Cast, s: Attribution) -> R.Span | None:
    (start, end), said = _frame(cast, s)
    for m in _VENUE.finditer(cast.document.text, start, end):
        if not any(a < m.end() and m.start() < b for a, b in said):
            return cast.span(m.span())
    return None


def events(cast: Cast, figures: list[R.Figure], said: Mapping[int, str]) -> list[R.Event]:
    """Event records; `figures` are joined to the events whose size or toll they tell, `said` is when statements were made."""
    drafts, document = cast.drafts.events, cast.document
    story = coding.Story(document)
    owned: dict[int, list[str]] = {}
    for figure, number in coding.figure_owners(document, figures, drafts).items():
        owned.setdefault(number, []).append(figure)
    places = [p for p in cast.drafts.places if cast.in_body(p.start)]
    parties = sides(cast)
    outside = [t.id for t in cast.drafts.times if not cast.in_body(t.start)]
    frame = coding.frame_of(drafts, cast.drafts.statements, said, outside)
    times = [coding.event_time(document, e, cast.drafts.times, cast.anchor, frame) for e in drafts]
    times = offset_times(document, drafts, cast.drafts.times, times, frame)
    return [
        _event(
            cast,
            e,
            f"e{n}",
            times[n - 1],
            parties[n - 1],
            third=coding.third_parties(document, e, cast.between),
            contexts=story.contexts(e),
            places=coding.event_places(document, e, places, frame),
            figures=tuple(owned.get(n - 1, ())),
        )
        for n, e in enumerate(drafts, 1)
    ]


def _event(
    cast: Cast,
    e: EventDraft,
    name: str,
    time: R.EventTime,
    parties: Sides,
    *,
    third: list[Range],
    contexts: tuple[str, ...],
    places: tuple[str, ...],
    figures: tuple[str, ...],
) -> R.Event:
    actors, recipients = (cast.use(side) for side in parties)
    modes = coding.event_modes(cast.document, e)
    if e.type == "CONSULT" and recipients and "visit" not in modes:  # who meets is on neither side
        actors, recipients = tuple(dict.fromkeys((*actors, *recipients))), ()
    return R.Event(
        id=name,
        type=e.type,
        modes=modes,
        contexts=contexts,
        trigger=cast.span(e.trigger),
        mentions=tuple(cast.span(m) for m in e.mentions),
        text=cast.span(e.clause),
        actors=actors,
        recipients=tuple(r for r in recipients if r not in actors),
        third_parties=tuple(t for t in cast.actors_of(third) if t not in actors and t not in recipients),
        time=time,
        places=places,
        status=e.status,
        according_to=cast.told_by(e.statement),
        figures=figures,
    )


def _population(cast: Cast, f: FigureDraft) -> tuple[str, ...]:
    """The actor that is counted; drones, lorries and villages are none."""
    if f.population is None or not somebody(cast.document.text, *f.population, people=f.measure in _OF_PEOPLE):
        return ()
    return cast.actors_of([f.population])


def figures(cast: Cast, told: Collection[str]) -> list[R.Figure]:
    """Figure records; `told` are the ids of the times at which something was said."""
    times = [t for t in cast.drafts.times if cast.in_body(t.start)]
    places = [p for p in cast.drafts.places if cast.in_body(p.start)]
    found = []
    for n, f in enumerate(cast.drafts.figures, 1):
        teller = cast.telling.innermost(f.start)
        as_of, basis = figure_frames.as_of(cast.document, f, times, cast.anchor, told)
        found.append(
            R.Figure(
                id=f"f{n}",
                span=cast.span((f.start, f.end)),
                measure=f.measure,
                low=f.low,
                high=f.high,
                relation=f.relation,
                unit=f.unit or None,
                population=cast.span(f.population) if f.population else None,
                population_actors=_population(cast, f),
                change=f.change,
                period=figure_frames.period(cast.document, f, times, as_of, told),
                as_of=as_of,
                as_of_basis=basis,
                places=figure_frames.place(cast.document, f, places),
                according_to=cast.told_by(teller),
            )
        )
    return found
