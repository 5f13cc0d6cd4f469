"""Engines: every thing once and in order, whatever becomes of the workers."""

from __future__ import annotations

from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING

import pytest

from onrecord.engines import Executor, Lost, executor, read_all
from onrecord.errors import EngineError, UsageError
from onrecord.intake.items import Item, Rejected
from onrecord.intake.language import stays_unread
from tests.engines import jobs
from tests.fakes import FakeReader

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["local", "processes"])
def engine(request: pytest.FixtureRequest) -> Executor:
    return executor(request.param, 2)


def test_results_come_in_order(engine: Executor) -> None:
    assert list(engine.each_of(jobs.doubled, range(20))) == list(range(0, 40, 2))
    assert list(engine.each(jobs.doubled, [])) == []


def test_no_more_is_drawn_than_is_needed(engine: Executor) -> None:
    endless = count()
    assert list(islice(engine.each(jobs.doubled, endless), 3)) == [0, 2, 4]
    assert next(endless) < 20


def test_what_the_work_raises_is_raised(engine: Executor) -> None:
    with pytest.raises(ValueError, match="three"):
        list(engine.each(jobs.failing, range(9)))


def test_a_killed_worker_is_replaced_and_its_thing_run_again(tmp_path: Path) -> None:
    work = partial(jobs.killing, folder=str(tmp_path), times=1)
    assert list(executor("processes", 2).each(work, range(8))) == list(range(0, 16, 2))


def test_a_thing_that_kills_twice_is_lost(tmp_path: Path) -> None:
    work = partial(jobs.killing, folder=str(tmp_path), times=9)
    assert list(executor("processes", 2).each(work, range(6))) == [0, 2, 4, Lost(3), 8, 10]


def test_a_worker_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.engines.processes._serve", "no function")
    with pytest.raises(EngineError, match="OR-E03"):
        list(executor("processes", 1).each(jobs.doubled, range(3)))


def test_there_is_no_such_engine() -> None:
    with pytest.raises(UsageError, match="OR-U02"):
        executor("steam")


def items(words: str = "") -> list[Item | Rejected]:
    told: list[Item | Rejected] = [Item(text=f"Maren said {n} things. {words if n == 4 else ''}") for n in range(9)]
    told[2] = Rejected(code="OR-I10", message="nothing in it")
    told[5] = Item(text="Rien du tout.", language="fr")
    return told


def test_reading_is_the_same_by_every_engine(engine: Executor) -> None:
    reader = FakeReader()
    expected = list(read_all(executor("local"), items(), reader, leave=stays_unread))
    assert list(read_all(engine, items(), reader, leave=stays_unread, bundle=2)) == expected
    assert expected[2] == items()[2]
    assert expected[5] == (items()[5], None)


def test_a_deadly_report_is_rejected_and_its_neighbours_are_read(tmp_path: Path) -> None:
    reader = jobs.Deadly(str(tmp_path), times=99)
    found = list(read_all(executor("processes", 2), items("deadly"), reader, bundle=3))
    assert [isinstance(f, Rejected) for f in found] == [False, False, True, False, True, False, False, False, False]
    assert found[4].code == "OR-E02"  # type: ignore[union-attr]
