"""What tests of several packages share: a PostgreSQL server, and places for empty ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postgres import NoServerError, emptied, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL database that tests may empty; without a server, the test says so and is skipped."""
    running = server()
    try:
        url = running.__enter__()
    except NoServerError as error:
        pytest.skip(str(error))
    try:
        yield url
    finally:
        running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty ledger can be made, in both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    url: str = request.getfixturevalue("postgres")
    return emptied(url)
