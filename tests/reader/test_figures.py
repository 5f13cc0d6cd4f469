"""Figures: which numbers are figures, and what they measure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reader.figure_cues import MEASURES
from onrecord.reader.figures import FigureDraft, find_figures
from onrecord.reader.segment import segment


def figures(text: str) -> list[FigureDraft]:
    """The text's figures."""
    return find_figures(segment(text))


def measured(text: str) -> list[tuple[str, str]]:
    """Each figure's words and measure."""
    return [(text[f.start : f.end], f.measure) for f in figures(text)]


SHAPES = [
    ("At least four miners were killed in Oru.", [("At least four", "killed")]),
    ("Four miners are reported to have been killed.", [("Four", "killed")]),
    ("The blast killed four miners.", [("four", "killed")]),
    ("The blast left four miners dead.", [("four", "killed")]),
    ("Four miners died and nine were injured.", [("Four", "killed"), ("nine", "injured")]),
    ("The blast tore through the hall, killing four and wounding nine.", [("four", "killed"), ("nine", "injured")]),
    ("Five dead and 30 wounded, a nurse said.", [("Five", "killed"), ("30", "injured")]),
    ("The mayor was killed and two others were injured.", [("two", "injured")]),
    ("The blast killed the mayor and two bodyguards.", [("two", "killed")]),
    ("The killing of 12 herders angered the valley.", [("12", "killed")]),
    ("The bodies of 12 herders were found.", [("12", "killed")]),
    ("The death toll has reached 812, the ministry said.", [("812", "killed")]),
    ("The clinic put the number of wounded at 40.", [("40", "injured")]),
    ("The war has cost the lives of 900 villagers.", [("900", "killed")]),
    ("Some 40 hostages are still held in the mine.", [("Some 40", "held")]),
    ("The front freed 33 hostages on Monday.", [("33", "released")]),
    ("The front handed over 52 soldiers.", [("52", "released")]),
    ("Police arrested 61 marchers.", [("61", "detained")]),
    ("Gunmen kidnapped eight pupils.", [("eight", "abducted")]),
    ("Sixteen sailors were missing.", [("Sixteen", "missing")]),
    ("About 3,000 families fled the valley.", [("About 3,000", "displaced")]),
    ("Thousands of people marched to the palace.", [("Thousands", "participants")]),
    ("Varda sent 3,000 troops to the border.", [("3,000", "troops")]),
    ("The army fired 40 rockets at the port.", [("40", "weapons")]),
    ("The front carried out nine attacks last month.", [("nine", "incidents")]),
    ("A convoy of 14 trucks reached Keshet.", [("14", "aid")]),
    ("The bill passed with 61 votes.", [("61", "votes")]),
    ("Varda paid €20,000 in damages.", [("€20,000", "money")]),
    ("The loan of 30 million euros was refused.", [("30 million", "money")]),
    ("Some 57% of voters stayed away.", [("Some 57%", "share")]),
    ("A 500-strong contingent landed.", [("500", "troops")]),
    ("No casualties were reported.", [("No", "casualties")]),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_measure(text: str, expected: list[tuple[str, str]]) -> None:
    assert measured(text) == expected


NOT_FIGURES = [
    "Lena Okoro, 39, spoke first.",
    "A 25-year-old baker spoke first.",
    "He was 42 when he left.",
    "The attack came on 4 May 2019.",
    "The convoy left at 14:30.",
    "It was the third blast in Oru.",
    "The village lies 20 kilometres east of Keshet.",
    "The Rovers won 3-1 in Keshet.",
    "Exports rose by 12% in spring.",
    "Exports saw a 12% drop in spring.",
    "Varda's Channel 6 showed the film.",
    "The council adopted Resolution 1973 in spring.",
    "A woman was killed.",
    "The two sides met in Keshet.",
    "He left two weeks ago.",
    "Two weeks later he left.",
    "A three-judge panel heard the case.",
    "One of the most famous painters came.",
]


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "unit", "low"),
    [
        ("The sides agreed on a two-month truce.", "month", 2),
        ("He has ruled Varda for three decades.", "year", 30),
        ("The 19-month offensive goes on.", "month", 19),
        ("The talks lasted nearly eight hours.", "hour", 8),
        ("A three-week-old ceasefire broke down.", "week", 3),
    ],
)
def test_durations_keep_their_calendar_unit(text: str, unit: str, low: float) -> None:
    first = figures(text)[0]
    assert (first.unit, first.low) == (unit, low)


def test_a_part_takes_the_measure_of_its_whole() -> None:
    text = "The flood killed 40 people, including 12 children. Another 30 were injured, four of them badly."
    assert measured(text) == [("40", "killed"), ("12", "killed"), ("30", "injured"), ("four", "injured")]


def test_coordinated_subjects_share_the_verb() -> None:
    text = "Eleven monks and 25 novices had been killed."
    assert measured(text) == [("Eleven", "killed"), ("25", "killed")]


def test_a_figure_carries_unit_population_and_clause() -> None:
    text = "The front said on Monday that nine foreign engineers were freed; the army denied it."
    (figure,) = figures(text)
    assert figure.unit == "foreign engineers"
    assert figure.population is not None
    assert text[slice(*figure.population)] == "foreign engineers"
    assert text[slice(*figure.clause)].endswith("were freed")


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("The blast killed four miners.", "event"),
        ("The death toll has reached 812.", "total"),
        ("Some 40 hostages are still held in the mine.", "level"),
        ("The fighting killed a further 20 miners.", "increment"),
        ("The plan would free 33 hostages.", "none"),
        ("The sides agreed on a two-month truce.", "none"),
    ],
)
def test_kind_of_change(text: str, change: str) -> None:
    assert figures(text)[0].change == change


def test_numbers_inside_times_and_names_are_left_out() -> None:
    text = "The crew of Fort 40 counted 12 rockets."
    start = text.index("Fort 40")
    found = find_figures(segment(text), names=[(start, start + 7)])
    assert [text[f.start : f.end] for f in found] == ["12"]


def test_survivors_are_not_killed_and_every_one_is_no_count() -> None:
    text = "The coast guard pulled 23 survivors from the water. Every one of these deaths could have been prevented."
    at = text.index("23")
    found = find_figures(segment(text), hints={at: {"killed": 0.9}})
    assert [(text[f.start : f.end], f.measure) for f in found] == [("23", "other")]


def test_a_hint_decides_only_where_no_verb_does() -> None:
    text = "There were 400 villagers in the hall. The blast killed 12 of them."
    start = text.index("400")
    sure = {"participants": 0.9, "none": 0.1}
    hinted = find_figures(segment(text), hints={start: sure, text.index("12"): {"none": 0.99}})
    assert [f.measure for f in hinted] == ["participants", "killed"]
    dropped = find_figures(segment(text), hints={start: {"none": 0.9, "other": 0.1}})
    assert [f.measure for f in dropped] == ["killed"]


PIECES = st.lists(
    st.sampled_from(
        [
            "killed",
            "were",
            "wounded",
            "people",
            "and",
            ",",
            "at least",
            "40",
            "two",
            "of",
            "them",
            "the",
            "including",
            "death",
            "toll",
            "reached",
            "Channel",
            "6",
            "years",
            "-",
            "old",
            "a",
            "half",
            "%",
            "$5",
            ".",
            ";",
            "another",
            "who",
            "to",
        ]
    ),
    max_size=30,
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), PIECES.map(" ".join)))
def test_any_text_gives_ordered_figures_inside_their_clause(text: str) -> None:
    end = 0
    for figure in figures(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
        assert figure.clause[0] <= figure.start
        assert figure.end <= figure.clause[1]
        assert figure.measure in MEASURES
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert 0 < figure.confidence <= 1
        if figure.population:
            assert 0 <= figure.population[0] < figure.population[1] <= len(text)


def test_time_grows_with_the_length_of_the_text() -> None:
    def seconds(repeats: int) -> float:
        document = segment("The blast killed at least 14 miners and wounded 30 others in Oru. " * repeats)
        begun = time.process_time()
        find_figures(document)
        return time.process_time() - begun

    seconds(50)
    assert seconds(1600) < 12 * seconds(400) + 0.05


def test_those_still_held_are_held_whatever_governs_them() -> None:
    document = segment("The goal is to beat the front and return 41 captives still held in Varda.")
    (figure,) = find_figures(document)
    assert (figure.measure, figure.explicit) == ("held", True)
