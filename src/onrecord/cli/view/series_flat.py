"""Series, histories, tracks and timelines as rows of one table each, for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.cli.view.flat import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS: dict[str, tuple[str, ...]] = {
    "series": (
        "series", "measure", "change", "population", "area", "place", "unit", "source", "name", "side", "phase", "since",
        "restart", "as_of", "dated_by", "reported", "low", "high", "relation", "stories", "outlets", "revises", "members",
        "text", "sentence",
    ),
    "history": (
        "party", "party_name", "issue", "day", "last", "dated_by", "stance", "extent", "gives", "toward", "guarantors",
        "past", "told_by", "voices", "stories", "changes", "members", "text", "sentence",
    ),
    "tracks": (
        "track", "parties", "kind", "name", "stage", "begin", "until", "status", "who", "mediators", "places", "voices",
        "stories", "members", "sentence",
    ),
    "timeline": ("day", "score", "reports", "later", "report", "line"),
}  # fmt: skip
"""The columns of each view.  A row is a point of a line, an entry of a history, an account of a round, a move or a step
of an agreement, a day.  Several values in one cell are joined by "; "."""


def csv_lines(view: str, entries: Sequence[Any]) -> Iterator[str]:
    """The header and the lines of the entries, without line ends."""
    yield csv_line(COLUMNS[view])
    rows = {"series": _series, "history": _history, "tracks": _track}.get(view, _itself)
    for entry in entries:
        for cells in rows(entry.to_json()):
            yield csv_line([cells.get(column) for column in COLUMNS[view]])


def _itself(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield data


def _series(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    own = {n: data[n] for n in ("measure", "change", "population", "area", "place", "unit")} | {"series": data["id"]}
    for line in data["lines"]:
        who = {name: line[name] for name in ("source", "name", "side")}
        for point in line["points"]:
            phase = line["phases"][point["phase"] - 1]
            yield own | who | point | {"since": phase["since"], "restart": phase["restart"]}


def _history(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    own = {"party": data["party"]["id"], "party_name": data["party"]["name"], "issue": data["issue"]}
    for stand in data["stands"]:
        yield own | stand | {
            "gives": [" ".join((*g["extent"], g["issue"])) for g in stand["gives"]],
            "toward": _names(stand["toward"]), "guarantors": _names(stand["guarantors"]),
            "voices": _names(stand["voices"]),
            "changes": [f"{c['field']}: {c['before']} > {c['after']}" for c in stand["changes"]],
        }  # fmt: skip


def _track(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    own = {"track": data["id"], "parties": _names(data["parties"])}
    for r in data["rounds"]:
        about = {"kind": "round", "begin": r["begin"], "until": r["until"], "who": _names(r["parties"])}
        about |= {"mediators": _names(r["mediators"]), "places": r["places"], "stories": r["stories"]}
        for o in r["outcomes"]:
            yield own | about | _told(o) | {"status": o["outcome"]}
    for m in data["moves"]:
        yield (
            own
            | m
            | _told(m)
            | {"kind": "delegation", "begin": m["day"], "until": m["day"], "who": _names(m["parties"])}
            | own
        )
    for d in data["deals"]:
        about = {"kind": "agreement", "name": d["name"], "stories": d["stories"]}
        for s in d["steps"]:
            yield own | about | _told(s) | {"status": s["status"], "begin": s["day"]}
        for g in d["stages"]:
            for s in g["steps"]:
                yield own | about | _told(s) | {"stage": g["ordinal"], "status": s["status"], "begin": s["day"]}


def _told(data: dict[str, Any]) -> dict[str, Any]:
    return {"voices": _names(data["voices"]), "members": data["members"], "sentence": data["sentence"]}


def _names(found: list[dict[str, Any]]) -> list[str]:
    return [entry["name"] for entry in found]
