"""The command's entry: finds the command, reports errors, sets the exit status."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from onrecord import __version__
from onrecord.cli.common import FAILED
from onrecord.errors import OnrecordError

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

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            click.echo(f"onrecord: {error}", err=True)
            ctx.exit(FAILED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord")
def main() -> None:
    """Read news reports and keep the record: what happened, who says so, what each side wants.

    Exit status: 0 all is well; 1 some inputs were rejected, the rest was read; 2 nothing could be read, or the
    command was used wrongly.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without UTF-8 shows "?" and does not stop us
            stream.reconfigure(errors="replace")
