"""Versions of stories: the highest answers, withdrawals take away, and any earlier day can be asked for."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import LedgerError, UsageError
from onrecord.intake.items import Hop, Item
from onrecord.ledger import Ledger, prepared
from onrecord.ledger.versions import Version, answer, intervals, rank
from tests.fakes import Days, FakeReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.ledger import Added
    from onrecord.records import Reading

STORY = "urn:newsml:wire.example:2026:port-selu"


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def ledger(ledger_location: str, days: Days) -> Iterator[Ledger]:
    with Ledger(ledger_location, clock=days) as made:
        yield made


def item(words: str, version: str | None = None, **known: Any) -> Item:
    return Item(text=words, published="2026-01-01", publisher="Orm Post", **{"guid": STORY, "version": version} | known)


def read(report: Item) -> Reading:
    (reading,) = FakeReader().read_many(
        [{"text": report.text, "published": report.published, "publisher": report.publisher}]
    )
    return reading


def add(ledger: Ledger, words: str, version: str | None = None, **known: Any) -> Added:
    report = item(words, version, **known)
    return ledger.add(read(report), report)


def texts(ledger: Ledger, **asked: Any) -> list[str]:
    return [r.reading.report.text for r in ledger.known(current=True, **asked)]


def said(ledger: Ledger, **asked: Any) -> list[str]:
    return [e.record.content[0].text for e in ledger.statements(**asked)]


def test_a_later_version_answers_in_place_of_the_earlier(ledger: Ledger, days: Days) -> None:
    first = add(ledger, "Ana said three.", "1")
    second_day = days.next()
    second = add(ledger, "Ana said four.", "2")
    assert (first.outcome, second.outcome) == ("added", "superseding")
    assert said(ledger) == ["four"]
    assert said(ledger, as_known_on="2026-01-01") == ["three"]
    assert said(ledger, as_known_on=second_day) == ["four"]
    assert said(ledger, as_known_on="2025-12-31") == []
    (notice,) = ledger.notices()
    assert (notice.kind, notice.guid, notice.version) == ("supersedes", STORY, "2")
    assert [k.state for k in ledger.known()] == ["superseded", "current"]
    assert [k.state for k in ledger.known(as_known_on="2026-01-01")] == ["current"]
    assert [s.statements for s in ledger.sources()] == [1]
    assert ledger.get(f"{first.key}:s1").state == "superseded"


def test_adding_versions_again_changes_nothing(ledger: Ledger) -> None:
    for _ in range(2):
        outcomes = [add(ledger, "Ana said three.", "1").outcome, add(ledger, "Ana said four.", "2").outcome]
    assert outcomes == ["known", "known"]
    assert len(ledger.notices()) == 1
    assert said(ledger) == ["four"]


def test_a_lower_version_that_comes_late_does_not_answer(ledger: Ledger, days: Days) -> None:
    add(ledger, "Ana said four.", "10")
    days.next()
    late = add(ledger, "Ana said three.", "9")
    assert (late.outcome, late.new_report) == ("added", True)
    assert said(ledger) == ["four"]
    assert [k.state for k in ledger.known()] == ["current", "superseded"]
    assert ledger.reading(late.key).report.text == "Ana said three."


def test_a_correction_says_so(ledger: Ledger) -> None:
    add(ledger, "Ana said three.", "2026-01-01T10:00:00Z")
    add(ledger, "Ana said four.", "2026-01-01T12:30:00+02:00", signal="correction", note="corrects the number")
    (notice,) = ledger.notices()
    assert (notice.kind, notice.reason) == ("corrects", "corrects the number")
    assert said(ledger) == ["four"]


def test_a_withdrawal_without_a_text_takes_the_story_from_the_lists(ledger: Ledger, days: Days) -> None:
    key = add(ledger, "Ana said three.", "1").key
    day = days.next()
    kill = item("", "2", status="canceled", note="wrong person")
    done = ledger.withdraw(kill)
    assert (done.key, done.outcome, done.new_report) == (key, "withdrawing", False)
    assert ledger.withdraw(kill).outcome == "known"
    assert said(ledger) == []
    assert ledger.sources() == []
    assert ledger.reports() == []
    assert said(ledger, as_known_on="2026-01-01") == ["three"]
    assert said(ledger, as_known_on=day) == []
    assert [k.state for k in ledger.known()] == ["withdrawn"]
    days.next()
    add(ledger, "Ana said five.", "3")
    assert said(ledger) == ["five"]


def test_a_withdrawal_that_comes_first_is_remembered(ledger: Ledger) -> None:
    done = ledger.withdraw(item("", "2", status="canceled"))
    assert (done.key, done.outcome) == ("", "withdrawing")
    add(ledger, "Ana said three.", "1")
    assert said(ledger) == []
    with pytest.raises(LedgerError, match="OR-L08"):
        ledger.withdraw(Item(text="", status="canceled"))


def test_a_withdrawn_text_is_kept_and_does_not_answer(ledger: Ledger) -> None:
    add(ledger, "Ana said three.", "1")
    done = ledger.withdraw(item("Ana said three.", "2", status="withheld"))
    assert (done.outcome, done.new_appearance) == ("withdrawing", True)
    assert said(ledger) == []
    assert [n.kind for n in ledger.notices()] == ["withdraws"]


def test_what_another_provider_still_has_stays(ledger: Ledger) -> None:
    add(ledger, "Ana said three.", "1")
    add(ledger, "Ana said three.", "1", guid="another story")
    ledger.withdraw(item("", "1", status="canceled"))
    assert said(ledger) == ["three"]


def test_a_text_may_come_back(ledger: Ledger, days: Days) -> None:
    for version, words in enumerate(("three", "four", "three"), 1):
        add(ledger, f"Ana said {words}.", str(version))
        days.next()
    assert said(ledger) == ["three"]
    assert said(ledger, as_known_on="2026-01-02") == ["four"]
    assert said(ledger, as_known_on="2026-01-01") == ["three"]


def test_a_batch_is_as_one_after_the_other(ledger: Ledger) -> None:
    items = [item(f"Ana said {n}.", str(v)) for n, v in (("one", 1), ("three", 3), ("two", 2))]
    outcomes = [a.outcome for a in ledger.add_many([(read(i), i) for i in items])]
    assert outcomes == ["added", "superseding", "added"]
    assert said(ledger) == ["three"]


def test_what_was_made_ready_elsewhere_is_kept_alike(ledger: Ledger) -> None:
    items = [item(f"Ana said {n}.", str(n)) for n in (1, 2)]
    ready = pickle.loads(pickle.dumps([prepared(read(i), i) for i in items]))
    assert [a.outcome for a in ledger.add_many([*ready, read(items[0]), (read(items[1]), items[1])])] == [
        "added", "superseding", "known", "known",
    ]  # fmt: skip
    assert said(ledger) == ["2"]


def test_a_report_that_is_not_read_is_kept(ledger: Ledger) -> None:
    report = item("Ana a dit trois.", "1", language="fr", provenance=(Hop(name="AFP", role="source"),), agency="AFP")
    added = ledger.add_unread(report)
    assert (added.outcome, added.new_report, added.new_reading) == ("added", True, False)
    assert ledger.add_unread(report).outcome == "known"
    assert list(ledger.known()) == []
    assert ledger.reports() == []
    add(ledger, "Ana said trois.", "2")  # the translation is another version
    assert said(ledger) == ["trois"]


def test_what_came_with_an_item_is_known(ledger: Ledger) -> None:
    hop = Hop(name="Wire", role="source", action="received", when="2026-01-01T00:00:00Z")
    report = item("Ana said no.", "7", agency="Wire", located="Port Selu", embargoed="2026-01-02", provenance=(hop,))
    ledger.add(read(report), report)
    ledger.add(read(report))  # the same text from a folder
    (known,) = ledger.known()
    plain, wired = sorted(known.appearances, key=lambda a: a.guid or "")
    assert (wired.guid, wired.version, wired.agency, wired.located) == (STORY, "7", "Wire", "Port Selu")
    assert (wired.embargoed, wired.provenance) == ("2026-01-02", (hop,))
    assert (plain.guid, plain.status, plain.provenance) == (None, "usable", ())


def test_known_goes_on_after_a_number(ledger: Ledger) -> None:
    ledger.add_many([read(item(f"Ana said {n}.", guid=None)) for n in range(5)], batch=2)
    known = list(ledger.known())
    assert [k.seq for k in ledger.known(after_seq=known[1].seq, limit=2)] == [k.seq for k in known[2:4]]
    assert [k.seq for k in ledger.known(seqs=[known[4].seq, known[0].seq, 999])] == [known[0].seq, known[4].seq]
    assert [k.key for k in known] == [k.reading.report.id.removeprefix("sha256:")[:12] for k in known]
    with pytest.raises(UsageError):
        list(ledger.known(as_known_on="soon"))


@pytest.mark.parametrize(
    "ordered",
    [
        (None, "1", "2", "10"),
        ("9", "2026-01-01", "2026-01-01T08:00:00+02:00", "2026-01-01T07:00:00Z"),
        ("3", "draft", "final"),
    ],
)
def test_versions_are_compared(ordered: tuple[str | None, ...]) -> None:
    ranks = [rank(v) for v in ordered]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


VERSIONS = st.lists(
    st.builds(
        Version,
        st.integers(1, 5).map(lambda n: f"2026-01-0{n}T00:00:00+00:00"),
        st.integers(0, 4).map(lambda n: rank(str(n) if n else None)),
        st.sampled_from(["a", "b", "c"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(VERSIONS, st.randoms())
def test_the_order_of_arrival_within_a_day_is_no_matter(versions: list[Version], rng: Any) -> None:
    shuffled = list(versions)
    rng.shuffle(shuffled)
    assert answer(versions) == answer(shuffled)


@given(VERSIONS, st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_one_reading_at_most_answers_on_any_day(versions: list[Version], learned: list[int]) -> None:
    readings = [(n, f"2026-01-0{d}T00:00:00+00:00") for n, d in enumerate(sorted(learned), 1)]
    found = intervals("a", readings, {"g": versions})
    assert {i.seq for i in found} == {seq for seq, _ in readings}
    for day in (f"2026-01-0{d}" for d in range(1, 7)):
        answering = [i for i in found if i.since <= day and (i.until is None or i.until > day)]
        assert len(answering) <= 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([1, 2, 3, 4]), st.sets(st.sampled_from([2, 4])))
def test_any_order_of_arrival_ends_alike(order: list[int], killed: set[int]) -> None:
    with Ledger(":memory:") as ledger:
        for version in order:
            if version in killed:
                ledger.withdraw(item("", str(version), status="canceled"))
            else:
                add(ledger, f"Ana said {version}.", str(version))
        expected = [] if 4 in killed else ["4"]
        assert said(ledger) == expected
        assert sum(s.statements for s in ledger.sources()) == len(expected)
