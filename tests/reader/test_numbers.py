"""Quantity expressions: spans, bounds, relations and kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reader.numbers import Number, find_numbers
from onrecord.reader.segment import segment


def only(text: str) -> Number:
    """The single number of a text."""
    (number,) = find_numbers(segment(text))
    return number


BOUNDS = [
    ("They counted 48,215 names.", "48,215", 48215, 48215, "exactly"),
    ("They counted 1.5 million names.", "1.5 million", 1_500_000, 1_500_000, "exactly"),
    ("It cost 3.6bn to build.", "3.6bn", 3_600_000_000, 3_600_000_000, "exactly"),
    ("They counted thirty-three names.", "thirty-three", 33, 33, "exactly"),
    ("They counted one hundred and twenty-five names.", "one hundred and twenty-five", 125, 125, "exactly"),
    ("They counted two thousand three names.", "two thousand three", 2003, 2003, "exactly"),
    ("They counted a hundred names.", "a hundred", 100, 100, "exactly"),
    ("They counted two dozen names.", "two dozen", 24, 24, "exactly"),
    ("They counted half a dozen names.", "half a dozen", 6, 6, "exactly"),
    ("They counted half a million names.", "half a million", 500_000, 500_000, "exactly"),
    ("They counted a quarter million names.", "a quarter million", 250_000, 250_000, "exactly"),
    ("They counted a few dozen names.", "a few dozen", 24, 99, "vague"),
    ("They counted millions of names.", "millions", 2_000_000, 9_999_999, "vague"),
    ("Some 55 percent to 60 percent of names were new.", "Some 55 percent to 60", 55, 60, "between"),
    ("They counted a quarter of a million names.", "a quarter of a million", 250_000, 250_000, "exactly"),
    ("It lasted one and a half hours.", "one and a half", 1.5, 1.5, "exactly"),
    ("They counted two and a half million names.", "two and a half million", 2_500_000, 2_500_000, "exactly"),
    ("They counted at least 14 names.", "at least 14", 14, None, "at_least"),
    ("They counted no fewer than ten names.", "no fewer than ten", 10, None, "at_least"),
    ("They counted more than two dozen names.", "more than two dozen", 24, None, "more_than"),
    ("They counted well over 900 names.", "well over 900", 900, None, "more_than"),
    ("The count has passed 18,000 names.", "passed 18,000", 18000, None, "more_than"),
    ("They counted up to 40 names.", "up to 40", None, 40, "up_to"),
    ("They counted as many as 40 names.", "as many as 40", None, 40, "up_to"),
    ("They counted fewer than 40 names.", "fewer than 40", None, 40, "fewer_than"),
    ("They counted nearly 100 names.", "nearly 100", 100, 100, "about"),
    ("They counted some 300 names.", "some 300", 300, 300, "about"),
    ("They counted an estimated 300 names.", "an estimated 300", 300, 300, "about"),
    ("They counted 40 or more names.", "40 or more", 40, None, "at_least"),
    ("They counted 40 or so names.", "40 or so", 40, 40, "about"),
    ("They counted between 30 and 40 names.", "between 30 and 40", 30, 40, "between"),
    ("They counted two to three names.", "two to three", 2, 3, "between"),
    ("They counted 12-15 names.", "12-15", 12, 15, "between"),
    ("They counted dozens of names.", "dozens", 24, 99, "vague"),
    ("They counted scores of names.", "scores", 40, 99, "vague"),
    ("They counted hundreds of names.", "hundreds", 200, 999, "vague"),
    ("They counted thousands of names.", "thousands", 2000, 9999, "vague"),
    ("They counted tens of thousands of names.", "tens of thousands", 20000, 99999, "vague"),
    ("They counted hundreds of thousands of names.", "hundreds of thousands", 200_000, 999_999, "vague"),
    ("They counted several names.", "several", 3, 9, "vague"),
    ("They counted a few names.", "a few", 3, 9, "vague"),
    ("They counted several hundred names.", "several hundred", 300, 999, "vague"),
    ("They counted hundreds, if not thousands, of names.", "hundreds, if not thousands", 200, 9999, "vague"),
    ("It lasted more than a week.", "more than a", 1, None, "more_than"),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "relation"), BOUNDS)
def test_bounds_and_span(text: str, words: str, low: float | None, high: float | None, relation: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == words
    assert (number.low, number.high, number.relation) == (low, high, relation)


@pytest.mark.parametrize(
    ("text", "words", "low", "currency"),
    [
        ("It cost US$601 million to build.", "US$601 million", 601_000_000, "USD"),
        ("It cost €20,000 to build.", "€20,000", 20000, "EUR"),
        ("It cost £3.5bn to build.", "£3.5bn", 3_500_000_000, "GBP"),
        ("It cost about $40 to build.", "about $40", 40, "USD"),
    ],
)
def test_money_takes_its_sign_into_the_span(text: str, words: str, low: float, currency: str) -> None:
    number = only(text)
    assert text[number.start : number.end] == words
    assert (number.kind, number.low, number.currency) == ("money", low, currency)


def test_a_range_of_money_shares_scale_and_sign() -> None:
    number = only("It cost between US$300 and 400 billion to build.")
    assert (number.low, number.high, number.kind, number.currency) == (3 * 10**11, 4 * 10**11, "money", "USD")


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("Only 40% of them came.", "percent", 40),
        ("Only forty percent of them came.", "percent", 40),
        ("Only two-thirds of them came.", "fraction", 66.67),
        ("Only two thirds of them came.", "fraction", 66.67),
        ("Only a quarter of them came.", "fraction", 25),
        ("Only half of them came.", "fraction", 50),
        ("Only one in five people came.", "fraction", 20),
    ],
)
def test_shares(text: str, kind: str, low: float) -> None:
    number = only(text)
    assert (number.kind, number.low) == (kind, low)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("It began on 4 May 2019.", ["date", "year"]),
        ("It began on May 4, 2019.", ["date", "year"]),
        ("It began at 14:30 and ended.", ["clock"]),
        ("It began at 9 p.m. and ended.", ["clock"]),
        ("It was the third attempt and the 12th failure.", ["ordinal", "ordinal"]),
        ("The Tesh Rovers won 3-1 at home.", ["score"]),
        ("Call 555-0142 now.", ["code", "code"]),
    ],
)
def test_kinds_that_are_no_quantities(text: str, kinds: list[str]) -> None:
    assert [n.kind for n in find_numbers(segment(text))] == kinds


def test_letters_and_digits_that_make_a_name_are_no_number() -> None:
    assert find_numbers(segment("An AK-47, an F16 and a T-72 stood in the G20 hall.")) == []


def test_a_year_shaped_number_before_a_plural_noun_is_a_count() -> None:
    assert only("They counted 2000 people there.").kind == "count"


def test_over_is_a_relation_only_where_no_verb_or_noun_claims_it() -> None:
    assert only("The row over two prisoners went on.").relation == "exactly"
    assert only("They handed over 52 prisoners.").relation == "exactly"
    assert only("Officials counted over 52 prisoners.").relation == "more_than"


def test_a_movement_is_two_numbers() -> None:
    assert [n.low for n in find_numbers(segment("The count rose from 30 to 45 overnight."))] == [30, 45]
    assert [n.low for n in find_numbers(segment("The count ranged from 30 to 45 overnight."))] == [30]


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_are_read_back(value: int) -> None:
    number = only(f"The clerks counted {value:,} beans.")
    assert number.low == number.high == value


PIECES = st.lists(
    st.sampled_from(
        [
            "at least",
            "more than",
            "40",
            "1.5",
            "million",
            "two",
            "thirds",
            "half",
            "a",
            "dozen",
            "%",
            "$",
            "-",
            "to",
            "and",
            "between",
            "several",
            "hundred",
            "people",
            "May",
            "2019",
            ":",
            ",",
            ".",
            "(",
            "\n",
            "no",
            "one",
            "in",
            "of",
        ]
    ),
    max_size=30,
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), PIECES.map(" ".join)))
def test_any_text_gives_ordered_disjoint_numbers_with_sound_bounds(text: str) -> None:
    end = 0
    for number in find_numbers(segment(text)):
        assert end <= number.start <= number.core < number.end <= len(text)
        end = number.end
        assert number.low is None or number.high is None or number.low <= number.high
        assert number.kind != "count" or number.low is not None or number.high is not None
