"""A PostgreSQL server of the tests' own, from the binaries that the machine has."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from onrecord.ledger.engine import ledger_url

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMED = "ONRECORD_TEST_POSTGRES"
_USERS = ("postgres", "nobody")
_WAIT_SECONDS = 30
# nothing is kept, so nothing has to reach the disk
_SETTINGS = {"listen_addresses": "", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoServerError(Exception):
    """There is none, and why."""


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database: that which ONRECORD_TEST_POSTGRES names, else one of a server that ends with us.

    Raises:
        NoServerError: this machine has no PostgreSQL, or it does not start.
    """
    if named := os.environ.get(NAMED):
        yield named
        return
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    try:
        user = _other_user(folder)
        data = folder / "data"
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
            capture_output=True, text=True, check=False, cwd=folder, **user,
        )  # fmt: skip
        if made.returncode:
            raise NoServerError(f"initdb failed: {made.stderr.strip()}")
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *settings],
                stdout=log, stderr=log, cwd=folder, **user,
            )  # fmt: skip
        try:
            url = f"postgresql://postgres@/postgres?host={folder}"
            _wait(url, process, folder / "log")
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown
            process.wait(_WAIT_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def emptied(url: str) -> str:
    """The same database without anything in it."""
    engine = create_engine(ledger_url(url))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def apart(url: str, name: str) -> str:
    """An empty part of the same database that `emptied` leaves alone."""
    engine = create_engine(ledger_url(url))
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return url + ("&" if "?" in url else "?") + f"options=-csearch_path%3D{name}"


def _programs() -> Path:
    """Where initdb and postgres lie: as pg_config says, beside what is on the path, or where Debian puts them."""
    found: list[Path] = []
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(told.stdout.strip()))
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    found.extend(sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: p.parent.name.zfill(3), reverse=True))
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServerError(f"no PostgreSQL on this machine, and {NAMED} names none")


def _other_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then as another user, who gets the folder."""
    if os.geteuid() != 0:
        return {}
    for name in _USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServerError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    engine = create_engine(ledger_url(url))
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            with engine.connect():
                break
        except OperationalError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise NoServerError(f"PostgreSQL does not start: {log.read_text(errors='replace')}") from error
            time.sleep(0.05)
    engine.dispose()
