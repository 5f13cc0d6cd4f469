"""Addresses into bytes: the protocol of a fetcher, its answers, and its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

AGENT = "onrecord"
"""The name that robots.txt files may speak of."""
USER_AGENT = f"{AGENT}/{version('onrecord')} (reads news for research; obeys robots.txt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost.  Defaults suit news pages, whose largest are a few megabytes."""

    max_bytes: int = 16 * 2**20
    seconds: float = 30.0
    redirects: int = 5
    host_delay: float = 1.0
    """Seconds between two requests to one host; a robots.txt may ask for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered: `status` is 200, or 304 when nothing has changed; header names are in lower case."""

    url: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """Why an address was not fetched.

    `code` is one of OR-I05 an extra is missing, OR-I30 no address that is fetched, OR-I31 a private network, OR-I32 robots.txt
    forbids it, OR-I33 no connection, OR-I34 too slow, OR-I35 too large, OR-I36 too many redirects, OR-I37 another
    status (`status`), OR-I38 the server asks to come later (`retry_after` seconds, where it says so).
    """

    url: str
    code: str
    message: str
    status: int | None = None
    retry_after: float | None = None

    @property
    def passing(self) -> bool:
        """May it go better another time?"""
        return self.code in {"OR-I33", "OR-I34", "OR-I38"} or (self.status or 0) >= _SERVER_FAULT


_SERVER_FAULT = 500


class Fetcher(Protocol):
    """Fetches one address at a time.

    `fetch` never raises for what the network or a server does.  It obeys robots.txt, keeps to its limits, waits
    between two requests to one host, and checks every redirect as if it had been asked for itself.  `headers` are
    sent along (`If-None-Match` and the like).  One fetcher serves one thread.
    """

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched | Unfetched:
        """The answer of a server, redirects followed."""
        ...
