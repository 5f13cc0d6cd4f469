"""How long `collate` takes per new report as the ledger grows: a curve over 1,000, 10,000, 100,000 … reports.

Synthetic reports (no language is read): every day 250 of them, about stories that last some days, in an invented
vocabulary; each has five events, six statements and three figures, and every sixth is an edited copy of another.  The
ledger is filled day by day; at each mark the time is printed that the last reports took, those before left out.

    python -m benchmarks.collate [--up-to 100000] [--ledger FILE] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from onrecord.collate import Collation
from onrecord.ledger import Ledger
from onrecord.records import (
    Actor,
    Event,
    EventTime,
    Figure,
    Mention,
    Place,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    content_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_DAY = 250
STORIES = 60
"""Stories that run at the same time."""
LASTS = 12
"""Days of a story."""
PER_STORY = 3
"""Happenings of a story on one day; they are told of on that day and the next two."""
WINDOW = 500
"""Reports over which a time is taken."""
TYPES = ("ASSAULT", "CONSULT", "AGREE", "RETREAT", "ACCUSE", "REQUEST")
LETTERS = "bcdfghjklmnpqrstvwxyz"


def word(rng: random.Random) -> str:
    """An invented word."""
    return "".join(rng.choice(LETTERS) + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


@dataclass
class Story:
    """What the reports of a story have in common."""

    actors: list[str]
    place: str
    words: list[str]
    happenings: dict[int, list[tuple[str, list[str]]]]


class Press:
    """Makes reports, the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.common = [word(self.rng) for _ in range(3000)]
        self.names = [word(self.rng).capitalize() for _ in range(2000)]
        self.outlets = [word(self.rng).capitalize() for _ in range(80)]
        self.stories: dict[int, Story] = {}

    def reports(self) -> Iterator[Reading]:
        """Reports without end, in order of publication."""
        day = date(2016, 1, 1)
        number = 0
        while True:
            last: Reading | None = None
            for n in range(PER_DAY):
                number += 1
                if n % 6 == 5 and last is not None:
                    yield self._copy(last, number)
                else:
                    last = self._report(day, number)
                    yield last
            day += timedelta(days=1)

    def _story(self, day: date) -> Story:
        slot = self.rng.randrange(STORIES)
        key = (day.toordinal() + slot) // LASTS * STORIES + slot
        if key not in self.stories:
            self.stories = {k: s for k, s in self.stories.items() if k > key - 3 * STORIES}
            rng = random.Random(key)
            words = [word(rng) for _ in range(40)]
            self.stories[key] = Story(rng.sample(self.names, 6), word(rng).capitalize(), words, {})
        story = self.stories[key]
        for ordinal in range(day.toordinal() - 2, day.toordinal() + 1):
            if ordinal not in story.happenings:
                rng = random.Random(key * 100_000 + ordinal)
                new = [(rng.choice(TYPES), [word(rng), *rng.sample(story.words, 5)]) for _ in range(PER_STORY)]
                story.happenings[ordinal] = new
        return story

    def _copy(self, original: Reading, number: int) -> Reading:
        text = f"{original.report.text} {self.common[number % 3000]} {number}."
        report = original.report
        made = Report(
            id=content_id(text), text=text, publisher=self.rng.choice(self.outlets), agency=report.agency,
            published=report.published, anchor=report.anchor, anchor_basis="metadata",
        )  # fmt: skip
        return Reading(
            report=made, sentences=original.sentences, actors=original.actors, places=original.places,
            statements=original.statements, events=original.events, figures=original.figures,
        )  # fmt: skip

    def _report(self, day: date, number: int) -> Reading:
        rng, story = self.rng, self._story(day)
        recent = [(o, h) for o in range(day.toordinal() - 2, day.toordinal() + 1) for h in story.happenings[o]]
        told = rng.sample(recent, 5)
        sentences, parts, at = [], [], 0
        for n, (_, (_, words)) in enumerate(told):
            actor, other = rng.sample(story.actors, 2)
            filler = " ".join(rng.sample(self.common, 25))
            body = f"{actor} {words[0]} {other} {' '.join(words[1:])} in {story.place} killing {rng.randint(2, 90)} {filler}"
            sentence = f"{body} {rng.choice(story.actors)} said report {number} {n}."
            sentences.append((at, at + len(sentence)))
            parts.append(sentence)
            at += len(sentence) + 1
        return self._reading(story, told, " ".join(parts), sentences, day)

    def _reading(
        self, story: Story, told: list[Any], text: str, sentences: list[tuple[int, int]], day: date
    ) -> Reading:
        def span(words: str, start: int) -> Span:
            begin = text.index(words, start)
            return Span(begin, begin + len(words), words)

        ids = {name: f"a{n}" for n, name in enumerate(story.actors, 1)}
        actors = tuple(
            Actor(id=i, name=name, kind="organization", country="VRD", sector="GOV" if int(i[1:]) % 2 else "REB",
                  mentions=(Mention(0, len(name), name),))
            for name, i in ids.items()
        )  # fmt: skip
        place = span(story.place, 0)
        where = Place(place.start, place.end, place.text, id="p1", name=place.text, country="VRD", precision="city")
        statements, events, figures = [], [], []
        for n, ((ordinal, (kind, words)), (start, end)) in enumerate(zip(told, sentences, strict=True), 1):
            when = date.fromordinal(ordinal).isoformat()
            said = text[start:end].split()
            speaker, actor, other = said[-5], said[0], said[2]
            content = Span(start, start + 60, text[start : start + 60])
            statements.append(
                Statement(id=f"s{n}", source=Source(span=span(speaker, start), actors=(ids[speaker],), kind="organization",
                          naming="named"), cue=(span("said", start),), content=(content,))
            )  # fmt: skip
            number = said[said.index("killing") + 1]
            figures.append(
                Figure(id=f"f{n}", span=span(number, start), measure="killed", low=int(number), high=int(number),
                       unit="people", change="event", as_of=day.isoformat(), according_to=(f"s{n}",))
            )  # fmt: skip
            events.append(
                Event(id=f"e{n}", type=kind, trigger=span(words[0], start), text=content, actors=(ids[actor],),
                      recipients=(ids[other],), places=("p1",), status="occurred", according_to=(f"s{n}",), figures=(f"f{n}",),
                      time=EventTime(begin=when, until=when, precision="day", basis="stated"))
            )  # fmt: skip
        report = Report(
            id=content_id(text), text=text, publisher=self.rng.choice(self.outlets),
            agency="Reuters" if self.rng.random() < 0.3 else None,
            published=day.isoformat(), anchor=day.isoformat(), anchor_basis="metadata",
        )  # fmt: skip
        return Reading(
            report=report, sentences=tuple(sentences), actors=actors, places=(where,), statements=tuple(statements),
            events=tuple(events), figures=tuple(figures),
        )  # fmt: skip


def measure(path: str, up_to: int, console: Console) -> list[dict[str, float]]:
    """The seconds that collate takes per report, and a view, at 1,000, 10,000 … reports."""
    marks = [n for n in (1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000) if n <= up_to] or [up_to]
    press, results, kept = Press().reports(), [], 0
    with Ledger(path) as ledger:
        collation = Collation(ledger)
        for mark in marks:
            while kept < mark:
                batch = min(WINDOW, mark - kept)
                ledger.add_many(next(press) for _ in range(batch))
                kept += batch
                begun, cpu = time.perf_counter(), time.process_time()
                collation.update()
                took, cpu = time.perf_counter() - begun, time.process_time() - cpu
            tally = collation.tally()
            begun = time.perf_counter()
            collation.happenings(limit=50, since="2016-01-02")
            view = time.perf_counter() - begun
            size = Path(path).stat().st_size / kept if Path(path).exists() else 0.0
            results.append({
                "reports": kept, "ms_per_report": 1000 * took / batch, "cpu_ms_per_report": 1000 * cpu / batch,
                "view_ms": 1000 * view, "bytes_per_report": size, **tally,
            })  # fmt: skip
            console.print(f"{kept:,} reports: {1000 * took / batch:.1f} ms per new report", style="dim")
    return results


def show(results: list[dict[str, float]], console: Console) -> None:
    """The curve for people."""
    table = Table(title=f"collate, per new report (the last {WINDOW} before each mark)", title_justify="left")
    for column in ("reports", "ms", "CPU ms", "", "show happenings, ms", "happenings", "links"):
        table.add_column(column, justify="left" if not column else "right")
    most = max(r["ms_per_report"] for r in results)
    for r in results:
        bar = "█" * max(1, round(30 * r["ms_per_report"] / most))
        table.add_row(
            f"{r['reports']:,.0f}", f"{r['ms_per_report']:.1f}", f"{r['cpu_ms_per_report']:.1f}", bar,
            f"{r['view_ms']:.0f}", f"{r['happenings']:,.0f}", f"{r['links']:,.0f}",
        )  # fmt: skip
    console.print(table)


def main() -> int:
    """Measure and print; timings on a shared machine are no reason to fail."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--up-to", type=int, default=10_000, metavar="N", help="reports at the last mark")
    parser.add_argument("--ledger", metavar="FILE|URL", help="where to make the ledger (it must be empty)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers here")
    args = parser.parse_args()
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        results = measure(args.ledger or f"{folder}/ledger.sqlite", args.up_to, console)
    show(results, console)
    if args.json:
        args.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
