"""When and where a number holds."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord import records as R
from onrecord.reader.figure_frames import as_of, framed, period, place
from onrecord.reader.figures import FigureDraft, find_figures
from onrecord.reader.segment import segment
from onrecord.reader.times import find_times

ANCHOR = date(2024, 5, 17)


def read(text: str) -> tuple[FigureDraft, list[R.Time]]:
    """The first figure of a text and its times."""
    document = segment(text)
    times = [
        R.Time(
            t.start, t.end, text[t.start : t.end], id=f"t{n}", type=t.type, value=t.value, begin=t.begin,
            until=t.until, precision=t.precision,
        )
        for n, t in enumerate(find_times(document, ANCHOR))
    ]  # fmt: skip
    return find_figures(document, times=[(t.start, t.end) for t in times])[0], times


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shells killed nine people in Keshet on Monday.", ("2024-05-13", "stated")),
        ("Some 4,000 people have been killed since May 3, 2021.", ("2024-05-17", "anchor")),
        ("Shells killed nine people before talks on Monday.", (None, None)),
        ("The road was shut for nine days on Monday.", (None, None)),
        ("Varda will free nine prisoners by May 30.", (None, None)),
    ],
)
def test_the_day_of_a_count(text: str, day: tuple[str | None, str | None]) -> None:
    figure, times = read(text)
    assert as_of(segment(text), figure, times, ANCHOR.isoformat()) == day


def test_the_day_of_the_telling_dates_what_runs_on_but_no_event() -> None:
    for text, day in [
        ("The ministry said on Monday that 300 rebels were still in the valley.", "2024-05-13"),
        ("The ministry said on Monday that shells killed nine people.", None),
    ]:
        figure, times = read(text)
        assert as_of(segment(text), figure, times, ANCHOR.isoformat(), {times[0].id})[0] == day


def test_since_covers_a_running_count_not_an_event() -> None:
    text = "Some 4,000 people have been killed since March 2021."
    figure, times = read(text)
    assert figure.change == "total"
    assert period(segment(text), figure, times, "2024-05-17") == R.Period(begin="2021-03-01", until="2024-05-17")
    text = "The front released three soldiers held since January."
    figure, times = read(text)
    assert period(segment(text), figure, times, None) is None


def point(text: str, name: str, number: str) -> R.Place:
    start = text.index(name)
    return R.Place(
        start, start + len(name), name, id=number, form="name", use="literal", name=name, geonameid=None, latitude=None,
        longitude=None, country=None, admin1=None, feature_class=None, feature_code=None, precision="area", basis="text",
    )  # fmt: skip


def test_the_place_of_a_count_is_the_nearest_behind_it() -> None:
    text = "A man from Orl said shells killed nine people in Keshet."
    figure, _ = read(text)
    assert place(segment(text), figure, [point(text, "Orl", "p1"), point(text, "Keshet", "p2")]) == ("p2",)


def test_a_length_has_no_place() -> None:
    text = "Talks in Keshet went on for nine days."
    figure, _ = read(text)
    assert figure.measure == "duration"
    assert place(segment(text), figure, [point(text, "Keshet", "p1")]) == ()


def test_a_toll_has_the_day_and_place_of_its_event() -> None:
    span = R.Span(0, 4, "nine")
    toll = R.Figure(id="f1", span=span, measure="killed", low=9, high=9, change="event")
    other = R.Figure(id="f2", span=span, measure="killed", low=9, high=9, change="event")
    when = R.EventTime(ref="t1", begin="2024-05-13", until="2024-05-13", precision="day", basis="stated")
    raid = R.Event(
        id="e1", type="ASSAULT", trigger=span, text=span, time=when, places=("p1", "p2"), figures=("f1",)
    )  # fmt: skip
    found = framed([toll, other], [raid])
    assert (found[0].places, found[0].as_of, found[0].as_of_basis) == (("p1",), "2024-05-13", "stated")
    assert found[1] == other


def test_a_place_of_another_clause_is_not_the_counts() -> None:
    text = "Raids killed nine people according to the mission in Keshet."
    figure, _ = read(text)
    assert place(segment(text), figure, [point(text, "Keshet", "p1")]) == ()


def test_a_running_count_does_not_take_the_frame_of_an_event() -> None:
    span = R.Span(0, 4, "nine")
    total = R.Figure(id="f1", span=span, measure="killed", low=9, high=9, change="total")
    when = R.EventTime(ref="t1", begin="2024-05-13", until="2024-05-13", precision="day", basis="stated")
    raid = R.Event(id="e1", type="ASSAULT", trigger=span, text=span, time=when, places=("p1",), figures=("f1",))
    assert framed([total], [raid]) == [total]


def test_the_day_of_the_telling_is_no_period() -> None:
    text = "The ministry said nine people were killed on Monday."
    figure, times = read(text)
    assert period(segment(text), figure, times, None) == R.Period(begin="2024-05-13", until="2024-05-13")
    assert period(segment(text), figure, times, None, {times[0].id}) is None
