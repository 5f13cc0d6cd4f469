"""When a happening was, by the times and the happenings around it."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord import records as R
from onrecord.reader.event_offsets import offset_times
from onrecord.reader.event_times import event_time, frame_of
from onrecord.reader.events import EventDraft
from onrecord.reader.segment import segment
from onrecord.reader.times import find_times

ANCHOR = date(2024, 5, 17)


def read(text: str, *named: tuple[str, str]) -> list[tuple[str | None, str | None]]:
    """First and last day of happenings given as type and trigger."""
    document, anchor = segment(text), ANCHOR.isoformat()
    times = [
        R.Time(
            t.start, t.end, text[t.start : t.end], id=f"t{n}", type=t.type, value=t.value, begin=t.begin,
            until=t.until, precision=t.precision,
        )
        for n, t in enumerate(find_times(document, ANCHOR))
    ]  # fmt: skip
    drafts = [
        EventDraft(kind, (text.index(word), text.index(word) + len(word)), clause=(0, len(text)))
        for kind, word in named
    ]
    frame = frame_of(drafts, [], {})
    found = [event_time(document, e, times, anchor, frame) for e in drafts]
    return [(t.begin, t.until) for t in offset_times(document, drafts, times, found, frame)]


def test_since_opens_a_stretch_up_to_the_day_of_the_report() -> None:
    assert read("The two armies have fought in the valley since March.", ("ASSAULT", "fought")) == [
        ("2024-03-01", "2024-05-17")
    ]


def test_since_belongs_to_the_happening_beside_it() -> None:
    text = "The front released on Friday three men that it had held since March."
    released, held = read(text, ("RETREAT", "released"), ("ASSAULT", "held"))
    assert released == ("2024-05-17", "2024-05-17")
    assert held == ("2024-03-01", "2024-05-17")


def test_the_nearer_happening_has_the_time() -> None:
    text = "Troops shelled Keshet on Monday after rebels attacked a bridge on Sunday."
    shelled, attacked = read(text, ("ASSAULT", "shelled"), ("ASSAULT", "attacked"))
    assert shelled == ("2024-05-13", "2024-05-13")
    assert attacked == ("2024-05-12", "2024-05-12")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Jets bombed a depot on Thursday, two days after rockets hit a port.", ("2024-05-14", "2024-05-14")),
        ("Jets bombed a depot on Thursday, two days before rockets hit a port.", ("2024-05-18", "2024-05-18")),
        ("Jets bombed a depot on Thursday, hours after rockets hit a port.", ("2024-05-15", "2024-05-16")),
        ("Jets bombed a depot on Thursday, a week after rockets hit a port.", ("2024-05-06", "2024-05-12")),
        ("Jets bombed a depot in 2008, nine years after rockets hit a port.", ("1999-01-01", "1999-12-31")),
        ("Jets bombed a depot in May 2023, six months after rockets hit a port.", ("2022-11-01", "2022-11-30")),
        ("Two days after rockets hit a port, jets bombed a depot on Thursday.", ("2024-05-14", "2024-05-14")),
        ("Jets bombed a depot, two days after rockets hit a port.", (None, None)),
    ],
)
def test_an_offset_dates_what_it_counts_from(text: str, days: tuple[str | None, str | None]) -> None:
    assert read(text, ("ASSAULT", "bombed"), ("ASSAULT", "hit"))[1] == days


def test_an_offset_counts_from_the_day_where_no_happening_is_found() -> None:
    text = "They came to Keshet on Thursday, two days after rockets hit a port."
    assert read(text, ("ASSAULT", "hit")) == [("2024-05-14", "2024-05-14")]


def test_a_length_of_time_is_no_offset() -> None:
    text = "Orl was jailed on Thursday for two years after police arrested him."
    assert read(text, ("SANCTION", "jailed"), ("COERCE", "arrested"))[1] != ("2022-01-01", "2022-12-31")
