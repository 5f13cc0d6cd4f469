"""People's judgements for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from onrecord.cli.view.flat import csv_line
from onrecord.cli.view.words import STYLES, join, line, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
        console.print(Padding(Text(line(judgement.why)), (0, 0, 0, 2)))


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
    fields = _fields((judgement.value or {}).get("fields", {}).items())
    return f"{_target(judgement)} {quote([told_words(judgement)])}{fields}"


def told_words(judgement: Judgement) -> str:
    """The words of the record that was judged, as they follow each other; "" for a group.

    Of spans within each other the widest are told: a cue alone ("said") says nothing.
    """
    told: list[tuple[int, int, str]] = []
    for start, end, text in sorted(judgement.target.get("spans", ()), key=lambda span: (span[0], -span[1])):
        if not told or start >= told[-1][1]:
            told.append((start, end, text))
    return " … ".join(line(text) for *_, text in told)


COLUMNS = (
    "id", "added_at", "who", "action", "kind", "target", "words", "fields", "why",
)  # fmt: skip
"""What `csv_lines` tells of each; `target` is the record's id, or the ids of a group joined by "; "."""


def csv_lines(found: Iterable[Judgement]) -> Iterator[str]:
    """The header and a line per judgement, without line ends."""
    yield csv_line(COLUMNS)
    for j in found:
        fields = json.dumps(changed, ensure_ascii=False) if (changed := (j.value or {}).get("fields")) else None
        cells = (j.id, j.added_at, j.who, j.action, j.kind, _target(j), told_words(j), fields, j.why)
        yield csv_line(cells)


def _target(judgement: Judgement) -> str:
    if judgement.report_id is None:
        return "; ".join(judgement.target["ids"])
    return f"{judgement.report_id.removeprefix('sha256:')[:12]}:{judgement.target['record']}"


def _fields(changed: Iterable[tuple[str, object]]) -> str:
    told = ", ".join(f"{name} = {line(str(value))}" for name, value in changed)
    return f" → {told}" if told else ""
