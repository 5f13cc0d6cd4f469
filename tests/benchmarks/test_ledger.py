"""The benchmark measures what it says: valid readings, and every view answered."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.ledger import build, questions, times
from benchmarks.ledger_reports import STATEMENTS, Archive, variants
from onrecord.ledger import Ledger
from onrecord.ledger.check import faults
from onrecord.records.check import problems
from tests.fakes import full_reading

if TYPE_CHECKING:
    from pathlib import Path


def test_invented_readings_are_valid_and_different() -> None:
    readings = [*islice(Archive().readings(400), 5), *variants([full_reading()], 3)]
    assert [problems(r) for r in readings] == [[]] * 8
    assert len({r.report.id for r in readings}) == 8


def test_every_view_is_timed(tmp_path: Path) -> None:
    archive = Archive()
    build(tmp_path / "l.sqlite", 40 * STATEMENTS, archive)
    rows = times(tmp_path / "l.sqlite", archive)
    assert len(rows) == len(list(questions(archive)))
    assert sum(row["rows"] for row in rows if not row["filters"]) > 200
    with Ledger(tmp_path / "l.sqlite") as ledger:
        assert list(faults(ledger)) == []
