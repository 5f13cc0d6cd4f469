"""Work done here, one thing after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")


class Local:
    """The executor of this process.  There is no worker that could die."""

    workers = 1

    def each(self, work: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
        """The results, in order."""
        return map(work, things)

    def each_of(self, work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
        """The results, in order."""
        return self.each(work, things)
