"""Where a ledger lies and how it is opened: engine, pragmas, transactions, schema version."""

from __future__ import annotations

import os
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from onrecord.errors import LedgerError
from onrecord.ledger import lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEAD = "0002"
"""The revision that this version of the package works with."""

_WAIT_SECONDS = 30
_WRITES = "onrecord_writes"
_MIGRATION_LOCK = 0x6F6E7265636F7264  # "onrecord": one number that all our processes agree on
_ADVICE = {
    "attempt to write a readonly database": " (the file and its folder must be writable, for reading too)",
    "unable to open database file": " (is the folder there, and may you write in it?)",
    "file is not a database": " (so it is no ledger; name another file)",
}
"""SQLite's words that leave people in the dark, with what to look at."""
_FOREIGN = "its tables are not a ledger's"


def default_location() -> str:
    """ONRECORD_LEDGER where it is set, else one file in the user's data directory."""
    if named := os.environ.get("ONRECORD_LEDGER"):
        return named
    from platformdirs import user_data_path

    return str(user_data_path("onrecord", appauthor=False) / "ledger.sqlite")


def ready_folder(path: Path) -> None:
    """Make the user's data directory where that is the folder of a file; any other folder must be there.

    A slip in a path must not become a second, empty ledger somewhere.

    Raises:
        OSError: there is no such folder, or it cannot be made.
    """
    from platformdirs import user_data_path

    folder = path.parent
    if folder in {user_data_path("onrecord", appauthor=False), user_data_path("onrecord")}:
        folder.mkdir(parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise FileNotFoundError(ENOENT, f"there is no folder {folder}")


def ledger_url(location: str | os.PathLike[str]) -> URL:
    """The database URL of a path, of ":memory:" or of a URL.

    Raises:
        LedgerError: OR-L01 when a URL cannot be understood or names neither SQLite nor PostgreSQL.
    """
    where = os.fspath(location)
    if "://" not in where:
        return URL.create("sqlite+pysqlite", database=where)
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise LedgerError("OR-L01", f"not the address of a ledger: {where!r}") from error
    backend = url.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return url if "+" in url.drivername else url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise LedgerError("OR-L01", f"a ledger lives in SQLite or PostgreSQL, not in {backend}")
    return url


def open_engine(url: URL, create: bool, progress: Callable[[int, int], None] | None = None) -> Engine:
    """An engine whose database has the current schema.

    Args:
        url: as `ledger_url` makes it.
        create: whether a missing SQLite file may be made and an empty or older schema be brought up to date;
            without it, a ledger that is not there is an error.
        progress: told how many readings of how many are spread out anew, where an older ledger needs it.

    Raises:
        LedgerError: OR-L01 it cannot be opened or is no ledger, OR-L02 it was written by a newer version,
            OR-L06 there is none.
    """
    _prepare_file(url, create)
    try:
        engine = _engine(url)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        message = f"the driver for {url.drivername} is not installed (pip install 'onrecord[postgres]')"
        raise LedgerError("OR-L01", message) from error
    try:
        _bring_up_to_date(engine, url, create, progress)
    except SQLAlchemyError as error:
        engine.dispose()
        raise LedgerError("OR-L01", f"cannot open {_shown(url)}: {reason(error)}") from error
    except LedgerError:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; on SQLite it takes the write lock at its beginning, and waits for it."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def reason(error: SQLAlchemyError) -> str:
    """The database's own words, without SQLAlchemy's frame, and what they mean where that is hard to see."""
    told = str(error.orig) if isinstance(error, DBAPIError) and error.orig is not None else str(error)
    told = " ".join(told.split()) or type(error).__name__
    return told + _ADVICE.get(told, "")


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def _in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and (url.database in {None, "", ":memory:"})


def _prepare_file(url: URL, create: bool) -> None:
    if url.get_backend_name() != "sqlite" or _in_memory(url):
        return
    path = Path(url.database or "")
    if path.is_dir():
        raise LedgerError("OR-L01", f"cannot open {path}: it is a folder, a ledger is a file")
    if not create and not path.exists():
        raise LedgerError("OR-L06", f"there is no ledger at {path}; “onrecord add” makes one")
    if create:
        try:
            ready_folder(path)
        except OSError as error:
            raise LedgerError("OR-L01", f"cannot open {path}: {error.strerror}") from error


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    arguments: dict[str, Any] = {"connect_args": {"timeout": _WAIT_SECONDS, "check_same_thread": False}}
    if _in_memory(url):
        arguments["poolclass"] = StaticPool  # the database lives as long as its one connection
    engine = create_engine(url, **arguments)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin too late and commit before DDL; we begin ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine, url: URL, create: bool, progress: Callable[[int, int], None] | None) -> None:
    with engine.connect() as connection:
        revision = _revision(connection, url)
        if revision == HEAD and lists.is_current(connection):
            return
    if not create and revision is None:
        raise LedgerError("OR-L06", f"there is no ledger in {_shown(url)}; “onrecord add” makes one")
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        if _revision(connection, url) != HEAD:  # another process may have been faster
            _migrate(connection)
        if not lists.is_current(connection):
            lists.rebuild(connection, progress)


def _revision(connection: Connection, url: URL) -> str | None:
    """The schema's revision; None for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if "readings" in tables or (tables and connection.dialect.name == "sqlite"):
            raise LedgerError("OR-L01", f"cannot open {_shown(url)}: {_FOREIGN}")
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision > HEAD:
        raise LedgerError("OR-L02", f"{_shown(url)} was written by a newer version of onrecord ({revision})")
    return revision


def _migrate(connection: Connection) -> None:
    from alembic import command  # slow to import, and only needed here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
