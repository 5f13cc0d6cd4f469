"""Work done on a Ray cluster: the one that RAY_ADDRESS names, one running on this machine, or one started here.

onrecord must be installed on every node.  Ray's own messages are kept off the terminal; its log is in its folder.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections import deque
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.engines.executor import Lost
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3
"""Tasks per worker that are handed to the cluster before the first result is yielded."""


class OnRay:
    """The executor of a Ray cluster.

    Args:
        workers: how many tasks run at once; default: the cores of the cluster.

    Raises:
        UsageError: OR-E01 ray is not installed.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._ray = connected(workers)
        self.workers = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def each(self, work: Callable[[T], R], things: Iterable[T]) -> Iterator[R | Lost[T]]:
        """The results, in order."""
        ray = self._ray
        remote = ray.remote(num_cpus=1, max_retries=1)(_run)  # once more when its process dies, then `Lost`
        shared = ray.put(work)
        waiting: deque[tuple[Any, T]] = deque()
        running: set[Any] = set()
        rest = iter(things)
        while True:
            room = min(self.workers - len(running), _AHEAD * self.workers - len(waiting))
            for thing in islice(rest, max(0, room)):
                waiting.append((remote.remote(shared, thing), thing))
                running.add(waiting[-1][0])
            if not waiting:
                return
            if waiting[0][0] in running:
                done, _ = ray.wait(list(running))
            else:
                yield self._result(*waiting.popleft())
                done, _ = ray.wait(list(running), num_returns=len(running), timeout=0) if running else ([], [])
            running.difference_update(done)

    def each_of(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | Lost[T]]:
        """The results as they come, by Ray Data: one block per thing."""
        from ray import data

        if not things:
            return
        context = data.DataContext.get_current().copy()
        context.enable_progress_bars = False
        context.max_errored_blocks = -1  # a block whose process died twice is missed below; the others go on
        missing = set(range(len(things)))
        with data.DataContext.current(context):
            asked = data.from_items([{"number": n} for n in range(len(things))], override_num_blocks=len(things))
            run = partial(_row, work, things)
            compute = data.TaskPoolStrategy(size=self.workers)
            done = asked.map(run, num_cpus=1, compute=compute, ray_remote_args_fn=_once_more)
            for row in done.iter_rows():
                missing.remove(row["number"])
                failed, result = pickle.loads(row["result"])  # noqa: S301 - our own worker wrote it
                if failed:
                    raise result
                yield result
        yield from (Lost(things[n]) for n in sorted(missing))

    def _result(self, reference: Any, thing: T) -> Any:
        from ray import exceptions

        try:
            return self._ray.get(reference)
        except exceptions.RayTaskError as error:
            raise error.cause or error from None
        except exceptions.RayError:  # the process, its node or its memory; the task was run twice
            return Lost(thing)


def _once_more() -> dict[str, Any]:
    """Ray Data would run a thing that kills its process for ever."""
    return {"max_retries": 1}


def _row(work: Callable[[Any], Any], things: Sequence[Any], row: dict[str, Any]) -> dict[str, Any]:
    """One thing's result, or what it raised: an exception of ours must not count as a block that was lost."""
    try:
        result = (False, work(things[row["number"]]))
    except Exception as error:
        result = (True, error)
    return {"number": row["number"], "result": pickle.dumps(result)}


def _run(work: Callable[[Any], Any], thing: Any) -> Any:
    return work(thing)


def connected(workers: int | None) -> Any:
    """The module `ray`, connected to a cluster; one is started here, with so many workers, if there is none.

    Raises:
        UsageError: OR-E01 ray is not installed.
    """
    os.environ.setdefault("RAY_DATA_LOG_LEVEL", "ERROR")  # it is looked at when ray.data is first used
    try:
        import ray
    except ImportError as error:
        raise UsageError("OR-E01", "the engine “ray” needs ray: pip install 'onrecord[ray]'") from error
    if not ray.is_initialized():
        try:
            ray.init(address="auto", logging_level=logging.ERROR, log_to_driver=False)
        except ConnectionError:  # none is running
            ray.init(num_cpus=workers, logging_level=logging.ERROR, log_to_driver=False, include_dashboard=False)
    return ray
