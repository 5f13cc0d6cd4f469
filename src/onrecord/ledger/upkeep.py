"""Looking after a ledger: what it holds, what it takes, copies of it, and tidying up."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, text

from onrecord.errors import LedgerError
from onrecord.ledger import tables as t
from onrecord.ledger.asking import told
from onrecord.ledger.engine import HEAD, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from onrecord.ledger.store import Ledger

_PAGES = 4096
"""Pages that are copied before others may write again."""


def stats(ledger: Ledger) -> dict[str, Any]:
    """What a ledger holds: its revision and size, rows by table, states of readings, days of learning, readers."""
    a, r = t.answering.c, t.readings.c
    with told(), ledger.engine.connect() as connection:
        first, last = connection.execute(select(func.min(t.reports.c.added_at), func.max(t.reports.c.added_at))).one()
        unread = select(func.count()).select_from(t.reports)
        unread = unread.where(~exists().where(r.report_id == t.reports.c.id))
        ended = select(a.ended, func.count(a.reading_seq.distinct())).where(a.until.is_not(None)).group_by(a.ended)
        current = select(func.count()).select_from(t.answering).where(a.until.is_(None))
        readers = select(r.reader_version, func.count()).group_by(r.reader_version).order_by(r.reader_version)
        return {
            "dialect": connection.dialect.name,
            "revision": HEAD,
            "bytes": _size(connection),
            "first_added": first,
            "last_added": last,
            "rows": {table.name: _count(connection, table) for table in (*t.LEARNED, t.actors, *t.DATED.values())},
            "unread": connection.execute(unread).scalar_one(),
            "readings": {"current": connection.execute(current).scalar_one(), **_pairs(connection, ended)},
            "readers": _pairs(connection, readers),
        }


def vacuum(ledger: Ledger) -> None:
    """Give space back, put the index of words in order, and let the database count what it holds.

    Nothing that was learned changes.  Others may read meanwhile; who writes has to wait.
    """
    engine = ledger.engine
    with told():
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM (ANALYZE)")
            return
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO search(search) VALUES ('optimize')")
        # VACUUM runs outside of any transaction: on the driver's own connection
        raw = engine.raw_connection()
        with closing(raw), closing(raw.cursor()) as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def backup(ledger: Ledger, to: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy a ledger into a file that is not there yet, while others read and write.

    SQLite's online backup makes another ledger; from PostgreSQL, `pg_dump` makes a file for `pg_restore`.  The file
    has its name only once it is whole.  `progress` is told how many pages of how many are copied.

    Raises:
        LedgerError: OR-L09 the file is there already or cannot be written, or there is no `pg_dump`.
    """
    if to.exists():
        raise LedgerError("OR-L09", f"there is a file {to} already; a backup never writes over one")
    try:
        handle, name = tempfile.mkstemp(prefix=to.name + ".", dir=to.parent)
        os.close(handle)
    except OSError as error:
        raise LedgerError("OR-L09", f"cannot write {to}: {error.strerror}") from error
    part = Path(name)
    try:
        with told():
            if ledger.engine.dialect.name == "sqlite":
                _copy_sqlite(ledger, part, progress)
            else:
                _dump_postgres(ledger, part)
        part.rename(to)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _copy_sqlite(ledger: Ledger, to: Path, progress: Callable[[int, int], None] | None) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    raw = ledger.engine.raw_connection()
    try:
        with closing(raw), closing(sqlite3.connect(to)) as target:
            source: Any = raw.driver_connection
            source.backup(target, pages=_PAGES, progress=tell)
    except sqlite3.Error as error:
        raise LedgerError("OR-L09", f"the backup failed: {error}") from error


def _dump_postgres(ledger: Ledger, to: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise LedgerError("OR-L09", "there is no pg_dump on this machine; a PostgreSQL ledger is backed up with it")
    url = ledger.engine.url.set(drivername="postgresql", password=None)
    environment = dict(os.environ)
    if ledger.engine.url.password:
        environment["PGPASSWORD"] = str(ledger.engine.url.password)
    command = [program, "--format=custom", f"--file={to}", f"--dbname={url.render_as_string()}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603
    if done.returncode:
        raise LedgerError("OR-L09", f"pg_dump failed: {' '.join(done.stderr.split())}")


def _size(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    pages, size = (connection.exec_driver_sql(f"PRAGMA page_{what}").scalar_one() for what in ("count", "size"))
    return int(pages) * int(size)


def _count(connection: Connection, table: Any) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _pairs(connection: Connection, query: Any) -> dict[str, int]:
    return {str(name): count for name, count in connection.execute(query)}
