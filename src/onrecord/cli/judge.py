"""`onrecord judge`: what people decide on records and groups, kept apart from the readings and put on top of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.collated import ask
from onrecord.cli.common import ledger_option, open_ledger, put_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.ledger import Judgement

_DONE = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "merge": "merged", "split": "kept apart",
}  # fmt: skip


@click.group()
def judge() -> None:
    """Decide on what was read: accept, correct or reject a record, merge or split actors and happenings.

    A judgement is kept with who decided, when and why. The reading stays as it is; lists show the judgement on top of
    it, also when the report is read again. `onrecord show judgements` lists them.
    """


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    options: tuple[Callable[[Any], Any], ...] = (
        click.option(
            "--who", required=True, metavar="NAME", envvar="ONRECORD_WHO", show_envvar=True, help="Who decides."
        ),
        click.option("--why", required=True, metavar="WORDS", help="The reason, in a few words."),
        click.option("--json", "as_json", is_flag=True, help="The judgement as one JSON object."),
        ledger_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def _tell(judgement: Judgement, named: str, as_json: bool) -> None:
    if as_json:
        put_line(json.dumps(judgement.to_json(), ensure_ascii=False))
    else:
        click.echo(f"{named}: {_DONE[judgement.action]} by {judgement.who}")


def _on_record(action: str, help_text: str) -> click.Command:
    @click.command(action, help=help_text)
    @click.argument("record_id", metavar="RECORD-ID")
    @_signed
    def command(record_id: str, who: str, why: str, as_json: bool, ledger: str | None) -> None:
        with open_ledger(ledger, create=False) as kept:
            _tell(kept.judge(action, record_id, who=who, why=why), record_id, as_json)

    return command


@judge.command()
@click.argument("record_id", metavar="RECORD-ID")
@click.option(
    "--set", "settings", required=True, multiple=True, metavar="FIELD=VALUE",
    help="A field and what it should be: as JSON, or as plain words. May be given several times.",
)  # fmt: skip
@_signed
def correct(record_id: str, settings: tuple[str, ...], who: str, why: str, as_json: bool, ledger: str | None) -> None:
    """Set fields of a record right; lists then show and find it with them.

    Fields and values are those of the codebook: `--set status=occurred`, `--set 'actors=["a2"]'`, `--set low=12`.
    """
    fields = dict(_setting(setting) for setting in settings)
    with open_ledger(ledger, create=False) as kept:
        _tell(kept.judge("correct", record_id, who=who, why=why, fields=fields), record_id, as_json)


def _setting(setting: str) -> tuple[str, Any]:
    name, equals, value = setting.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{setting!r} is not FIELD=VALUE", param_hint="--set")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value  # plain words need no quotes


def _on_group(action: str, help_text: str) -> click.Command:
    @click.command(action, help=help_text)
    @click.argument("kind", type=click.Choice(("actors", "happenings")))
    @click.argument("ids", nargs=-1, required=True, metavar="ID ID...")
    @_signed
    def command(kind: str, ids: tuple[str, ...], who: str, why: str, as_json: bool, ledger: str | None) -> None:
        if len(set(ids)) < 2:
            raise click.UsageError(f"to {action} {kind}, name two different ones at least")
        judged = ask(ledger, lambda collation: collation.judge(action, kind, ids, who=who, why=why))
        _tell(judged, " ".join(ids), as_json)

    return command


judge.add_command(_on_record("accept", "Say that a record is right as it is shown."))
judge.add_command(_on_record("reject", "Take a record from the lists; `onrecord explain` still shows it."))
judge.add_command(_on_group("merge", "Say that some actors or happenings are one."))
judge.add_command(_on_group("split", "Say that some actors or happenings are not one."))
