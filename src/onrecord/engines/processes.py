"""Work done by processes of this machine, each with a reader of its own that uses one thread.

Not `concurrent.futures`: there, one killed worker ends the pool and nobody knows what it had in hand.  Here every
worker has a pipe of its own, so that exactly its thing is run again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.engines.executor import Lost
from onrecord.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4
"""Things per worker that may be drawn before the first of them is yielded: results wait for a slow one so long."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TOKENIZERS_PARALLELISM")
_READY, _DONE, _FAILED = "ready", "done", "failed"
_PATIENCE = 5.0


class Processes:
    """The executor of spawned processes.

    Args:
        workers: how many; default: one per core that this process may use.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or _cores()

    def each(self, work: Callable[[T], R], things: Iterable[T]) -> Iterator[R | Lost[T]]:
        """The results, in order.

        Raises:
            EngineError: OR-E03 a worker died before it could take anything.
        """
        rest = iter(things)
        first = list(islice(rest, self.workers))
        if not first:
            return
        crew = [_Worker(work) for _ in first]
        try:
            yield from _Run(crew, work, enumerate(chain(first, rest))).results()
        finally:
            for worker in crew:
                worker.stop()

    def each_of(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | Lost[T]]:
        """The results, in order."""
        return self.each(work, things)


class _Run:
    """The things on their way: drawn, in hand, to be run again, done."""

    def __init__(self, crew: list[_Worker], work: Any, things: Iterator[tuple[int, Any]]) -> None:
        self._crew, self._work, self._things = crew, work, things
        self._again: deque[tuple[int, Any]] = deque()
        self._tried: set[int] = set()
        self._done: dict[int, Any] = {}
        self._drawn = self._yielded = 0
        self._dry = False

    def results(self) -> Iterator[Any]:
        while True:
            self._hand_out()
            busy = [worker for worker in self._crew if worker.task is not None or not worker.ready]
            if self._dry and not self._again and not any(worker.task for worker in busy):
                break
            for connection in wait([worker.connection for worker in busy]):
                self._hear(next(worker for worker in busy if worker.connection is connection))
            yield from self._in_order()
        yield from self._in_order()

    def _in_order(self) -> Iterator[Any]:
        while self._yielded in self._done:
            self._yielded += 1
            yield self._done.pop(self._yielded - 1)

    def _hand_out(self) -> None:
        for worker in self._crew:
            if worker.ready and worker.task is None and (task := self._next()):
                try:
                    worker.give(task)
                except OSError:  # it died while it had nothing to do
                    self._replace(worker)
                    self._again.append(task)

    def _next(self) -> tuple[int, Any] | None:
        if self._again:
            return self._again.popleft()
        if self._dry or self._drawn - self._yielded >= _AHEAD * len(self._crew):
            return None
        task = next(self._things, None)
        self._dry = task is None
        self._drawn += task is not None
        return task

    def _hear(self, worker: _Worker) -> None:
        """A message of a worker, or its death."""
        try:
            kind, result = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if kind == _FAILED:
            raise result
        if kind == _DONE and worker.task is not None:
            self._done[worker.task[0]] = result
            worker.task = None
        worker.ready = True

    def _bury(self, worker: _Worker) -> None:
        if not worker.ready:
            raise EngineError("OR-E03", f"a worker could not start (exit status {worker.status()})")
        task = worker.task
        self._replace(worker)
        if task is None:
            return
        if task[0] in self._tried:
            self._done[task[0]] = Lost(task[1])
        else:
            self._tried.add(task[0])
            self._again.append(task)

    def _replace(self, worker: _Worker) -> None:
        worker.stop()
        self._crew[self._crew.index(worker)] = _Worker(self._work)


class _Worker:
    """One process and our end of its pipe; `task` is the number and the thing that it has in hand."""

    def __init__(self, work: Any) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would inherit threads, locks and database handles
        self.connection, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(work, theirs), daemon=True)
        self._process.start()
        theirs.close()  # so that its death is the end of the pipe
        self.ready = False
        self.task: tuple[int, Any] | None = None

    def give(self, task: tuple[int, Any]) -> None:
        self.task = task
        self.connection.send(task[1])

    def status(self) -> int | None:
        self._process.join(_PATIENCE)
        return self._process.exitcode

    def stop(self) -> None:
        self.connection.close()
        self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._process.close()


def _serve(work: Callable[[Any], Any], connection: Connection) -> None:
    """What a worker does: take a thing, give its result, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and stops us
    os.environ.update(dict.fromkeys(_ONE_THREAD[:-1], "1") | {_ONE_THREAD[-1]: "false"})
    connection.send((_READY, None))
    with suppress(EOFError, OSError):
        while True:
            thing = connection.recv()
            try:
                answer = (_DONE, work(thing))
            except Exception as error:  # raised again by the parent, whatever it is
                answer = (_FAILED, error)
            connection.send(answer)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
