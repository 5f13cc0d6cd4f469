"""`onrecord bulk`: archives in, Parquet of readings out."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import FAILED, SOME_REJECTED, Services, put_line, tell
from onrecord.cli.engine_options import engine_options

if TYPE_CHECKING:
    from onrecord.engines.bulk import Done
    from onrecord.intake import Rejected

_MEGABYTE = 2**20


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False))
@click.option("--out", required=True, metavar="FOLDER", type=click.Path(file_okay=False), help="Where the parts go.")
@engine_options
@click.option(
    "--split", type=click.IntRange(min=1), default=32, show_default=True, metavar="MB", help="Size of a piece of work."
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON per piece: its part and what is in it.")
@click.pass_obj
def bulk(
    services: Services | None,
    /,
    files: tuple[str, ...],
    out: str,
    engine: str,
    workers: int | None,
    split: int,
    as_json: bool,
) -> None:
    """Read archives (WARC, or any FILE that `onrecord add` takes) into a folder of Parquet files.

    Run it again after a failure: what is finished is passed over, and what was rejected in it is told again. `onrecord add FOLDER/*.parquet` takes the readings
    into a ledger.
    """
    from onrecord.engines import executor
    from onrecord.engines.bulk import read_files

    count, failed, total, kept = Counter[str](), 0, 0, 0
    reader = (services or Services()).reader
    for done in read_files(executor(engine, workers), files, Path(out), reader=reader, size=split * _MEGABYTE):
        total += 1
        held, rejected = _told_in(Path(out), done)
        kept += held
        count.update(read=done.read, unread=done.unread, rejected=len(rejected), known=done.known)
        for rejection in rejected:
            tell(rejection)
        if done.failed:
            failed += 1
            click.echo(f"{_where(done)}: {done.failed}", err=True)
        if as_json:
            put_line(json.dumps(_told(done) | {"rejected": len(rejected)}, ensure_ascii=False))
    if not as_json:
        click.echo(_summary(count, total, failed))
    if failed or count["rejected"]:
        sys.exit(SOME_REJECTED if kept else FAILED)


def _told_in(folder: Path, done: Done) -> tuple[int, list[Rejected]]:
    """How many reports the part holds that this run made or found, and what was rejected."""
    from onrecord.engines.parts import told_in_part

    if done.known or done.rejected:
        return told_in_part(folder / done.part)
    return done.read + done.unread, []


def _where(done: Done) -> str:
    return done.split.path if done.split.stop is None else f"{done.split.path}:{done.split.start}"


def _told(done: Done) -> dict[str, object]:
    return {
        "file": done.split.path, "start": done.split.start, "stop": done.split.stop, "part": done.part or None,
        "known": done.known, "read": done.read, "unread": done.unread, "rejected": done.rejected, "failed": done.failed,
    }  # fmt: skip


def _summary(count: Counter[str], total: int, failed: int) -> str:
    from onrecord.cli.view.words import count_of

    told = [f"{count_of(count['read'], 'reports')} read"]
    told += [f"{count['unread']:,} not in English"] if count["unread"] else []
    told += [f"{count['rejected']:,} rejected"] if count["rejected"] else []
    told.append(f"{count_of(total, 'pieces')} of work")
    told += [f"{count['known']:,} of them done before"] if count["known"] else []
    told += [f"{failed:,} failed"] if failed else []
    return ", ".join(told)
