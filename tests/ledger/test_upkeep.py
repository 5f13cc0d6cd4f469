"""Nothing that was learned changes, a check finds whatever does not fit, and backups are whole."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from onrecord.errors import LedgerError
from onrecord.intake.items import Item
from onrecord.ledger import Ledger, tables
from onrecord.ledger.check import faults
from onrecord.ledger.engine import ledger_url, open_engine, writing
from onrecord.ledger.placing import bounds, in_time, place
from onrecord.ledger.search import search, snippet
from onrecord.ledger.spreading import encoded
from onrecord.ledger.upkeep import backup, stats, vacuum
from onrecord.records import ReaderInfo, Reading
from tests.fakes import FakeReader, full_reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = full_reading().report.id.removeprefix("sha256:")[:12]


def small(words: str, **known: str) -> Reading:
    return next(FakeReader().read_many([{"text": words, **known}]))


@pytest.fixture
def ledger(ledger_location: str) -> Iterator[Ledger]:
    with Ledger(ledger_location) as made:
        made.add(full_reading())
        made.add(dataclasses.replace(full_reading(), reader=ReaderInfo(version="next"), events=()))
        made.add(small("Zoë said \x00 no. 5 killed."), Item(text="-", guid="g", version="1"))
        made.add(small("Zoë said yes."), Item(text="-", guid="g", version="2"))
        made.judge("reject", f"{KEY}:s1", who="Ada", why="no")
        yield made


@pytest.mark.parametrize("table", tables.LEARNED, ids=lambda t: t.name)
@pytest.mark.parametrize("act", ["UPDATE {} SET added_at = 'x'", "DELETE FROM {}"])
def test_what_was_learned_cannot_be_changed(ledger: Ledger, table: object, act: str) -> None:
    with pytest.raises(DBAPIError, match="only appends"), writing(ledger.engine) as connection:
        connection.execute(text(act.format(table.name)))  # type: ignore[attr-defined]


def test_a_sound_ledger_has_no_faults(ledger: Ledger) -> None:
    told: list[tuple[int, int]] = []
    assert list(faults(ledger, lambda done, total: told.append((done, total)))) == []
    assert told == [(4, 4)]


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        ("UPDATE statements SET act = 'deny' WHERE record_id = 's2'", "reading 1"),
        ("DELETE FROM figures WHERE record_id = 'f1'", "reading 1"),
        ("UPDATE events SET id = id + 4294967296 * 1000", "reading 1"),
        ("UPDATE answering SET until = NULL", "reading 1"),
        ("UPDATE source_counts SET statements = statements + 1", "source"),
        ("DELETE FROM actors WHERE record_id = 'a2'", "reading 1"),
    ],
)
def test_a_spoilt_list_is_found(ledger: Ledger, spoil: str, where: str) -> None:
    with writing(ledger.engine) as connection:
        connection.execute(text(spoil))
    assert any(fault.where.startswith(where) for fault in faults(ledger))


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        ("UPDATE reports SET text = text || '.' WHERE key = :key", f"report {KEY}"),
        ('UPDATE readings SET json = replace(json, \'"text":"said"\', \'"text":"sand"\') WHERE seq = 1', "reading 1"),
        ("UPDATE readings SET title = 'x' WHERE seq = 1", "reading 1"),
        ("UPDATE appearances SET publisher = 'x'", "appearances"),
        ("UPDATE notices SET kind = 'corrects'", "notices"),
        ("UPDATE judgements SET who = 'x'", "judgements"),
    ],
)
def test_whoever_gets_round_the_triggers_is_found_out(ledger: Ledger, spoil: str, where: str) -> None:
    name = spoil.split()[1]
    drop = [f"DROP TRIGGER {name}_no_update"]
    if ledger.engine.dialect.name == "postgresql":
        drop = [f"DROP TRIGGER {name}_append_only ON {name}"]
    with writing(ledger.engine) as connection:
        for statement in drop:
            connection.execute(text(statement))
        connection.execute(text(spoil), {"key": KEY} if ":key" in spoil else {})
    assert any(fault.where.startswith(where) for fault in faults(ledger))


def test_lists_can_be_made_anew(ledger: Ledger) -> None:
    before = [ledger.statements(), ledger.figures(), ledger.sources(), ledger.reports(), ledger.timeline()]
    with writing(ledger.engine) as connection:
        connection.execute(text("UPDATE spread SET value = '0' WHERE name = 'version'"))
    done: list[int] = []
    engine = open_engine(ledger.engine.url, True, lambda n, _: done.append(n))
    engine.dispose()
    assert done == [4]
    assert [ledger.statements(), ledger.figures(), ledger.sources(), ledger.reports(), ledger.timeline()] == before
    assert list(faults(ledger)) == []


def test_what_a_ledger_holds_is_counted(ledger: Ledger) -> None:
    ledger.add_unread(Item(text="Rien.", language="fr"))
    found = stats(ledger)
    assert found["rows"]["reports"] == 4
    assert found["rows"]["readings"] == 4
    assert found["unread"] == 1
    assert found["readings"] == {"current": 2, "replaced": 1, "superseded": 1}
    assert found["readers"] == {"fake": 3, "next": 1}
    vacuum(ledger)
    assert {**stats(ledger), "bytes": 0} == {**found, "bytes": 0}
    assert [e.names["source"] for e in ledger.statements(source="zoe")] == [("Zoë",)]


def test_a_backup_is_a_ledger_of_its_own(ledger: Ledger, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    if ledger.engine.dialect.name == "postgresql":
        if shutil.which("pg_dump") is None:
            pytest.skip("there is no pg_dump")
        backup(ledger, copy)
        assert copy.read_bytes().startswith(b"PGDMP")
    else:
        backup(ledger, copy)
        with Ledger(copy, create=False) as other:
            assert other.statements() == ledger.statements()
            assert list(faults(other)) == []
    with pytest.raises(LedgerError, match="OR-L09"):
        backup(ledger, copy)
    with pytest.raises(LedgerError, match="OR-L09"):
        backup(ledger, tmp_path / "nowhere" / "copy")
    assert list(tmp_path.glob("copy.*")) == []


def test_words_are_searched_everywhere(ledger: Ledger) -> None:
    hits = search(ledger, "guarantees")
    assert [(h.kind, h.id) for h in hits] == [("reports", KEY), ("statements", f"{KEY}:s3")]
    assert [h.snippet[slice(*h.marks[0])] for h in hits] == ["guarantees", "guarantees"]
    (front,) = search(ledger, "tesh front", kinds=["actors"], limit=1)
    assert (front.name, front.reports, front.day) == ("Tesh Front", 1, "2025-03-04")
    assert [h.name for h in search(ledger, '"zoe said"', kinds=["statements"])] == ["Zoë"]
    assert search(ledger, "broken mandate") == []
    assert [h.id for h in search(ledger, "down", kinds=["statements"])] == []  # Ada rejected it


def test_a_snippet_shows_where_the_words_are() -> None:
    words = "far " * 50 + "the Lake Orm  accord\nheld " + "off " * 50
    told, marks = snippet(words, ["accord", "orm"])
    assert [told[a:b] for a, b in marks] == ["Orm", "accord"]
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert snippet("", ["x"]) == ("", ())


DAYS = st.none() | st.dates().map(lambda d: d.isoformat())


@given(st.lists(st.tuples(DAYS, DAYS, st.booleans()), min_size=2, max_size=2))
def test_numbers_lie_in_the_order_of_time(rows: list[tuple[str | None, str | None, bool]]) -> None:
    def key(row: tuple[str | None, str | None, bool]) -> tuple[str]:
        day = row[0]
        return (max(day, "1000-01-01") if day else "9999",)

    numbers = [in_time(place("events", *row, 1)) for row in rows]
    if key(rows[0]) < key(rows[1]) < ("3870",):
        assert numbers[0] < numbers[1]
    for row in rows:
        number = place("events", *row, 5)
        low, high = bounds("events")
        assert low <= number < high
        if row[0]:
            first, last = bounds("events", row[0], row[0])
            assert first <= number < last


@given(st.text())
def test_the_line_of_a_reading_is_put_together_as_it_is_dumped(words: str) -> None:
    reading = small(f"{words} Ana said {words.replace('explode', '')}", title=words)
    assert encoded(reading)[0] == reading.dumps()
    assert encoded(full_reading())[0] == full_reading().dumps()
    assert ledger_url(":memory:").database == ":memory:"
