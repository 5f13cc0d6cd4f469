"""`onrecord add`: reports in, readings kept in the ledger."""

from __future__ import annotations

import json
from collections import Counter

import click

from onrecord.cli.common import Services, Tally, input_options, ledger_option, open_ledger, put_line, readings


@click.command()
@input_options
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="One line of JSON per report: its id and what was new.")
@click.pass_context
def add(ctx: click.Context, /, files: tuple[str, ...], ledger: str | None, as_json: bool, **given: str | None) -> None:
    """Read reports into the ledger. Adding the same report twice changes nothing.

    FILEs are as for `onrecord read`.
    """
    tally, count = Tally(), Counter[str]()
    with open_ledger(ledger, create=True) as kept:
        for item, reading in readings(files, given, ctx.obj or Services(), tally, prints=as_json):
            added = kept.add(reading)
            count["new" if added.new_report else "read again" if added.new_reading else "known"] += 1
            if as_json:
                line = {
                    "id": reading.report.id,
                    "key": added.key,
                    "source_id": item.source_id,
                    "new_report": added.new_report,
                    "new_appearance": added.new_appearance,
                    "new_reading": added.new_reading,
                }
                put_line(json.dumps(line, ensure_ascii=False))
    if not as_json and tally.read:
        click.echo(_told(count))
    tally.finish()


def _told(count: Counter[str]) -> str:
    from onrecord.cli.view.words import count_of

    told = [count_of(count["new"], "new reports")]
    if count["read again"]:
        told.append(f"{count_of(count['read again'], 'known reports')} with a new reading")
    if count["known"]:
        told.append(f"{count['known']:,} known already")
    return ", ".join(told)
