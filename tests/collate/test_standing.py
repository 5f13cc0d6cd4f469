"""Standing: who stands behind a happening; copies and quotations of one source never add to it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collate.accounts import Account, accounts
from onrecord.collate.actors import identities
from onrecord.collate.standing import STANDINGS, UNKNOWN, Told, Word, standing, voice_of, word
from onrecord.collate.tellings import Telling, tellings
from onrecord.ledger.known import Known
from tests.collate.plain import Line, report

if TYPE_CHECKING:
    from onrecord.records import Reading

SHELLED = "Varda *shelled* the market of Port Selu"


def known(reading: Reading, seq: int = 1) -> Known:
    key = reading.report.id.removeprefix("sha256:")[:12]
    return Known(
        seq=seq, key=key, added_at="2025-03-05T10:00:00+00:00", reading=reading, appearances=(), state="current"
    )


def told_of(k: Known, **fields: Any) -> Told:
    r = k.reading.report
    given: dict[str, Any] = {
        "key": k.key, "published": r.published, "publisher": r.publisher, "agency": r.agency, "title": r.title,
        "outlets": (r.publisher,) if r.publisher else (), "credited": (), "voice": voice_of(r.agency, r.publisher),
        "story": k.key,
    }  # fmt: skip
    return Told(**(given | fields))


def words_of(*readings: Reading, **fields: Any) -> tuple[list[Word], dict[tuple[int, str], Account]]:
    """Everyone's word on the events of some readings, taken to be one happening."""
    words, found = [], {}
    for seq, reading in enumerate(readings, 1):
        k = known(reading, seq)
        who = identities(k)
        for account in accounts(k, who):
            found[seq, account.id.partition(":")[2]] = account
            words += [word(t, told_of(k, **fields)) for t in tellings(k, who, account)]
    return words, found


def kind(*readings: Reading, involved: tuple[str, ...] = ()) -> str:
    return standing(words_of(*readings)[0], involved).standing


def test_one_outlet_is_one_source() -> None:
    assert kind(report(Line(SHELLED))) == "one_source"


def test_two_outlets_in_their_own_voice_are_independent() -> None:
    assert kind(report(Line(SHELLED)), report(Line(SHELLED + " today"), publisher="Lake Times")) == "independent"


def test_two_outlets_that_quote_one_source_are_one_source() -> None:
    one = report(Line(SHELLED, source="Orm Monitor"))
    two = report(Line(SHELLED + " today", source="Orm Monitor"), publisher="Lake Times")
    found = standing(words_of(one, two)[0])
    assert (found.standing, found.reports, found.outlets, found.origins) == ("one_source", 2, 2, 1)


def test_the_root_of_the_chain_counts() -> None:
    one = report(Line(SHELLED, source="Orm Monitor", via="Radio Selu"))
    two = report(Line(SHELLED + " today", source="Orm Monitor"), publisher="Lake Times")
    assert kind(one, two) == "one_source"


@pytest.mark.parametrize(("killed", "sources"), [(None, ["Varda"]), (9, ["Orm Monitor", "Varda"])])
def test_who_passes_on_another_s_word_adds_none_of_his_own(killed: int | None, sources: list[str]) -> None:
    whole = report(
        Line("Tesh Front *shelled* Lake Orm", source="Orm Monitor", killed=killed),
        Line("Tesh Front *hit* Lake Orm", source="Varda", via="Orm Monitor"),
    )
    event = dataclasses.replace(whole.events[0], according_to=("s1", "s2"))
    words, _ = words_of(dataclasses.replace(whole, events=(event,)))
    assert sorted(w.name for w in words) == sources
    assert standing(words).origins == len(sources)


def test_a_report_and_the_outlet_that_it_quotes_are_one_origin() -> None:
    one = report(Line(SHELLED, source="Radio Selu"))
    two = report(Line(SHELLED + " today"), publisher="Radio Selu")
    assert kind(one, two) == "one_source"


def test_sources_of_one_side() -> None:
    one = report(Line(SHELLED, source="Tesh Front"))
    two = report(Line(SHELLED + " today", source="Ilo Maren"), publisher="Lake Times")
    assert kind(one, two) == "one_side"


def test_both_sides_and_then_somebody_else() -> None:
    front = report(Line(SHELLED, source="Tesh Front"))
    varda = report(Line(SHELLED + " today", source="Varda"))
    assert kind(front, varda) == "both_sides"
    assert kind(front, varda, report(Line(SHELLED + " at noon", source="Red Cross"))) == "independent"


def test_a_side_that_takes_no_part_is_somebody_else() -> None:
    front = report(Line(SHELLED, source="Tesh Front"))
    varda = report(Line(SHELLED + " today", source="Varda"))
    assert kind(front, varda, involved=("n:tesh front/VRD",)) == "independent"


def test_a_source_that_nobody_can_tell_from_another_adds_nothing() -> None:
    front = report(Line(SHELLED, source="Tesh Front"))
    somebody = report(Line(SHELLED + " today", source="a source"), publisher="Lake Times")
    assert kind(front, somebody) == "one_source"
    assert kind(somebody) == "one_source"


def test_a_denial_disputes_unless_it_comes_from_the_same_side() -> None:
    asserted = report(Line(SHELLED, source="Tesh Front"))
    denied = report(Line(SHELLED, source="Varda", denies=True), publisher="Lake Times")
    found = standing(words_of(asserted, denied)[0])
    assert (found.standing, found.denied_by) == ("disputed", ("Varda",))
    own = report(Line(SHELLED, source="Ilo Maren", denies=True), publisher="Lake Times")
    assert kind(asserted, own) != "disputed"


def test_a_contradiction_disputes() -> None:
    words, _ = words_of(report(Line(SHELLED)))
    assert standing(words, contradicted=True).standing == "disputed"


def test_withdrawn_reports_count_no_longer() -> None:
    words, _ = words_of(report(Line(SHELLED)), withdrawn="withdrawn")
    assert standing(words).standing == "withdrawn"
    more, _ = words_of(report(Line(SHELLED + " today"), publisher="Lake Times"))
    found = standing([*words, *more])
    assert (found.standing, found.reports) == ("one_source", 1)


@given(st.integers(1, 30))
def test_copies_never_add_to_independence(copies: int) -> None:
    words, _ = words_of(report(Line(SHELLED), agency="Reuters"))
    carried = [
        word(w.telling, told_of(known(report(Line(SHELLED))), key=f"c{n}", publisher=f"p{n}", outlets=(f"p{n}",),
                                voice="m:reuters", first=False))
        for n in range(copies)
        for w in words
    ]  # fmt: skip
    found = standing([*words, *carried])
    assert (found.standing, found.origins, found.reports) == ("one_source", 1, copies + 1)


@given(st.data())
def test_standing_does_not_depend_on_the_order_of_words(data: st.DataObject) -> None:
    lines = st.builds(
        Line, st.just(SHELLED), source=st.sampled_from([None, "Varda", "Tesh Front", "Red Cross", "a source"]),
        denies=st.booleans(),
    ).map(lambda x: Line(x.words) if x.source is None else x)  # fmt: skip
    reports = data.draw(st.lists(st.tuples(lines, st.sampled_from(["A", "B", "C"])), min_size=1, max_size=5))
    words, _ = words_of(
        *(report(line, publisher=p, published=f"2025-03-0{n + 1}") for n, (line, p) in enumerate(reports))
    )
    mixed = data.draw(st.permutations(words))
    assert standing(words) == standing(mixed)
    assert standing(words).standing in STANDINGS


@pytest.mark.parametrize(
    ("agency", "publisher", "voice"),
    [("Reuters", "The Daily Orm", "m:reuters"), (None, "The Daily Orm", "m:the daily orm"), (None, None, UNKNOWN)],
)
def test_whose_word_a_report_s_own_voice_is(agency: str | None, publisher: str | None, voice: str) -> None:
    assert voice_of(agency, publisher) == voice


def test_a_telling_goes_to_json_and_back() -> None:
    words, _ = words_of(report(Line(SHELLED, source="Tesh Front", killed=31)))
    telling = words[0].telling
    assert telling.values[0].low == 31
    assert Telling.from_json(telling.to_json()) == telling
