"""Output that cannot be written: one line or none, and an exit status, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from onrecord.ledger import Ledger
from tests.fakes import full_reading

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ("--help", "schema", "show events", "show events --json", "show actors", "search guarantees")


def run(command: str, ledger: Path, output: int) -> tuple[int, str]:
    with Ledger(ledger) as made:
        made.add(full_reading())
    code = "import sys; from onrecord.cli import main; main(sys.argv[1:], prog_name='onrecord')"
    env = {**os.environ, "ONRECORD_LEDGER": str(ledger)}
    done = subprocess.run(
        [sys.executable, "-c", code, *command.split()], stdout=output, stderr=subprocess.PIPE, env=env, check=False
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_told_in_one_line(command: str, tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, told = run(command, tmp_path / "l.sqlite", full)
    finally:
        os.close(full)
    assert (code, told) == (2, "onrecord: OR-U10: the output cannot be written: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes are others there")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_that_is_read_no_further_ends_in_silence(command: str, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run(command, tmp_path / "l.sqlite", writing) == (141, "")
    finally:
        os.close(writing)
