"""What the commands share: options, exit status, consoles, reading inputs with progress."""

from __future__ import annotations

import dataclasses
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

import click

from onrecord.intake.dates import is_date

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.api import ReaderLike
    from onrecord.intake import Intaken, Item, Rejected
    from onrecord.intake.fetch import Fetcher
    from onrecord.ledger import Ledger
    from onrecord.records import Reading

SOME_REJECTED = 1
FAILED = 2
_COLUMNS = 80
_DAY = len("2025-05-22")

_Command = TypeVar("_Command", bound=Callable[..., Any])
_GIVEN = ("published", "title", "publisher", "url", "language", "byline")


@dataclass(slots=True)
class Services:
    """What a command works with; a test puts its own reader, fetcher and clock here (`obj=` of the click context)."""

    reader: ReaderLike | None = None
    fetcher: Fetcher | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(slots=True)
class Tally:
    """How many inputs were read and rejected; prints the rejections as they come."""

    read: int = 0
    rejected: int = 0
    embargoed: int = 0

    def reject(self, rejection: Rejected) -> None:
        """Name a rejected input on standard error."""
        self.rejected += 1
        self.embargoed += rejection.code == "OR-I50"
        tell(rejection)

    def finish(self) -> None:
        """End the command with the exit status that this tally means."""
        if not self.read:
            if not self.rejected:
                click.echo("onrecord: OR-I10: there was nothing to read", err=True)
            sys.exit(FAILED)
        if self.rejected:
            sys.exit(SOME_REJECTED)


def tell(rejection: Rejected) -> None:
    """Name a rejected input on standard error, in one line."""
    click.echo(f"{rejection.where}: {rejection.code}: {' '.join(rejection.message.split())}", err=True)


class DateType(click.ParamType[str]):
    """An ISO date; with `published`, one on which something has been published: also a date-time, not in the future."""

    name = "date"

    def __init__(self, published: bool = False) -> None:
        self._published = published

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value itself where it is such a date; a usage error (exit status 2) otherwise."""
        text = str(value).strip()
        if not is_date(text) or (len(text) > _DAY and not self._published):
            self.fail(f"OR-U01: {text!r} is no ISO date such as 2025-05-22", param, ctx)
        if self._published and text[:_DAY] > (datetime.now(UTC) + timedelta(days=1)).date().isoformat():
            self.fail(f"OR-U04: {text} has not come yet; nothing can have been published then", param, ctx)
        return text


def _language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from onrecord.intake.language import is_code

    if value is not None and not is_code(value):
        raise click.BadParameter(f"OR-U02: {value!r} is no ISO 639-1 code such as en or en-GB")
    return value


def input_options(command: _Command) -> _Command:
    """The arguments of the commands that read reports."""
    options: tuple[Callable[[Any], Any], ...] = (
        click.argument("files", nargs=-1, required=True, metavar="INPUT..."),
        click.option(
            "--published", type=DateType(published=True), help="Date of publication, where an input has none."
        ),
        click.option("--title", help="Headline, where an input has none."),
        click.option("--publisher", help="Outlet that published it, where an input names none."),
        click.option("--url", help="Where it was published, where an input does not say."),
        click.option("--language", callback=_language, help="Language (ISO 639-1), where an input does not say."),
        click.option("--byline", help="Who wrote it, where an input does not say."),
        private_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def private_option(command: _Command) -> _Command:
    """The option that opens private networks to fetching."""
    option: Callable[[Any], Any] = click.option(
        "--allow-private", is_flag=True, help="Fetch addresses inside private networks too (an intranet, this machine)."
    )
    named: _Command = option(command)
    return named


def ledger_option(command: _Command) -> _Command:
    """The option that names the ledger."""
    option: Callable[[Any], Any] = click.option(
        "--ledger",
        metavar="PATH|URL",
        envvar="ONRECORD_LEDGER",
        show_envvar=True,
        help="SQLite file or database URL. Default: one file in your data directory.",
    )
    named: _Command = option(command)
    return named


def open_ledger(location: str | None, create: bool) -> Ledger:
    """The ledger at a location, or the default one.

    Raises:
        LedgerError: it cannot be opened; OR-L06 it is not there and must not be made.
    """
    from onrecord.ledger import Ledger

    return Ledger(location, create=create)


def state_path(ledger: str | os.PathLike[str] | None) -> Path:
    """Where the state of a ledger stands: beside its file, or in the user's data directory for a database server."""
    from hashlib import sha256

    from onrecord.ledger.engine import default_location

    location = str(ledger if ledger is not None else default_location())
    if location.startswith("sqlite:///"):
        location = location.removeprefix("sqlite:///")
    if "://" not in location and location not in {"", ":memory:"}:
        path = Path(location)
        return path.with_name(path.name + ".intake")
    from platformdirs import user_data_path

    return user_data_path("onrecord", ensure_exists=True) / f"{sha256(location.encode()).hexdigest()[:12]}.intake"


class _WithoutPadding(io.TextIOBase):
    """Standard output without the spaces with which tables fill their lines up; they only matter on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._open = ""

    @property
    def encoding(self) -> str:  # type: ignore[override]  # rich asks for it
        return self._stream.encoding

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        *whole, self._open = (self._open + text).split("\n")
        self._stream.write("".join(line.rstrip(" ") + "\n" for line in whole))
        return len(text)

    def flush(self) -> None:
        if self._open:
            self._stream.write(self._open)
            self._open = ""
        self._stream.flush()


def output() -> Console:
    """The console for what was asked for.  Without a terminal: plain text, 80 columns unless COLUMNS says more."""
    from rich.console import Console

    class Told(Console):
        """A console that leaves a pipe that is read no further to the command, whose exit status it is."""

        def on_broken_pipe(self) -> None:
            raise  # noqa: PLE0704 - called where the error is handled

    if sys.stdout.isatty():
        return Console(highlight=False)
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdigit() and int(asked) else _COLUMNS
    return Told(file=cast("TextIO", _WithoutPadding(sys.stdout)), highlight=False, width=width)


def put_line(line: str) -> None:
    """One line of machine-readable output: UTF-8 on every system."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def readings(
    files: tuple[str, ...],
    given: dict[str, Any],
    services: Services,
    tally: Tally,
    *,
    prints: bool = True,
    after: Callable[[str], int | None] | None = None,
    keeps_unread: bool = False,
) -> Iterator[tuple[Item, Reading | None] | Rejected]:
    """Read inputs in batches, in order: each item with its reading; rejections go to the tally and are passed on.

    `given` fills what an input does not say of itself.  A progress bar shows on a terminal while there is more than
    one report; it makes way for each reading if the caller `prints` it.  With `keeps_unread`, items in another
    language than English and withdrawals come without a reading; otherwise the first are read as English and the
    second rejected (OR-I51).  `after` is as in `take_in`; `engine` and `workers` among what is given say where the
    reading is done.

    Raises:
        ReaderError: the reader's own parts are missing or damaged.
    """
    from onrecord.cli.engine_options import read_by
    from onrecord.intake import Rejected, expected, take_in
    from onrecord.intake.language import stays_unread

    total = 1 if prints and _into_pipe() else expected(files)  # what a pager shows cannot make way for a bar
    prints = prints and sys.stdout.isatty()
    taken = take_in(files, fetcher=_fetcher(files, given, services), now=services.now(), after=after)
    items = _judged(_filled(taken, given)) if keeps_unread else map(_readable, _filled(taken, given))
    with _progress(total) as (advance, aside):
        for result in read_by(given, items, services.reader, stays_unread if keeps_unread else None):
            advance()
            if isinstance(result, Rejected):
                with aside():
                    tally.reject(result)
                yield result
            else:
                tally.read += 1
                with aside() if prints else nullcontext():
                    yield result


def _fetcher(files: tuple[str, ...], given: dict[str, Any], services: Services) -> Fetcher | None:
    from onrecord.intake.web import http_fetcher, is_url

    if services.fetcher is not None or not any(map(is_url, files)):
        return services.fetcher
    return http_fetcher(bool(given.get("allow_private")))


def _judged(items: Iterable[Intaken]) -> Iterator[Intaken]:
    from onrecord.intake import Item
    from onrecord.intake.language import judged

    for item in items:
        yield judged(item) if isinstance(item, Item) else item


def _readable(item: Intaken) -> Intaken:
    from onrecord.intake import Item, Rejected

    if isinstance(item, Item) and not item.text.strip():
        message = f"{item.status} by its provider; there is no text to read ({item.guid})"
        return Rejected(code="OR-I51", message=message, origin=item.origin, line=item.line)
    return item


def _into_pipe() -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _filled(items: Iterable[Intaken], given: dict[str, Any]) -> Iterator[Intaken]:
    from onrecord.intake import Item

    for item in items:
        if isinstance(item, Item):
            added = {name: given[name] for name in _GIVEN if given.get(name) and not getattr(item, name)}
            if "published" in added:
                added["published_basis"] = "argument"
            yield dataclasses.replace(item, **added) if added else item
        else:
            yield item


_Bar = tuple[Callable[[], None], Callable[[], AbstractContextManager[None]]]


@contextmanager
def _progress(total: int | None) -> Iterator[_Bar]:
    """A bar on standard error, where that is a terminal and there is something to wait for.

    Gives two functions: one more report is done; the bar is out of the way while something else is printed.
    """
    if total == 1 or not sys.stderr.isatty():
        yield (lambda: None), nullcontext
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (SpinnerColumn(), TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # standard output is never redirected: it may go to a file while the bar shows
    progress = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)

    @contextmanager
    def aside() -> Iterator[None]:
        progress.stop()
        yield
        progress.start()

    with progress:
        task = progress.add_task("reading", total=total)
        yield (lambda: progress.advance(task)), aside
