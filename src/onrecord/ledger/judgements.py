"""People's decisions on records, found again in any reading of the same report and applied on top.  Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.errors import RecordError, UsageError
from onrecord.ledger.evidence import main_span, reference_kinds, references, spans
from onrecord.records import RECORD_LISTS, Figure, Identified, Reading, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ACCEPT, CORRECT, REJECT, MERGE, SPLIT = "accept", "correct", "reject", "merge", "split"
ON_RECORDS = (ACCEPT, CORRECT, REJECT)
JUDGED = ("statements", "events", "figures", "positions", "talks", "agreements")
"""The kinds of record that can be accepted, corrected and rejected."""
GROUPED = ("actors", "happenings")
"""What can be merged and split across reports."""

_KINDS = {letter: name for name, letter in RECORD_LISTS.items()}
_SIGNED = frozenset({"share", "money", "other"})
"""Measures that may be below zero: a fall, a loss.  All others count something."""
_FIXED = frozenset({"id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided.

    On a record: `report_id`, and in `target` its kind's id in the reading that was judged (`record`) and its words
    (`main`, `spans`), by which it is found again; `value` holds the corrected fields (`fields`) and, for ids among
    them, the words of what they name (`named`).  On a group: `target` holds the `ids` to be merged or kept apart.
    """

    seq: int
    id: str
    action: str
    kind: str
    report_id: str | None
    target: Mapping[str, Any]
    value: Mapping[str, Any] | None
    who: str
    why: str
    added_at: str

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has been decided on one record: the fields set, whether it is rejected, the last judgement."""

    record_id: str
    judgements: tuple[Judgement, ...]

    @property
    def rejected(self) -> bool:
        """Was it rejected, and not accepted afterwards?"""
        return self.judgements[-1].action == REJECT

    @property
    def corrections(self) -> tuple[Judgement, ...]:
        """The corrections, in order; later ones go over earlier ones."""
        return tuple(j for j in self.judgements if j.action == CORRECT)


def kind_of(record_id: str) -> str | None:
    """The list that a record's id ("s3") belongs to."""
    return _KINDS.get(record_id[:1])


def words_of(record: Identified) -> dict[str, Any]:
    """The words by which a record is found again in another reading of its report."""
    main = main_span(record)
    return {
        "main": [main.start, main.end, main.text],
        "spans": [[s.start, s.end, s.text] for s in spans(record)],
    }


def find(reading: Reading, kind: str, words: Mapping[str, Any]) -> str | None:
    """The record of a kind that stands on the same words: the most of them, the main ones or half of them at least."""
    main, wanted = tuple(words["main"]), {tuple(s) for s in words["spans"]}
    best, score = None, (False, 0)
    for record in getattr(reading, kind):
        span = main_span(record)
        same = len(wanted & {(s.start, s.end, s.text) for s in spans(record)})
        found = ((span.start, span.end, span.text) == main, same)
        if same and (found[0] or 2 * same >= len(wanted)) and found > score:
            best, score = record.id, found
    return best


def correction(reading: Reading, record: Identified, kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The `value` of a correction.

    Raises:
        UsageError: OR-U05 when the record has no such field, or the value does not belong there.
    """
    for name in fields:
        if name in _FIXED or name not in record.to_json():
            raise UsageError("OR-U05", f"{kind} have no field {name!r} that could be corrected")
    try:
        corrected = type(record).from_json(record.to_json() | dict(fields))
    except RecordError as error:
        raise UsageError("OR-U05", error.message) from error
    if isinstance(corrected, Figure) and corrected.measure not in _SIGNED and min(_bounds(corrected), default=0) < 0:
        raise UsageError("OR-U05", f"a number of {corrected.measure} cannot be below zero")
    from onrecord.records.check import problems

    wrong = problems(_replaced(reading, kind, record.id, corrected))
    before = set(problems(reading))
    if new := [p for p in wrong if p not in before]:
        raise UsageError("OR-U05", new[0].removeprefix("reading."))
    by_id = {r.id: r for r in reading.records()}
    named = {i: {"kind": _KINDS[i[0]], **words_of(by_id[i])} for _, i in references(corrected) if i in by_id}
    own = {i for _, i in references(record)}
    return {"fields": dict(fields), "named": {i: n for i, n in named.items() if i not in own}}


def _bounds(figure: Figure) -> list[float]:
    return [bound for bound in (figure.low, figure.high) if bound is not None]


def verdicts(reading: Reading, judgements: Iterable[Judgement]) -> dict[str, Verdict]:
    """Record id -> what was decided on it, for those judgements whose words stand in this reading."""
    found: dict[str, list[Judgement]] = {}
    for judgement in sorted(judgements, key=lambda j: j.seq):
        if judgement.action in ON_RECORDS and judgement.report_id == reading.report.id:
            record_id = find(reading, judgement.kind, judgement.target)
            if record_id is not None:
                found.setdefault(record_id, []).append(judgement)
    return {record_id: Verdict(record_id, tuple(some)) for record_id, some in found.items()}


def corrected(reading: Reading, record_id: str, corrections: Sequence[Judgement]) -> Reading:
    """A reading in which one record has its corrections."""
    kind = _KINDS[record_id[0]]
    record = next(r for r in getattr(reading, kind) if r.id == record_id)
    for judgement in corrections:
        value = judgement.value or {}
        fields = _renamed(value.get("fields", {}), reading, value.get("named", {}))
        record = type(record).from_json(record.to_json() | fields)
    return _replaced(reading, kind, record_id, record)


def judged(reading: Reading, judgements: Iterable[Judgement], *, keep_rejected: bool = False) -> Reading:
    """A reading with people's judgements applied: corrected fields set, rejected records and their ids left out."""
    decided = verdicts(reading, judgements)
    for record_id, verdict in decided.items():
        if verdict.corrections:
            reading = corrected(reading, record_id, verdict.corrections)
    dropped = frozenset(i for i, verdict in decided.items() if verdict.rejected)
    if not dropped or keep_rejected:
        return reading
    lists: dict[str, Any] = {
        name: tuple(_without(r, dropped) for r in getattr(reading, name) if r.id not in dropped)
        for name in RECORD_LISTS
    }
    return dataclasses.replace(reading, **lists)


def _replaced(reading: Reading, kind: str, record_id: str, record: Identified) -> Reading:
    changed = tuple(record if r.id == record_id else r for r in getattr(reading, kind))
    return dataclasses.replace(reading, **{kind: changed})  # type: ignore[arg-type]


def _renamed(fields: Any, reading: Reading, named: Mapping[str, Any]) -> Any:
    """Corrected fields with the ids that their records have in this reading."""
    if isinstance(fields, dict):
        return {name: _renamed(value, reading, named) for name, value in fields.items()}
    if isinstance(fields, list):
        return [_renamed(value, reading, named) for value in fields]
    if isinstance(fields, str) and fields in named:
        return find(reading, named[fields]["kind"], named[fields]) or fields
    return fields


def _without(record: Any, dropped: frozenset[str]) -> Any:
    """A record without the ids of some others."""
    changes: dict[str, Any] = {}
    cls: Any = type(record)
    for name, nested in reference_kinds(cls):
        value = getattr(record, name)
        if isinstance(value, tuple):
            parts = (
                tuple(_without(v, dropped) for v in value) if nested else tuple(v for v in value if v not in dropped)
            )
            new: Any = parts
        elif isinstance(value, Record):
            new = _without(value, dropped)
        else:
            new = None if value in dropped else value
        if new != value:
            changes[name] = new
    return dataclasses.replace(record, **changes) if changes else record
