"""Scores and pinned floors -> what was missed, and new floors that never sink unseen.

`floors.json` holds the hash of the kept corpus and, per set and field, the lowest F1 that passes:
`{"corpus_sha256": "…", "floors": {"kept": {"statements": 0.81}}}`.  Pure functions, but for `load` and `save`.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from evaluation.matching import Table

MARGIN = 0.01
"""How far below the value reached a floor is pinned: retraining with another seed moves fields by about as much."""
MIN_CODED = 5
"""A field with fewer coded values gets no floor: one record more or less would move it too far."""
DIGITS = 3

FieldFloors = dict[str, float]


class FloorsError(Exception):
    """The floors cannot be used or pinned as things are; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The pinned floors and the corpus that they were reached on."""

    corpus_sha256: str | None = None
    sets: Mapping[str, FieldFloors] = field(default_factory=dict)


def load(path: Path) -> Floors:
    """The floors in a file; none at all where there is no file.

    Raises:
        FloorsError: the file is not what `save` writes.
    """
    if not path.exists():
        return Floors()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        sets = {name: {f: float(v) for f, v in fields.items()} for name, fields in data["floors"].items()}
        sha256 = data["corpus_sha256"]
        return Floors(None if sha256 is None else str(sha256), sets)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FloorsError(f"{path} is no floors file: {error!r}") from error


def save(floors: Floors, path: Path) -> None:
    """Write floors: sorted sets, fields in the order of their tables, one to a line."""
    data = {"corpus_sha256": floors.corpus_sha256, "floors": {k: floors.sets[k] for k in sorted(floors.sets)}}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def corpus_hash(path: Path) -> str:
    """SHA-256 of the kept corpus, as built.

    Raises:
        FloorsError: it is not there.
    """
    if not path.exists():
        raise FloorsError(f"there is no {path}: run `python evaluation/corpus_build.py`")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_corpus(floors: Floors, sha256: str, *, new_corpus: bool = False) -> None:
    """Nothing when the floors are pinned on this corpus.

    Raises:
        FloorsError: they were pinned on another one, and `new_corpus` does not say that this is meant.
    """
    if floors.corpus_sha256 not in (None, sha256) and not new_corpus:
        raise FloorsError(
            f"the kept corpus has changed: its hash is {sha256[:12]}…, the floors are pinned on "
            f"{str(floors.corpus_sha256)[:12]}…; if that is meant, pin again with --repin --new-corpus"
        )


def missed(floors: Floors, scores: Mapping[str, Table]) -> list[str]:
    """The pinned fields of the scored sets that are under their floor or gone, in words."""
    out: list[str] = []
    for name, table in scores.items():
        for fieldname, floor in floors.sets.get(name, {}).items():
            if fieldname not in table:
                out.append(f"{name}: {fieldname} has a floor of {floor:.3f} but was not scored")
            elif table[fieldname].f1 < floor:
                out.append(f"{name}: {fieldname} is {table[fieldname].f1:.3f}, its floor {floor:.3f}")
    return out


def repin(floors: Floors, scores: Mapping[str, Table], sha256: str | None, *, allow_regression: bool = False) -> Floors:
    """New floors: what was reached less the margin, but never under an existing floor unless that is allowed.

    Sets that were not scored keep their floors; so do fields that were not, unless regression is allowed.
    """
    sets = {name: dict(fields) for name, fields in floors.sets.items()}
    for name, table in scores.items():
        old = sets.get(name, {})
        reached = {f: _floor(row.f1) for f, row in table.items() if row.n >= MIN_CODED}
        if allow_regression:
            sets[name] = reached
        else:
            raised = {f: max(value, old.get(f, 0.0)) for f, value in reached.items()}
            sets[name] = raised | {f: value for f, value in old.items() if f not in raised}
    return Floors(sha256, sets)


def _floor(f1: float) -> float:
    scale: int = 10**DIGITS
    return max(0, math.floor((f1 - MARGIN) * scale)) / scale
