"""`onrecord explain`: one record with the words that it came from and the records around it."""

from __future__ import annotations

import json

import click

from onrecord.cli.collated import explain_group, is_group
from onrecord.cli.common import DateType, ledger_option, open_ledger, output, put_line


@click.command()
@click.argument("record_id", metavar="RECORD-ID")
@click.option("--as-known-on", type=DateType(), help="As the ledger knew it at the end of this day.")
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the record, its sentence, its neighbours.")
def explain(record_id: str, as_known_on: str | None, ledger: str | None, as_json: bool) -> None:
    """Show a record with its sentence, marked, and its neighbours.

    RECORD-ID is what `onrecord show` prints ("1d7ed79f7ded:s3"); the part before the colon alone shows the whole
    reading of that report, with what was found marked in its text. The id of a happening ("h…") shows its accounts
    side by side, that of a group of copies ("w…") who carries the text.
    """
    if is_group(record_id):
        explain_group(record_id, as_known_on, ledger, as_json)
        return
    with open_ledger(ledger, create=False) as kept:
        if ":" not in record_id.removeprefix("sha256:"):
            reading = kept.reading(record_id, as_known_on)
            if as_json:
                put_line(reading.dumps())
            else:
                from onrecord.cli.view.reading import print_reading

                print_reading(output(), reading, with_text=True)
            return
        found = kept.get(record_id, as_known_on)
    from onrecord.cli.view.explain import explanation_json, print_explanation

    if as_json:
        put_line(json.dumps(explanation_json(found), ensure_ascii=False))
    else:
        print_explanation(output(), found)
