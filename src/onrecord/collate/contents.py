"""What a member's row holds, parsed once: the same rows are looked at with every report of the same story.

What is kept goes by the row's own JSON, so that it can never be out of date, whoever has written the row anew.
"""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from typing import Any

from onrecord.collate.accounts import Account
from onrecord.collate.links_words import Utterance
from onrecord.collate.tellings import Telling

KEPT = 6000
"""Rows that stay parsed, a good day of a country's press (some 15 KB each)."""


class Content:
    """The JSON of a member, and what it stands for.  Not to be changed: it is shared."""

    def __init__(self, line: str) -> None:
        self.data: Any = json.loads(line)

    @cached_property
    def account(self) -> Account:
        """Of an event."""
        return Account.from_json(self.data["account"])

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """Of an event."""
        return tuple(Telling.from_json(x) for x in self.data["tellings"])

    @cached_property
    def utterance(self) -> Utterance:
        """Of a statement."""
        return Utterance.from_json(self.data)


content = lru_cache(maxsize=KEPT)(Content)
"""The content of a row, by its JSON."""
