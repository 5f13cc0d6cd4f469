"""What is tested on a real Ray cluster with two workers, as a program of its own: `python -m tests.engines.on_ray FOLDER`.

Apart from pytest, because Ray leaves processes and files for the interpreter's end, which the suite takes for faults.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from onrecord.engines import Lost, executor, read_all
from onrecord.engines.bulk import read_files
from onrecord.intake.items import Item
from tests.engines import jobs
from tests.engines.archives import archive
from tests.engines.test_bulk import PIECE, expected, urls
from tests.fakes import FakeReader


def what_the_work_raises_is_raised(_: Path) -> None:
    for run in (executor("ray", 2).each, executor("ray", 2).each_of):
        try:
            list(run(jobs.failing, range(4)))
        except ValueError as error:
            assert str(error) == "three"  # noqa: PT017 - no pytest here
        else:
            raise AssertionError("nothing was raised")


def a_thing_that_kills_twice_is_lost(folder: Path) -> None:
    work = partial(jobs.killing, folder=str(folder), times=9)
    assert list(executor("ray", 2).each(work, range(5))) == [0, 2, 4, Lost(3), 8]


def readings_are_those_of_one_process(_: Path) -> None:
    items, reader = [Item(text=f"Maren said {n} killed.") for n in range(6)], FakeReader()
    here = list(read_all(executor("local"), items, reader))
    assert list(read_all(executor("ray", 2), items, reader, bundle=2)) == here


def a_restart_loses_nothing_and_does_nothing_twice(folder: Path) -> None:
    path, out = archive(folder / "a.warc.gz", 6, deadly=3), folder / "out"
    deadly = jobs.Deadly(str(folder), times=2)
    done = list(read_files(executor("ray", 2), [str(path)], out, reader=deadly, size=PIECE))
    assert [bool(d.failed) for d in done].count(True) == 1
    assert len(urls(out)) == len(set(urls(out))) < 6
    again = list(read_files(executor("ray", 2), [str(path)], out, reader=deadly, size=PIECE))
    assert [d.known for d in again].count(False) == 1
    assert not any(d.failed for d in again)
    assert urls(out) == expected(6)


CHECKS = (
    readings_are_those_of_one_process,
    what_the_work_raises_is_raised,
    a_thing_that_kills_twice_is_lost,
    a_restart_loses_nothing_and_does_nothing_twice,
)


def main(folder: Path) -> None:
    """Start a cluster, run the checks, name each that holds."""
    import ray

    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # workers must find the tests' own modules
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    for check in CHECKS:
        own = folder / check.__name__
        own.mkdir()
        check(own)
        print(check.__name__, flush=True)
    ray.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
