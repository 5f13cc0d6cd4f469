"""The benchmark of collate: its press is the same every time, its copies are found, its measuring ends."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.console import Console

from benchmarks.collate import Press, measure, show
from onrecord.records import content_id

if TYPE_CHECKING:
    from pathlib import Path


def test_the_press_writes_the_same_reports_every_time() -> None:
    one, two = (list(islice(Press().reports(), 30)) for _ in range(2))
    assert one == two
    for reading in one:
        text = reading.report.text
        assert reading.report.id == content_id(text)
        for event in reading.events:
            assert text[event.trigger.start : event.trigger.end] == event.trigger.text


def test_measuring_gives_a_row_for_each_mark_and_stops_where_time_would_run_out(tmp_path: Path) -> None:
    console = Console(quiet=True)
    one, two = measure(str(tmp_path / "ledger.sqlite"), [20, 40], 1e9, console)
    assert (one["reports"], two["reports"]) == (20, 40)
    assert two["copies"] > 0
    assert two["cpu_ms_per_report"] > 0
    show([one, two], console)
    assert measure(str(tmp_path / "short.sqlite"), [20], 0.0, console) == []
