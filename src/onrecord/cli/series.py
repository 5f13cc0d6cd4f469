"""Views of what moves over time: `show series`, `show tracks`, `show positions --history`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.collated import ask
from onrecord.cli.common import DateType, ledger_option, output, put_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

_CHANGES = ("total", "level", "event", "increment")
_LIMIT = 20
"""Series, tracks or histories that are printed for people, unless they ask for more: each takes many lines."""
_MOST = f"At most so many. Default: {_LIMIT}; with --json or --csv, all."
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
_CSV = click.option("--csv", "as_csv", is_flag=True, help="A table with a header, as CSV.")
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "measure": click.option("--measure", metavar="MEASURE", help="Measure (killed, released, displaced …)."),
    "change": click.option(
        "--change", type=click.Choice(_CHANGES), help="Only running totals, levels, tolls of events or increments."
    ),
    "actor": click.option("--actor", metavar="NAME", help="Only what this party takes part in."),
    "place": click.option("--place", metavar="NAME", help="Only what is placed here: a place or a country."),
    "source": click.option("--source", metavar="NAME", help="Only the lines of this source."),
    "since": click.option("--since", type=DateType(), help="Only from this day on."),
    "until": click.option("--until", type=DateType(), help="Only up to this day."),
    "text": click.option("--text", metavar="WORDS", help='Words in the text around it; "a phrase" in double quotes.'),
    "limit": click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_MOST),
    "as_known_on": click.option(
        "--as-known-on", type=DateType(), help="As the ledger knew it at the end of this day."
    ),
}  # fmt: skip
_ALL = click.option(
    "--all", "everything", is_flag=True, help="Also those of which one report tells, or nothing but a name."
)


def _with(command: Any, names: Sequence[str], *more: Callable[[Any], Any]) -> Any:
    for option in reversed((*(_OPTIONS[name] for name in names), *more, _JSON, _CSV, ledger_option)):
        command = option(command)
    return command


def add_views(show: click.Group) -> None:
    """Put the views into the group of commands that list."""
    common = ("since", "until", "text", "limit", "as_known_on")
    show.add_command(
        click.command("series", help=_SERIES)(_with(_series, ("measure", "change", "place", "source", *common)))
    )
    show.add_command(click.command("tracks", help=_TRACKS)(_with(_tracks, ("actor", "place", *common), _ALL)))
    _add_history(show)


_SERIES = """Figures over time: one line per source, never added up, never averaged.

A series holds figures of one measure, population, place and kind of change.  It shows when a source corrected itself,
where a running total starts anew, and for which days sources differ.  Tolls of single events are shown where more than
one value or source is told; --change event shows all.
"""
_TRACKS = """Negotiations: rounds of talks, delegations that come and go, agreements and their stages."""
_HISTORY = "A party's stances on each issue in order, and what changed between them."


def _series(ledger: str | None, as_json: bool, as_csv: bool, **filters: Any) -> None:
    asked = _asked(filters, as_json or as_csv)
    entries = ask(ledger, lambda collation: collation.series(**asked))
    _put("series", entries, as_json, as_csv, filters["limit"])


def _tracks(ledger: str | None, as_json: bool, as_csv: bool, everything: bool, **filters: Any) -> None:
    limit = filters.pop("limit")
    entries = ask(ledger, lambda collation: collation.tracks(**filters))
    told = [t for t in entries if everything or t.tells]
    _put("tracks", told[:limit] if limit else told, as_json, as_csv, limit)


def _add_history(show: click.Group) -> None:
    """Give `show positions` the option that tells it over time."""
    positions = show.commands["positions"]
    listed = positions.callback
    taken = ("actor", "issue", "source", "since", "until", "text", "limit", "as_known_on")

    def command(history: bool, **given: Any) -> None:
        if not history:
            assert listed is not None
            listed(**given)
            return
        filters = {name: given[name] for name in taken if name in given}
        names = [n for n in given if n not in (*taken, "ledger", "as_json", "as_csv") and given[n] is not None]
        if names:
            raise click.UsageError(f"--history does not go with --{names[0].replace('_', '-')}")
        asked = _asked(filters, given["as_json"] or given["as_csv"])
        entries = ask(given["ledger"], lambda collation: collation.histories(**asked))
        _put("history", entries, given["as_json"], given["as_csv"], filters["limit"])

    positions.callback = command
    positions.params.insert(0, click.Option(["--history"], is_flag=True, help=_HISTORY))


def _asked(filters: dict[str, Any], by_machine: bool) -> dict[str, Any]:
    """The filters with which to ask: for people, one more than is printed, to know whether there are more."""
    return filters if by_machine else filters | {"limit": (filters["limit"] or _LIMIT) + 1}


def _put(view: str, entries: Sequence[Any], as_json: bool, as_csv: bool, limit: int | None = None) -> None:
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    if as_json:
        for entry in entries:
            put_line(json.dumps(entry.to_json(), ensure_ascii=False))
    elif as_csv:
        from onrecord.cli.view.series_flat import csv_lines

        for row in csv_lines(view, entries):
            put_line(row)
    else:
        from onrecord.cli.view import history, series, tracks

        printers: dict[str, Callable[[Console, Sequence[Any]], None]] = {
            "series": series.print_series,
            "tracks": tracks.print_tracks,
            "history": history.print_histories,
        }
        most = limit or _LIMIT
        printers[view](output(), entries[:most])
        if len(entries) > most:
            click.echo(f"… and more: --limit {10 * most} shows more, filters narrow the list")


_TIMELINE = """The N most important days, a line for each.

A day is important when many reports speak of it, on many days, and look back on it.  QUERY is one or more words that
a report must hold; without it, all reports count.
"""


def _timeline(
    query: tuple[str, ...], top: int, as_json: bool, as_csv: bool, ledger: str | None, **filters: Any
) -> None:
    entries = ask(ledger, lambda collation: collation.timeline(top, " ".join(query) or None, **filters))
    if as_json or as_csv:
        _put("timeline", entries, as_json, as_csv)
        return
    from onrecord.cli.view.series import print_timeline

    print_timeline(output(), entries)


timeline: click.Command = click.command("timeline", help=_TIMELINE)(
    click.argument("query", nargs=-1)(
        _with(
            _timeline,
            ("since", "until", "as_known_on"),
            click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="Days."),
        )
    )
)
