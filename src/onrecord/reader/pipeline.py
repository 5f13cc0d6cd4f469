"""A report's text -> its `Reading`: the components in order, and nothing else.

Pure: same text, same version, same bytes out; no network, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from onrecord import records as R
from onrecord.reader import assembly, assembly_stands
from onrecord.reader.actors import ActorBook
from onrecord.reader.attribution import Attribution, attribute, chars
from onrecord.reader.cast import Cast, Drafts
from onrecord.reader.chains import Telling
from onrecord.reader.dateline import Header, read_header
from onrecord.reader.deals import find_deals, find_talks
from onrecord.reader.encoder import Encoder, Scores, Span, default_encoder
from onrecord.reader.events import find_events
from onrecord.reader.figure_frames import framed
from onrecord.reader.figures import find_figures
from onrecord.reader.labels import MEASURES
from onrecord.reader.names import find_names
from onrecord.reader.negotiators import Negotiators
from onrecord.reader.places import PlaceName, find_place_names, names_place, resolve_places
from onrecord.reader.positions import find_positions
from onrecord.reader.received import as_received, readable
from onrecord.reader.screening import other_language, text_notes
from onrecord.reader.segment import segment
from onrecord.reader.times import find_times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from onrecord.reader.document import Document
    from onrecord.reader.figure_drafts import FigureDraft
    from onrecord.reader.place_names import Label

BATCH = 16
"""Reports that are encoded together by `read_many`."""
MOST_SPEAKERS = 12
"""A number of sources up to here tells who speaks; more of them are a crowd, which is a figure."""
_PLACE_LABELS: dict[str, Label] = {"Location": "Location", "NORP": "NORP", "Facility": "Facility"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller knows of a report besides its text."""

    text: str
    published: str | None = None
    published_basis: str = "argument"
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    source_id: str | None = None
    byline: str | None = None


class Reader:
    """The reader with its weights.  Safe to share between threads once made."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or default_encoder()

    def read(self, text: str, **known: Any) -> R.Reading:
        """Read one report.  `known` may give published, title, publisher, url, language, source_id, byline."""
        return next(self.read_many([{"text": text, **known}]))

    def read_many(self, items: Iterable[Mapping[str, Any]]) -> Iterator[R.Reading]:
        """Read many reports in order; each item maps `text` and, optionally, what `read` takes."""
        stream = iter(items)
        while batch := [Given(**dict(i)) for i in islice(stream, BATCH)]:
            ordinary = [replace(g, text=readable(g.text)) for g in batch]
            documents = [segment(g.text) for g in ordinary]
            for given, known, document, scores in zip(
                batch, ordinary, documents, self._encoder(documents), strict=True
            ):
                reading = self._read(known, document, scores)
                yield reading if known.text == given.text else as_received(reading, given.text)

    def _read(self, given: Given, document: Document, scores: Scores) -> R.Reading:
        header, cast = cast_of(given, document, scores)
        return _reading(given, document, header, cast, self._encoder.card)


def cast_of(given: Given, document: Document, scores: Scores) -> tuple[Header, Cast]:
    """What the components find in a report, and who is who in it."""
    header = read_header(
        given.text, published=given.published, title=given.title, published_basis=given.published_basis
    )
    names = find_names(document, scores, header.places)
    times = _times(document, scores, header)
    places = _places(document, names, times)
    drafts = _drafts(document, scores, header, times, places, names)
    inside = _body(header)
    book = ActorBook(document, [n for n in names if inside(document.words[n.first][0])])
    cast = Cast(document, scores, book, drafts, _iso(header.anchor), Telling(drafts.statements), inside)
    cast.resolve_all()
    return header, cast


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _times(document: Document, scores: Scores, header: Header) -> list[R.Time]:
    candidates = [chars(document, s.first, s.last) for s in scores.spans("timex") if s.score >= 0.6]
    return [
        R.Time(
            t.start, t.end, document.text[t.start : t.end], id=f"t{n}", type=t.type, value=t.value, begin=t.begin,
            until=t.until, precision=t.precision, modifier=t.modifier, basis=t.basis,
        )
        for n, t in enumerate(find_times(document, header.anchor, candidates=candidates), 1)
    ]  # fmt: skip


def _places(document: Document, found: list[Span], times: list[R.Time]) -> list[R.Place]:
    taken = [chars(document, s.first, s.last) for s in found]
    names = [
        PlaceName(start, end, label)
        for s, (start, end) in zip(found, taken, strict=True)
        if (label := _PLACE_LABELS.get(s.label))
    ]
    names += [
        extra for extra in find_place_names(document) if not any(a < extra.end and extra.start < b for a, b in taken)
    ]
    days = [(t.start, t.end) for t in times]
    names = sorted((n for n in names if names_place(document, n, days)), key=lambda n: n.start)
    return [
        R.Place(
            p.start, p.end, document.text[p.start : p.end], id=f"p{n}", form=p.form, use=p.use, name=p.name,
            geonameid=p.geonameid, latitude=p.latitude, longitude=p.longitude, country=p.country, admin1=p.admin1,
            feature_class=p.feature_class, feature_code=p.feature_code, precision=p.precision, basis=p.basis,
        )
        for n, p in enumerate(resolve_places(document, names), 1)
    ]  # fmt: skip


def _hints(document: Document, scores: Scores) -> dict[int, dict[str, float]]:
    """Measure probabilities at every word, by its offset, for the figures component."""
    table = scores.tokens["measure"]
    return {
        document.words[i][0]: dict(zip(MEASURES, table[i].tolist(), strict=True)) for i in range(len(document.words))
    }


def _drafts(
    document: Document, scores: Scores, header: Header, times: list[R.Time], places: list[R.Place], found: list[Span]
) -> Drafts:
    inside = _body(header)
    statements = [s for s in attribute(document, scores) if _in_body(s, inside)]
    _forget(statements)
    events = find_events(document, scores, statements, found, inside)
    names = [chars(document, s.first, s.last) for s in found]
    figures = find_figures(
        document, times=[(t.start, t.end) for t in times], names=names, hints=_hints(document, scores)
    )
    return Drafts(
        statements=statements,
        events=events,
        figures=[f for f in figures if inside(f.start) and not _counts_sources(f, statements)],
        positions=[p for p in find_positions(document, scores, statements, events) if inside(p.span[0])],
        talks=find_talks(document, statements, inside),
        deals=find_deals(document, inside),
        times=times,
        places=places,
    )


def _counts_sources(f: FigureDraft, statements: list[Attribution]) -> bool:
    """ "Two officials said": how many speak is no figure (a share of a people that thinks so is)."""
    if f.measure == "share" or f.low is None or f.low > MOST_SPEAKERS:
        return False
    return any(a <= f.start < a + 4 for s in statements for a, _ in [*s.sources[:1], *s.outer])


def _in_body(s: Attribution, inside: Callable[[int], bool]) -> bool:
    """Does a statement stand in the report's own text?  What it was given of the headline is taken from it."""
    if s.cues and not inside(s.cues[0][0]):
        return False
    told = [r for r in s.contents if inside(r[0])]
    if s.contents and not told:
        return False
    s.contents = told
    return inside(s.start())


def _forget(statements: list[Attribution]) -> None:
    """Drop references to statements that stood outside the body."""
    kept = {id(s) for s in statements}
    for s in statements:
        if s.within is not None and id(s.within) not in kept:
            s.within = None


def _body(header: Header) -> Callable[[int], bool]:
    """Is an offset in the report's own text, not in its headline, header or tail?"""

    def inside(offset: int) -> bool:
        if offset < header.body_start or (header.tail_start is not None and offset >= header.tail_start):
            return False
        return not (header.title_span and header.title_span[0] <= offset < header.title_span[1])

    return inside


def _reading(given: Given, document: Document, header: Header, cast: Cast, card: dict[str, Any]) -> R.Reading:
    said = assembly.said(cast)
    statements, counted = assembly.statements(cast, said), assembly.figures(cast, set(said.values()))
    events = assembly.events(cast, counted, said)
    figures = framed(counted, events)
    positions = assembly_stands.positions(cast)
    whose = Negotiators(cast, events)
    talks = assembly_stands.talks(cast, whose)
    agreements = assembly_stands.agreements(cast, whose, events, figures)
    actors, ids = cast.actor_records()
    return R.Reading(
        report=_report(given, document, header, cast.drafts.places),
        sentences=document.sentences,
        actors=tuple(actors),
        places=tuple(cast.drafts.places),
        times=tuple(cast.drafts.times),
        statements=tuple(_named(s, ids) for s in statements),
        events=tuple(_named(e, ids) for e in events),
        figures=tuple(_named(f, ids) for f in figures),
        positions=tuple(_named(p, ids) for p in positions),
        talks=tuple(_named(t, ids) for t in talks),
        agreements=tuple(_named(a, ids) for a in agreements),
        reader=reader_info(card),
        notes=tuple(text_notes(given.text, given.language, header, document)),
    )


def reader_info(card: Mapping[str, Any]) -> R.ReaderInfo:
    """The version of the package and of its weights, as each reading names them."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("onrecord")
    except PackageNotFoundError:
        number = "0+source"
    return R.ReaderInfo(version=number, models={str(card["name"]): str(card["sha256"])[:16]})


def _named(record: Any, ids: dict[str, str]) -> Any:
    """A record with its provisional actor ids replaced."""
    changes: dict[str, Any] = {}
    for name in (
        "actors",
        "recipients",
        "third_parties",
        "addressee",
        "parties",
        "toward",
        "guarantors",
        "mediators",
        "population_actors",
    ):
        if hasattr(record, name):
            changes[name] = tuple(ids[i] for i in getattr(record, name))
    if isinstance(record, R.Statement):
        changes["source"] = replace(record.source, actors=tuple(ids[i] for i in record.source.actors))
        changes["chain"] = tuple(replace(x, actors=tuple(ids[i] for i in x.actors)) for x in record.chain)
    return replace(record, **changes)


def _report(given: Given, document: Document, header: Header, places: list[R.Place]) -> R.Report:
    line = None
    if header.dateline is not None:
        start, end = header.dateline
        inside = [p for p in places if start <= p.start < end]
        line = R.Dateline(
            span=R.Span.of(given.text, start, end), place=inside[0].id if inside else None, date=header.dateline_date
        )
    return R.Report(
        id=R.content_id(given.text),
        source_id=given.source_id,
        text=given.text,
        title=given.title or (given.text[slice(*header.title_span)] if header.title_span else None),
        language=given.language or other_language(given.text, document) or "en",
        url=given.url,
        publisher=given.publisher,
        byline=given.byline or header.byline,
        agency=header.agency,
        dateline=line,
        published=header.published,
        published_basis=header.published_basis,
        anchor=_iso(header.anchor),
        anchor_basis=header.anchor_basis,
    )


@cache
def default_reader() -> Reader:
    """The reader with the shipped weights, made at first use."""
    return Reader()
