"""One record in a few lines: the pieces that the reading's view, the lists and `explain` are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.view.words import (
    STYLES,
    days,
    event_days,
    figure_value,
    join,
    line,
    listed,
    plain,
    quote,
    time_words,
)
from onrecord.records import Actor, Agreement, Event, Figure, Identified, Place, Position, Statement, Talks, Time

if TYPE_CHECKING:
    from onrecord.records.names import Names


def sides(actors: tuple[str, ...], recipients: tuple[str, ...]) -> str:
    """ "Israel → Hamas"; a question mark for an actor that is not known."""
    if not actors and not recipients:
        return ""
    shown = listed(actors) or "?"
    return f"{shown} → {listed(recipients)}" if recipients else shown


def statement_line(statement: Statement, names: Names) -> Text:
    """What was said: act, how sure and how quoted, the words."""
    head = Text(plain(statement.act), STYLES["cue"])
    if statement.polarity == "negative":
        head.append(" (not)")
    words = quote([c.text for c in statement.content]) if statement.content else ""
    told = f"to {listed(names.of_actors(statement.addressee))}" if statement.addressee else ""
    sure = statement.certainty if statement.certainty in {"probable", "possible"} else ""
    venue = line(statement.venue.text) if statement.venue is not None else ""
    when = time_words(names.times.get(statement.said or ""))
    inside = f"within {statement.within}" if statement.within else ""
    return join(join(head, Text(words, STYLES["content"]), by=" "), told, when, venue, sure, inside)


def event_lines(event: Event, names: Names) -> Text:
    """What happened: who to whom, the words, status and place, according to whom."""
    who = sides(names.of_actors(event.actors), names.of_actors(event.recipients))
    words = quote([event.text.text if event.text is not None else event.trigger.text])
    through = f"through {listed(names.of_actors(event.third_parties))}" if event.third_parties else ""
    there = listed(names.of_places(event.places))
    detail = join(plain(event.status), f"in {there}" if there else "", through, _according(event, names))
    return join(Text(who, STYLES["head"]), words, detail, by="\n")


def position_line(position: Position, names: Names) -> Text:
    """What a party wants and what it would give."""
    text = Text.assemble((plain(position.stance), STYLES["cue"]), " ", (plain(position.issue), STYLES["head"]))
    text.append(" " + quote([position.span.text]), STYLES["content"])
    for give in position.gives:
        text.append("\n  for it gives ")
        text.append(plain(give.issue), STYLES["head"])
        text.append(" " + quote([give.span.text]), STYLES["content"])
    toward = f"of {listed(names.of_actors(position.toward))}" if position.toward else ""
    sureties = f"guarantor: {listed(names.of_actors(position.guarantors))}" if position.guarantors else ""
    past = "past" if position.status == "past" else ""
    detail = join(toward, sureties, past, time_words(names.times.get(position.time or "")), _according(position, names))
    return join(text, Text("  ").append_text(detail) if detail.plain else "", by="\n")


def figure_what(figure: Figure) -> str:
    """What a figure counts: "killed, Israeli hostages (total)"."""
    unit = figure.unit or (figure.population.text if figure.population is not None else "")
    counted = f"{plain(figure.measure)}: {line(unit)}" if unit else plain(figure.measure)
    return counted + ("" if figure.change in {"none", "event"} else f" ({figure.change})")


def figure_when(figure: Figure) -> str:
    """The day that a figure holds for, or the days that it covers."""
    if figure.as_of:
        return days(figure.as_of, figure.as_of) + (" ?" if figure.as_of_basis == "anchor" else "")
    return days(figure.period.begin, figure.period.until) if figure.period is not None else ""


def talks_lines(talks: Talks, names: Names) -> Text:
    """A round of talks: who, through whom, where, when, how it ended, the words."""
    mediated = f"through {listed(names.of_actors(talks.mediators))}" if talks.mediators else ""
    form = plain(talks.form) if talks.form != "unknown" else ""
    level = f"{talks.level} level" if talks.level != "unknown" else ""
    there = listed(names.of_places(talks.places))
    head = Text(listed(names.of_actors(talks.parties)) or "parties not named", STYLES["head"])
    ended = Text.assemble("outcome: ", (plain(talks.outcome), STYLES["cue"]))
    when = time_words(names.times.get(talks.time or ""))
    detail = join(ended, form, level, mediated, f"in {there}" if there else "", when, _according(talks, names))
    return join(head, detail, quote([talks.span.text]), by="\n")


_STAGE_SIGNS = {"done": "✓", "refused": "✗", "in_progress": "…", "planned": "○", "unknown": "?"}


def agreement_lines(agreement: Agreement, names: Names) -> Text:
    """An agreement and its stages."""
    name = agreement.name or agreement.span.text
    head = Text.assemble((line(name), STYLES["head"]), " · ", (plain(agreement.status), STYLES["cue"]))
    kinds = ", ".join(plain(k) for k in agreement.kinds)
    parties = f"between {listed(names.of_actors(agreement.parties))}" if agreement.parties else ""
    mediated = f"through {listed(names.of_actors(agreement.mediators))}" if agreement.mediators else ""
    when = time_words(names.times.get(agreement.time or ""))
    detail = join(kinds, parties, mediated, when, _according(agreement, names))
    stages = []
    for stage in agreement.stages:
        words = quote([stage.span.text]) if stage.span is not None else ""
        sign = f"{_STAGE_SIGNS[stage.status]} stage {stage.ordinal}" if stage.status in _STAGE_SIGNS else "stage"
        stages.append(join(f"{sign}: {plain(stage.status)}", words, time_words(names.times.get(stage.time or ""))))
    return join(head, detail, *stages, by="\n")


def summary(record: Identified, names: Names) -> Text:
    """Any record on a line."""
    if isinstance(record, Statement):
        return join(Text(names.attribution(record.id), STYLES["source"]), statement_line(record, names))
    if isinstance(record, Event):
        who = sides(names.of_actors(record.actors), names.of_actors(record.recipients))
        return join(event_days(record.time), Text(record.type, STYLES["event"]), who, quote([record.trigger.text]))
    if isinstance(record, Figure):
        return join(Text(figure_value(record), STYLES["figure"]), figure_what(record), figure_when(record))
    if isinstance(record, Position):
        return join(listed(names.of_actors(record.parties)), position_line(record, names))
    if isinstance(record, Talks | Agreement):
        outcome = record.outcome if isinstance(record, Talks) else record.status
        return join(listed(names.of_actors(record.parties)), plain(outcome), quote([record.span.text]))
    return _entity(record)


def _entity(record: Actor | Place | Time) -> Text:
    if isinstance(record, Actor):
        what = " ".join(filter(None, (record.country, record.sector)))
        return join(Text(line(record.name), STYLES["head"]), record.kind, line(record.description or ""), what)
    if isinstance(record, Place):
        there = "" if record.latitude is None else f"{record.latitude:.2f}, {record.longitude or 0:.2f}"
        return join(Text(line(record.name or record.text), STYLES["place"]), record.country or "", record.use, there)
    return Text(time_words(record), STYLES["time"])


def _according(record: Event | Figure | Position | Talks | Agreement, names: Names) -> str:
    told = names.according_to(record.according_to)
    return f"according to {listed(told)}" if told else ""
