"""Work done on a Ray cluster: the one that RAY_ADDRESS names, one running on this machine, or one started here.

onrecord must be installed on every node.  Ray's own messages are kept off the terminal; its log is in its folder.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections import Counter, deque
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


_DONE, _FAILED, _LOST = "done", "failed", "lost"
_TRIES = 2


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
        remote = ray.remote(num_cpus=1, max_retries=_TRIES - 1)(_run)  # once more when its process dies, then `Lost`
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
        begun = self._ray.remote(num_cpus=0)(_Begun).remote()
        with data.DataContext.current(context):
            asked = data.from_items([{"number": n} for n in range(len(things))], override_num_blocks=len(things))
            run = partial(_row, work, things, begun)
            for row in asked.map(run, num_cpus=1, compute=data.TaskPoolStrategy(size=self.workers)).iter_rows():
                kind, result = pickle.loads(row["result"])  # noqa: S301 - our own worker wrote it
                if kind == _FAILED:
                    raise result
                yield Lost(things[row["number"]]) if kind == _LOST else result

    def _result(self, reference: Any, thing: T) -> Any:
        from ray import exceptions

        try:
            return self._ray.get(reference)
        except exceptions.RayTaskError as error:
            raise error.cause or error from None
        except exceptions.RayError:  # the process, its node or its memory; the task was run twice
            return Lost(thing)


class _Begun:
    """An actor that counts how often each thing was begun: Ray Data runs one that kills its process for ever."""

    def __init__(self) -> None:
        self._times: Counter[int] = Counter()

    def again(self, number: int) -> int:
        """How often this thing was begun, this time counted."""
        self._times[number] += 1
        return self._times[number]


def _row(work: Callable[[Any], Any], things: Sequence[Any], begun: Any, row: dict[str, Any]) -> dict[str, Any]:
    """One thing's result, or what it raised, or that two processes died over it."""
    import ray

    number = row["number"]
    if ray.get(begun.again.remote(number)) > _TRIES:
        return {"number": number, "result": pickle.dumps((_LOST, None))}
    try:
        result = (_DONE, work(things[number]))
    except Exception as error:  # raised again by the driver
        result = (_FAILED, error)
    return {"number": number, "result": pickle.dumps(result)}


def _run(work: Callable[[Any], Any], thing: Any) -> Any:
    return work(thing)


def connected(workers: int | None) -> Any:
    """The module `ray`, connected to a cluster; one is started here, with so many workers, if there is none.

    Raises:
        UsageError: OR-E01 ray is not installed.
    """
    os.environ.setdefault("RAY_DATA_LOG_LEVEL", "CRITICAL")  # we tell ourselves what was lost
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
