"""What the commands that read many reports share: the options that say where the reading is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from onrecord.api import ReaderLike
    from onrecord.cli.common import Tally
    from onrecord.engines.reading import Outcome
    from onrecord.intake import Intaken, Item

    _Command = TypeVar("_Command", bound=Callable[..., Any])

ENGINES = ("local", "processes", "ray")


def engine_options(command: _Command) -> _Command:
    """`--engine` and `--workers`."""
    options: tuple[Callable[[Any], Any], ...] = (
        click.option(
            "--engine",
            type=click.Choice(ENGINES),
            default="local",
            show_default=True,
            help="Where reports are read: in this process, in processes of this machine, on a Ray cluster.",
        ),
        click.option("--workers", type=click.IntRange(min=1), help="How many read at once. Default: one per core."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_by(
    given: Mapping[str, Any],
    items: Iterable[Intaken],
    reader: ReaderLike | None,
    leave: Callable[[Item], bool] | None,
) -> Iterator[Outcome]:
    """As `read_items`, by the engine that a command was given."""
    from onrecord.engines import executor, read_all

    return read_all(executor(given.get("engine") or "local", given.get("workers")), items, reader, leave=leave)


def in_parts(files: Iterable[str], tally: Tally) -> Iterator[Outcome]:
    """What stands in Parquet parts; rejections go to the tally and are passed on."""
    from onrecord.engines.parts import read_part
    from onrecord.intake import Rejected

    for file in files:
        for outcome in read_part(file):
            if isinstance(outcome, Rejected):
                tally.reject(outcome)
            else:
                tally.read += 1
            yield outcome
