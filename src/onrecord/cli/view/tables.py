"""Tables whose columns keep the width that their longest word needs, whatever the terminal's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.table import Table

from onrecord.cli.view.words import STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 1


class Column(NamedTuple):
    """A column: `least` characters at any width, up to `most` where there is room, then a share of what is left."""

    head: str
    least: int
    most: int = 0
    share: int = 0
    style: str = ""
    right: bool = False


def fitted(columns: Sequence[Column], width: int) -> Table:
    """An empty table with these columns that fills `width` characters."""
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style=STYLES["faint"])
    for column, size in zip(columns, widths(columns, width), strict=True):
        table.add_column(
            column.head,
            style=column.style,
            width=size,
            justify="right" if column.right else "left",
            overflow="fold",
        )
    return table


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """What each column gets of `width` characters, a space after each of them left out."""
    given = [column.least for column in columns]
    left = max(0, width - sum(given) - _GAP * len(columns))
    for i, column in enumerate(columns):
        more = min(left, max(0, column.most - column.least))
        given[i] += more
        left -= more
    shares = sum(column.share for column in columns)
    for i, column in enumerate(columns):
        more = left * column.share // shares if shares else 0
        given[i] += more
    return given
