"""Writes the command reference in docs/cli.md from the commands' own --help: `python docs/make_cli.py`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("cli.md")
BEGIN, END = "<!-- commands: made by docs/make_cli.py -->\n", "<!-- end of commands -->\n"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it, each with its full name."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from commands(found, f"{name} {sub}")


def reference(page: str) -> str:
    """The page with its part between the marks made anew."""
    from onrecord.cli import main

    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    parts = []
    for name, command in commands(main, "onrecord"):
        context = click.Context(command, info_name=name, terminal_width=96, help_option_names=["-h", "--help"])
        parts.append(f"### `{name}`\n\n```text\n{command.get_help(context)}\n```\n")
    return before + BEGIN + "\n" + "\n".join(parts) + "\n" + END + after


if __name__ == "__main__":
    PAGE.write_text(reference(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
