"""Timelines: the days that many reports speak of, a line for each."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.timelines import by_chance, date_f1, dated, score
from onrecord.collate.timelines import one_per_story, ranked, timeline
from onrecord.collate.timelines_facts import DateFact, Mention


def fact(n: int, published: str | None, *days: str, lead: str = "Something else happened in town that day") -> DateFact:
    mentions = tuple(
        Mention(day=d, times=1, sentence=f"The truce was signed on {d} by both sides in Selu") for d in days
    )
    return DateFact(id=f"k{n}", seq=n, report=f"k{n}", published=published, lead=lead, mentions=mentions)


FACTS = [
    fact(1, "2026-03-02", "2026-03-01"), fact(2, "2026-03-05", "2026-03-01", "2026-03-04"), fact(3, "2026-04-01", "2026-03-01"),
    fact(4, "2026-03-02"), fact(5, None, "2026-02-01"),
]  # fmt: skip


def test_the_day_that_many_reports_of_many_days_speak_of_comes_first() -> None:
    days = ranked(FACTS)
    assert (days[0].day, days[0].reports, days[0].days, days[0].later) == ("2026-03-01", 3, 3, 2)
    assert {d.day for d in days} == {"2026-03-01", "2026-03-02", "2026-03-04", "2026-03-05", "2026-04-01", "2026-02-01"}


def test_a_timeline_is_in_order_of_time_and_names_the_report_of_each_line() -> None:
    made = timeline(FACTS, 2)
    assert [e.day for e in made] == ["2026-03-01", "2026-03-02"]
    assert made[0].line == "The truce was signed on 2026-03-01 by both sides in Selu"
    assert made[0].report in {"k1", "k2", "k3"}


def test_lines_with_the_words_asked_for_are_preferred() -> None:
    facts = [fact(n, "2026-03-01", lead="The market of Port Selu was shelled at dawn today") for n in (1, 2)]
    facts.append(fact(3, "2026-03-01", lead="Delegations of both sides arrived in Muscat for talks"))
    assert timeline(facts, 1)[0].line.startswith("The market")
    assert timeline(facts, 1, ("muscat",))[0].line.startswith("Delegations")


def test_days_outside_are_left_out() -> None:
    assert {d.day for d in ranked(FACTS, "2026-03-02", "2026-03-31")} == {"2026-03-02", "2026-03-04", "2026-03-05"}


def test_of_copies_one_counts() -> None:
    assert [f.id for f in one_per_story(FACTS, lambda f: "w" if f.seq in (1, 4) else f.id)] == ["k1", "k2", "k3", "k5"]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 2, 1)).map(str), st.lists(st.dates(date(2026, 1, 1), date(2026, 2, 1)).map(str), max_size=3, unique=True)), max_size=8),
    st.integers(1, 5), st.randoms(use_true_random=False),
)  # fmt: skip
def test_order_does_not_matter(told: list[tuple[str, list[str]]], top: int, random: object) -> None:
    facts = [fact(n, day, *days) for n, (day, days) in enumerate(told)]
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    made = timeline(facts, top)
    assert timeline(shuffled, top) == made
    assert len(made) <= top
    assert [e.day for e in made] == sorted({e.day for e in made})


def test_scores() -> None:
    assert date_f1({"a", "b"}, {"b", "c"}) == 0.5
    assert date_f1(set(), {"a"}) == 0
    assert by_chance(4, 2, 2) == 0.5
    assert by_chance(0, 3, 0) == 0
    ours, chance = score(FACTS, {"2026-03-01", "2026-03-05"})
    assert ours == 0.5
    assert 0 < chance < 1


def test_an_article_is_dated_by_the_time_component_alone() -> None:
    made = dated({"id": "x", "date": "2026-03-04", "text": "The truce began on March 1, 2026. It broke yesterday."})
    assert (made.published, [m.day for m in made.mentions]) == ("2026-03-04", ["2026-03-01", "2026-03-03"])
