"""Facts out of readings, kept by the collation and asked for through it and through the command line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.collate import Collation, series_views
from onrecord.collate.actors import identities
from onrecord.collate.position_facts import position_facts
from onrecord.collate.series_facts import PART, figure_facts
from onrecord.collate.series_pruning import pruned
from onrecord.collate.timelines_facts import date_fact
from onrecord.collate.tracks_facts import clashes, track_facts
from onrecord.errors import UsageError
from onrecord.ledger import Ledger
from onrecord.ledger.known import Known
from onrecord.records import (
    Agreement,
    Figure,
    Position,
    Reading,
    Report,
    Span,
    Stage,
    Talks,
    Time,
    content_id,
)
from tests.collate.plain import Line, report

if TYPE_CHECKING:
    from pathlib import Path


def known(reading: Reading) -> Known:
    return Known(seq=1, key="k", added_at="2025-03-04T00:00:00+00:00", reading=reading, appearances=(), state="current")


def counting(text: str, *figures: tuple[str, dict[str, object]], day: str = "2025-03-04") -> Reading:
    """A report that consists of one sentence with these figures."""
    found = []
    for n, (words, given) in enumerate(figures, 1):
        low = int("".join(c for c in words if c.isdigit()))
        span = Span.of(text, text.index(words), text.index(words) + len(words))
        told = {"measure": "killed", "low": low, "high": low, "unit": "people", "change": "total"} | given
        found.append(Figure(id=f"f{n}", span=span, **told))
    about = Report(id=content_id(text), text=text, published=day, anchor=day, publisher="The Daily Orm")
    return Reading(report=about, sentences=((0, len(text)),), figures=tuple(found))


def facts(reading: Reading) -> list[tuple[object, ...]]:
    return [(f.low, f.change, f.head, f.as_of, f.since) for f in figure_facts(known(reading), {})]


def test_a_part_of_a_toll_is_a_toll() -> None:
    reading = counting("At least 91 were killed, including 76 in the city", ("91", {"change": "event"}), ("76", {}))
    assert [(low, change, head) for low, change, head, *_ in facts(reading)] == [
        (91, "event", "people"), (76, "event", "people" + PART),
    ]  # fmt: skip


def test_a_count_of_the_last_hours_is_no_running_total() -> None:
    assert facts(counting("More than 150 were killed in the last 24 hours", ("150", {})))[0][1] == "increment"
    assert facts(counting("The toll rose by 20 to 150 in the last 24 hours", ("150", {})))[0][1] == "total"


def test_a_count_since_a_day_holds_for_the_day_of_its_report() -> None:
    text = "Since the truce of January 19, 132 people have been killed"
    reading = counting(text, ("132", {"as_of": "2025-01-19", "as_of_basis": "stated"}))
    start = text.index("January")
    time = Time(
        start,
        start + 10,
        "January 19",
        id="t1",
        type="DATE",
        value="2025-01-19",
        begin="2025-01-19",
        until="2025-01-19",
        precision="day",
    )
    assert facts(replace(reading, times=(time,)))[0][3:] == ("2025-03-04", "2025-01-19")


def test_plans_and_denials_are_no_counts() -> None:
    reading = report(
        Line("Varda *shelled* Port Selu", source="Tesh Front", killed=31), Line("Varda *shelled* Lake Orm", killed=4)
    )
    planned = replace(reading, events=(reading.events[0], replace(reading.events[1], status="planned")))
    assert [f.low for f in figure_facts(known(planned), {})] == [31]
    denied = replace(reading, statements=tuple(replace(s, polarity="negative") for s in reading.statements))
    assert [f.low for f in figure_facts(known(denied), {})] == [4]


def talking(published: str, outcome: str, killed: int, **more: str) -> Reading:
    """A report of an attack with its toll, of talks and of a truce between the same two, and of what one wants."""
    made = report(
        Line("Varda *shelled* the Tesh Front in Port Selu", source="Orm Monitor", killed=killed),
        published=published,
        **more,
    )
    text = made.report.text
    ids = {a.name: a.id for a in made.actors}
    both = (ids["Varda"], ids["Tesh Front"])
    words = Span.of(text, 0, 5)
    return replace(
        made,
        figures=tuple(replace(f, change="total", as_of=published, as_of_basis="anchor") for f in made.figures),
        talks=(Talks(id="k1", span=words, parties=both, outcome=outcome),),
        agreements=(Agreement(id="g1", span=words, name="truce", kinds=("ceasefire",), parties=both, status="proposed", stages=(Stage(ordinal=1),)),),
        positions=(Position(id="o1", parties=(ids["Varda"],), stance="demand", issue="withdrawal", span=words),),
    )  # fmt: skip


def test_who_takes_part_in_talks_and_who_fights() -> None:
    reading = talking("2025-03-04", "ongoing", 31)
    who = identities(known(reading))
    made = track_facts(known(reading), who)
    assert [(f.kind, f.status, [p.name for p in f.parties]) for f in made] == [
        ("round", "ongoing", ["Tesh Front", "Varda"]), ("agreement", "proposed", ["Tesh Front", "Varda"]),
    ]  # fmt: skip
    assert [day for _, day in clashes(known(reading), who)] == ["2025-03-04"]
    assert [(f.party.name, f.stance, f.day) for f in position_facts(known(reading), who)] == [
        ("Varda", "demand", "2025-03-04")
    ]
    assert date_fact(known(reading)).lead.startswith("Varda shelled")


@pytest.fixture
def filled(tmp_path: Path) -> str:
    return fill(str(tmp_path / "ledger.sqlite"))


def fill(path: str) -> str:
    """A ledger that learns a report a day."""
    now = datetime(2025, 4, 1, 12, tzinfo=UTC)
    days = iter(range(10))
    with Ledger(path, clock=lambda: now + timedelta(days=next(days))) as ledger:
        ledger.add(talking("2025-03-04", "ongoing", 31, publisher="The Daily Orm"))
        ledger.add(talking("2025-03-06", "impasse", 40, publisher="Selu Times"))
    return path


def test_the_collation_answers_and_remembers_what_it_knew(ledger_location: str) -> None:
    with Ledger(fill(ledger_location)) as ledger:
        collation = Collation(ledger)
        (made,) = collation.series(measure="killed", place="Port Selu", change="total")
        assert [(k.name, [(p.as_of, p.low) for p in k.points]) for k in made.lines] == [
            ("Orm Monitor", [("2025-03-04", 31), ("2025-03-06", 40)])
        ]
        (then,) = collation.series(measure="killed", as_known_on="2025-04-01")
        assert [p.low for k in then.lines for p in k.points] == [31]
        (track,) = collation.tracks(actor="Tesh Front")
        assert [o.outcome for r in track.rounds for o in r.outcomes] == ["ongoing", "impasse"]
        (history,) = collation.histories(actor="Varda", issue="withdrawal")
        assert [s.stories for s in history.stands] == [2]
        assert [e.day for e in collation.timeline(5)] == ["2025-03-04", "2025-03-06"]
        before = [collation.series(), collation.tracks(), collation.histories(), collation.timeline(9)]
        collation.rebuild()
        assert [collation.series(), collation.tracks(), collation.histories(), collation.timeline(9)] == before
        with pytest.raises(UsageError, match="OR-U02"):
            collation.series(change="sum")
        with pytest.raises(UsageError, match="OR-U03"):
            collation.timeline(0)
        assert not collation.series(place="Nowhere")


def toll(published: str, killed: int, change: str) -> Reading:
    """A report of an attack with its toll, or a running total."""
    made = talking(published, "ongoing", killed, publisher="The Daily Orm")
    figures = tuple(replace(f, change=change, as_of=published, as_of_basis="anchor") for f in made.figures)
    return replace(made, figures=figures)


@pytest.mark.parametrize("change", ["total", "event"])
@pytest.mark.parametrize("asked", [{"since": "2025-06-01"}, {"until": "2025-03-31"}, {"text": "33"}])
def test_series_of_some_days_are_those_of_the_whole(ledger_location: str, change: str, asked: dict[str, str]) -> None:
    days = ("2024-03-01", "2025-03-04", "2025-03-06", "2025-09-01", "2025-09-02")
    with Ledger(ledger_location) as ledger:
        ledger.add_many([toll(day, 31 + n, change) for n, day in enumerate(days)])
        collation = Collation(ledger)
        whole = collation.series(change=change)
        members = frozenset(e.id for e in ledger.figures(text=asked["text"])) if "text" in asked else None
        found = collation.series(change=change, **asked)
        assert found
        assert found == pruned(whole, since=asked.get("since"), until=asked.get("until"), members=members)


def test_the_first_series_are_the_first_of_all(ledger_location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_views, "_AT_ONCE", 1)
    with Ledger(ledger_location) as ledger:
        for more, (change, times) in enumerate((("event", 4), ("total", 2), ("level", 3))):
            for n in range(times):
                made = toll(f"2025-03-0{n + 1}", 30 + n + 10 * more, change)
                figures = tuple(replace(f, measure=("killed", "injured")[n % 2]) for f in made.figures)
                ledger.add(replace(made, figures=figures))
        collation = Collation(ledger)
        whole = collation.series()
        assert len(whole) > 3
        for limit in range(1, len(whole) + 2):
            assert collation.series(limit=limit) == whole[:limit]


def test_a_part_of_what_is_no_count_is_counted_for_itself() -> None:
    reading = counting(
        "A force of 600 men, including 76 killed", ("600", {"change": "none"}), ("76", {"change": "event"})
    )
    assert [(low, change) for low, change, *_ in facts(reading)] == [(76, "event")]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("show series --measure killed", ["running total", "Orm Monitor", "31", "40"]),
        ("show tracks", ["Tesh Front – Varda", "impasse", "truce"]),
        ("show positions --history --actor Varda", ["withdrawal", "demand", "in 2"]),
        ("timeline --top 3 shelled", ["2025-03-04", "2025-03-06"]),
    ],
)
def test_the_command_line_tells_it(filled: str, command: str, words: list[str]) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--ledger", filled])
    assert result.exit_code == 0, result.output
    assert all(word in result.output for word in words), result.output


@pytest.mark.parametrize("command", ["show series", "show tracks", "show positions --history", "timeline"])
def test_the_command_line_gives_json_and_csv(filled: str, command: str) -> None:
    shown = CliRunner().invoke(main, [*command.split(), "--json", "--ledger", filled])
    assert all(isinstance(json.loads(line), dict) for line in shown.output.splitlines())
    table = CliRunner().invoke(main, [*command.split(), "--csv", "--ledger", filled])
    header, *rows = csv.reader(io.StringIO(table.output))
    assert rows
    assert all(len(row) == len(header) for row in rows)
    assert CliRunner().invoke(main, [*command.split(), "--csv", "--json", "--ledger", filled]).exit_code == 2


def test_history_takes_no_filter_that_it_does_not_know(filled: str) -> None:
    result = CliRunner().invoke(main, ["show", "positions", "--history", "--place", "Selu", "--ledger", filled])
    assert result.exit_code == 2
    assert "--place" in result.output
