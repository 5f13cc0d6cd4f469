"""The Ray engine on a real cluster with two workers, some of which are killed (see `on_ray`)."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from onrecord.engines import executor
from onrecord.errors import UsageError
from tests.engines.on_ray import CHECKS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed (pip install 'onrecord[ray]')")
def test_on_a_real_cluster(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.engines.on_ray", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    names = [check.__name__ for check in CHECKS]
    held = [line for line in done.stdout.splitlines() if line in names]  # Ray tells of dead workers in between
    assert held == names, done.stdout[-2000:] + done.stderr[-4000:]
    assert done.returncode == 0


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"OR-E01.*onrecord\[ray\]"):
        executor("ray")
