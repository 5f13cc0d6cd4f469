"""Who is who: names whole, class words and pairs to whom they mean, names shown in words that a reader understands."""

from __future__ import annotations

import pytest

from onrecord.reader.cast import shown, somebody
from onrecord.reader.encoder import Span
from onrecord.reader.names import _is_name, _without_title
from onrecord.reader.segment import segment
from tests.reader.test_actors import Story


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Turkish Foreign Minister Orhan Sezer", "Orhan Sezer"),
        ("NORA Executive Secretary Tesfa Gebre", "Tesfa Gebre"),
        ("Orhan Sezer", "Orhan Sezer"),
        ("Pope Anselm", "Pope Anselm"),
    ],
)
def test_a_persons_name_stands_without_whose_office_it_is(words: str, name: str) -> None:
    d = segment(words)
    own = _without_title(d, Span(0, len(d.words), "Person", 0.9))
    assert d.text[d.words[own.first][0] : d.words[own.last - 1][1]] == name


@pytest.mark.parametrize(("word", "kept"), [("Its", False), ("Local", False), ("US", True), ("May", True)])
def test_pronouns_and_general_words_are_no_names(word: str, kept: bool) -> None:
    d = segment(f"{word} spoke.")
    assert _is_name(d, Span(0, 1, "Person", 0.9)) is kept


def test_half_a_name_is_the_whole() -> None:
    s = Story("The [O National Tesh Army] left the talks.")
    assert s.ask("National") == s.ask("The National Tesh Army")


def test_the_kremlin_speaks_for_its_state() -> None:
    s = Story("The [O Kremlin] said no. [L Russia] sent a note.")
    assert s.ask("The Kremlin") == s.ask("Russia")


def test_an_apposition_names_a_body_that_is_known() -> None:
    s = Story("The [O Rapid Support Forces], the country's largest armed group, resumed talks.")
    assert s.ask("the country's largest armed group") == s.ask("The Rapid Support Forces")


def test_what_speaks_after_a_comma_is_no_apposition() -> None:
    s = Story("According to [O Vesna News], the ministry then closed the road, and left.")
    assert s.ask("the ministry") != s.ask("Vesna News")


def test_a_lone_person_that_is_called_a_group_is_one() -> None:
    s = Story("[P Karpan], a rights group, accused the army.")
    assert s.who("Karpan")[0].kind == "organization"
    assert s.ask("a rights group") == s.ask("Karpan")


def test_numbers_that_differ_are_different_people() -> None:
    s = Story("Three children were killed. The teacher fled with five children. The three children were cousins.")
    assert s.ask("Three children") == s.ask("The three children") != s.ask("five children")


def test_class_words_go_to_the_nearest_that_fits() -> None:
    s = Story(
        "The rebel [O Tesh Front] denied it. [O Doctors Without Borders] said its teams had treated ten. "
        "The medical charity urged calm. According to the organization, most were women."
    )
    assert s.ask("The medical charity") == s.ask("Doctors Without Borders") == s.ask("the organization")


def test_the_military_is_not_the_rebels() -> None:
    s = Story("[L Varda]'s army took the town from the paramilitary [O Rapid Support Forces], a gain for the military.")
    assert s.ask("the military") == s.ask("Varda's army") != s.ask("Rapid Support Forces")


def test_a_backer_does_not_own_the_group() -> None:
    s = Story("[O Hezbollah] denied it. The [L Iran]-backed group fired again.")
    assert s.ask("The Iran-backed group") == s.ask("Hezbollah")


def test_both_sides_are_the_parties_of_the_story_not_those_who_urge_them() -> None:
    s = Story(
        "[L Armenia] accused [L Azerbaijan] of shelling. [L Armenia] said it fired back. [L Azerbaijan] denied it. "
        "[L Qatar] and [L Norway] urged both sides to talk."
    )
    s.ask("Qatar and Norway", speaking=True)
    assert set(s.names("both sides")) == {"Armenia", "Azerbaijan"} == set(s.names("sides"))


def test_a_state_and_its_army_are_one_side() -> None:
    s = Story(
        "[L Sudan]'s army said no. The army denied it. The [O Rapid Support Forces] agreed. [L Sudan] welcomed it. "
        "[L Egypt] asked both sides to meet."
    )
    assert s.ask("The Rapid Support Forces")[0] in s.ask("both sides")
    assert len({"Sudan", "Sudan's army"} & set(s.names("both sides"))) == 1


def test_a_subject_after_its_article() -> None:
    s = Story("[O Telnet] was down. The [L United Arab Emirates] mediated the swap, its foreign ministry said.")
    assert shown(s.who("its foreign ministry")[0], s.book.entities) == "United Arab Emirates' foreign ministry"


def test_they_before_a_verb_is_a_subject_and_may_be_the_subject_before() -> None:
    s = Story("It ended after the guerrillas released three soldiers they had held since January.")
    assert s.ask("they") == s.ask("the guerrillas")


def test_a_government_by_its_own_name_is_not_the_state_named_before() -> None:
    s = Story(
        "[L Hungary] opposed it. The Government of National Accord in [L Tripoli], which runs the camp, denied it."
    )
    assert s.ask("The Government of National Accord in Tripoli, which runs the camp") != s.ask("Hungary")


def test_who_is_sent_to_a_country_is_not_of_it() -> None:
    s = Story("[P Hans Grund], the [O UN]'s special envoy for [L Yemen], welcomed it.")
    assert s.who("Hans Grund")[0].country == "UNO"


def test_names_are_shown_with_whose_they_are() -> None:
    s = Story("[L Russia]'s defence ministry said its forces took the village. [P Olga Vern] spoke, her office said.")
    forces, office = s.who("its forces")[0], s.who("her office")[0]
    assert shown(forces, s.book.entities) == "Russia's forces"
    assert shown(office, s.book.entities) == "Olga Vern's office"
    assert shown(s.who("Russia")[0], s.book.entities) == "Russia"


@pytest.mark.parametrize(
    ("words", "people", "expected"),
    [("drones", False, False), ("soldiers", False, True), ("lives", True, False), ("seafarers", True, True)],
)
def test_what_is_counted_is_somebody(words: str, people: bool, expected: bool) -> None:
    assert somebody(words, 0, len(words), people=people) is expected
