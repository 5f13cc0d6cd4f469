"""Drafts of all components -> the records of one reading, with ids, actors and cross-references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord import records as R
from onrecord.reader import coding
from onrecord.reader.actors import ActorBook, Entity
from onrecord.reader.attribution import Attribution
from onrecord.reader.positions import PositionDraft, issue_of
from onrecord.reader.sources import source_kind, source_naming

if TYPE_CHECKING:
    from onrecord.reader.deals import DealDraft, TalksDraft
    from onrecord.reader.document import Document, Range
    from onrecord.reader.encoder import Scores
    from onrecord.reader.events import EventDraft
    from onrecord.reader.figures import FigureDraft

_VENUE = re.compile(
    r"\b(?:in|at|during|on|via|through) (?:an?|the|its|his|her|their|state|separate|live|televised|written|joint|"
    r"video|telephone|\s|[\w’'-]+){0,5}?\s*(?:statements?|news conference|press conference|briefing|interviews?|speech|"
    r"address|television|tv|radio|twitter|facebook|telegram|x|post|letter|press release|communiqu[eé]|message)\b"
    r"|\bby (?:phone|telephone)\b|\bvia twitter\b",
    re.I,
)


@dataclass(slots=True)
class Drafts:
    """Everything the components found in one document, in text order."""

    statements: list[Attribution]
    events: list[EventDraft]
    figures: list[FigureDraft]
    positions: list[PositionDraft]
    talks: list[TalksDraft]
    deals: list[DealDraft]
    times: list[R.Time]
    places: list[R.Place]


@dataclass(slots=True)
class Assembly:
    """The state of one document's assembly; `records` gives the result."""

    document: Document
    scores: Scores
    book: ActorBook
    drafts: Drafts
    anchor: str | None
    statement_ids: dict[int, str] = field(default_factory=dict)
    speakers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    # --- actors --------------------------------------------------------------------------------------------

    def resolve_all(self) -> None:
        """Sources first, in text order, so that "I" and "we" in what they say find their speaker."""
        for n, s in enumerate(self.drafts.statements, 1):
            self.statement_ids[id(s)] = f"s{n}"
        by_source = sorted(self.drafts.statements, key=lambda s: (s.sources or s.cues or s.contents)[0])
        for s in by_source:
            for span in s.outer:
                self._use(self.book.resolve(*span, speaking=True))
            for span in s.sources[:1]:
                self.speakers[id(s)] = self.book.resolve(*span, speaking=True, speaker=self._speaker(span[0]))
        for s in by_source:
            if not s.sources and not s.outer and s.act != "report":
                self.speakers.setdefault(id(s), ())
        for start, end in self._wanted():
            self.book.resolve(start, end, speaker=self._speaker(start))
        for m in self.scores.spans("mention"):
            if m.score >= 0.6:
                start, end = self.document.words[m.first][0], self.document.words[m.last - 1][1]
                self.book.attach(start, end, m.label, self._speaker(start))

    def _wanted(self) -> list[Range]:
        spans: list[Range] = []
        for s in self.drafts.statements:
            spans += s.addressees
        for e in self.drafts.events:
            spans += [*e.actors, *e.recipients]
        for p in self.drafts.positions:
            spans += p.parties
        return sorted(set(spans))

    def _speaker(self, offset: int) -> int | None:
        held = [s for s in self.drafts.statements if any(a <= offset < b for a, b in s.contents)]
        if not held:
            return None
        inner = min(held, key=lambda s: sum(b - a for a, b in s.contents))
        found = self.speakers.get(id(inner), ())
        return found[0] if found else None

    def _use(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        for n in numbers:
            self.used.add(n)
        return tuple(f"@{n}" for n in numbers)

    def actors_of(self, spans: list[Range]) -> tuple[str, ...]:
        """Ids (still provisional) of the actors that some spans name, each once."""
        found: list[int] = []
        for span in spans:
            for n in self.book.resolve(*span, speaker=self._speaker(span[0])):
                if n not in found:
                    found.append(n)
        return self._use(tuple(found))

    # --- statements ----------------------------------------------------------------------------------------

    def span(self, r: Range) -> R.Span:
        return R.Span.of(self.document.text, *r)

    def statements(self) -> list[R.Statement]:
        built = [self._statement(s) for s in self.drafts.statements]
        return coding.inherit(built, self.document)

    def _link(self, numbers: tuple[int, ...], span: Range | None) -> R.ChainLink:
        entities = [self.book.entities[n] for n in numbers]
        return R.ChainLink(
            actors=self._use(numbers),
            span=self.span(span) if span else None,
            kind=source_kind(self.document, entities, span, self._head_kind(span)),
            naming=source_naming(self.document, entities, span),
        )

    def _head_kind(self, span: Range | None) -> tuple[str, float] | None:
        if span is None:
            return None
        words = self.document.words_in(*span)
        return self.scores.best("kind", words.start, words.stop) if len(words) else None

    def _statement(self, s: Attribution) -> R.Statement:
        span = s.sources[0] if s.sources else None
        numbers = self.speakers.get(id(s), ())
        own = self._link(numbers, span)
        outer = [self._link(self.book.resolve(*o), o) for o in s.outer]
        chain = (*self._outside(s), *outer, *((own,) if numbers or span else ()))
        text = self.document.text
        cue = " ".join(text[slice(*c)] for c in s.cues)
        return R.Statement(
            id=self.statement_ids[id(s)],
            source=R.Source(span=own.span, actors=own.actors, kind=own.kind, naming=own.naming),
            cue=tuple(self.span(c) for c in s.cues),
            content=tuple(self.span(c) for c in s.contents),
            act=s.act,
            quotation=coding.quotation(self.document, s.contents),
            chain=chain,
            within=self.statement_ids[id(s.within)] if s.within else None,
            addressee=self.actors_of(s.addressees),
            said=self._said(s),
            venue=self._venue(s),
            certainty=coding.certainty(cue, s.act),
            polarity="negative" if s.act == "deny" else "positive",
        )

    def _outside(self, s: Attribution) -> tuple[R.ChainLink, ...]:
        """The chain of the statement within which this one is told."""
        if s.within is None:
            return ()
        outer = self._statement_links(s.within)
        return tuple(R.ChainLink(actors=x.actors, span=x.span, kind=x.kind, naming=x.naming, inherited=True) for x in outer)

    def _statement_links(self, s: Attribution) -> tuple[R.ChainLink, ...]:
        numbers = self.speakers.get(id(s), ())
        span = s.sources[0] if s.sources else None
        own = (self._link(numbers, span),) if numbers or span else ()
        return (*self._outside(s), *(self._link(self.book.resolve(*o), o) for o in s.outer), *own)

    def _frame(self, s: Attribution) -> tuple[Range, list[Range]]:
        """The sentence of the cue and the ranges that it says, in which no frame words are looked for."""
        at = self.document.sentence_at(s.cues[0][0]) if s.cues else -1
        return (self.document.sentences[at], s.contents) if at >= 0 else ((0, 0), [])

    def _said(self, s: Attribution) -> str | None:
        (start, end), said = self._frame(s)
        near = [
            t
            for t in self.drafts.times
            if start <= t.start < end and t.type in ("DATE", "TIME") and not any(a <= t.start < b for a, b in said)
            and t.value[:1].isdigit()
        ]
        return min(near, key=lambda t: abs(t.start - s.cues[0][0])).id if near and len(near) <= 2 else None

    def _venue(self, s: Attribution) -> R.Span | None:
        (start, end), said = self._frame(s)
        for m in _VENUE.finditer(self.document.text, start, end):
            if not any(a < m.end() and m.start() < b for a, b in said):
                return self.span(m.span())
        return None

    # --- events --------------------------------------------------------------------------------------------

    def told_by(self, draft: Attribution | None) -> tuple[str, ...]:
        return (self.statement_ids[id(draft)],) if draft is not None else ()

    def events(self, figures: list[R.Figure]) -> list[R.Event]:
        found = []
        for n, e in enumerate(self.drafts.events, 1):
            words = self.document.text[slice(*e.clause)]
            trigger = self.document.text[slice(*e.trigger)]
            actors, recipients = self.actors_of(e.actors), self.actors_of(e.recipients)
            if e.type == "CONSULT" and recipients and "visit" not in coding.modes(e.type, trigger, words):
                actors, recipients = tuple(dict.fromkeys((*actors, *recipients))), ()
            found.append(
                R.Event(
                    id=f"e{n}",
                    type=e.type,
                    modes=coding.modes(e.type, trigger, words),
                    contexts=coding.contexts(words),
                    trigger=self.span(e.trigger),
                    mentions=tuple(self.span(m) for m in e.mentions),
                    text=self.span(e.clause),
                    actors=actors,
                    recipients=tuple(r for r in recipients if r not in actors or len(recipients) > 1),
                    time=self._event_time(e),
                    places=self._event_places(e),
                    status=e.status,
                    according_to=self.told_by(e.statement),
                    figures=tuple(f.id for f in figures if coding.belongs(f, e, self.document)),
                )
            )
        return found

    def _event_time(self, e: EventDraft) -> R.EventTime:
        return coding.event_time(self.document, e, self.drafts.times)

    def _event_places(self, e: EventDraft) -> tuple[str, ...]:
        literal = [p for p in self.drafts.places if p.use == "literal"]
        given = [p for p in literal if any(a <= p.start < b for a, b in e.places)]
        if not given:
            given = [p for p in literal if e.clause[0] <= p.start < e.clause[1]]
        return tuple(p.id for p in given[:2])

    # --- figures, positions --------------------------------------------------------------------------------

    def figures(self) -> list[R.Figure]:
        found = []
        for n, f in enumerate(self.drafts.figures, 1):
            told = coding.innermost(self.drafts.statements, f.start)
            as_of, basis = coding.as_of(self.document, f, self.drafts.times, self.anchor)
            near = [p for p in self.drafts.places if p.use == "literal" and f.clause[0] <= p.start < f.clause[1]]
            found.append(
                R.Figure(
                    id=f"f{n}",
                    span=self.span((f.start, f.end)),
                    measure=f.measure,
                    low=f.low,
                    high=f.high,
                    relation=f.relation,
                    unit=f.unit or None,
                    population=self.span(f.population) if f.population else None,
                    change=f.change,
                    as_of=as_of,
                    as_of_basis=basis,
                    places=tuple(p.id for p in near[:1]),
                    according_to=self.told_by(told),
                )
            )
        return found

    def positions(self) -> list[R.Position]:
        found = []
        for p in self.drafts.positions:
            parties = self._parties(p)
            if not parties:
                continue
            toward = self.actors_of(p.event.recipients) if p.event else ()
            found.append(
                R.Position(
                    id=f"o{len(found) + 1}",
                    parties=parties,
                    stance=p.stance,
                    issue=p.issue,
                    span=self.span(p.span),
                    gives=tuple(
                        R.Give(span=self.span(g), issue=issue_of(self.document.text[slice(*g)])) for g in p.gives
                    ),
                    toward=tuple(t for t in toward if t not in parties),
                    guarantors=self._guarantors(p),
                    according_to=self.told_by(p.statement),
                )
            )
        return found

    def _parties(self, p: PositionDraft) -> tuple[str, ...]:
        numbers: list[int] = []
        for span in p.parties:
            numbers += self.book.resolve(*span, speaker=self._speaker(span[0]))
        if not numbers and p.event is not None:
            for span in p.event.actors:
                numbers += self.book.resolve(*span, speaker=self._speaker(span[0]))
        if not numbers and p.statement is not None:
            numbers = list(self.speakers.get(id(p.statement), ()))
        return self._use(tuple(dict.fromkeys(self._spoken_for(n) for n in numbers)))

    def _spoken_for(self, n: int) -> int:
        """A person who speaks for a state or body stands for it."""
        e = self.book.entities[n]
        if e.kind == "person" and e.member_of and (not e.named or e.sector in ("GOV", "MIL", "REB", None)):
            return e.member_of[0]
        return n

    def _guarantors(self, p: PositionDraft) -> tuple[str, ...]:
        """ "guarantees … from the US": who stands behind them."""
        if p.issue != "guarantees":
            return ()
        text = self.document.text
        home = self.document.sentences[self.document.sentence_at(p.span[0])]
        stretch = text[p.span[0] : home[1]]
        m = re.search(r"\b(?:from|by|of) (?:the )?", stretch)
        if not m or m.start() > 80:
            return ()
        at = p.span[0] + m.end()
        for start, end, _ in self.book.names:
            if at <= start < at + 4:
                return self.actors_of([(start, end)])
        return ()

    # --- talks, agreements ---------------------------------------------------------------------------------

    def parties_near(self, sentences: list[int]) -> tuple[str, ...]:
        """States, bodies and armed groups that act in some sentences."""
        found: list[int] = []
        for i in dict.fromkeys(sentences):
            start, end = self.document.sentences[i]
            for e in self.drafts.events:
                if start <= e.trigger[0] < end and e.type in ("CONSULT", "AGREE", "REQUEST", "REJECT", "SUPPORT", "SANCTION"):
                    for span in [*e.actors, *e.recipients]:
                        found += self.book.resolve(*span)
            for k, entity in enumerate(self.book.entities):
                if entity.kind in ("state", "organization", "group") and entity.named and entity.sector not in ("JRN",):
                    if any(start <= s < end for s, _ in entity.mentions):
                        found.append(k)
        keep = [n for n in dict.fromkeys(self._spoken_for(n) for n in found) if self.book.entities[n].kind != "person"]
        return self._use(tuple(keep[:4]))

    def talks(self) -> list[R.Talks]:
        found = []
        for n, t in enumerate(self.drafts.talks, 1):
            told = coding.innermost(self.drafts.statements, t.span[0])
            start, end = self.document.sentences[t.sentences[0]]
            mediators = coding.mediators(self.document, self.book, t.sentences)
            parties = tuple(p for p in self.parties_near(t.sentences[:2]) if p not in {f"@{m}" for m in mediators})
            places = [
                p for i in t.sentences for p in self.drafts.places
                if p.use == "literal" and p.precision == "city" and self.document.sentence_at(p.start) == i
            ]
            times = [x for x in self.drafts.times if start <= x.start < end and x.value[:1].isdigit()]
            found.append(
                R.Talks(
                    id=f"k{n}",
                    span=self.span(t.span),
                    parties=parties,
                    mediators=self._use(mediators),
                    places=tuple(p.id for p in places[:1]),
                    time=times[0].id if times else None,
                    form=t.form,
                    level=t.level,
                    outcome=t.outcome,
                    according_to=self.told_by(told),
                )
            )
        return found

    def agreements(self) -> list[R.Agreement]:
        found = []
        for n, d in enumerate(self.drafts.deals, 1):
            told = coding.innermost(self.drafts.statements, d.span[0])
            mediators = coding.mediators(self.document, self.book, d.sentences[:1])
            found.append(
                R.Agreement(
                    id=f"g{n}",
                    span=self.span(d.span),
                    name=d.name,
                    kinds=tuple(d.kinds),
                    parties=self.parties_near(d.sentences[:1]),
                    mediators=self._use(mediators),
                    status=d.status,
                    stages=tuple(
                        R.Stage(ordinal=s.ordinal, span=self.span(s.span) if s.span else None, status=s.status)
                        for s in d.stages
                    ),
                    according_to=self.told_by(told),
                )
            )
        return found

    # --- the end -------------------------------------------------------------------------------------------

    def actor_records(self) -> tuple[list[R.Actor], dict[str, str]]:
        """Actors that a record uses (and what they belong to), numbered by first mention, and provisional -> final ids."""
        wanted = set(self.used)
        for n in self.used:
            wanted |= set(self.book.entities[n].member_of)
        order = sorted(wanted, key=lambda n: (min(self.book.entities[n].mentions, default=(1 << 60, 0)), n))
        ids = {f"@{n}": f"a{k}" for k, n in enumerate(order, 1)}
        return [self._actor(self.book.entities[n], ids[f"@{n}"], ids) for n in order], ids

    def _actor(self, e: Entity, name: str, ids: dict[str, str]) -> R.Actor:
        return R.Actor(
            id=name,
            name=e.name,
            kind=e.kind,
            description=e.description,
            country=e.country,
            sector=e.sector,
            member_of=tuple(ids[f"@{m}"] for m in e.member_of if f"@{m}" in ids),
            mentions=tuple(
                R.Mention(s, t, self.document.text[s:t], form) for (s, t), form in sorted(e.mentions.items())
            ),
        )
