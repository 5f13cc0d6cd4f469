"""Items and readings into the ledger, with what became of each: for `onrecord add` and `onrecord watch`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from onrecord.intake.language import is_withdrawn

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from onrecord.intake import Item
    from onrecord.ledger import Ledger
    from onrecord.ledger.writer import Added
    from onrecord.records import Reading

_TOLD = {
    "added": ("new report", "new reports"),
    "superseding": ("new version of a known story", "new versions of known stories"),
    "withdrawing": ("withdrawal", "withdrawals"),
    "read again": ("known report with a new reading", "known reports with a new reading"),
    "stored unread": ("report kept unread (not English)", "reports kept unread (not English)"),
    "known": ("known already", "known already"),
    "embargoed": ("under embargo", "under embargo"),
    "rejected": ("rejected", "rejected"),
}
"""What may become of an item, in the order in which a tally tells it: one and several."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one item."""

    item: Item
    outcome: str
    key: str
    id: str | None
    new: dict[str, bool] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """What `--json` says of it."""
        told: dict[str, Any] = {"id": self.id, "key": self.key or None, "source_id": self.item.source_id, **self.new}
        return told | {"outcome": self.outcome, "language": self.item.language}

    def line(self) -> str:
        """One line of JSON."""
        return json.dumps(self.told(), ensure_ascii=False)


def keep(ledger: Ledger, pairs: Iterable[tuple[Item, Reading | None]]) -> list[Kept]:
    """Keep items with their readings, in order: readings that follow each other in one transaction.

    Items without a reading are kept unread, or take effect as withdrawals.  When this returns, the ledger has all of
    them for good.

    Raises:
        LedgerError: the ledger failed; of each item, all is there or nothing.
    """
    found = list(pairs)
    added: list[Added] = []
    for read, run in groupby(found, key=lambda pair: pair[1] is not None):
        if read:
            added += ledger.add_many([(reading, item) for item, reading in run if reading is not None])
        else:
            added += [ledger.withdraw(item) if is_withdrawn(item) else ledger.add_unread(item) for item, _ in run]
    return [_kept(item, reading, done) for (item, reading), done in zip(found, added, strict=True)]


def _kept(item: Item, reading: Reading | None, done: Added) -> Kept:
    unread = reading is None and not is_withdrawn(item)
    outcome = "stored unread" if unread and done.outcome == "added" else done.outcome
    new = {"new_report": done.new_report, "new_appearance": done.new_appearance, "new_reading": done.new_reading}
    return Kept(item, outcome, done.key, _id(item, reading), new)


def _id(item: Item, reading: Reading | None) -> str | None:
    from onrecord.records import content_id

    if reading is not None:
        return reading.report.id
    return content_id(item.text) if item.text.strip() else None


def told(count: Counter[str]) -> str:
    """A tally in words: "2 new reports, 1 known already"."""
    parts = [(count[outcome], words) for outcome, words in _TOLD.items() if count[outcome] or outcome == "added"]
    return ", ".join(f"{n:,} {words[n != 1]}" for n, words in parts)
