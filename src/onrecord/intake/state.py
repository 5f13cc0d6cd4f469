"""What intake remembers between two runs: feeds and their entries, and how far files have been taken in.

One SQLite file of its own, beside the ledger: it can be thrown away at the price of asking again.  Every change is
one transaction; the ledger's transaction comes first, so that what is noted here as done is in the ledger for good.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, checked_at REAL, next_at REAL NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0, title TEXT
);
CREATE TABLE IF NOT EXISTS entries (
    feed TEXT NOT NULL, key TEXT NOT NULL, mark TEXT NOT NULL, data TEXT, outcome TEXT, code TEXT,
    tries INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL DEFAULT 0, PRIMARY KEY (feed, key)
);
CREATE INDEX IF NOT EXISTS entries_open ON entries (feed, next_at) WHERE outcome IS NULL;
CREATE TABLE IF NOT EXISTS inputs (
    origin TEXT PRIMARY KEY, stamp TEXT NOT NULL, line INTEGER NOT NULL
);
"""
_BUSY_SECONDS = 30.0


class State:
    """The state file, opened; usable from one thread, and from several processes in turn.

    Raises:
        UsageError: OR-U09 the file cannot be opened, or is another program's.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            if not self.path.parent.is_dir():
                raise FileNotFoundError(f"there is no folder {self.path.parent}")
            self._db = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise UsageError("OR-U09", f"{self.path}: no state of intake can be kept there ({error})") from error

    def _prepare(self) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if (found == 0 and tables) or found > _VERSION:
            raise sqlite3.DatabaseError("it is another program's, or a newer version's")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA user_version = {_VERSION}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file.  Closing twice does nothing."""
        self._db.close()

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What a query finds."""
        return [dict(row) for row in self._db.execute(query, values)]

    def write(self, changes: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
        """Statements with their values, as one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            for statement, values in changes:
                self._db.execute(statement, values)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
