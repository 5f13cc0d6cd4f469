"""How far inputs have been taken in, so that a run that was cut off goes on there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.intake.open import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.intake.items import Intaken
    from onrecord.intake.state import State

_PUT = (
    "INSERT INTO inputs (origin, stamp, line) VALUES (?, ?, ?) "
    "ON CONFLICT (origin) DO UPDATE SET stamp = excluded.stamp, line = excluded.line"
)


class Resume:
    """The places up to which files have been acknowledged.

    A file is known by its path, size and time of change: one that was changed is begun anew.  Standard input and addresses
    are never remembered.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._open: str | None = None
        self._stamps: dict[str, str | None] = {}

    def after(self, origin: str) -> int | None:
        """As `take_in` asks."""
        stamp = self._stamp(origin)
        found = self._state.rows("SELECT stamp, line FROM inputs WHERE origin = ?", origin) if stamp else []
        return int(found[0]["line"]) if found and found[0]["stamp"] == stamp else None

    def acknowledge(self, taken: Iterable[Intaken]) -> None:
        """Note that these, in the order in which they came, are in the ledger or have been told as rejected."""
        places: dict[str, int] = {}
        for found in taken:
            if self._open is not None and self._open != found.origin:
                places[self._open] = DONE
            self._open = found.origin
            if found.line is not None:
                places[found.origin] = found.line
        self._put(places)

    def finish(self) -> None:
        """Note that the last file has come to its end."""
        if self._open is not None:
            self._put({self._open: DONE})

    def _put(self, places: dict[str, int]) -> None:
        stamped = [(origin, self._stamp(origin), line) for origin, line in places.items()]
        self._state.write([(_PUT, row) for row in stamped if row[1] is not None])

    def _stamp(self, origin: str) -> str | None:
        """Size and time of change of a file, or of the archive that a member lies in; None where there is none."""
        if origin not in self._stamps:
            self._stamps[origin] = _stamp(origin)
        return self._stamps[origin]


def _stamp(origin: str) -> str | None:
    path = Path(origin)
    for candidate in (path, *path.parents):
        try:
            if candidate.is_file():
                found = candidate.stat()
                return f"{found.st_size}:{found.st_mtime_ns}"
        except (OSError, ValueError):
            return None
    return None
