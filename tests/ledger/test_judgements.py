"""People's judgements: put on top, dated, and found again when a report is read anew."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from onrecord.errors import RecordNotFoundError, UsageError
from onrecord.ledger import Ledger
from onrecord.ledger.check import faults
from onrecord.ledger.judgements import find, judged, words_of
from onrecord.records import ReaderInfo, Reading
from tests.fakes import Days, full_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = full_reading().report.id.removeprefix("sha256:")[:12]
BY = {"who": "Ada", "why": "read it twice"}


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def ledger(ledger_location: str, days: Days) -> Iterator[Ledger]:
    with Ledger(ledger_location, clock=days) as made:
        made.add(full_reading())
        days.next()
        yield made
        assert list(faults(made)) == []


def renumbered() -> Reading:
    """The same report read by a newer reader, which finds the events in another order."""
    reading = full_reading()
    names = {"e1": "e3", "e2": "e1", "e3": "e2"}
    events = tuple(dataclasses.replace(e, id=names[e.id]) for e in reading.events)
    stages = tuple(dataclasses.replace(s, terms=tuple(names[i] for i in s.terms)) for s in reading.agreements[0].stages)
    deals = (dataclasses.replace(reading.agreements[0], stages=stages),)
    return dataclasses.replace(reading, events=events, agreements=deals, reader=ReaderInfo(version="next"))


def events(ledger: Ledger, **asked: Any) -> list[str]:
    return [e.id.removeprefix(KEY + ":") for e in ledger.events(**asked)]


def test_a_rejected_record_leaves_the_lists(ledger: Ledger, days: Days) -> None:
    ledger.judge("reject", f"{KEY}:e1", **BY)
    assert events(ledger) == ["e2", "e3"]
    assert events(ledger, as_known_on="2026-01-01") == ["e2", "e3", "e1"]
    found = ledger.get(f"{KEY}:e1")
    assert found.entry is not None
    assert found.entry.judged is not None
    assert (found.entry.judged.action, found.entry.judged.who) == ("reject", "Ada")
    days.next()
    ledger.judge("accept", f"{KEY}:e1", **BY)
    assert events(ledger) == ["e2", "e3", "e1"]
    assert events(ledger, as_known_on="2026-01-02") == ["e2", "e3"]


def test_a_rejected_statement_is_no_longer_counted(ledger: Ledger) -> None:
    ledger.judge("reject", f"{KEY}:s1", **BY)
    assert {s.name for s in ledger.sources()} == {"Vardan diplomat", "Ilo Maren"}
    (known,) = ledger.known(current=True)
    assert [s.id for s in known.reading.statements] == ["s2", "s3"]
    assert known.reading.talks[0].according_to == ()
    assert known.reading.statements[1].within is None
    assert ledger.reading(KEY) == full_reading()


def test_a_corrected_record_answers_with_its_corrections(ledger: Ledger, days: Days) -> None:
    fields = {"type": "COERCE", "modes": ["restrict"], "actors": ["a2"]}
    ledger.judge("correct", f"{KEY}:e1", **BY, fields=fields)
    (entry,) = ledger.events(type="coerce")
    assert (entry.record.type, entry.record.modes, entry.names["actors"]) == ("COERCE", ("restrict",), ("Varda",))
    assert entry.judged is not None
    assert entry.judged.fields == ("actors", "modes", "type")
    assert events(ledger, type="sanction") == []
    assert events(ledger, actor="Varda", place="Lake Orm") == ["e1"]
    assert [e.id for e in ledger.events(type="sanction", as_known_on="2026-01-01")] == [f"{KEY}:e1"]
    days.next()
    ledger.judge("correct", f"{KEY}:e1", **BY, fields={"status": "denied"})
    (entry,) = ledger.events(place="Lake Orm")
    assert (entry.record.type, entry.record.status) == ("COERCE", "denied")
    assert ledger.get(f"{KEY}:e1").record == entry.record
    (earlier,) = ledger.events(place="Lake Orm", as_known_on="2026-01-02")
    assert (earlier.record.type, earlier.record.status) == ("COERCE", "occurred")


def test_judgements_hold_when_a_report_is_read_again(ledger: Ledger, days: Days) -> None:
    ledger.judge("reject", f"{KEY}:e2", **BY)
    ledger.judge("correct", f"{KEY}:e1", **BY, fields={"status": "denied", "figures": []})
    days.next()
    ledger.add(renumbered())
    assert {e.id: e.record.status for e in ledger.events()} == {f"{KEY}:e3": "denied", f"{KEY}:e2": "unknown"}
    (known,) = ledger.known(current=True)
    assert known.reading.agreements[0].stages[0].terms == ()
    assert len(ledger.judgements()) == 2


def test_ids_in_a_correction_are_found_again() -> None:
    reading = full_reading()
    with Ledger(":memory:") as ledger:
        ledger.add(reading)
        judgement = ledger.judge("correct", f"{KEY}:e2", **BY, fields={"recipients": ["a5"]})
    shifted = {f"a{n}": f"a{n + 1}" for n in range(1, 6)}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: renamed(v) for k, v in value.items()}
        if isinstance(value, list):
            return [renamed(v) for v in value]
        return shifted.get(value, value) if isinstance(value, str) else value

    again = Reading.from_json(renamed(reading.to_json()))
    assert judged(again, [judgement]).events[1].recipients == ("a6",)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "x"},
        {"id": "e9"},
        {"status": "gone"},
        {"modes": ["expel", "aerial"]},
        {"actors": ["a9"]},
        {"actors": "a1"},
    ],
)
def test_what_a_record_cannot_have_is_refused(ledger: Ledger, fields: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="OR-U05"):
        ledger.judge("correct", f"{KEY}:e1", **BY, fields=fields)
    assert ledger.judgements() == []


@pytest.mark.parametrize("record", [f"{KEY}:e9", f"{KEY}:a1", KEY, "ffffffffffff:e1"])
def test_only_records_that_are_listed_can_be_judged(ledger: Ledger, record: str) -> None:
    with pytest.raises(RecordNotFoundError):
        ledger.judge("accept", record, **BY)


def test_groups_are_judged_for_collate(ledger: Ledger) -> None:
    ledger.judge_group("merge", "actors", ["x1", "x2"], **BY)
    (judgement,) = ledger.judgements()
    assert (judgement.action, judgement.kind, judgement.target["ids"]) == ("merge", "actors", ["x1", "x2"])
    assert ledger.judgements(after_seq=judgement.seq) == []
    assert ledger.judgements(as_known_on="2026-01-01") == []


def test_every_record_is_found_by_its_own_words() -> None:
    reading = full_reading()
    for kind in ("statements", "events", "figures", "positions", "talks", "agreements"):
        for record in getattr(reading, kind):
            assert find(reading, kind, words_of(record)) == record.id
    assert find(dataclasses.replace(reading, events=()), "events", words_of(reading.events[0])) is None
