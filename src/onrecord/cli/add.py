"""`onrecord add`: reports in, readings kept in the ledger."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.common import (
    Services,
    Tally,
    input_options,
    ledger_option,
    open_ledger,
    put_line,
    readings,
    state_path,
)
from onrecord.cli.engine_options import engine_options, in_parts

if TYPE_CHECKING:
    from onrecord.intake import Intaken, Item
    from onrecord.intake.resume import Resume
    from onrecord.ledger import Ledger
    from onrecord.records import Reading

BATCH = 32
"""Reports that are kept in one transaction: as many as are read at once."""


@click.command()
@input_options
@ledger_option
@engine_options
@click.option("--resume", is_flag=True, help="Go on where an earlier run with --resume was cut off.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON per report: its id and what was new.")
@click.pass_context
def add(
    ctx: click.Context, /, files: tuple[str, ...], ledger: str | None, resume: bool, as_json: bool, **given: Any
) -> None:
    """Read reports into the ledger. Adding the same report twice changes nothing.

    INPUTs are as for `onrecord read`, or the Parquet files that `onrecord bulk` makes. A report in another language than English is kept unread; a withdrawal or a
    new version from a wire takes effect on what came before. The tally tells what became of every item.
    """
    tally = Tally()
    with ExitStack() as stack:
        kept = stack.enter_context(open_ledger(ledger, create=True))
        keeper = _Keeper(kept, as_json, _resume(stack, ledger) if resume else None)
        after = keeper.resume.after if keeper.resume else None
        services = ctx.obj or Services()
        try:
            parts = [file for file in files if file.endswith(".parquet")]
            others = tuple(file for file in files if file not in parts)
            read = readings(others, given, services, tally, prints=as_json, after=after, keeps_unread=True)
            for result in chain(in_parts(parts, tally), read if others else ()):
                keeper.take(result)
            keeper.flush()
            if keeper.resume:
                keeper.resume.finish()
        except KeyboardInterrupt:
            keeper.flush()
            click.echo("onrecord: interrupted; what was told as kept is in the ledger", err=True)
            raise
        finally:
            keeper.tell(tally)
    if resume and not tally.read and not tally.rejected:
        click.echo("onrecord: all of it has been taken in before", err=True)
        return
    tally.finish()


def _resume(stack: ExitStack, ledger: str | None) -> Resume:
    from onrecord.intake.resume import Resume
    from onrecord.intake.state import State

    return Resume(stack.enter_context(State(state_path(ledger))))


class _Keeper:
    """Gathers what was read and keeps it batch by batch."""

    def __init__(self, ledger: Ledger, as_json: bool, resume: Resume | None) -> None:
        self.resume = resume
        self._ledger = ledger
        self._as_json = as_json
        self._pairs: list[tuple[Item, Reading | None]] = []
        self._taken: list[Intaken] = []
        self._count: Counter[str] = Counter()

    def take(self, result: Any) -> None:
        """One item with its reading, or a rejection."""
        if isinstance(result, tuple):
            self._pairs.append(result)
            self._taken.append(result[0])
        else:
            self._taken.append(result)
        if len(self._taken) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Keep what has been gathered, then tell of it."""
        from onrecord.cli.keeping import keep

        pairs, taken = self._pairs, self._taken
        self._pairs, self._taken = [], []
        done = keep(self._ledger, pairs) if pairs else []
        if self.resume and taken:
            self.resume.acknowledge(taken)
        for one in done:
            self._count[one.outcome] += 1
            if self._as_json:
                put_line(one.line())

    def tell(self, tally: Tally) -> None:
        """The tally: for people on standard output, beside JSON on standard error."""
        from onrecord.cli.keeping import told

        self._count["embargoed"], self._count["rejected"] = tally.embargoed, tally.rejected - tally.embargoed
        if sum(self._count.values()):
            click.echo(told(self._count), err=self._as_json)
