"""The ledger, on SQLite and on PostgreSQL (see tests/postgres.py)."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, func, select

from onrecord.errors import LedgerError, RecordNotFoundError, UsageError
from onrecord.ledger import Ledger, lists, tables
from onrecord.ledger.engine import HEAD, ledger_url
from onrecord.ledger.words import folded, query_words, searchable
from onrecord.records import ReaderInfo, Reading, Report, Statement, content_id
from tests.fakes import FakeReader, full_reading
from tests.postgres import apart, emptied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = full_reading().report.id.removeprefix("sha256:")[:12]


@pytest.fixture(params=["sqlite", "memory", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty ledger can be made."""
    if request.param == "memory":
        return ":memory:"
    if request.param == "sqlite":
        (tmp_path / "a folder").mkdir()
        return str(tmp_path / "a folder" / "ledger.sqlite")
    url: str = request.getfixturevalue("postgres")
    return emptied(url)


def filled(location: str) -> Ledger:
    """A ledger with the full reading and a small one, learned on two days."""
    days = iter(datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 28))
    made = Ledger(location, clock=lambda: next(days))
    made.add(full_reading())
    made.add(small("Ana said that Zoë was in Port Selu. 5 killed.", published="2025-05-01", publisher="Orm Post"))
    return made


@pytest.fixture
def ledger(location: str) -> Iterator[Ledger]:
    with filled(location) as made:
        yield made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The same for tests that only ask."""
    location = str(tmp_path_factory.mktemp("asked") / "ledger.sqlite")
    if request.param == "postgresql":
        location = apart(request.getfixturevalue("postgres"), "asked")
    with filled(location) as made:
        yield made


def small(words: str, **known: Any) -> Reading:
    return next(FakeReader().read_many([{"text": words, **known}]))


def counts(location: str) -> dict[str, int]:
    engine = create_engine(ledger_url(location))
    with engine.connect() as connection:
        found = {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar_one()
            for t in tables.metadata.sorted_tables
        }
    engine.dispose()
    return found


def ids(entries: Any) -> list[str]:
    return [e.id.removeprefix(KEY + ":") for e in entries]


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    location = str(tmp_path / "l.sqlite")
    with Ledger(location) as ledger:
        first = ledger.add(full_reading())
        before = counts(location)
        again = ledger.add(full_reading())
    assert (first.key, first.new_report, first.new_appearance, first.new_reading) == (KEY, True, True, True)
    assert (again.key, again.new_report, again.new_appearance, again.new_reading) == (KEY, False, False, False)
    assert counts(location) == before
    assert before["statements"] == 3
    assert before["readings"] == 1


def test_a_newer_reading_answers_and_the_old_one_stays(ledger: Ledger) -> None:
    newer = dataclasses.replace(full_reading(), reader=ReaderInfo(version="next"), events=())
    added = ledger.add(newer)
    assert (added.new_report, added.new_appearance, added.new_reading) == (False, False, True)
    assert ledger.events() == []
    assert ledger.reading(KEY) == newer
    assert [r.reader_version for r in ledger.reports()] == ["next", "fake"]


def test_another_outlet_with_the_same_text_is_another_appearance(ledger: Ledger) -> None:
    added = ledger.add(full_reading(publisher="Second Outlet"))
    assert (added.new_report, added.new_appearance) == (False, True)
    assert ledger.reports(source="Second Outlet")[0].appearances == 2


def test_lists_are_in_order_of_time(asked: Ledger) -> None:
    assert ids(asked.events()) == ["e2", "e3", "e1"]
    assert ids(asked.timeline()) == ["e2", "g1", "e3", "k1", "e1"]
    assert [e.dated_by for e in asked.events()] == ["stated", "report", "none"]


def test_what_has_no_date_stands_under_its_reports_day(ledger: Ledger) -> None:
    (undated,) = [e for e in ledger.timeline() if e.dated_by == "none"]
    assert (undated.id, undated.begin, undated.until, undated.reported) == (f"{KEY}:e1", None, None, "2025-03-04")
    ledger.add(small("Ana said maybe."))  # a report of no known day
    (last,) = [e for e in ledger.statements() if e.dated_by == "none"]
    assert last.reported is None
    assert ledger.statements()[-1] == last
    assert last not in ledger.statements(since="1900-01-01")


def test_a_country_finds_the_places_in_it(ledger: Ledger) -> None:
    reading = full_reading()
    doha = dataclasses.replace(reading.places[1], country="QAT", name="Doha")
    ledger.add(dataclasses.replace(reading, places=(reading.places[0], doha)))
    for name in ("Qatar", "qatar", "QAT", "Doha"):
        assert ids(ledger.events(place=name)) == ["e1"], name
        assert [r.report.publisher for r in ledger.reports(place=name)] == ["The Daily Orm"]
    assert ledger.events(place="Qata") == []
    assert ledger.events(place="Oman") == []


def test_a_report_without_a_title_gives_its_opening(ledger: Ledger) -> None:
    ledger.add(full_reading(title=None))
    ledger.add(small("date 2025-06-01\n\nZoë said so. " + "Much more followed. " * 20, published="2025-06-01"))
    told = {r.report.key: r.opening for r in ledger.reports()}
    assert (told[KEY] or "").startswith("The Tesh Front said on Tuesday that talks")
    assert (told[ledger.reports()[-1].report.key] or "").startswith("Zoë said so. Much more")
    assert max(len(o) for o in told.values() if o) <= 200
    assert ledger.reports()[1].opening == "Ana said that Zoë was in Port Selu. 5 killed."


def test_an_entry_tells_everything(asked: Ledger) -> None:
    (entry,) = asked.events(type="sanction")
    assert entry.id == f"{KEY}:e1"
    assert entry.record == full_reading().events[0]
    assert entry.names["places"] == ("Lake Orm",)
    assert entry.names["according_to"] == ("Vardan diplomat via Radio Selu",)
    assert entry.sentence.startswith("Radio Selu, citing")
    assert entry.report.publisher == "The Daily Orm"
    assert entry.to_json()["record"]["type"] == "SANCTION"


@pytest.mark.parametrize(
    ("kind", "filters", "expected"),
    [
        ("statements", {"actor": "tesh front"}, ["s1", "s3"]),  # its spokesman is a member
        ("statements", {"source": "Radio Selu"}, ["s2"]),
        ("statements", {"source": "diplomat"}, ["s2"]),
        ("statements", {"source": "diplo"}, []),
        ("statements", {"type": "REPORT"}, ["s2"]),
        ("statements", {"type": "sanction"}, ["s2"]),
        ("statements", {"measure": "displaced"}, ["s2"]),
        ("statements", {"issue": "guarantees"}, ["s3"]),
        ("statements", {"place": "Lake Orm"}, ["s2"]),
        ("statements", {"text": "mandate"}, []),
        ("statements", {"text": '"broken down" talks', "since": "2025-03-04", "until": "2025-03-04"}, ["s1"]),
        ("statements", {"since": "2025-03-05", "until": "2025-04-01"}, []),
        ("events", {"since": "2025-03-04", "until": "2025-03-04"}, ["e1", "e3"]),  # e1 has the report's day alone
        ("events", {"since": "2025-03-05", "until": "2025-03-06"}, []),
        ("events", {"place": "VRD"}, ["e1"]),
        ("events", {"actor": "VRD"}, ["e2", "e3"]),
        ("events", {"source": "Reuters"}, ["e2", "e3"]),  # in the report's own voice
        ("events", {"source": "Radio Selu"}, ["e1"]),
        ("events", {"measure": "displaced"}, ["e1"]),
        ("events", {"until": "2025-02-01"}, ["e2"]),
        ("events", {"since": "2025-01-15", "limit": 1}, ["e2"]),
        ("events", {"text": 'villagers NEAR OR "lake orm'}, []),
        ("events", {"text": "villagers near"}, ["e1"]),
        ("figures", {"measure": "displaced", "place": "orm"}, ["f1"]),
        ("figures", {"type": "SANCTION"}, ["f1"]),
        ("positions", {"issue": "guarantees"}, ["o1"]),
        ("positions", {"actor": "Varda"}, ["o2", "o1"]),
        ("talks", {"actor": "Varda", "source": "tesh front"}, ["k1"]),
        ("agreements", {"since": "2025-01-31", "until": "2025-01-31"}, ["g1"]),
        ("timeline", {"type": "RETREAT"}, ["e2", "g1"]),  # the agreement's stage has that event as a term
    ],
)
def test_filters(asked: Ledger, kind: str, filters: dict[str, Any], expected: list[str]) -> None:
    found = [i for i in ids(getattr(asked, kind)(**filters)) if ":" not in i]
    assert sorted(found) == sorted(expected)


def test_accents_and_case_are_no_matter(ledger: Ledger) -> None:
    ledger.add(small("Zoë said yes."))
    assert [e.names["source"] for e in ledger.statements(source="zoe")] == [("Zoë",)]


@pytest.mark.parametrize("words", ["zoe", "ZOË"])
def test_text_is_found_with_and_without_accents(asked: Ledger, words: str) -> None:
    assert len(asked.statements(text=words)) == 1


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["The Daily Orm", "Orm Post"]),
        ({"actor": "Varda"}, ["The Daily Orm"]),
        ({"place": "Lake Orm"}, ["The Daily Orm"]),
        ({"source": "Orm Post"}, ["Orm Post"]),
        ({"source": "Ilo Maren"}, ["The Daily Orm"]),
        ({"since": "2025-04-01"}, ["Orm Post"]),
        ({"until": "2025-03-04"}, ["The Daily Orm"]),
        ({"type": "SANCTION"}, ["The Daily Orm"]),
        ({"type": "say"}, ["The Daily Orm", "Orm Post"]),
        ({"measure": "killed"}, ["Orm Post"]),
        ({"issue": "withdrawal"}, ["The Daily Orm"]),
        ({"text": "port selu"}, ["The Daily Orm", "Orm Post"]),
        ({"text": "Talks break"}, ["The Daily Orm"]),  # its headline
    ],
)
def test_reports(asked: Ledger, filters: dict[str, Any], expected: list[str]) -> None:
    assert [r.report.publisher for r in asked.reports(**filters)] == expected


def test_sources_are_counted(ledger: Ledger) -> None:
    ledger.add(small("Ana said no. And Ana said yes."))
    first, *rest = ledger.sources()
    assert (first.name, first.kind, first.naming, first.statements, first.reports) == ("Ana", "person", "named", 3, 2)
    assert (first.first, first.last) == ("2025-05-01", "2025-05-01")
    assert {r.name for r in rest} == {"Tesh Front", "Vardan diplomat", "Ilo Maren"}
    assert ledger.sources(source="Radio Selu", limit=1)[0].name == "Vardan diplomat"


def test_get_gives_the_record_and_its_neighbours(asked: Ledger) -> None:
    found = asked.get(f"{KEY}:s2")
    assert isinstance(found.record, Statement)
    assert found.reading == full_reading()
    assert found.entry is not None
    neighbours = {(n.role, n.incoming, n.id.split(":")[1]) for n in found.neighbours}
    assert {
        ("source", False, "a3"),
        ("chain", False, "a4"),
        ("according_to", True, "e1"),
        ("place", False, "p2"),
    } <= neighbours


@pytest.mark.parametrize("record", [f"{KEY}:a1", f"{KEY[:6]}:p1", f"sha256:{KEY}:t2", f"{full_reading().report.id}:g1"])
def test_get_takes_every_form_of_id(asked: Ledger, record: str) -> None:
    assert asked.get(record).record.id == record.rpartition(":")[2]


@pytest.mark.parametrize("record", [f"{KEY}:s9", f"{KEY}", "ffffffffffff:s1", "", "no id", f"{KEY}:x1", "%:s1", "a:s1"])
def test_get_tells_of_unknown_ids(asked: Ledger, record: str) -> None:
    with pytest.raises(RecordNotFoundError) as caught:
        asked.get(record)
    assert caught.value.code == "OR-L04"


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        ({"since": "yesterday"}, "OR-U01"), ({"until": "2025-02-30"}, "OR-U01"), ({"type": "NAP"}, "OR-U02"),
        ({"measure": "x"}, "OR-U02"), ({"issue": "x"}, "OR-U02"), ({"limit": 0}, "OR-U03"), ({"actor": "%"}, "OR-U02"),
        ({"since": "2025-02-02", "until": "2025-02-01"}, "OR-U03"), ({"text": '""'}, "OR-U02"),
    ],
)  # fmt: skip
def test_wrong_filters_are_told(filters: dict[str, Any], code: str) -> None:
    with Ledger(":memory:") as ledger, pytest.raises(UsageError) as caught:
        ledger.events(**filters)
    assert caught.value.code == code


def test_the_tables_are_what_the_migrations_make(location: str) -> None:
    with Ledger(location) as ledger, ledger._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search")},
        )
        found = compare_metadata(context, tables.metadata)
        assert context.get_current_revision() == HEAD
    assert found == []


def test_opening_again_finds_everything(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.add_many([full_reading(), small("Ana said no.")])
    with Ledger(f"sqlite:///{tmp_path / 'l.sqlite'}", create=False) as ledger:
        assert len(ledger.reports()) == 2
    with sqlite3.connect(tmp_path / "l.sqlite") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_bytes(b"no database at all, but long enough to look like one" * 10)
    connection = sqlite3.connect(tmp_path / "other.sqlite")
    connection.execute("CREATE TABLE songs (name)")
    connection.close()
    with Ledger(tmp_path / "newer.sqlite"):
        pass
    connection = sqlite3.connect(tmp_path / "newer.sqlite")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    for where, code in {
        "text.sqlite": "OR-L01", "other.sqlite": "OR-L01", "newer.sqlite": "OR-L02", "text.sqlite/below": "OR-L01",
    }.items():  # fmt: skip
        with pytest.raises(LedgerError) as caught:
            Ledger(tmp_path / where)
        assert caught.value.code == code, where
    for url in ("mysql://host/name", "://", "postgresql+nodriver://host/name"):
        with pytest.raises(LedgerError, match="OR-L01"):
            Ledger(url)
    with pytest.raises(LedgerError, match="OR-L06"):
        Ledger(tmp_path / "missing.sqlite", create=False)
    assert not (tmp_path / "missing.sqlite").exists()


def test_a_report_whose_id_is_not_its_hash_is_refused(tmp_path: Path) -> None:
    with Ledger(":memory:") as ledger, pytest.raises(LedgerError, match="OR-L07"):
        ledger.add(Reading(report=Report(id="sha256:0", text="a")))


def test_a_failure_leaves_no_half_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = str(tmp_path / "l.sqlite")
    with Ledger(location) as ledger:
        monkeypatch.setattr(lists, "insert_documents", lambda connection, _: connection.exec_driver_sql("no SQL"))
        with pytest.raises(LedgerError, match="OR-L03"):
            ledger.add(full_reading())
    assert {name for name, n in counts(location).items() if n} == {"spread"}


def test_reports_that_share_a_key_get_longer_ones(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ledger.writer._KEY", 0)
    keys = [ledger.add(small(f"Text {n}.")).key for n in range(3)]
    assert len(set(keys)) == 3
    for key in keys:
        if len(key) >= 4:
            assert ledger.reading(key).report.id.startswith(f"sha256:{key}")


def test_threads_may_share_a_ledger(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:

        def work(n: int) -> None:
            for i in range(5):
                ledger.add(small(f"Ana said {i}. {n % 2}"))
                ledger.statements(actor="Ana")

        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(ledger.reports()) == 10


def test_what_was_learned_when_is_kept(asked: Ledger) -> None:
    assert [r.added_at for r in asked.reports()] == ["2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00"]


@pytest.mark.parametrize("words", ["\x00 NUL and \ud800 half", "x " * 150_000, "ا ب\u202e"])
def test_any_text_is_kept(ledger: Ledger, words: str) -> None:
    reading = small(f"{words} Ana said \x00 no.")
    ledger.add(reading)
    assert ledger.reading(reading.report.id) == reading


def test_words() -> None:
    assert folded("  Shuja'iyya — ZOË_x ") == "shuja iyya zoe x"
    assert searchable(["Tesh Front", None, "", "TESH front", "IDF"]) == "| tesh front | idf |"
    assert query_words('a "b c" -d* ""') == ["a", "b c", "d"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text(min_size=1))
def test_any_report_and_any_question(said: str, asked: str) -> None:
    with Ledger(":memory:") as ledger:
        reading = small(f"Ana said {said.replace('explode', '')}")
        ledger.add(reading)
        assert ledger.reading(content_id(reading.report.text)) == reading
        for name in ("actor", "source", "place", "text"):
            if any(c.isalnum() for c in asked):
                ledger.statements(**{name: asked})
                ledger.reports(**{name: asked})
