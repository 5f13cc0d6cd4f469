"""An empty ledger in either database, and its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord.ledger import Ledger
from tests.collate.ledgers import april

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes import Days


@pytest.fixture
def clock() -> Days:
    return april()


@pytest.fixture
def ledger(ledger_location: str, clock: Days) -> Iterator[Ledger]:
    with Ledger(ledger_location, clock=clock) as made:
        yield made
