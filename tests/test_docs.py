"""The documents say what the program has."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord.cli import main
from onrecord.ledger.tables import metadata

if TYPE_CHECKING:
    import click

ROOT = Path(__file__).parents[1]
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
NOTES = (ROOT / "docs" / "notes.md").read_text(encoding="utf-8")
LEDGER = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
SOURCES = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "src" / "onrecord").rglob("*.py"))
MAKE = runpy.run_path(str(ROOT / "docs" / "make_cli.py"))
OURS = r"OR-[ILMRTU]\d\d"


COMMANDS: dict[str, click.Command] = dict(MAKE["commands"](main, "onrecord"))


def test_the_reference_is_current() -> None:
    """`python docs/make_cli.py` brings docs/cli.md up to date."""
    assert MAKE["reference"](CLI) == CLI


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_stands_in_the_reference(name: str) -> None:
    assert f"### `{name}`" in CLI
    for parameter in COMMANDS[name].params:
        for option in parameter.opts if parameter.param_type_name == "option" else ():
            assert option in CLI


def test_every_code_of_ours_is_explained() -> None:
    assert "(notes.md)" in CLI
    used = set(re.findall(rf'"({OURS})\b', SOURCES))
    explained = set(re.findall(rf"`({OURS})`", NOTES))
    assert used - explained == set()


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda t: t.name)
def test_every_table_and_column_is_described(table: object) -> None:
    name, columns = table.name, table.columns  # type: ignore[attr-defined]
    assert f"`{name}`" in LEDGER
    for column in columns:
        assert f"`{column.name}`" in LEDGER, column
