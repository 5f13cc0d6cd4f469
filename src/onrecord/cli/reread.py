"""`onrecord reread`: known reports read again by the reader that is installed now."""

from __future__ import annotations

import click

from onrecord.cli.common import Services, Tally, ledger_option, open_ledger
from onrecord.cli.engine_options import engine_options


@click.command()
@ledger_option
@engine_options
@click.pass_obj
def reread(services: Services | None, /, ledger: str | None, engine: str, workers: int | None) -> None:
    """Read again what another version of the reader has read. Earlier readings stay; the new ones answer.

    What people decided on records is found again by its words. Run it again if it was cut off.
    """
    from onrecord.cli.view.words import count_of
    from onrecord.engines import executor
    from onrecord.engines.reread import reread as read_again
    from onrecord.intake import Rejected

    tally = Tally()
    with open_ledger(ledger, create=False) as kept:
        for result in read_again(executor(engine, workers), kept, reader=(services or Services()).reader):
            if isinstance(result, Rejected):
                tally.reject(result)
            else:
                tally.read += 1
    click.echo(f"{count_of(tally.read, 'reports')} read again")
    if tally.rejected:
        tally.finish()
