"""The polite fetcher: robots.txt, redirects one by one, and a pause between requests to one host."""

from __future__ import annotations

import ssl
import time
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from onrecord.intake.address import Resolver, check_url, resolve
from onrecord.intake.decode import decode
from onrecord.intake.fetch import AGENT, Fetched, Limits, Unfetched
from onrecord.intake.http_transport import request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from protego import Protego

_ROBOTS_BYTES = 512 * 1024
"""RFC 9309 asks for at least 500 KiB."""
_ROBOTS_SECONDS = 24 * 3600.0
_FAULT_SECONDS = 600.0
"""After so long, a robots.txt that could not be had is asked for again."""
_LONGEST_DELAY = 60.0
_CLIENT_FAULT, _SERVER_FAULT = 400, 500


class HttpFetcher:
    """A `Fetcher` over httpx2 and protego (extra `onrecord[fetch]`).

    Args:
        limits: of every single request.
        allow_private: whether addresses in private networks may be fetched.
        resolver: host and port -> addresses.
        clock, sleep: seconds that only go on, and waiting for some; for tests.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allow_private: bool = False,
        resolver: Resolver = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._allow_private = allow_private
        self._resolver = resolver
        self._clock, self._sleep = clock, sleep
        self._context = ssl.create_default_context()
        self._robots: dict[str, _Rules] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Fetched | Unfetched:
        """As the protocol says."""
        target = urldefrag(url)[0] if "#" in url else url
        for _ in range(self._limits.redirects + 1):
            if wrong := check_url(target):
                return Unfetched(url=url, code="OR-I30", message=_via(wrong, target, url))
            rules = self._rules(target)
            if rules.refused is not None:
                return Unfetched(url=url, code=rules.refused.code, message=_via(rules.refused.message, target, url))
            if not rules.allow(target):
                return Unfetched(url=url, code="OR-I32", message=_via("robots.txt forbids it", target, url))
            answer = self._ask(target, headers or {}, self._limits, rules.delay)
            if isinstance(answer, Unfetched):
                return Unfetched(
                    url=url, code=answer.code, message=_via(answer.message, target, url), status=answer.status,
                    retry_after=answer.retry_after,
                )  # fmt: skip
            if "location" not in answer.headers or answer.status not in _MOVED:
                return answer
            target = urldefrag(_joined(target, answer.headers["location"]))[0]
        return Unfetched(url=url, code="OR-I36", message=f"more than {self._limits.redirects} redirects")

    def _ask(self, url: str, headers: Mapping[str, str], limits: Limits, delay: float) -> Fetched | Unfetched:
        host = urlsplit(url).netloc.lower()
        pause = max(delay, self._limits.host_delay) - (self._clock() - self._asked.get(host, float("-inf")))
        if pause > 0:
            self._sleep(pause)
        answer = request(url, headers, limits, self._context, self._resolver, self._allow_private)
        self._asked[host] = self._clock()
        return answer

    def _rules(self, url: str) -> _Rules:
        """What the host's robots.txt says; kept for a day."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        kept = self._robots.get(origin)
        if kept is None or kept.until < self._clock():
            kept = self._robots[origin] = self._fetch_rules(origin)
        return kept

    def _fetch_rules(self, origin: str) -> _Rules:
        """RFC 9309: no robots.txt allows everything, one that cannot be had for now forbids everything for now."""
        limits = Limits(max_bytes=_ROBOTS_BYTES, seconds=self._limits.seconds, redirects=5)
        target = f"{origin}/robots.txt"
        answer: Fetched | Unfetched
        for _ in range(limits.redirects + 1):
            if check_url(target):
                return _Rules(None, self._clock() + _ROBOTS_SECONDS)
            answer = self._ask(target, {}, limits, 0.0)
            if isinstance(answer, Unfetched):
                return self._without_rules(answer)
            if answer.status not in _MOVED or "location" not in answer.headers:
                text, _ = decode(answer.body)
                return _Rules(text, self._clock() + _ROBOTS_SECONDS)
            target = _joined(target, answer.headers["location"])
        return _Rules(None, self._clock() + _ROBOTS_SECONDS)

    def _without_rules(self, answer: Unfetched) -> _Rules:
        missing = answer.code == "OR-I37" and _CLIENT_FAULT <= (answer.status or 0) < _SERVER_FAULT
        if missing or answer.code == "OR-I35":
            return _Rules(None, self._clock() + _ROBOTS_SECONDS)
        message = answer.message if answer.code == "OR-I31" else f"its robots.txt cannot be had: {answer.message}"
        code = answer.code if answer.code in {"OR-I31", "OR-I33", "OR-I34"} else "OR-I38"
        refused = Unfetched(url=answer.url, code=code, message=message)
        return _Rules(None, self._clock() + (0.0 if code == "OR-I31" else _FAULT_SECONDS), refused)


_MOVED = frozenset({301, 302, 303, 307, 308})


class _Rules:
    """One host's robots.txt; without a text, everything is allowed unless the host is `refused` altogether."""

    def __init__(self, text: str | None, until: float, refused: Unfetched | None = None) -> None:
        self.until = until
        self.refused = refused
        self._protego = _parsed(text) if text else None
        asked = self._protego.crawl_delay(AGENT) if self._protego else None
        self.delay = min(float(asked or 0.0), _LONGEST_DELAY)

    def allow(self, url: str) -> bool:
        return self._protego is None or self._protego.can_fetch(url, AGENT)


def _parsed(text: str) -> Protego | None:
    from protego import Protego

    return Protego.parse(text)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location


def _via(message: str, target: str, url: str) -> str:
    """The message, with the address that a redirect led to where that is another."""
    return message if target == url else f"{message}, after a redirect to {target}"
