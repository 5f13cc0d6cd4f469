"""What collate answers as rows of one table each, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.cli.view.flat import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAPPENING = (
    "id", "type", "modes", "status", "begin", "until", "dated_by", "reported", "actors", "recipients", "others",
    "places", "standing", "reports", "outlets", "origins", "sides", "sources", "denied_by", "figures", "accounts",
    "record", "words", "sentence",
)  # fmt: skip
_END = ("id", "report", "source", "origin", "outlet", "said", "start", "end", "text")
_LINK = ("kind", "field", "group", "about", *(f"{side}_{name}" for side in "ab" for name in _END))
COLUMNS: dict[str, tuple[str, ...]] = {
    "happenings": _HAPPENING,
    "disputes": ("happening", "begin", "until", "type", "places", *_LINK),
    "copies": ("id", "origin", "title", "agency", "publisher", "first", "last", "reports", "outlets", "keys"),
    "actors": ("id", "name", "kind", "country", "sector", "side", "reports", "first", "last"),
    "links": _LINK,
    "changes": ("change", *_HAPPENING, "was_standing", "was_reports", "was_begin", "was_until"),
}
"""The columns of each view.  Several values in one cell are joined by "; "; a dispute has a row for each pair of words
that stand against each other."""


def csv_lines(view: str, entries: Sequence[Any]) -> Iterator[str]:
    """The header and the lines of the entries, without line ends."""
    yield csv_line(COLUMNS[view])
    for entry in entries:
        for cells in _rows(view, entry):
            yield csv_line([cells.get(column) for column in COLUMNS[view]])


def _rows(view: str, entry: Any) -> Iterator[dict[str, Any]]:
    data = entry.to_json()
    if view == "links":
        yield _link(data)
    elif view == "disputes":
        h = data["happening"] or {"id": None, "begin": data["day"], "until": data["day"]}
        own = {"happening": h["id"], **{name: h.get(name) for name in ("begin", "until", "type", "places")}}
        for link in data["links"]:
            yield own | _link(link)
    elif view == "changes":
        was = data["was"] or {}
        before = {f"was_{name}": was.get(name) for name in ("standing", "reports", "begin", "until")}
        yield {"change": data["kind"], **data["happening"], **before}
    else:
        yield data


def _link(data: dict[str, Any]) -> dict[str, Any]:
    ends = {f"{side}_{name}": data[side][name] for side in "ab" for name in _END}
    return {name: data[name] for name in ("kind", "field", "group", "about")} | ends
