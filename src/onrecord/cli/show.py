"""`onrecord show`: what the ledger holds, listed with filters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.collated import add_views
from onrecord.cli.common import DateType, ledger_option, open_ledger, output, put_line
from onrecord.cli.series import add_views as add_series_views

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.ledger import Ledger

LIMIT = 50
"""Entries that a list for people shows, unless it is told otherwise."""
_VIEWS = {
    "timeline": "Events, talks and agreements in order of time.",
    "statements": "Who said what, through whom.",
    "events": "What is reported to have happened, or to be planned.",
    "figures": "Numbers (killed, released …), each with its source.",
    "positions": "What each side wants and refuses, issue by issue.",
    "talks": "Rounds of talks and how they ended.",
    "agreements": "Agreements and their stages.",
    "sources": "Who is heard, how they are named, and how often.",
    "reports": "The reports in the ledger.",
}
"""View -> what it shows.  Each is a method of the ledger."""


@click.group()
def show() -> None:
    """List what the ledger holds.

    Names are matched as whole words, accents and case aside; a country's three-letter code finds its actors and
    places, and --place with a country's name all places in it.
    """


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    options: tuple[Callable[[Any], Any], ...] = (
        click.option("--actor", metavar="NAME", help="Only what this actor takes part in."),
        click.option("--source", metavar="NAME", help="Only what comes from this source, at any link of the chain."),
        click.option("--place", metavar="NAME", help="Only what is placed here: a place or a country."),
        click.option("--since", type=DateType(), help="Only from this day on."),
        click.option("--until", type=DateType(), help="Only up to this day."),
        click.option("--type", metavar="TYPE", help="PLOVER event type (ASSAULT) or act of a statement (deny)."),
        click.option("--measure", metavar="MEASURE", help="Measure of a figure (killed, released, displaced …)."),
        click.option("--issue", metavar="ISSUE", help="Issue of a position (ceasefire, hostages, withdrawal …)."),
        click.option("--text", metavar="WORDS", help='Words in the text around it; "a phrase" in double quotes.'),
        click.option("--as-known-on", type=DateType(), help="As the ledger knew it at the end of this day."),
        click.option(
            "--limit",
            type=click.IntRange(min=1),
            metavar="N",
            help=f"At most so many. Default: {LIMIT}, or all with --json and --csv.",
        ),
        click.option("--json", "as_json", is_flag=True, help="One JSON object per line."),
        click.option("--csv", "as_csv", is_flag=True, help="A table with a header, as CSV."),
        ledger_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def _show(view: str, ledger: str | None, as_json: bool, as_csv: bool, filters: dict[str, Any]) -> None:
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    with open_ledger(ledger, create=False) as kept:
        if as_json:
            for entry in kept.each(view, **filters):
                put_line(json.dumps(entry.to_json(), ensure_ascii=False))
        elif as_csv:
            from onrecord.cli.view.flat import csv_lines

            for row in csv_lines(view, kept.each(view, **filters)):
                put_line(row)
        else:
            _print(kept, view, filters)


def _print(kept: Ledger, view: str, filters: dict[str, Any]) -> None:
    """The first entries for people, and whether there are more."""
    from onrecord.cli.view.lists import print_list

    limit = filters["limit"] or LIMIT
    entries = list(kept.each(view, **filters | {"limit": limit + 1}))
    print_list(output(), view, entries[:limit])
    if len(entries) > limit:
        click.echo(f"… and more: --limit {10 * limit} shows more, filters narrow the list")


def _command(view: str, help_text: str) -> click.Command:
    @click.command(view, help=help_text)
    @_filters
    def command(ledger: str | None, as_json: bool, as_csv: bool, **filters: Any) -> None:
        _show(view, ledger, as_json, as_csv, filters)

    return command


@show.command()
@click.option("--as-known-on", type=DateType(), help="Those made by the end of this day.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"At most so many, the last ones. Default: {LIMIT}, or all with --json and --csv.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option("--csv", "as_csv", is_flag=True, help="A table with a header, as CSV.")
@ledger_option
def judgements(as_known_on: str | None, limit: int | None, as_json: bool, as_csv: bool, ledger: str | None) -> None:
    """What people decided on records and groups, with who, when and why, in order."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    from onrecord.cli.view.judgements import csv_lines, print_judgements

    with open_ledger(ledger, create=False) as kept:
        found = kept.judgements(as_known_on=as_known_on)
    if as_json or as_csv:
        found = found[-limit:] if limit else found
        for row in (json.dumps(j.to_json(), ensure_ascii=False) for j in found) if as_json else csv_lines(found):
            put_line(row)
        return
    most = limit or LIMIT
    print_judgements(output(), found[-most:])
    if len(found) > most:
        click.echo(f"… and more before them: --limit {10 * most} shows them")


for _view, _help in _VIEWS.items():
    show.add_command(_command(_view, _help))
add_views(show)
add_series_views(show)
