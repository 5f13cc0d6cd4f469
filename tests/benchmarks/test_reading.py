"""The benchmark's own parts: its texts, its clock, and that it can still find the components it times."""

from __future__ import annotations

import json
import time
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from benchmarks.components import PARTS, Clock, timed_components
from benchmarks.reading import reports

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = resources.files("onrecord.reader") / "models" / "encoder.onnx"


def corpus(folder: Path) -> Path:
    path = folder / "learn.jsonl"
    texts = ["one two three\n\nfour five", "six seven", "eight nine ten eleven"]
    path.write_text("".join(json.dumps({"report": {"text": t}}) + "\n" for t in texts), encoding="utf-8")
    return path


def test_reports_have_the_words_asked_for(tmp_path: Path) -> None:
    texts = reports(corpus(tmp_path), words=6, count=5)
    assert [len(t.split()) for t in texts] == [6] * 5
    assert texts[0] == "one two three\n\nfour five\n\nsix"


def test_reports_are_the_same_every_time(tmp_path: Path) -> None:
    assert reports(corpus(tmp_path), words=4, count=7) == reports(corpus(tmp_path), words=4, count=7)


def test_the_clock_counts_nested_parts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0

    def spend(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(time, "process_time", lambda: now)
    clock = Clock()
    inner = clock.timed("times", lambda: spend(2))

    def outer_body() -> None:
        spend(1)
        inner()
        inner()

    clock.timed("events", outer_body)()
    assert clock.seconds["times"] == 4
    assert clock.seconds["events"] == 1


def test_the_clock_counts_a_part_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([1.0, 4.0])
    monkeypatch.setattr(time, "process_time", lambda: next(ticks))
    clock = Clock()
    with pytest.raises(ZeroDivisionError):
        clock.timed("times", lambda: 1 / 0)()
    assert clock.seconds["times"] == 3


@pytest.mark.skipif(not WEIGHTS.is_file(), reason=f"the encoder's weights are not there ({WEIGHTS})")
def test_every_component_is_timed_and_put_back() -> None:
    from onrecord.reader import pipeline

    before = {name: value for name, value in vars(pipeline).items() if callable(value)}
    actors, records = pipeline.Cast.resolve_all, pipeline.assembly.statements
    with timed_components() as clock:
        pipeline.default_reader().read("Port Selu, March 4 (Reuters) - The Tesh Front said that talks failed.")
    assert set(clock.seconds) == set(PARTS)
    assert clock.seconds["encoder"] > 0
    assert {name: value for name, value in vars(pipeline).items() if callable(value)} == before
    assert (pipeline.Cast.resolve_all, pipeline.assembly.statements) == (actors, records)
