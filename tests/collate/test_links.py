"""Links between statements: what each kind means, which field differs, and that both spans quote their texts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collate.happening_groups import value_words
from onrecord.collate.links import FIELDS, LINKS, Link, links
from onrecord.collate.links_fields import apart, bounds, distance_km, values_differ
from onrecord.collate.links_words import Utterance, alikeness, same, telling_words, utterances, word_blocks
from onrecord.collate.tellings import Value
from tests.collate.plain import Line, report
from tests.collate.test_standing import SHELLED, known, told_of, words_of

if TYPE_CHECKING:
    from onrecord.records import Reading


def linked(*readings: Reading) -> list[Link]:
    return links(*words_of(*readings))


def told(found: list[Link]) -> set[tuple[str, str | None, str, str]]:
    return {(k.kind, k.field, k.a.source, k.b.source) for k in found}


def test_another_source_that_says_the_same_confirms() -> None:
    front = report(Line(SHELLED, source="Tesh Front"))
    monitor = report(Line(SHELLED + " today", source="Orm Monitor"), publisher="Lake Times", published="2025-03-05")
    assert told(linked(front, monitor)) == {("confirms", None, "Orm Monitor", "Tesh Front")}


def test_the_same_source_on_another_day_repeats() -> None:
    one = report(Line(SHELLED, source="Tesh Front"))
    two = report(Line(SHELLED + " again", source="Tesh Front"), published="2025-03-06")
    assert told(linked(one, two)) == {("repeats", None, "Tesh Front", "Tesh Front")}


def test_two_renderings_of_one_day_are_one_utterance() -> None:
    one = report(Line(SHELLED, source="Tesh Front"))
    two = report(Line("the market of Port Selu was *shelled* by Varda", source="Tesh Front"), publisher="Lake Times")
    assert told(linked(one, two)) == {("same_utterance", None, "Tesh Front", "Tesh Front")}


def test_a_later_value_of_the_same_source_updates() -> None:
    one = report(Line(SHELLED, source="Orm Monitor", killed=9))
    two = report(Line(SHELLED + " again", source="Orm Monitor", killed=31), published="2025-03-06")
    (link,) = linked(one, two)
    assert (link.kind, link.field, link.a.text, link.b.text) == ("updates", "value", "31", "9")


def test_another_value_for_the_same_moment_contradicts() -> None:
    one = report(Line(SHELLED, source="Tesh Front", killed=31))
    two = report(Line(SHELLED + " today", source="Varda", killed=9), publisher="Lake Times")
    (link,) = linked(one, two)
    assert (link.kind, link.field, {link.a.text, link.b.text}) == ("contradicts", "value", {"31", "9"})


def test_a_value_of_another_day_does_not_contradict() -> None:
    one = report(Line(SHELLED, source="Tesh Front", killed=31))
    two = report(Line(SHELLED + " today", source="Varda", killed=9), published="2025-03-09")
    assert "contradicts" not in {k.kind for k in linked(one, two)}


def test_other_days_and_other_towns_contradict() -> None:
    one = report(Line(SHELLED, source="Tesh Front", day="2025-03-01"))
    two = report(Line(SHELLED, source="Orm Monitor", day="2025-03-03"), publisher="Lake Times")
    assert ("contradicts", "time", "Tesh Front", "Orm Monitor") in told(linked(one, two)) | {
        (k, f, b, a) for k, f, a, b in told(linked(one, two))
    }
    far = report(Line("Varda *shelled* the market of Lake Orm", source="Orm Monitor"), publisher="Lake Times")
    assert "place" in {k.field for k in linked(report(Line(SHELLED, source="Tesh Front")), far)}


def test_those_who_lay_an_attack_at_each_other_s_door() -> None:
    one = report(Line("Varda *shelled* the camp of Tesh Front", source="Tesh Front"))
    two = report(Line("Tesh Front *shelled* its own camp and blamed Varda", source="Varda"), publisher="Lake Times")
    assert "actor" in {k.field for k in linked(one, two)}


@pytest.mark.parametrize(
    ("one_side", "other_side", "differ"),
    [("s:ORM", "s:ORM", False), ("s:ORM", None, False), ("s:ORM", "n:tesh front/ORM", True)],
    ids=["an army and its air force", "militants of nobody knows whom", "a government and its foe"],
)
def test_only_two_sides_are_two_actors(one_side: str, other_side: str | None, differ: bool) -> None:
    one = report(Line("Varda *shelled* the camp of Tesh Front", source="Tesh Front"))
    two = report(Line("Tesh Front *shelled* its own camp and blamed Varda", source="Varda"), publisher="Lake Times")
    words, accounts = words_of(one, two)
    sides = dict(zip(sorted(accounts), [(one_side,), (other_side,)], strict=True))
    found = links(words, {key: dataclasses.replace(a, sides=sides[key]) for key, a in accounts.items()})
    assert ("actor" in {k.field for k in found}) is differ


def test_a_denial_names_whether_it_happened() -> None:
    one = report(Line(SHELLED, source="Tesh Front"))
    two = report(Line(SHELLED, source="Varda", denies=True), publisher="Lake Times")
    assert told(linked(one, two)) == {("denies", "happened", "Varda", "Tesh Front")}


def test_who_denies_what_he_said_withdraws_it() -> None:
    one = report(Line(SHELLED, source="Tesh Front"))
    two = report(Line(SHELLED + " then", source="Tesh Front", denies=True), published="2025-03-07")
    assert told(linked(one, two)) == {("withdraws", "happened", "Tesh Front", "Tesh Front")}


def test_a_new_version_withdraws_the_words_of_the_old_one() -> None:
    one, accounts = words_of(report(Line(SHELLED)), withdrawn="superseded")
    two, more = words_of(report(Line(SHELLED + " today"), published="2025-03-05"))
    two = [dataclasses.replace(w, telling=dataclasses.replace(w.telling, seq=2)) for w in two]
    accounts |= {(2, event): a for (_, event), a in more.items()}
    assert [k.kind for k in links([*one, *two], accounts)] == ["withdraws"]


def test_copies_are_not_linked() -> None:
    words, accounts = words_of(report(Line(SHELLED)))
    copy = told_of(known(report(Line(SHELLED))), key="copy", first=False)
    assert links([*words, *(dataclasses.replace(w, told=copy) for w in words)], accounts) == []


SOURCES = st.sampled_from([None, "Varda", "Tesh Front", "Red Cross", "Orm Monitor", "a source"])


@given(st.lists(st.tuples(SOURCES, st.integers(0, 3), st.booleans(), st.integers(1, 5)), max_size=12), st.randoms())
def test_links_are_few_well_formed_and_free_of_order(
    told_: list[tuple[str | None, int, bool, int]], mix: object
) -> None:
    readings = [
        report(
            Line(SHELLED + " x" * n, source=source, killed=killed or None, denies=denies and source is not None),
            publisher=f"Paper {n % 3}", published=f"2025-03-0{day}",
        )
        for n, (source, killed, denies, day) in enumerate(told_)
    ]  # fmt: skip
    words, accounts = words_of(*readings)
    found = links(words, accounts)
    texts = {k.report.id.removeprefix("sha256:")[:12]: k.report.text for k in readings}
    origins = len({w.origin for w in words})
    assert len(found) <= len(words) + 6 * origins * origins
    for link in found:
        assert link.kind in LINKS
        assert link.field is None or link.field in FIELDS
        for end in (link.a, link.b):
            assert texts[end.report][end.start : end.end] == end.text
    mix.shuffle(words)  # type: ignore[attr-defined]
    assert links(words, accounts) == found


def value(low: float | None, high: float | None, **fields: str) -> Value:
    given_ = {"relation": "exactly", "unit": "people", "change": "event", "measure": "killed"} | fields
    return Value(record="f1", low=low, high=high, as_of=None, start=0, end=1, text="x", **given_)


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        (value(31, None), value(9, 9), True),
        (value(31, None), value(40, 40), False),
        (value(2950, 2950, relation="about"), value(3100, 3100), False),
        (value(31, 31), value(9, 9, measure="injured"), False),
        (value(31, 31), value(9, 9, unit="soldiers"), False),
        (value(31, 31, unit="dead"), value(9, 9, unit="civilian people"), True),
        (value(31, 31, change="increment"), value(9, 9, change="increment"), False),
        (value(31, 31), value(9, 9, change="total"), False),
    ],
)
def test_when_values_differ(one: Value, two: Value, differ: bool) -> None:
    assert (values_differ([one], [two]) is not None) is differ
    assert (values_differ([two], [one]) is not None) is differ


numbers = st.none() | st.integers(0, 100)


@given(numbers, numbers, numbers, numbers)
def test_apart_is_the_same_either_way_round(a: int | None, b: int | None, c: int | None, d: int | None) -> None:
    v, w = value(a, b), value(c, d)
    assert apart(v, w) == apart(w, v)
    assert not apart(v, v) or bounds(v)[0] > bounds(v)[1]


@pytest.mark.parametrize(
    ("measure", "unit", "number", "text", "shown"),
    [
        ("duration", "months", 14, "14", "duration: 14 months"),
        ("duration", "days", 1, "one", "duration: one day"),
        ("duration", "days", 14, "14-day", "duration: 14-day"),
        ("killed", "people", 14, "14", "killed: 14"),
    ],
)
def test_a_duration_is_shown_with_its_unit(measure: str, unit: str, number: int, text: str, shown: str) -> None:
    v = Value(
        record="f1", measure=measure, low=number, high=number, relation="exactly", unit=unit, change="none",
        as_of=None, start=0, end=len(text), text=text,
    )  # fmt: skip
    assert value_words(v) == shown


def test_distance() -> None:
    from onrecord.collate.accounts import Scene

    def at(lat: float, lon: float) -> Scene:
        return Scene(geonameid=None, name="", latitude=lat, longitude=lon, country=None, admin1=None, precision=None)

    assert distance_km(at(0, 0), at(0, 1)) == pytest.approx(111.2, abs=0.1)
    assert distance_km(at(51.5, -0.1), at(51.5, -0.1)) == 0


def test_utterances_of_one_source_share_a_block() -> None:
    text = "the army will leave the hills above the harbour before the rains begin in earnest"
    other = "before the rains begin the army will have left the hills above the harbour"
    one, two = (spoken(t) for t in (text, other))
    assert set(word_blocks(one)) & set(word_blocks(two))
    assert same(one, two) >= 0.6
    assert same(one, dataclasses.replace(two, source="n:somebody else/")) == 0
    assert same(one, dataclasses.replace(two, denies=True)) == 0


def spoken(text: str) -> Utterance:
    return Utterance(
        record="s1", report="k", seq=1, source="n:ilo maren/", name="Ilo Maren", said="2025-03-04", start=0,
        end=len(text), text=text, denies=False, words=tuple(sorted(telling_words(text))),
    )  # fmt: skip


@given(st.text(max_size=80), st.text(max_size=80))
def test_alikeness_is_a_share(a: str, b: str) -> None:
    assert 0 <= alikeness(a, b) == alikeness(b, a) <= 1


def test_utterances_need_a_source_and_enough_words() -> None:
    k = known(
        report(
            Line(SHELLED, source="Tesh Front"),
            Line("Varda *fired*", source="Red Cross"),
            Line(SHELLED, source="a source"),
        )
    )
    from onrecord.collate.actors import identities

    assert [u.record for u in utterances(k, identities(k))] == ["s1"]
