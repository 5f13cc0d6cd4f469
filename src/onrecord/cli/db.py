"""`onrecord db`: looking after a ledger."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.common import SOME_REJECTED, ledger_option, put_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.ledger import Ledger

_json = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def db() -> None:
    """Look after a ledger: bring it up to date, check it, copy it, tidy it up, count what it holds."""


@db.command()
@ledger_option
@_json
def upgrade(ledger: str | None, as_json: bool) -> None:
    """Bring an older ledger up to date.

    Every command does so when it opens one; this one shows how far it is, and does nothing else.
    """
    from onrecord.ledger.engine import HEAD

    with _opened(ledger, "spreading out"):
        pass
    _told({"revision": HEAD}, f"The ledger is up to date (revision {HEAD}).", as_json)


@db.command()
@ledger_option
@_json
def check(ledger: str | None, as_json: bool) -> None:
    """Prove that every id is the hash of its content, that every span quotes its text, that the lists are right.

    Prints what is wrong, one line each (with --json one object each). Exit status: 0 all is well, 1 something is not.
    """
    from onrecord.ledger.check import faults

    count = 0
    with _opened(ledger) as kept, _progress("checking") as tell:
        for fault in faults(kept, tell):
            count += 1
            put_line(json.dumps(fault.to_json(), ensure_ascii=False) if as_json else f"{fault.where}: {fault.what}")
    if count:
        click.echo(f"{count:,} faults" if count > 1 else "one fault", err=True)
        sys.exit(SOME_REJECTED)
    if not as_json:
        click.echo("All is well.")


@db.command()
@click.argument("to", type=click.Path(path_type=Path))
@ledger_option
@_json
def backup(to: Path, ledger: str | None, as_json: bool) -> None:
    """Copy the ledger to the file TO while others may read and write.

    From SQLite it is another ledger; from PostgreSQL a file for pg_restore, made by pg_dump. A file that is there is
    never written over.
    """
    from onrecord.ledger.upkeep import backup as copy

    if not to.name:  # an empty word, which a path takes for the folder that one is in
        raise click.UsageError("name the file to copy the ledger to")
    with _opened(ledger) as kept, _progress("copying") as tell:
        copy(kept, to, tell)
    size = to.stat().st_size
    _told({"file": str(to), "bytes": size}, f"{to}: {_size(size)}", as_json)


@db.command()
@ledger_option
@_json
def vacuum(ledger: str | None, as_json: bool) -> None:
    """Give space back and put the index of words in order. Nothing that was learned changes."""
    from onrecord.ledger.upkeep import stats as count
    from onrecord.ledger.upkeep import vacuum as tidy

    with _opened(ledger) as kept:
        before = count(kept)["bytes"]
        tidy(kept)
        after = count(kept)["bytes"]
    _told({"bytes_before": before, "bytes": after}, f"{_size(before)} before, {_size(after)} now", as_json)


@db.command()
@ledger_option
@_json
def stats(ledger: str | None, as_json: bool) -> None:
    """Count what the ledger holds."""
    from onrecord.ledger.upkeep import stats as count

    with _opened(ledger) as kept:
        found = count(kept)
    lines = [f"{found['dialect']}, revision {found['revision']}, {_size(found['bytes'])}"]
    if found["first_added"]:
        lines.append(f"learned from {found['first_added'][:10]} to {found['last_added'][:10]}")
    lines += [f"{count:>12,} {name}" for name, count in found["rows"].items()]
    lines.append(f"{found['unread']:>12,} reports without a reading")
    lines += [f"{count:>12,} readings {state}" for state, count in found["readings"].items()]
    lines += [f"{count:>12,} readings by reader {version}" for version, count in found["readers"].items()]
    _told(found, "\n".join(lines), as_json)


@contextmanager
def _opened(location: str | None, doing: str = "bringing up to date") -> Iterator[Ledger]:
    """The ledger; a bar shows while an older one is brought up to date."""
    from onrecord.ledger import Ledger

    with _progress(doing) as tell:
        kept = Ledger(location, create=False, progress=tell)
    with kept:
        yield kept


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where that is a terminal, from the first time that it is told of something."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        tasks: list[Any] = []

        def tell(done: int, total: int) -> None:
            if not tasks:
                tasks.append(bar.add_task(doing, total=total))
            bar.update(tasks[0], completed=done, total=total)

        yield tell


def _told(values: dict[str, Any], words: str, as_json: bool) -> None:
    if as_json:
        put_line(json.dumps(values, ensure_ascii=False))
    else:
        click.echo(words)


def _size(count: int) -> str:
    size = float(count)
    for unit in ("kB", "MB"):
        size /= 1000
        if size < 1000:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} GB"
