"""Figures: which numbers are figures, and what they measure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reader.figure_cues import MEASURES
from onrecord.reader.figures import find_figures
from onrecord.reader.segment import segment

if TYPE_CHECKING:
    from onrecord.reader.figure_drafts import FigureDraft


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
    ("The council voted 13-0 to renew it.", [("13", "votes"), ("0", "votes")]),
    ("The bill passed by 112-to-87.", [("112", "votes"), ("87", "votes")]),
    ("The bill passed with 31 deputies opposing it.", [("31", "votes")]),
    ("A 9,500-strong peacekeeping mission left.", [("9,500", "troops")]),
    ("The 15-member council met.", [("15", "other")]),
    ("The war forced more than two million people from their homes.", [("more than two million", "displaced")]),
    ("The flood forced out 46,000 people.", [("46,000", "displaced")]),
    ("Some 900 villagers have taken refuge in Oru.", [("Some 900", "displaced")]),
    ("The ministry recorded 1,903 cholera cases.", [("1,903", "sick")]),
    ("The inquiry listed 11 cases of torture.", [("11", "incidents")]),
    ("He admitted eight murders.", [("eight", "killed")]),
    ("Police seized 9,000 rounds of ammunition.", [("9,000", "weapons")]),
    ("The raid burned nine surface-to-air missile launchers.", [("nine", "weapons")]),
    ("Customs stopped five trucks of timber.", [("five", "other")]),
    ("Thousands demonstrated in Oru.", [("Thousands", "participants")]),
    ("On the coast, hundreds gathered outside the port.", [("hundreds", "participants")]),
    ("At dusk, thousands went to the streets of Selu.", [("thousands", "participants")]),
    ("The rally drew 500 people.", [("500", "participants")]),
    ("Nearly 900 nurses took part.", [("Nearly 900", "participants")]),
    ("The police took away six herders.", [("six", "detained")]),
    ("The gunmen took away six herders.", [("six", "abducted")]),
    ("Varda released 70 videos.", [("70", "other")]),
    ("The dead included seven women and three men.", [("seven", "killed"), ("three", "killed")]),
    ("The raid killed 61 people -- 24 girls and 37 women.", [("61", "killed"), ("24", "killed"), ("37", "killed")]),
    ("The coalition holds 61 of the 120 seats.", [("61", "other"), ("120", "other")]),
    ("The field yields 300,000 barrels of oil.", [("300,000", "other")]),
    ("They earn 450 Egyptian pounds.", [("450", "money")]),
    ("Brent rose $2.40 to $84.10.", [("$2.40", "money"), ("$84.10", "money")]),
    ("Support rose to 55%.", [("55%", "share")]),
    ("Among the hundreds of marchers who came, 20 were hurt.", [("hundreds", "participants"), ("20", "injured")]),
    ("That brought to 19 the number of peacekeepers killed.", [("19", "killed")]),
    ("That brought to five the number of villages seized.", [("five", "other")]),
    ("Nine out of ten members voted to strike.", [("Nine out of ten", "share")]),
    ("Some 14 phones were seized.", [("Some 14", "other")]),
    ("Relatives of the disappeared, whose number activists put at 6,000, wept.", [("6,000", "missing")]),
    ("One of the drones was shot down.", [("One", "weapons")]),
    ("Two patrol boats fired at the port.", [("Two", "weapons")]),
    ("Thirty-one trucks crossed on Thursday.", [("Thirty-one", "aid")]),
    ("The clinic counted 40 dead; the ministry spoke of 22.", [("40", "killed"), ("22", "killed")]),
    (
        "It saw the deaths of three workers and the dismissal of about 40 more.",
        [("three", "killed"), ("about 40", "other")],
    ),
    ("Of the 90 miners, 34 were Vardans.", [("90", "other"), ("34", "other")]),
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
    "One of the drones fell.",
    "Her sons, 17 and 19, spoke first.",
    "Her daughters, aged 9 and 12, spoke first.",
    "Anyone under 30 may join.",
    "Oil hit a three-year high.",
    "The camp is one hour west of Oru.",
    "The rebels wait for zero hour.",
    "One day the front would return.",
    "The union wants a 12 percent raise.",
    "It lies 50 m above the river.",
    "The Group of 8 met.",
    "A 500-pound bomb fell.",
    "Orl, a father of six, was hurt.",
    "They paid not one rial.",
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
        ("The talks lasted about an hour and a half.", "hour", 1.5),
        ("The talks lasted nearly half an hour.", "hour", 0.5),
        ("Police were given another 36 hours to hold him.", "hour", 36),
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
        ("The conflict has claimed some 40,000 lives.", "total"),
        ("The clinic recorded 17 confirmed cases.", "total"),
    ],
)
def test_kind_of_change(text: str, change: str) -> None:
    assert figures(text)[0].change == change


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("She fled with her five children and now lives in a camp.", ["children"]),
        ("The army shot down 57 of 80 drones.", ["drones", "drones"]),
        ("The front would free 10 hostages and return the remains of 18 others.", ["hostages", "people"]),
        ("It fired 112 drones and six missiles.", ["drones", "missiles"]),
        ("It fled with 40 priests, and some 600 the previous day.", ["priests", "priests"]),
        ("The plan lists the release of 430 prisoners, and talks.", ["prisoners"]),
        ("The plan would free 430 monks and nuns.", ["monks and nuns"]),
    ],
)
def test_what_is_counted_ends_before_a_verb_or_the_next_number(text: str, units: list[str]) -> None:
    assert [f.unit for f in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It cost 40 million Libyan dinars.", "LYD"),
        ("It cost 3 billion New Zealand dollars.", "NZD"),
        ("It cost two billion crowns.", "crowns"),
        ("It cost SEK7 million.", "SEK"),
        ("It cost 40 cents.", "cents"),
    ],
)
def test_sums_of_money_name_their_currency(text: str, unit: str) -> None:
    (figure,) = figures(text)
    assert (figure.measure, figure.unit) == ("money", unit)


def test_winners_are_no_currency() -> None:
    assert measured("The 12 nurses won praise.") == [("12", "other")]


def test_the_head_cannot_make_people_of_houses() -> None:
    text = "They lost 17 houses."
    (figure,) = find_figures(segment(text), hints={text.index("17"): {"killed": 0.99}})
    assert figure.measure == "other"


def test_those_whom_somebody_brings_along_are_no_victims() -> None:
    text = "She fled with her five children in spring."
    (figure,) = find_figures(segment(text), hints={text.index("five"): {"killed": 0.9}})
    assert figure.measure == "other"


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
