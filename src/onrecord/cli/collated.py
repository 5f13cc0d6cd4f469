"""What reports say together: the commands `collate` and `story`, and the views of `show` that collate answers."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.common import DateType, ledger_option, open_ledger, output, put_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.collate import Collation

_GROUP = re.compile("[hw][0-9a-f]{12}")
_VIEWS = {
    "happenings": "Events of all reports, one entry per happening: who tells of it and what stands behind it.",
    "disputes": "Happenings that are denied or told differently, the words of both sides.",
    "copies": "Reports that carry the same wire text, and where it goes back to.",
    "actors": "Actors across reports, those in most reports first.",
    "links": "Statements that repeat, confirm, deny, contradict, update or withdraw each other.",
    "changes": "What the ledger has learned since a day: new happenings, and others that changed.",
}
"""View -> what it shows.  Each is a method of the collation."""

LIMIT = 50
"""Entries that a list for people shows unless it is told otherwise."""
TOLD, PART = 20, 5
"""Happenings on a story's page, and entries of each other part of it: each of those takes many lines."""

_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "actor": click.option("--actor", metavar="NAME", help="Only what this actor takes part in."),
    "source": click.option("--source", metavar="NAME", help="Only what this source tells of."),
    "place": click.option("--place", metavar="NAME", help="Only what is placed here: a place or a country."),
    "since": click.option("--since", type=DateType(), help="Only from this day on."),
    "learned": click.option(
        "--since", type=DateType(), help="What was learned from this day on. Default: the last day of learning."
    ),
    "until": click.option("--until", type=DateType(), help="Only up to this day."),
    "type": click.option("--type", metavar="TYPE", help="PLOVER event type (ASSAULT)."),
    "measure": click.option("--measure", metavar="MEASURE", help="Only what has such a figure (killed, released …)."),
    "text": click.option("--text", metavar="WORDS", help='Words in the text around it; "a phrase" in double quotes.'),
    "standing": click.option(
        "--standing", metavar="WORD", help="one_source, one_side, both_sides, independent, disputed or withdrawn."
    ),
    "link": click.option(
        "--link", metavar="WORD",
        help="repeats, same_utterance, confirms, denies, contradicts, updates or withdraws.",
    ),
    "as_known_on": click.option(
        "--as-known-on", type=DateType(), help="As the ledger knew it at the end of this day."
    ),
}  # fmt: skip
_ALL = ("actor", "source", "place", "since", "until", "type", "measure", "text")
_TAKES = {
    "happenings": (*_ALL, "standing"),
    "disputes": _ALL,
    "copies": ("since", "until"),
    "actors": ("actor", "since", "until"),
    "links": ("actor", "source", "place", "since", "until", "text", "link"),
    "changes": ("actor", "source", "place", "learned", "until", "type", "measure", "text"),
}
"""View -> the filters that mean something for it."""


def _with(command: Any, names: tuple[str, ...], limit: str, *more: Callable[[Any], Any]) -> Any:
    """A command with its options; `limit` says what `--limit` does."""
    most = click.option("--limit", type=click.IntRange(min=1), metavar="N", help=limit)
    options = (*(_OPTIONS[name] for name in names), most, _OPTIONS["as_known_on"], *more, ledger_option)
    for option in reversed(options):
        command = option(command)
    return command


_MOST = f"At most so many. Default: {LIMIT}; with --json or --csv, all."
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
_CSV = click.option("--csv", "as_csv", is_flag=True, help="A table with a header, as CSV.")


def add_views(show: click.Group) -> None:
    """Put the views of collate into the group of commands that list."""
    for view, help_text in _VIEWS.items():
        show.add_command(_command(view, help_text))


def _command(view: str, help_text: str) -> click.Command:
    def command(ledger: str | None, as_json: bool, as_csv: bool, **filters: Any) -> None:
        if as_json and as_csv:
            raise click.UsageError("--json and --csv exclude each other")
        most = filters["limit"] or LIMIT
        asked = filters if as_json or as_csv else filters | {"limit": most + 1}
        entries = ask(ledger, lambda collation: getattr(collation, view)(**asked))
        if as_json:
            for entry in entries:
                put_line(json.dumps(entry.to_json(), ensure_ascii=False))
        elif as_csv:
            from onrecord.cli.view.collated_flat import csv_lines

            for row in csv_lines(view, entries):
                put_line(row)
        else:
            from onrecord.cli.view.collated import print_view

            print_view(output(), view, entries[:most])
            if len(entries) > most:
                click.echo(f"… and more: --limit {10 * most} shows more, filters narrow the list")

    return click.command(view, help=help_text)(_with(command, _TAKES[view], _MOST, _JSON, _CSV))


def ask(ledger: str | None, question: Callable[[Collation], Any]) -> Any:
    """An answer; what the ledger has learned since is taken in first, with a bar where that takes a while."""
    from onrecord.collate import Collation

    with open_ledger(ledger, create=False) as kept:
        collation = Collation(kept)
        with counting("collating") as done:
            collation.update(done)
        return question(collation)


def is_group(name: str) -> bool:
    """Is this the id of a happening or of a group of copies?"""
    return _GROUP.fullmatch(name) is not None


def explain_group(name: str, as_known_on: str | None, ledger: str | None, as_json: bool) -> None:
    """Show a happening with its accounts side by side, or a group of copies.

    Raises:
        RecordNotFoundError: OR-L04 there is none of this id.
    """
    from onrecord.cli.view import collated_explain as view

    if name.startswith("h"):
        found = ask(ledger, lambda collation: collation.accounts(name, as_known_on))
        if as_json:
            put_line(json.dumps(view.happening_json(*found), ensure_ascii=False))
        else:
            view.print_happening(output(), *found)
        return
    entry = ask(ledger, lambda collation: collation.copy_group(name, as_known_on))
    if as_json:
        put_line(json.dumps(entry.to_json(), ensure_ascii=False))
    else:
        view.print_copies(output(), entry)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error where that is a terminal; it shows as soon as there is more than a moment's work."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # standard output is never redirected: it may go to a file while the bar shows
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(what, visible=False)
        yield lambda done, total: progress.update(task, completed=done, total=total, visible=True)


@click.command()
@click.option("--rebuild", is_flag=True, help="Forget what was derived and make it anew; the result is the same.")
@click.option("--json", "as_json", is_flag=True, help="The tally as one JSON object.")
@ledger_option
def collate(rebuild: bool, as_json: bool, ledger: str | None) -> None:
    """Join what reports tell together: copies, actors, happenings, links.

    Every view does this by itself for what is new; after a large `onrecord add` it is kinder to do it once, here.
    """
    from onrecord.collate import Collation

    with open_ledger(ledger, create=False) as kept:
        collation = Collation(kept)
        with counting("collating") as done:
            taken = collation.rebuild(done) if rebuild else collation.update(done)
        tally = {"taken_in": taken, **collation.tally()}
    if as_json:
        put_line(json.dumps(tally))
    else:
        from onrecord.cli.view.collated import print_tally

        print_tally(output(), tally)


def _story(query: tuple[str, ...], as_json: bool, ledger: str | None, **filters: Any) -> None:
    from onrecord.collate.story import story as told

    most = filters.pop("limit")
    filters |= {"limit": most, "part": most} if most or as_json else {"limit": TOLD, "part": PART}
    page = ask(ledger, lambda collation: told(collation, " ".join(query), **filters))
    if as_json:
        put_line(json.dumps(page.to_json(), ensure_ascii=False))
    else:
        from onrecord.cli.view.collated_story import print_story

        print_story(output(), page)


_HELP = """Print one story's page: the timeline, who says what, where accounts differ.

QUERY is one or more words; a happening belongs to the story where its sentences hold all of them.  Where there are
many, the page holds those of which most reports tell.
"""
_PART = f"At most so many in each part. Default: {TOLD} happenings, {PART} of the rest; with --json, all."
_QUERY = click.argument("query", nargs=-1, required=True)
_ONE = click.option("--json", "as_json", is_flag=True, help="The page as one JSON object.")
story: click.Command = click.command("story", help=_HELP)(
    _QUERY(_with(_story, ("actor", "place", "since", "until"), _PART, _ONE))
)
