"""Negotiations for people: who with whom, through whom, the rounds, who came and left, agreements and their stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from onrecord.cli.view.tables import Column, fitted
from onrecord.cli.view.words import STYLES, count_of, days, join, known, line, listed, plain, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from onrecord.collate.facts_voices import Voice
    from onrecord.collate.tracks import Track
    from onrecord.collate.tracks_deals import Deal, Step
    from onrecord.collate.tracks_rounds import Move, Round

_NAMES = 4
_SHORT = 150


def print_tracks(console: Console, entries: Sequence[Track]) -> None:
    """Print tracks, the latest first, each in order of time."""
    if not entries:
        console.print("Nothing in the ledger fits; --all shows what one report tells of.")
    for n, t in enumerate(entries):
        if n:
            console.print()
        between = " – ".join(line(p.name) for p in t.parties)
        console.print(join(Text(between, STYLES["actor"]), days(t.begin, t.until), count_of(t.reports, "reports")))
        through = f"through {listed([p.name for p in t.mediators[:_NAMES]])}" if t.mediators else ""
        beside = f"also named: {listed([p.name for p in t.others[:_NAMES]])}" if t.others else ""
        there = f"in {listed(list(t.places[:_NAMES]))}" if t.places else ""
        if detail := join(through, beside, there):
            console.print(Padding(detail, (0, 0, 0, 2)))
        _print_course(console, t)
        for d in t.deals:
            _print_deal(console, d)


def _print_course(console: Console, t: Track) -> None:
    rows = [(r.begin or "", _round(r)) for r in t.rounds] + [(m.day or "", _move(m)) for m in t.moves]
    if rows:
        table = fitted((Column("", 12, style=STYLES["time"]), Column("", 30, share=1)), console.width - 2)
        table.show_header = False
        for day, told in sorted(rows, key=lambda row: row[0]):
            table.add_row(day, told)
        console.print(Padding(table, (0, 0, 0, 2)))


def _round(r: Round) -> Text:
    there = f"in {listed(list(r.places))}" if r.places else ""
    who = listed([p.name for p in r.parties])
    between = f"through {listed([p.name for p in r.mediators])}" if r.mediators else ""
    span = f"until {r.until}" if r.until and r.until != r.begin else ""
    told = f"in {count_of(r.stories, 'reports')}" if r.stories > 1 else ""
    level = f"{r.level} level" if r.level != "unknown" else ""
    head = join(Text("talks", STYLES["cue"]), who, known(r.form), level, between, there, span, told)
    lines = [head]
    for o in r.outcomes:
        word = Text(plain(o.outcome), STYLES["head"]) if o.outcome != "unknown" else ""
        lines.append(
            join(word, Text(_by(o.voices), STYLES["faint"]), Text(quote([o.sentence], _SHORT), STYLES["content"]))
        )
    return join(*lines, by="\n")


def _move(m: Move) -> Text:
    who = listed([p.name for p in m.parties])
    there = f"in {listed(list(m.places))}" if m.places else ""
    head = join(Text(f"delegation {m.status}", STYLES["cue"]), who, there, Text(_by(m.voices), STYLES["faint"]))
    return join(head, Text(quote([m.sentence], _SHORT), STYLES["content"]), by="\n")


def _by(voices: Iterable[Voice]) -> str:
    names = [v.name for v in voices]
    return f"according to {listed(names[:_NAMES])}" if names else ""


def _print_deal(console: Console, d: Deal) -> None:
    kinds = ", ".join(plain(k) for k in d.kinds)
    head = join(Text(line(d.name), STYLES["head"]), kinds, days(d.begin, d.until), count_of(d.stories, "reports"))
    console.print(Padding(head, (0, 0, 0, 2)))
    for s in d.steps:
        console.print(Padding(_step(s), (0, 0, 0, 4)))
    for g in d.stages:
        told = listed([f"{plain(s.status)} ({s.day})" for s in g.steps], ", then ") or "no status told"
        console.print(Padding(Text(f"stage {g.ordinal}: {told}"), (0, 0, 0, 4)))


def _step(s: Step) -> Text:
    return join(
        Text(s.day or "", STYLES["time"]), Text(plain(s.status), STYLES["cue"]), Text(_by(s.voices), STYLES["faint"])
    )
