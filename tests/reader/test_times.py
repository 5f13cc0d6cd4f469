"""`find_times`: which words are a time, what they come to, and what holds for any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reader.segment import segment
from onrecord.reader.times import TimeMention, find_times
from onrecord.reader.times_words import WORD_CLASSES

FRIDAY = date(2024, 3, 8)


def read(text: str, anchor: date | None = FRIDAY, **options: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Spans and values of a text's times."""
    return [(text[t.start : t.end], t.value) for t in find_times(segment(text), anchor, **options)]


def only(text: str, anchor: date | None = FRIDAY) -> TimeMention:
    """The one time of a text."""
    (mention,) = find_times(segment(text), anchor)
    return mention


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        # whole dates, in all orders
        ("The bridge fell on March 14, 2019.", "March 14, 2019", "2019-03-14"),
        ("The bridge fell on 14 March 2019.", "14 March 2019", "2019-03-14"),
        ("The bridge fell on the 14th of March 2019.", "the 14th of March 2019", "2019-03-14"),
        ("Thursday, Feb. 29, 2024 was quiet.", "Thursday, Feb. 29, 2024", "2024-02-29"),
        ("date 2024-03-07 Harbour closed", "2024-03-07", "2024-03-07"),
        ("The log says 22/11/2023.", "22/11/2023", "2023-11-22"),
        # dates without a year take the nearest, the past preferred
        ("The ferry sank on 4 February.", "4 February", "2024-02-04"),
        ("The ferry sank on December 30.", "December 30", "2023-12-30"),
        ("The ferry will sail on April 2.", "April 2", "2024-04-02"),
        ("The ferry sank in January.", "January", "2024-01"),
        ("The vote is due in November.", "November", "2024-11"),
        ("The mill shut last November.", "last November", "2023-11"),
        # weekdays
        ("The envoy said on Thursday that it rained.", "Thursday", "2024-03-07"),
        ("The envoy arrived on Friday.", "Friday", "2024-03-08"),
        ("The envoys will meet on Monday.", "Monday", "2024-03-11"),
        ("The envoys are to meet on Monday.", "Monday", "2024-03-11"),
        ("The envoys met on Monday.", "Monday", "2024-03-04"),
        ("The envoys meet next Friday.", "next Friday", "2024-03-15"),
        ("Shells fell late on Monday.", "late on Monday", "2024-03-04"),
        # days, weeks, months, years
        ("The mayor resigned yesterday.", "yesterday", "2024-03-07"),
        ("Rain is expected tomorrow.", "tomorrow", "2024-03-09"),
        ("The mayor resigned last week.", "last week", "2024-W09"),
        ("The mayor resigned earlier this week.", "earlier this week", "2024-W10"),
        ("The mayor resigned this year.", "this year", "2024"),
        ("The mayor will resign next month.", "next month", "2024-04"),
        ("Elections come by the end of the year.", "the end of the year", "2024"),
        ("The camp opened in early March.", "early March", "2024-03"),
        ("The camp opened in mid-2019.", "mid-2019", "2019"),
        ("The camp opened last summer.", "last summer", "2023-SU"),
        ("Prices fell in the third quarter of 2019.", "the third quarter of 2019", "2019-Q3"),
        ("The dam dates from the 1980s.", "the 1980s", "198"),
        ("The dam dates from the seventies.", "the seventies", "197"),
        ("The fort dates from the 19th century.", "the 19th century", "18"),
        ("Prices rose in 1999-2000 alone.", "1999-2000", "P2Y"),
        # parts of the day and clock times
        ("Shells fell on Monday night.", "Monday night", "2024-03-04TNI"),
        ("Shells fell early this morning.", "early this morning", "2024-03-08TMO"),
        ("Shells fell last night.", "last night", "2024-03-07TNI"),
        ("Shells fell at 5 p.m. on Thursday.", "5 p.m. on Thursday", "2024-03-07T17:00"),
        ("Shells fell at around 14:30 GMT.", "around 14:30 GMT", "2024-03-08T14:30Z"),
        ("Shells fell just after midnight.", "just after midnight", "2024-03-08T00:00"),
        # durations
        ("It followed a week of talks.", "a week", "P1W"),
        ("It ended the 19-month offensive.", "19-month", "P19M"),
        ("It ended a months-long siege.", "months-long", "PXM"),
        ("He ruled for more than four decades.", "more than four decades", "P4DE"),
        ("They waited for hours.", "hours", "PTXH"),
        ("They waited for two and a half years.", "two and a half years", "P2Y6M"),
        ("They waited for half an hour.", "half an hour", "PT30M"),
        ("It stopped over the past two days.", "the past two days", "P2D"),
        ("A 14-month-old truce broke down.", "14-month-old", "P14M"),
        # points counted from the report
        ("The mill shut three weeks ago.", "three weeks ago", "2024-02-16"),
        ("The mill shut two years ago.", "two years ago", "2022"),
        ("The mill shut several years ago.", "several years ago", "PAST_REF"),
        # sets and vague references
        ("The ferry sails every Friday.", "every Friday", "XXXX-WXX-5"),
        ("Two ferries sail daily.", "daily", "P1D"),
        ("The mill is now shut.", "now", "PRESENT_REF"),
        ("The mill recently shut.", "recently", "PAST_REF"),
        ("The mill will soon shut.", "soon", "FUTURE_REF"),
        ("Prices rose in recent weeks.", "recent weeks", "PAST_REF"),
        ("Prices rose more in the past.", "the past", "PAST_REF"),
        ("The ferry ran on New Year's Eve.", "New Year's Eve", "2023-12-31"),
        ("The ferry ran again at Christmas 1994.", "Christmas 1994", "1994-12-25"),
        # years spelled out and years before Christ
        ("The mine closed in nineteen ninety-six.", "nineteen ninety-six", "1996"),
        ("The canal was to open in the year two thousand.", "the year two thousand", "2000"),
        ("The wall was raised in 480 BC.", "480 BC", "BC0480"),
        ("The fleet came in the spring of 479 B.C. to the bay.", "the spring of 479 B.C.", "BC0479-SP"),
        ("The temple dates from the 4th century BC.", "the 4th century BC", "BC03"),
        ("The harbour silted up in the 470s BC.", "the 470s BC", "BC047"),
        # limits that were set lie ahead though they were set in the past
        ("The governor ordered them to leave by Sunday.", "Sunday", "2024-03-10"),
        ("The crew could not be reached on Monday.", "Monday", "2024-03-04"),
        ("The lease had been due to expire on Monday.", "Monday", "2024-03-04"),
        ("The union called a strike for Monday.", "Monday", "2024-03-11"),
        ("Two ferries broke loose overnight.", "overnight", "2024-03-07TNI"),
        # four digits of a clock
        ("A mine went off at 1230 local time.", "1230 local time", "2024-03-08T12:30"),
        ("The ferry left at 0530 hours.", "0530 hours", "2024-03-08T05:30"),
        # counted and uncounted units
        ("The ferry was idle for some fifty years.", "some fifty years", "P50Y"),
        ("More snow is likely over the next few days.", "the next few days", "PXD"),
        ("The mill is to open sometime next year.", "sometime next year", "2025"),
        ("The deal should close by year-end.", "year-end", "2024-12-31"),
        # quarters and business years
        ("Net sales fell in the quarter ended Dec. 31.", "the quarter", "2023-Q4"),
        ("Sales rose in the latest quarter.", "the latest quarter", "2023-Q4"),
        ("Sales rose in the year ended March 31.", "the year", "P1Y"),
    ],
)  # fmt: skip
def test_one_time(text: str, span: str, value: str) -> None:
    assert read(text)[:1] == [(span, value)]
    assert len(read(text)) == 1 or "ended" in text


@pytest.mark.parametrize(
    "text",
    [
        "The driver, a 25-year-old man, was hurt.",
        "The driver was 45 years old.",
        "The two may march in a second row.",
        "Theresa May told the house so.",
        "Resolution 1973 was adopted.",
        "Some 2000 people fled.",
        "Once the vote is held they leave.",
        "A quarter of the town fled.",
        "They came as soon as they could.",
        "They spoke of Bloody Sunday.",
        "The fall of the fortress was near.",
        "The daily Courier printed the list.",
        "Dozens broke out of the camp on Christmas Island.",
    ],
)
def test_no_time(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A mine exploded on Monday. Two days later a bridge fell.", ["2024-03-04", "2024-03-06"]),
        ("A mine exploded on Monday and a bridge fell the same day.", ["2024-03-04", "2024-03-04"]),
        ("A mine exploded on Monday. The next day a bridge fell.", ["2024-03-04", "2024-03-05"]),
        ("The port opened in 2019. Since then it has grown.", ["2019", "2019"]),
        ("A mine exploded on Monday at the port. A second one followed at 3 p.m.", ["2024-03-04", "2024-03-04T15:00"]),
        ("It was 6:15 p.m. (1515 GMT) on Tuesday.", ["2024-03-05T18:15", "2024-03-05T15:15Z", "2024-03-05"]),
        ("Sales rose in the third quarter from a year earlier.", ["2023-Q3", "2022-Q3"]),
        ("Sales fell in the first quarter. In the year-ago period they had doubled.", ["2024-Q1", "2023-Q1"]),
        ("The port opened in 2019. Two years later it closed.", ["2019", "2021"]),
        ("The port opened in 2019. In May of that year it closed.", ["2019", "2019-05"]),
        ("The siege lasted from 26 June to 4 August 1952.", ["1952-06-26", "1952-08-04"]),
        (
            "Rain fell on May 5-7, 2019 and on 12-14 June 2020.",
            ["2019-05-05", "2019-05-07", "2020-06-12", "2020-06-14"],
        ),
        ("Second siege (1911-1913), third siege 1915-17", ["1911", "1913", "1915", "1917"]),
        ("The war of 264-241 BC", ["BC0264", "BC0241"]),
        ("Speaking on Tuesday, the mayor said: “We start today.”", ["2024-03-05", "2024-03-05"]),
    ],
)
def test_times_that_count_from_others(text: str, values: list[str]) -> None:
    assert [value for _, value in read(text)] == values


def test_a_history_counts_from_the_year_it_has_reached() -> None:
    text = (
        "In 1861 the port, built in 1799, was shut. In September the fleet came. In February it left, and the town, founded in 1702, "
        "burned on 3 April 1862. By the end of the month the mayor fled. In 1863 he wrote of 1812. In June he came back."
    )
    found = dict(read(text))
    assert found["September"] == "1861-09"
    assert found["February"] == "1862-02"
    assert found["the end of the month"] == "1862-04"
    assert found["June"] == "1863-06"


def test_vague_words_need_the_taggers_word_where_there_is_one() -> None:
    text = "He later said that the mill is now shut."
    assert [span for span, _ in read(text)] == ["later", "now"]
    assert read(text, candidates=[]) == []
    assert read(text, candidates=[(31, 34)]) == [("now", "PRESENT_REF")]


def test_shortly_before_a_moment_is_no_time_of_its_own() -> None:
    text = "It sank shortly before 8 a.m. on Friday."
    whole = [("shortly before 8 a.m. on Friday", "2024-03-08T08:00")]
    assert read(text) == read(text, candidates=[(8, 29)]) == whole


def test_a_candidate_leaves_its_prepositions_behind() -> None:
    text = "They worked in the first nine months of it."
    assert read(text, candidates=[(12, 39)]) == [("the first nine months", "P9M")]


def test_thirds_and_ends_of_periods() -> None:
    early, earlier = only("The camp opened in early March 2019."), only("The mayor left earlier this week.")
    assert (early.begin, early.until, early.modifier) == ("2019-03-01", "2019-03-10", "START")
    assert (earlier.begin, earlier.until, earlier.modifier) == ("2024-03-04", "2024-03-08", "START")
    late = only("The camp opened in late 2018.")
    assert (late.begin, late.until, late.precision) == ("2018-09-01", "2018-12-31", "year")


def test_window_ends_with_the_report() -> None:
    mention = only("Prices rose over the past three months.")
    assert (mention.type, mention.begin, mention.until) == ("DURATION", "2023-12-08", "2024-03-08")


def test_without_a_date_nothing_is_guessed() -> None:
    assert read("They met on Monday in March.", None) == [("Monday", "XXXX-WXX-1"), ("March", "XXXX-03")]
    mention = only("They met on Monday.", None)
    assert (mention.begin, mention.until, mention.basis) == (None, None, "document")


def test_basis_says_what_a_value_rests_on() -> None:
    text = "It began on May 5, 2019 and ended on Monday; the same day they left."
    assert [t.basis for t in find_times(segment(text), FRIDAY)] == ["explicit", "anchor", "previous"]


def test_candidates_vouch_and_widen_but_cannot_invent() -> None:
    text = "A few hours before the raid, May saw the harbour."
    assert read(text) == [("A few hours", "PTXH")]
    first, second, third = (0, 27), (29, 32), (37, 48)  # a whole time, an unproved month, no time at all
    found = read(text, candidates=[first, second, third])
    assert found == [("A few hours before the raid", "PTXH"), ("May", "2024-05")]


def test_nothing_is_found_in_excluded_ranges() -> None:
    text = "MUSCAT, March 4 - They left on Tuesday."
    assert read(text, exclude=[(0, 17)]) == [("Tuesday", "2024-03-05")]


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.sampled_from([*sorted(WORD_CLASSES), "31", "2019", "10:30", "1,000", "-", ",", ".", "\n"])),
    anchor=st.one_of(st.none(), st.dates()),
)
def test_any_text_gives_ordered_disjoint_well_formed_times(words: list[str], anchor: date | None) -> None:
    text = " ".join(words)
    reached = 0
    for mention in find_times(segment(text), anchor):
        assert reached <= mention.start < mention.end <= len(text)
        assert mention.type in ("DATE", "TIME", "DURATION", "SET")
        for day in (mention.begin, mention.until):
            assert day is None or date.fromisoformat(day)
        assert mention.begin is None or mention.until is None or mention.begin <= mention.until
        reached = mention.end


def test_same_text_same_times() -> None:
    document = segment("They met on Monday and again two days later, at dawn.")
    assert find_times(document, FRIDAY) == find_times(document, FRIDAY)
