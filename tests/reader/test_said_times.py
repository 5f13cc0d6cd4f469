"""When a statement was made."""

from datetime import date

import pytest

from onrecord import records as R
from onrecord.reader.attribution import Attribution
from onrecord.reader.said_times import said_times
from onrecord.reader.segment import segment
from onrecord.reader.times import find_times

ANCHOR = date(2024, 5, 17)


def spans(text: str, *words: str) -> list[tuple[int, int]]:
    return [(text.index(w), text.index(w) + len(w)) for w in words]


def said(text: str, *told: tuple[str, str, str]) -> list[str | None]:
    """The words of the time of each statement, given as source, cue and content."""
    document = segment(text)
    times = [
        R.Time(
            t.start, t.end, text[t.start : t.end], id=f"t{n}", type=t.type, value=t.value, begin=t.begin, until=t.until
        )
        for n, t in enumerate(find_times(document, ANCHOR))
    ]
    statements = [
        Attribution(
            spans(text, cue), spans(text, content) if content else [], sources=spans(text, source) if source else []
        )
        for source, cue, content in told
    ]
    words = {t.id: t.text for t in times}
    found = said_times(document, statements, times, ANCHOR.isoformat())
    return [words.get(found.get(id(s), "")) for s in statements]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "when"),
    [
        ("Varda's envoy said on Thursday that a truce was near.", "Varda's envoy", "said", "that a truce was near", "Thursday"),
        ("The envoy on Monday urged calm.", "The envoy", "urged", "calm", "Monday"),
        ("On Monday, the envoy urged calm.", "the envoy", "urged", "calm", "Monday"),
        ("In an interview aired on Monday, the envoy urged calm.", "the envoy", "urged", "calm", "Monday"),
        ("Orl, speaking in Keshet on Monday, urged calm.", "Orl", "urged", "calm", "Monday"),
        ('"Leave us," Orl told reporters in Keshet on Monday.', "Orl", "told", "Leave us", "Monday"),
        ("Orl said in a report issued on Monday that it was calm.", "Orl", "said", "that it was calm", "Monday"),
        ("According to a May 3 statement, it was calm.", "a May 3 statement", "According to", "it was calm", "May 3"),
        # the day of something else
        ("Varda, which hosted both in January, urged calm.", "Varda, which hosted both in January,", "urged", "calm", None),
        ("Varda, which last week imposed a ban, urged calm.", "Varda", "urged", "calm", None),
        ("It is over, said Ana Orl, a nurse who fled in March.", "Ana Orl, a nurse who fled in March", "said", "It is over", None),
        ("Orl said it was calm until Monday.", "Orl", "said", "it was calm", None),
        ("The envoys, meeting in Keshet since Monday, urged calm.", "The envoys", "urged", "calm", None),
        ("Orl opposed the Monday raid, he said.", "he", "said", "Orl opposed the", None),
        ("Six died on Monday, according to the ministry.", "the ministry", "according to", "Six died", None),
        ("Six reportedly died on Monday.", "", "reportedly", "Six", None),
        ("The port paid for food this year and welcomed the deal.", "The port", "welcomed", "the deal", None),
        ("The army said, ahead of talks next week, it was calm.", "The army", "said", "it was calm", None),
    ],
)  # fmt: skip
def test_a_time_dates_the_words_that_it_stands_beside(
    text: str, source: str, cue: str, content: str, when: str | None
) -> None:
    assert said(text, (source, cue, content)) == [when]


def test_what_another_statement_tells_dates_none() -> None:
    text = "The agency said six camps were full in April and warned that nine would be."
    told = ("The agency", "said", "six camps were full in April"), ("The agency", "warned", "that nine would be")
    assert said(text, *told) == [None, None]


def test_of_two_cues_the_nearer_one_has_the_time() -> None:
    text = "Varda, which denies a role, said on Monday it was calm."
    assert said(text, ("which", "denies", "a role"), ("Varda", "said", "it was calm")) == [None, "Monday"]


def test_a_participle_is_as_old_as_what_its_source_said_before_it() -> None:
    text = "Orl said on Monday that it was calm, adding the road was open."
    assert said(text, ("Orl", "said", "that it was calm"), ("Orl", "adding", "the road was open")) == [
        "Monday",
        "Monday",
    ]


def test_one_who_cites_another_has_the_time_of_the_finite_verb() -> None:
    text = "Citing two guards, the Keshet Post reported on Monday that it was calm."
    document = segment(text)
    [t] = find_times(document, ANCHOR)
    s = Attribution(
        spans(text, "Citing", "reported"), spans(text, "that it was calm"), sources=spans(text, "two guards")
    )
    assert (
        said_times(document, [s], [R.Time(t.start, t.end, "Monday", id="t1", type=t.type, value=t.value)])[id(s)]
        == "t1"
    )
