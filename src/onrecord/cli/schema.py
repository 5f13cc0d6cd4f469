"""`onrecord schema`: the JSON Schema of a reading."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a reading.

    A reading is what `onrecord read --json` prints on each line.
    """
    from onrecord.records.schema import reading_schema

    click.echo(json.dumps(reading_schema(), indent=2, ensure_ascii=False))
