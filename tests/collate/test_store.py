"""The collation of a ledger: brought up to date in portions, made from nothing, and as it was known on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.collate import Collation, changes, tables
from onrecord.collate.derive import derive
from onrecord.collate.moments import Moment
from onrecord.collate.neighbours import Lookup, nearest
from onrecord.collate.tables import NODE
from onrecord.collate.update import bring_up_to_date, prepare
from onrecord.errors import RecordNotFoundError, UsageError
from onrecord.intake.items import Item
from onrecord.ledger import Ledger
from onrecord.ledger.engine import writing
from tests.collate.ledgers import SHELLED, april, everything, front, item, rows
from tests.collate.plain import Line, report

if TYPE_CHECKING:
    from onrecord.records import Reading
    from tests.fakes import Days

WIRE = (
    "The harbour master counted the boats that came back from the lake before the storm broke and wrote down each name "
    "in the long ledger that his father had kept for forty years on the shelf above the stove in the customs house "
    "while the women on the quay waited for the last two lamps to round the point and turn towards the light there"
)


def monitor(**known: Any) -> Reading:
    known = {"publisher": "Lake Times", "published": "2025-03-05"} | known
    return report(Line(SHELLED + " on Tuesday", source="Orm Monitor", killed=31, day="2025-03-04"), **known)


def varda(**known: Any) -> Reading:
    known = {"publisher": "Varda Today", "published": "2025-03-05"} | known
    return report(Line(SHELLED + " as claimed", source="Varda", denies=True), **known)


def test_one_happening_told_by_two_with_its_standing(ledger: Ledger) -> None:
    ledger.add(front())
    ledger.add(monitor())
    (h,) = Collation(ledger).happenings()
    assert (h.type, h.standing.standing, h.standing.reports) == ("ASSAULT", "independent", 2)
    assert (h.begin, h.dated_by) == ("2025-03-04", "stated")
    assert h.actors == ("Varda",)
    assert h.places == ("Port Selu",)
    assert h.standing.sources == ("Tesh Front", "Orm Monitor")


def test_a_denial_makes_a_dispute_and_explain_shows_both(ledger: Ledger) -> None:
    ledger.add(front())
    ledger.add(varda())
    collation = Collation(ledger)
    (dispute,) = collation.disputes()
    assert [(k.kind, k.a["source"], k.b["source"]) for k in dispute.links] == [("denies", "Varda", "Tesh Front")]
    happening, accounts, links = collation.accounts(dispute.happening.id)
    assert happening == dispute.happening
    assert [(a.source, a.denies) for a in accounts] == [("Tesh Front", False), ("Varda", True)]
    assert links == list(dispute.links)
    assert collation.accounts(accounts[0].event)[0].id == happening.id


def wire(publisher: str, **known: Any) -> Reading:
    return report(Line(f"Varda *shelled* Port Selu. {WIRE}"), agency="Reuters", publisher=publisher, **known)


def test_copies_are_one_origin(ledger: Ledger) -> None:
    ledger.add(report(Line(f"Varda *shelled* Port Selu. {WIRE}"), publisher="Reuters", agency="Reuters"))
    ledger.add(report(Line(f"Varda *shelled* Port Selu. {WIRE} and so on"), publisher="Lake Times"))
    collation = Collation(ledger)
    (copies,) = collation.copies()
    assert (copies.reports, copies.agency, copies.outlets) == (2, "Reuters", ("Lake Times", "Reuters"))
    assert collation.copy_group(copies.id) == copies
    (h,) = collation.happenings()
    assert (h.standing.standing, h.standing.reports, h.standing.origins) == ("one_source", 2, 1)


def test_views_filter(ledger: Ledger) -> None:
    ledger.add(front())
    ledger.add(report(Line("Tesh Front *freed* a nurse at Lake Orm", type="RETREAT"), published="2025-03-20"))
    collation = Collation(ledger)
    for asked in (
        {"actor": "Tesh Front", "type": "retreat"}, {"place": "Lake Orm"}, {"since": "2025-03-10"}, {"text": "nurse"},
        {"source": "daily orm"},
    ):  # fmt: skip
        assert [h.type for h in collation.happenings(**asked)] == ["RETREAT"], asked
        assert [h.type for h in collation.happenings(**asked, as_known_on="2025-04-01")] == ["RETREAT"], asked
    for asked in ({"until": "2025-03-10"}, {"measure": "killed"}, {"source": "Tesh"}, {"limit": 1}):
        assert [h.type for h in collation.happenings(**asked)] == ["ASSAULT"], asked
    assert collation.happenings(standing="disputed") == []
    assert [a.name for a in collation.actors(actor="front")] == ["Tesh Front"]
    with pytest.raises(UsageError, match="OR-U02"):
        collation.happenings(standing="true")
    with pytest.raises(RecordNotFoundError):
        collation.accounts("h000000000000")


def test_as_known_on_a_day(ledger: Ledger, clock: Days) -> None:
    ledger.add(front())
    clock.next()
    ledger.add(monitor())
    day = clock.next()
    ledger.add(varda())
    collation = Collation(ledger)
    standings = [h.standing.standing for d in ("03-31", "04-01", "04-02", "04-03") for h in collation.happenings(as_known_on=f"2025-{d}")]  # fmt: skip
    assert standings == ["one_source", "independent", "disputed"]
    assert everything(collation) == everything(collation, as_known_on=day)
    (change,) = collation.changes(since=day)
    assert (change.kind, change.was and change.was.standing.standing) == ("standing", "independent")
    assert collation.changes() == [change]
    (new,) = collation.changes(since="2025-04-01", as_known_on="2025-04-02")
    assert new.kind == "new"


def test_changes_are_looked_at_no_further_than_asked_for(
    ledger: Ledger, clock: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(front())
    day = clock.next()
    ledger.add(varda())
    told = (
        "Red Cross *opened* a ward in Marn",
        "Tesh Front *closed* the bridge of Ostra",
        "Varda *freed* six fishermen",
    )
    for n, words in enumerate(told, 5):
        ledger.add(report(Line(words, type="AID"), published=f"2025-03-{n:02}", publisher="Lake Times"))
    collation = Collation(ledger)
    whole = collation.changes(since=day)
    assert [c.kind for c in whole] == ["new", "new", "new", "standing"]
    limits = (1, 2, 3, 4, 9)
    few = [collation.changes(since=day, limit=n) for n in limits]
    compared: list[int] = []
    found = changes._found
    monkeypatch.setattr(changes, "_FEW", 0)
    monkeypatch.setattr(changes, "_AT_ONCE", 1)
    monkeypatch.setattr(changes, "_found", lambda *a: (compared.append(len(a[2])), found(*a))[1])
    assert [collation.changes(since=day, limit=n) for n in limits] == few == [whole[:n] for n in limits]
    compared.clear()
    collation.changes(since=day, limit=1, type="aid", actor="Red Cross")
    assert compared == [1]


def test_before_all_that_was_learned_there_is_nothing(ledger: Ledger, clock: Days) -> None:
    ledger.add(front())
    collation = Collation(ledger)
    collation.update()
    with ledger.engine.connect() as connection:
        assert Moment("2020-01-01").is_before(connection)
        assert not Moment().is_before(connection)
        assert not Moment("2025-04-01").is_before(connection)
    assert collation.happenings(as_known_on="2020-01-01") == []
    assert collation.series(as_known_on="2020-01-01") == []


def test_a_newer_reading_takes_the_place_of_the_old(ledger: Ledger, clock: Days) -> None:
    ledger.add(front())
    ledger.add(monitor())
    collation = Collation(ledger)
    before = everything(collation)
    day = clock.next()
    ledger.add(front(version="newer"))
    assert everything(collation) == before
    assert everything(collation, as_known_on="2025-04-01") == before
    clock.next()
    ledger.add(monitor(published="2026-01-01", version="newer"))
    assert len(collation.happenings()) == 2 or collation.happenings()[0].standing.reports == 2
    assert everything(collation, as_known_on=day) == before


def test_withdrawn_and_superseded_reports_stay_marked(ledger: Ledger, clock: Days) -> None:
    one = front()
    ledger.add(one, item(one, "urn:1", "1"))
    collation = Collation(ledger)
    assert collation.happenings()[0].standing.standing == "one_source"
    clock.next()
    ledger.withdraw(Item(text="", guid="urn:1", version="2", status="canceled"))
    assert [h.standing.standing for h in collation.happenings()] == ["withdrawn"]
    assert [h.standing.standing for h in collation.happenings(as_known_on="2025-04-01")] == ["one_source"]
    _, (account,), _ = collation.accounts(collation.happenings()[0].id)
    assert account.withdrawn == "withdrawn"
    ledger.add(monitor())
    (h,) = collation.happenings()
    assert (h.standing.standing, h.standing.reports) == ("one_source", 1)


def test_what_a_person_rejects_is_gone(ledger: Ledger) -> None:
    added = ledger.add(front())
    ledger.add(monitor())
    collation = Collation(ledger)
    assert collation.happenings()[0].standing.reports == 2
    ledger.judge("reject", f"{added.key}:e1", who="ana", why="of another town")
    (h,) = collation.happenings()
    assert h.standing.sources == ("Orm Monitor",)
    assert [a.reports for a in collation.actors(actor="Varda")] == [2]
    after = everything(collation)
    collation.rebuild()
    assert everything(collation) == after


def test_people_merge_and_split_happenings(ledger: Ledger, clock: Days) -> None:
    one = ledger.add(front())
    ledger.add(monitor())
    other = ledger.add(report(Line("Tesh Front *freed* a nurse at Lake Orm", type="RETREAT"), published="2025-03-20"))
    collation = Collation(ledger)
    before = everything(collation)
    ids = [h.id for h in collation.happenings()]
    assert len(ids) == 2
    day = clock.next()
    ledger.judge_group("merge", "happenings", ids, who="ana", why="one and the same")
    (h,) = collation.happenings()
    assert h.accounts == 3
    assert everything(collation, as_known_on="2025-04-01") == before
    clock.next()
    ledger.judge_group("split", "happenings", [f"{one.key}:e1", f"{other.key}:e1"], who="bo", why="two towns")
    assert everything(collation) == before
    assert len(collation.happenings(as_known_on=day)) == 1
    after = rows(ledger)
    collation.rebuild()
    assert rows(ledger) == after
    assert everything(collation) == before


def test_people_merge_and_split_actors(ledger: Ledger) -> None:
    ledger.add(front())
    ledger.add(monitor())
    collation = Collation(ledger)
    before = everything(collation)
    merged = [a.id for a in collation.actors() if a.name in ("Tesh Front", "Orm Monitor")]
    ledger.judge_group("merge", "actors", merged, who="ana", why="one body")
    (actor,) = collation.actors(actor="Monitor")
    assert (actor.name, actor.reports) == ("Orm Monitor", 2) or (actor.name, actor.reports) == ("Tesh Front", 2)
    assert collation.actors(actor="Tesh") == [actor]
    assert everything(collation) == everything(collation, as_known_on="2025-04-01")
    ledger.judge_group("split", "actors", merged, who="ana", why="after all not")
    assert everything(collation) == before


def test_other_rules_make_everything_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(front())
    collation = Collation(ledger)
    assert collation.update() == 1
    assert collation.update() == 0
    monkeypatch.setattr(tables, "COLLATE_VERSION", "another")
    assert collation.update() == 1
    assert collation.tally()["happenings"] == 1


def test_updating_tells_how_far_it_is(ledger: Ledger) -> None:
    for n in range(5):
        ledger.add(front(published=f"2025-03-0{n + 1}", publisher=f"P{n}", version=str(n)))
    seen: list[tuple[int, int]] = []
    bring_up_to_date(ledger, lambda done, total: seen.append((done, total)), batch=2)
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_the_nearest_neighbours_are_few_and_known_before(ledger: Ledger) -> None:
    prepare(ledger.engine)
    places = [Lookup(7, f"2025-03-{n + 1:02}", (n + 1) * NODE) for n in range(20)]
    with writing(ledger.engine) as connection:
        connection.execute(tables.blocks.insert(), [p._asdict() for p in places])
        found = nearest(connection, [places[10]], 3, {})
        assert found == {11 * NODE: {n * NODE for n in (8, 9, 10)}}
        found = nearest(connection, [places[10]], 3, {}, later=True)
        assert found == {11 * NODE: {n * NODE for n in (8, 9, 10, 12, 13, 14)}}
        found = nearest(connection, [places[10]], 3, {10: 10, 9: 12})
        assert found == {11 * NODE: {n * NODE for n in (7, 8, 9)}}


SOURCES = [None, "Tesh Front", "Varda", "Orm Monitor", "Red Cross"]
PLACES = ["Port Selu", "Lake Orm"]


@st.composite
def stories(draw: st.DrawFn) -> list[Reading]:
    """Reports of a few happenings, by several outlets, some of them copies, some read again."""
    made = []
    for n in range(draw(st.integers(1, 7))):
        source = draw(st.sampled_from(SOURCES))
        line = Line(
            f"Varda *shelled* the crowded fish market of {draw(st.sampled_from(PLACES))} with guns" + " again" * (n % 3),
            source=source, killed=draw(st.sampled_from([None, 5, 9])), denies=bool(source) and draw(st.booleans()),
        )  # fmt: skip
        extra = [Line(f"Red Cross *spoke*. {WIRE}")] if draw(st.booleans()) else []
        day = draw(st.sampled_from([*(f"2025-03-0{n}" for n in range(1, 5)), None]))
        outlet = draw(st.sampled_from(["P0", "P1", "P2", "P3", None]))
        made.append(report(line, *extra, publisher=outlet, published=day, version=str(n)))
    return made


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories(), st.data())
def test_in_portions_from_nothing_and_in_any_order_it_is_the_same(told: list[Reading], data: st.DataObject) -> None:
    clock = april()
    with Ledger(":memory:", clock=clock) as ledger:
        collation, last = Collation(ledger), ""
        for reading in told:
            known = item(reading, f"urn:{reading.report.publisher}", str(len(last)))
            ledger.add(reading, known if data.draw(st.booleans(), label="versioned") else None)
            if data.draw(st.booleans(), label="withdraw"):
                ledger.withdraw(Item(text="", guid=f"urn:{reading.report.publisher}", version="9", status="canceled"))
            if data.draw(st.booleans(), label="now"):
                collation.update()
            last = clock.next()
        portions = everything(collation)
        written = rows(ledger)
        then = everything(collation, as_known_on=last)
        collation.rebuild()
        assert rows(ledger) == written
        assert everything(collation) == portions
        assert then == portions


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_show(told: list[Reading], mix: Any) -> None:
    told = list({r.report.id: r for r in told}.values())
    found = []
    for _ in range(2):
        with Ledger(":memory:") as ledger:
            for reading in told:
                ledger.add(reading)
            found.append(everything(Collation(ledger)))
        mix.shuffle(told)
    assert found[0] == found[1]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(stories())
def test_an_earlier_day_is_what_it_was_then(told: list[Reading]) -> None:
    clock, seen = april(), {}
    with Ledger(":memory:", clock=clock) as ledger:
        collation = Collation(ledger)
        for reading in told:
            ledger.add(reading)
            seen[clock.now.date().isoformat()] = everything(collation)
            clock.next()
        for day, then in seen.items():
            assert everything(collation, as_known_on=day) == then


def test_deriving_depends_on_the_reading_alone(ledger: Ledger) -> None:
    ledger.add(front())
    (known,) = ledger.known()
    assert derive(known) == derive(known)


def test_every_table_is_described() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "collate.md").read_text(encoding="utf-8")
    for table in tables.metadata.sorted_tables:
        assert f"`{table.name}`" in page
        for column in table.columns:
            assert f"`{column.name}`" in page, column
