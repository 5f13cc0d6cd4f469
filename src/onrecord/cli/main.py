"""The command's entry: finds the command, reports errors, sets the exit status."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from onrecord import __version__
from onrecord.cli.common import FAILED
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOSED = 141
"""The exit status of a command whose output nobody reads on, as of one that ends by SIGPIPE."""
_COMMANDS = {
    "read": "onrecord.cli.read",
    "add": "onrecord.cli.add",
    "watch": "onrecord.cli.watch",
    "bulk": "onrecord.cli.bulk",
    "reread": "onrecord.cli.reread",
    "collate": "onrecord.cli.collated",
    "show": "onrecord.cli.show",
    "story": "onrecord.cli.collated",
    "timeline": "onrecord.cli.series",
    "search": "onrecord.cli.search",
    "explain": "onrecord.cli.explain",
    "judge": "onrecord.cli.judge",
    "db": "onrecord.cli.db",
    "schema": "onrecord.cli.schema",
}
"""Command -> the module that defines it, under the command's own name."""


class _Commands(click.Group):
    """A group whose commands are imported only when they are called: `--version` must not wait for a database."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name)
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _failures_told():  # --help and --version print here
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _failures_told():
            return super().invoke(ctx)


@contextmanager
def _failures_told() -> Iterator[None]:
    """Our errors, and the system's, as one line and an exit status; a pipe that is read no further ends in silence."""
    try:
        try:
            yield
        except OnrecordError as error:
            click.echo(f"onrecord: {error}", err=True)
            raise click.exceptions.Exit(FAILED) from error
        finally:
            sys.stdout.flush()  # what is only written at the very end would fail too late to be told
    except BrokenPipeError as error:
        _write_no_more()
        raise click.exceptions.Exit(CLOSED) from error
    except OSError as error:
        _write_no_more()
        what = "the output cannot be written" if error.filename is None else str(error.filename)
        with suppress(OSError):
            click.echo(f"onrecord: OR-U10: {what}: {error.strerror or error}", err=True)
        raise click.exceptions.Exit(FAILED) from error


def _write_no_more() -> None:
    """Let what is still held back for standard output go nowhere, so that the interpreter does not fail over it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Read news reports and keep the record: what happened, who says so, what each side wants.

    Exit status: 0 all is well; 1 some inputs were rejected, the rest was read; 2 nothing could be read, the command
    was used wrongly, or its output could not be written; 141 nobody read its output on.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without UTF-8 shows "?" and does not stop us
            stream.reconfigure(errors="replace")
