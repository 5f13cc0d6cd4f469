"""When to ask again: pure decisions of the feed poller."""

from __future__ import annotations

from datetime import datetime

LONGEST = 24 * 3600.0
MAX_TRIES = 8
"""An article that could not be had so often is given up: with the pauses below, after about two days."""
_FIRST_RETRY = 600.0


def next_poll(now: float, every: float, failures: int, retry_after: float | None) -> float:
    """When to poll a feed next, after a poll at `now`.

    Each failure in a row doubles the pause, up to a day; a server that names a time is obeyed, whatever it is.
    """
    pause = min(every * 2.0 ** min(failures, 16), max(LONGEST, every))
    return now + max(pause, retry_after or 0.0)


def next_try(now: float, tries: int, until: str | None) -> float | None:
    """When to try an article again that failed for the `tries`th time; None to give it up.

    `until` is the ISO date-time before which there is no use in trying (an embargo, the server's wish).
    """
    if until is not None:
        return max(now, datetime.fromisoformat(until).timestamp())
    if tries >= MAX_TRIES:
        return None
    return now + min(_FIRST_RETRY * 2.0 ** max(tries - 1, 0), LONGEST)
