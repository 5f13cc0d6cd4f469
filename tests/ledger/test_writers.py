"""Several processes write at once, and one is killed in the middle: what was acknowledged is there, and all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.ledger import Ledger
from onrecord.ledger.check import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from onrecord.ledger import Ledger
from tests.fakes import FakeReader

location, name, count, batch = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with Ledger(location) as ledger:
    print("open", flush=True)
    for start in range(0, count, batch):
        texts = [f"{name} said {n}. 5 killed." for n in range(start, start + batch)]
        readings = list(FakeReader().read_many({"text": text} for text in texts))
        for added in ledger.add_many(readings, batch=batch):
            print(added.key, flush=True)
"""


def writer(location: str, name: str, count: int, batch: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, location, name, str(count), str(batch)]
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}
    )  # fmt: skip


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.endswith("\n"):
            yield line.strip()


def test_several_processes_write_at_once(ledger_location: str) -> None:
    writers = [writer(ledger_location, name, 20, 4) for name in ("Ana", "Ben")]
    keys = [key for process in writers for key in lines(process) if key != "open"]
    assert [process.wait(60) for process in writers] == [0, 0]
    for process in writers:
        assert process.stdout is not None
        process.stdout.close()
    with Ledger(ledger_location) as ledger:
        assert {r.report.key for r in ledger.reports()} == set(keys)
        assert len(keys) == 40
        assert list(faults(ledger)) == []


def test_a_writer_that_is_killed_loses_nothing_that_it_acknowledged(ledger_location: str) -> None:
    with Ledger(ledger_location):
        pass
    process = writer(ledger_location, "Ana", 100_000, 5)
    acknowledged = []
    for line in lines(process):
        acknowledged.append(line)
        if len(acknowledged) > 7:
            process.send_signal(signal.SIGKILL)  # it is in the middle of the next batch
            break
    acknowledged.extend(lines(process))
    assert process.wait(60) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()
    with Ledger(ledger_location) as ledger:
        there = {r.report.key for r in ledger.reports()}
        assert set(acknowledged[1:]) <= there
        assert len(there) % 5 == 0  # whole batches only
        assert list(faults(ledger)) == []
