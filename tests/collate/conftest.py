"""An empty ledger in either database, and its clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord.ledger import Ledger
from tests.collate.ledgers import Clock
from tests.postgres import emptied

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["memory", "postgresql"])
def location(request: pytest.FixtureRequest) -> str:
    """Where an empty ledger can be made."""
    if request.param == "memory":
        return ":memory:"
    url: str = request.getfixturevalue("postgres")
    return emptied(url)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(location: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger(location, clock=clock) as made:
        yield made
