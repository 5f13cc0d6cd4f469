"""A reader at work -> CPU seconds per component, taken by wrapping each component's entry; no profiler.

A wrapped call counts its own time less that of wrapped calls inside it, so that the parts add up to the whole.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARTS: dict[str, tuple[str, ...]] = {
    "sentences and words": ("segment",),
    "header and dateline": ("read_header",),
    "encoder": ("Encoder.__call__",),
    "names": ("find_names",),
    "places": ("find_place_names", "resolve_places"),
    "times": ("find_times",),
    "attribution": ("attribute",),
    "events": ("find_events",),
    "figures": ("_hints", "find_figures"),
    "positions": ("find_positions",),
    "talks and agreements": ("find_talks", "find_deals"),
    "actors": ("ActorBook.__init__", "Cast.resolve_all", "Cast.actor_records"),
    "notes": ("text_notes",),
    "records of statements": ("assembly.statements",),
    "records of events": ("assembly.events",),
    "other records": (
        "assembly.figures",
        "assembly_stands.positions",
        "assembly_stands.talks",
        "assembly_stands.agreements",
    ),
}
"""Each component by what it is entered through: names of `onrecord.reader.pipeline`, or of a class or module there."""


class Clock:
    """CPU seconds per part; parts may nest."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(PARTS, 0.0)
        self._inside: list[float] = []

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its own time added to the part at each call."""

        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            self._inside.append(0.0)
            begun = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent = time.process_time() - begun
                self.seconds[part] += spent - self._inside.pop()
                if self._inside:
                    self._inside[-1] += spent

        return run


@contextmanager
def timed_components() -> Iterator[Clock]:
    """The reader's components wrapped, for as long as the context lasts.

    Raises:
        AttributeError: `PARTS` names an entry that the pipeline does not have.
    """
    from onrecord.reader import pipeline

    clock = Clock()
    wrapped: list[tuple[Any, str, Any]] = []
    try:
        for part, entries in PARTS.items():
            for entry in entries:
                owner_name, _, name = entry.rpartition(".")
                owner = getattr(pipeline, owner_name) if owner_name else pipeline
                original = getattr(owner, name)
                wrapped.append((owner, name, original))
                setattr(owner, name, clock.timed(part, original))
        yield clock
    finally:
        for owner, name, original in wrapped:
            setattr(owner, name, original)
