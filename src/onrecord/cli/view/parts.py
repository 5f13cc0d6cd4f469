"""One record in a few lines: the pieces that the reading's view, the lists and `explain` are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.view.figures import figure_phrase, figure_when
from onrecord.cli.view.words import STYLES, event_days, join, known, line, listed, plain, quote, time_words
from onrecord.records import Actor, Agreement, Event, Figure, Identified, Place, Position, Stage, Statement, Talks, Time

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onrecord.cli.view.context import Context


def sides(actors: tuple[str, ...], recipients: tuple[str, ...]) -> str:
    """ "Israel → Hamas"; a question mark for an actor that is not known."""
    if not actors and not recipients:
        return ""
    shown = listed(actors) or "?"
    return f"{shown} → {listed(recipients)}" if recipients else shown


def statement_line(statement: Statement, names: Context) -> Text:
    """What was said: act, how sure and how quoted, the words."""
    words = quote([c.text for c in statement.content]) if statement.content else ""
    told = f"to {listed(names.of_actors(statement.addressee))}" if statement.addressee else ""
    sure = statement.certainty if statement.certainty in {"probable", "possible"} else ""
    venue = line(statement.venue.text) if statement.venue is not None else ""
    when = time_words(names.times.get(statement.said or ""))
    inside = f"within {statement.within}" if statement.within else ""
    direct = "direct quote" if statement.quotation == "direct" and words else ""
    head = join(act(statement), Text(words, STYLES["content"]), by=" ")
    return join(head, told, when, venue, direct, sure, inside)


_NEGATIVE_ACTS = {"deny", "reject", "decline"}
"""Acts that say no by themselves."""


def act(statement: Statement) -> Text:
    """What the source did with the content; "(not)" where it speaks against it and the act does not say so."""
    turned = statement.polarity == "negative" and statement.act not in _NEGATIVE_ACTS
    return Text.assemble((plain(statement.act), STYLES["cue"]), " (not)" if turned else "")


def event_type(event: Event) -> Text:
    """The type and, below it, the modes."""
    modes = Text("\n" + ", ".join(event.modes), STYLES["faint"]) if event.modes else ""
    return Text.assemble((event.type, STYLES["event"]), modes)


def event_lines(event: Event, names: Context) -> Text:
    """What happened: who to whom, the words, status and place, according to whom."""
    who = sides(names.of_actors(event.actors), names.of_actors(event.recipients))
    words = Text(names.quoted(event.text or event.trigger), STYLES["content"])
    through = f"through {listed(names.of_actors(event.third_parties))}" if event.third_parties else ""
    there = listed(names.of_places(event.places))
    detail = join(known(event.status), f"in {there}" if there else "", through, _according(event, names))
    return join(Text(who, STYLES["head"]), words, detail, by="\n")


def hanging(first: RenderableType, *below: Text) -> Group:
    """A piece of text with what belongs to it indented below it, also where lines are wrapped."""
    return Group(first, *(Padding(text, (0, 0, 0, 2)) for text in below if text.plain))


def position_pieces(position: Position, names: Context) -> list[Text]:
    """What a party wants, what it would give, of whom and since when."""
    head = Text.assemble((plain(position.stance), STYLES["cue"]), " ", (plain(position.issue), STYLES["head"]))
    head.append(" ").append(names.quoted(position.span), STYLES["content"])
    gives = [given(give.issue, give.span.text) for give in position.gives]
    toward = f"of {listed(names.of_actors(position.toward))}" if position.toward else ""
    sureties = f"guarantor: {listed(names.of_actors(position.guarantors))}" if position.guarantors else ""
    past = "past" if position.status == "past" else ""
    when = time_words(names.times.get(position.time or ""))
    return [head, *gives, join(toward, sureties, past, when, _according(position, names))]


def given(issue: str, words: str) -> Text:
    """What a party would give; its words where they say more than the issue's name."""
    shown = Text.assemble("for it gives ", (plain(issue), STYLES["head"]))
    if line(words).casefold() != plain(issue):
        shown.append(" ").append(quote([words]), STYLES["content"])
    return shown


def talks_lines(talks: Talks, names: Context) -> Text:
    """A round of talks: who, through whom, where, when, how it ended, the words."""
    mediated = f"through {listed(names.of_actors(talks.mediators))}" if talks.mediators else ""
    form = known(talks.form)
    level = f"{talks.level} level" if talks.level != "unknown" else ""
    there = listed(names.of_places(talks.places))
    head = Text(listed(names.of_actors(talks.parties)) or "parties not named", STYLES["head"])
    ended = Text.assemble("outcome: ", (plain(talks.outcome), STYLES["cue"])) if known(talks.outcome) else ""
    when = time_words(names.times.get(talks.time or ""))
    detail = join(ended, form, level, mediated, f"in {there}" if there else "", when, _according(talks, names))
    return join(head, detail, Text(names.quoted(talks.span), STYLES["content"]), by="\n")


_STAGE_SIGNS = {"done": "✓", "refused": "✗", "in_progress": "…", "planned": "○", "unknown": "?"}


def agreement_lines(agreement: Agreement, names: Context) -> Group:
    """An agreement and its stages."""
    name = agreement.name or agreement.span.text
    head = join(Text(line(name), STYLES["head"]), Text(known(agreement.status), STYLES["cue"]))
    kinds = ", ".join(plain(k) for k in agreement.kinds)
    parties = f"between {listed(names.of_actors(agreement.parties))}" if agreement.parties else ""
    mediated = f"through {listed(names.of_actors(agreement.mediators))}" if agreement.mediators else ""
    when = time_words(names.times.get(agreement.time or ""))
    detail = join(kinds, parties, mediated, when, _according(agreement, names))
    return hanging(join(head, detail, by="\n"), *(_stage(stage, names) for stage in agreement.stages))


def _stage(stage: Stage, names: Context) -> Text:
    words = Text(names.quoted(stage.span), STYLES["content"]) if stage.span is not None else ""
    sign = _STAGE_SIGNS[stage.status]
    return join(
        f"{sign} stage {stage.ordinal}: {plain(stage.status)}", words, time_words(names.times.get(stage.time or ""))
    )


def summary(record: Identified, names: Context) -> Text:
    """Any record on a line."""
    if isinstance(record, Statement):
        return join(Text(names.attribution(record.id), STYLES["source"]), statement_line(record, names))
    if isinstance(record, Event):
        who = sides(names.of_actors(record.actors), names.of_actors(record.recipients))
        words = Text(names.quoted(record.text or record.trigger), STYLES["content"])
        return join(event_days(record.time), Text(record.type, STYLES["event"]), who, words)
    if isinstance(record, Figure):
        return join(Text(figure_phrase(record), STYLES["figure"]), figure_when(record), _according(record, names))
    if isinstance(record, Position):
        return join(listed(names.of_actors(record.parties)), *position_pieces(record, names))
    if isinstance(record, Talks | Agreement):
        outcome = record.outcome if isinstance(record, Talks) else record.status
        return join(
            listed(names.of_actors(record.parties)), known(outcome), Text(names.quoted(record.span), STYLES["content"])
        )
    return _entity(record)


def _entity(record: Actor | Place | Time) -> Text:
    if isinstance(record, Actor):
        what = " ".join(filter(None, (record.country, record.sector)))
        return join(Text(line(record.name), STYLES["head"]), record.kind, line(record.description or ""), what)
    if isinstance(record, Place):
        there = "" if record.latitude is None else f"{record.latitude:.2f}, {record.longitude or 0:.2f}"
        return join(Text(line(record.name or record.text), STYLES["place"]), record.country or "", record.use, there)
    return Text(time_words(record), STYLES["time"])


def _according(record: Event | Figure | Position | Talks | Agreement, names: Context) -> str:
    told = names.according_to(record.according_to)
    return f"according to {listed(told)}" if told else ""
