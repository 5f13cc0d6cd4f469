"""Series of figures: one line per source, revisions, restarts, differences; the same in whatever order facts come."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collate.facts_voices import OWN, Voice
from onrecord.collate.series import Origin, Series, bounds, series
from onrecord.collate.series_facts import FigureFact
from onrecord.collate.series_populations import population
from onrecord.collate.series_pruning import pruned

MINISTRY = Voice(source="t:ministry", name="Health Ministry", side="t:a")
ARMY = Voice(source="t:army", name="Army", side="s:XYZ")


def fact(n: int, low: float | None, as_of: str, voice: Voice = MINISTRY, **more: object) -> FigureFact:
    given = {
        "id": f"k{n:03}:f1", "seq": n, "report": f"k{n:03}", "measure": "killed", "change": "total", "head": "people",
        "area": "XYZ/North", "place": "North", "low": low, "high": low, "as_of": as_of, "dated_by": "report",
        "reported": as_of, "voices": (voice,),
    }  # fmt: skip
    return FigureFact(**{**given, **more})


def alone(seq: int) -> Origin:
    return Origin(story=f"k{seq:03}", voice=f"m:outlet {seq % 3}", outlet=f"Outlet {seq % 3}")


def one(*facts: FigureFact, origin: object = alone) -> Series:
    (made,) = series(facts, origin)
    return made


def test_one_line_per_source_in_order_of_time() -> None:
    made = one(fact(3, 130, "2026-03-03"), fact(1, 100, "2026-03-01"), fact(2, 40, "2026-03-02", ARMY))
    assert [(k.name, [p.low for p in k.points]) for k in made.lines] == [
        ("Health Ministry", [100, 130]),
        ("Army", [40]),
    ]
    assert (made.begin, made.until, made.population, made.place) == ("2026-03-01", "2026-03-03", "people", "North")


def test_the_reports_own_voice_is_that_of_its_agency() -> None:
    made = one(fact(1, 5, "2026-03-01", Voice()), fact(4, 6, "2026-03-02", Voice()))
    assert [(k.source, k.name) for k in made.lines] == [("m:outlet 1", "Outlet 1")]
    assert Voice().source == OWN


def test_copies_of_one_wire_text_count_once() -> None:
    wire = Origin(story="w1", voice="m:wire", outlet="Wire")
    made = one(fact(1, 100, "2026-03-01"), fact(2, 100, "2026-03-01"), origin=lambda _: wire)
    (point,) = made.lines[0].points
    assert (point.stories, point.members) == (1, ("k001:f1", "k002:f1"))


def test_a_new_value_for_the_same_day_is_a_revision() -> None:
    made = one(fact(1, 100, "2026-03-01"), fact(2, 104, "2026-03-01", reported="2026-03-02"))
    assert [(p.low, p.revises) for p in made.lines[0].points] == [(100, None), (104, "k001:f1")]


def test_two_values_in_one_report_correct_nothing() -> None:
    made = one(fact(1, 100, "2026-03-01"), fact(1, 120, "2026-03-01", id="k001:f2"))
    assert [p.revises for p in made.lines[0].points] == [None, None]


def test_a_running_total_that_falls_starts_anew() -> None:
    made = one(
        fact(1, 50_000, "2026-01-01"), fact(2, 51_000, "2026-02-01"), fact(3, 400, "2026-03-20", since="2026-03-18"),
        fact(4, 900, "2026-03-30"),
    )  # fmt: skip
    (line,) = made.lines
    assert [(p.low, p.phase) for p in line.points] == [(50_000, 1), (51_000, 1), (400, 2), (900, 2)]
    assert [(p.restart, p.since) for p in line.phases] == [(False, None), (True, "2026-03-18")]


def test_two_counts_beside_each_other_are_no_restart() -> None:
    made = one(fact(1, 50_000, "2026-01-01"), fact(2, 136, "2026-02-01"), fact(3, 58_000, "2026-03-01"))
    (line,) = made.lines
    assert [p.phase for p in line.points] == [1, 2, 1]
    assert not any(p.restart for p in line.phases)


def test_a_correction_downwards_stays_in_the_count() -> None:
    made = one(fact(1, 50_000, "2026-01-01"), fact(2, 49_800, "2026-01-05"))
    assert [p.phase for p in made.lines[0].points] == [1, 1]


def test_sources_differ_only_on_the_same_day_and_where_values_exclude_each_other() -> None:
    made = one(
        fact(1, 100, "2026-03-01"), fact(2, 60, "2026-03-01", ARMY), fact(3, 120, "2026-03-02"),
        fact(4, 110, "2026-03-02", ARMY, relation="more_than", high=None), fact(5, 70, "2026-03-04", ARMY),
    )  # fmt: skip
    assert [(d.as_of, {v.name: v.low for v in d.values}) for d in made.differences] == [
        ("2026-03-01", {"Health Ministry": 100, "Army": 60})
    ]


def test_a_days_toll_does_not_contradict_a_wars() -> None:
    assert not one(fact(1, 50_000, "2026-03-01"), fact(2, 60, "2026-03-01", ARMY)).differences


def test_kinds_of_change_are_never_one_series() -> None:
    made = series(
        [fact(n, 10, "2026-03-01", change=c) for n, c in enumerate(("total", "level", "event", "increment"))], alone
    )
    assert [s.change for s in made] == ["total", "level", "event", "increment"]


def test_tolls_belong_to_one_happening() -> None:
    facts = [fact(n, 10 + n, "2026-03-01", change="event", event=f"k{n:03}:e1", voices=(Voice(),)) for n in (1, 2, 3)]
    same = {"k001:e1": "h1", "k002:e1": "h1", "k003:e1": "h2"}
    assert sorted(sum(len(k.points) for k in s.lines) for s in series(facts, alone, same)) == [1, 2]


def test_the_tolls_of_two_days_are_two() -> None:
    facts = [fact(n, 40, f"2026-03-{day:02}", change="event", event=f"k{n:03}:e1") for n, day in ((1, 1), (2, 9))]
    assert len(series(facts, alone, {f.event: "h1" for f in facts if f.event})) == 2


def test_what_has_no_qualifier_joins_the_only_one() -> None:
    facts = [fact(n, 20, f"2026-03-{n:02}", head="hostages", qualifiers=("ISR",)) for n in (1, 2)]
    both = series([*facts, fact(3, 20, "2026-03-03", head="hostages")], alone)
    assert [s.population for s in both] == ["ISR hostages"]
    apart = series(
        [
            *facts,
            fact(3, 20, "2026-03-03", head="hostages", qualifiers=("THA",)),
            fact(4, 1, "2026-03-04", head="hostages"),
        ],
        alone,
    )
    assert sorted(s.population for s in apart) == ["ISR hostages", "THA hostages", "hostages"]


@pytest.mark.parametrize(
    ("measure", "unit", "country", "expected"),
    [
        ("killed", "people", None, ("people", ())),
        ("killed", "Palestinians", "PSE", ("people", ())),
        ("killed", "Palestinians", None, ("people", ("PSE",))),
        ("killed", "Israeli soldiers", "PSE", ("soldiers", ("ISR",))),
        ("killed", "women and children", None, ("women and children", ())),
        ("held", "remaining living hostages", None, ("hostages", ("living",))),
        ("released", "deceased Israeli hostages", None, ("hostages", ("ISR", "dead"))),
        ("injured", "critically", None, ("people", ())),
        ("killed", None, None, ("people", ())),
        ("aid", "aid trucks", None, ("truck", ())),
        ("other", None, None, ("", ())),
    ],
)
def test_what_is_counted(measure: str, unit: str | None, country: str | None, expected: object) -> None:
    assert population(measure, unit, None, country) == expected


def test_pruning_keeps_phases_and_drops_what_was_not_asked_for() -> None:
    made = one(fact(1, 50_000, "2026-01-01"), fact(2, 400, "2026-03-20"), fact(3, 60, "2026-03-20", ARMY))
    (kept,) = pruned([made], since="2026-03-01", source="ministry")
    assert [(k.name, [p.phase for p in k.points]) for k in kept.lines] == [("Health Ministry", [2])]
    assert not pruned([made], until="2025-12-31")
    (kept,) = pruned([made], members=frozenset({"k003:f1"}))
    assert [k.name for k in kept.lines] == ["Army"]


FACTS = st.lists(
    st.builds(
        fact,
        st.integers(1, 40),
        st.one_of(st.just(0), st.integers(1, 60_000)),
        st.dates(
            min_value=__import__("datetime").date(2026, 1, 1), max_value=__import__("datetime").date(2026, 4, 1)
        ).map(str),
        st.sampled_from([MINISTRY, ARMY, Voice()]),
        change=st.sampled_from(["total", "level", "event", "increment"]),
        relation=st.sampled_from(["exactly", "at_least", "about", "up_to"]),
        qualifiers=st.sampled_from([(), ("ISR",), ("THA",)]),
    ),
    max_size=12,
    unique_by=lambda f: f.id,
)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_nothing_is_lost(facts: list[FigureFact], random: object) -> None:
    made = series(facts, alone)
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert series(shuffled, alone) == made
    told = [m for s in made for k in s.lines for p in k.points for m in p.members]
    assert sorted(told) == sorted(f.id for f in facts)
    values = {f.id: (f.low, f.high) for f in facts}
    for s in made:
        assert Series.from_json(s.to_json()) == s
        for k in s.lines:
            assert all(values[m] == (p.low, p.high) for p in k.points for m in p.members)
            assert all(a <= b for p in k.points for a, b in [bounds(p)])
