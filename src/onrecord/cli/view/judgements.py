"""People's judgements for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.cli.view.words import STYLES, join, line, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from onrecord.ledger import Judged, Judgement

_DAY = len("2025-05-22")
_DONE = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


def print_judgements(console: Console, found: Sequence[Judgement]) -> None:
    """Print judgements, the first first."""
    if not found:
        console.print("Nobody has decided on anything.")
    for judgement in found:
        console.print(
            join(
                Text(judgement.added_at[:_DAY], STYLES["time"]), line(judgement.who), judgement.action, _what(judgement)
            )
        )
        console.print(Text(f"  {line(judgement.why)}"))


def judged_shortly(judged: Judged) -> str:
    """ "corrected by Ada": for lists."""
    return f"{_DONE[judged.action]} by {line(judged.who)}"


def judged_line(judged: Judged) -> str:
    """ "rejected by Ada on 2026-03-01: no such strike"."""
    fields = f" ({', '.join(judged.fields)})" if judged.fields else ""
    return f"{_DONE[judged.action]} by {line(judged.who)} on {judged.when[:_DAY]}{fields}: {line(judged.why)}"


def _what(judgement: Judgement) -> str:
    if judgement.report_id is None:
        return " ".join((judgement.kind, *judgement.target["ids"]))
    key = judgement.report_id.removeprefix("sha256:")[:12]
    fields = _fields((judgement.value or {}).get("fields", {}).items())
    return f"{key}:{judgement.target['record']} {quote([judgement.target['main'][2]])}{fields}"


def _fields(changed: Iterable[tuple[str, object]]) -> str:
    told = ", ".join(f"{name} = {line(str(value))}" for name, value in changed)
    return f" → {told}" if told else ""
