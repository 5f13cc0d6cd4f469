"""`onrecord read`: reports in, their record out."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli.common import Services, Tally, input_options, output, put_line, readings


@click.command()
@input_options
@click.option("--json", "as_json", is_flag=True, help="One reading per line, as JSON (see docs/schema).")
@click.option("--text", "with_text", is_flag=True, help="Show the text too, with what was found marked in it.")
@click.pass_context
def read(ctx: click.Context, /, files: tuple[str, ...], as_json: bool, with_text: bool, **given: Any) -> None:
    """Read reports and print their record.

    What they say happened, who says so, what each side wants, how the figures move.

    An INPUT is a file, a folder, a ZIP archive or an address (https://…); "-" is standard input. A file is plain
    text, an HTML page, JSON Lines (.jsonl) with one report a line (`text` and, each optional, `id`, `title`,
    `published`, `publisher`, `url`, `language`, `byline`), a feed (RSS, Atom, JSON Feed), ninjs, NewsML-G2 or WARC.
    """
    if as_json and with_text:
        raise click.UsageError("--text is for people; with --json, the spans are in the JSON")
    tally = Tally()
    results = readings(files, given, ctx.obj or Services(), tally)
    found = (result[1] for result in results if isinstance(result, tuple) and result[1] is not None)
    if as_json:
        for reading in found:
            put_line(reading.dumps())
    else:
        from onrecord.cli.view.reading import print_reading

        console = output()
        for number, reading in enumerate(found):
            if number:
                console.print()
            print_reading(console, reading, with_text=with_text)
    tally.finish()
