"""Work for engines in tests: functions that other processes can import."""

from __future__ import annotations

import dataclasses
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.fakes import FakeReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from onrecord.records import Reading


def doubled(number: int) -> int:
    return 2 * number


def killing(number: int, folder: str, times: int) -> int:
    """As `doubled`, but 3 kills its process so many times."""
    if number == 3:
        die(Path(folder), times)
    return 2 * number


def failing(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def die(folder: Path, times: int) -> None:
    """Kill this process, unless that has been done so many times."""
    for n in range(times):
        try:
            (folder / f"died{n}").touch(exist_ok=False)
        except FileExistsError:
            continue
        os.kill(os.getpid(), signal.SIGKILL)


@dataclasses.dataclass
class Deadly:
    """A reader that reads as the fake one does, and kills its process over a text that holds "deadly"."""

    folder: str
    times: int
    version: str = "fake"

    def read_many(self, items: Iterable[Mapping[str, Any]]) -> Iterator[Reading]:
        batch = list(items)
        if any("deadly" in item["text"] for item in batch):
            die(Path(self.folder), self.times)
        with (Path(self.folder) / "read").open("a") as log:
            log.write("".join(f"{len(item['text'])}\n" for item in batch))
        return FakeReader(self.version).read_many(batch)
