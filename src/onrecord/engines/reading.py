"""Items -> readings, by any engine."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.api import BATCH, read_items
from onrecord.engines.executor import Lost
from onrecord.intake.items import Item, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from onrecord.api import ReaderLike
    from onrecord.engines.executor import Executor
    from onrecord.intake.items import Intaken
    from onrecord.records import Reading

    Outcome = tuple[Item, Reading | None] | Rejected

DIED = "OR-E02"


def read_bundle(
    items: list[Intaken], *, reader: ReaderLike | None = None, leave: Callable[[Item], bool] | None = None
) -> list[Outcome]:
    """Read some items, as `read_items` does, in one piece: what every engine runs."""
    return list(read_items(items, reader, leave=leave))


def read_all(
    executor: Executor,
    items: Iterable[Intaken],
    reader: ReaderLike | None = None,
    *,
    leave: Callable[[Item], bool] | None = None,
    bundle: int = BATCH,
) -> Iterator[Outcome]:
    """As `read_items`, `bundle` items at a time by an engine; in order.

    The items of a bundle whose workers died are tried one by one; the one that kills a worker again is rejected
    (OR-E02).  `reader` and `leave` must be picklable for other engines than "local".

    Raises:
        ReaderError: the shipped reader's weights or tables are missing or damaged.
        EngineError: OR-E03 a worker cannot start.
    """
    work = partial(read_bundle, reader=reader, leave=leave)
    rest = iter(items)
    bundles = iter(lambda: list(islice(rest, bundle)), [])
    for result in executor.each(work, bundles):
        if isinstance(result, Lost):
            yield from _one_by_one(executor, work, result.thing)
        else:
            yield from result


def _one_by_one(
    executor: Executor, work: Callable[[list[Intaken]], list[Outcome]], items: list[Intaken]
) -> Iterator[Outcome]:
    for result in executor.each(work, [[item] for item in items]):
        if isinstance(result, Lost):
            yield _died(result.thing[0])
        else:
            yield from result


def _died(item: Intaken) -> Rejected:
    message = "the process that read this report died twice; it may need more memory than there is"
    return Rejected(code=DIED, message=message, origin=item.origin, line=item.line)
