"""What an engine is, and the engine of a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

ENGINES = ("local", "processes", "ray")


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """A thing whose worker died twice over it (killed for memory, a crash in a library): it has no result."""

    thing: T


class Executor(Protocol):
    """A place where a function is run over many things.

    `each` yields one result per thing, in the order of the things, and draws no more of them than its workers need
    to stay busy.  What the function raises is raised here, and ends the work.  A worker that dies is replaced, and
    what it had in hand is run again once; if that worker dies too, the result is `Lost`.  Functions, things and
    results must be picklable, except in this process.  An executor may be used again, not by several threads at once.
    """

    workers: int

    def each(self, work: Callable[[T], R], things: Iterable[T]) -> Iterator[R | Lost[T]]:
        """The results, in order."""
        ...

    def each_of(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R | Lost[T]]:
        """The same for things that are all there beforehand and for large pieces of work; in any order."""
        ...


def executor(name: str, workers: int | None = None) -> Executor:
    """The engine of a name, with so many workers (default: one per core; on Ray, as many as the cluster has).

    Raises:
        UsageError: OR-U02 there is no such engine, OR-E01 its package is not installed.
    """
    if name == "local":
        from onrecord.engines.local import Local

        return Local()
    if name == "processes":
        from onrecord.engines.processes import Processes

        return Processes(workers)
    if name == "ray":
        from onrecord.engines.ray import OnRay

        return OnRay(workers)
    raise UsageError("OR-U02", f"{name!r} is no engine; there are {', '.join(ENGINES)}")
