"""Feeds into new articles, politely and across restarts: what is due, what came, what became of it.

A poll writes the feed's ETag and its new entries in one transaction, so that an entry is never lost between the
server's "nothing has changed" and us.  An entry stays open until the caller settles it, which it does when the ledger
has acknowledged its article.
"""

from __future__ import annotations

import dataclasses
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.intake.feed import Entry, Feed, NotAFeedError, parse_feed
from onrecord.intake.fetch import Fetched, Unfetched
from onrecord.intake.items import Item, Rejected
from onrecord.intake.open import embargoed
from onrecord.intake.schedule import next_poll, next_try
from onrecord.intake.web import article_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from onrecord.intake.feed_list import WatchedFeed
    from onrecord.intake.fetch import Fetcher
    from onrecord.intake.items import Intaken
    from onrecord.intake.state import State

_GONE = 410
_OURS = frozenset({"OR-I05", "OR-I30", "OR-I31"})
"""Codes of what was never asked of the server."""
_FEED = (
    "INSERT INTO feeds (url, etag, modified, checked_at, next_at, failures, gone, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, modified = excluded.modified, "
    "checked_at = excluded.checked_at, next_at = excluded.next_at, failures = excluded.failures, "
    "gone = excluded.gone, title = coalesce(excluded.title, title)"
)
_ENTRY = (
    "INSERT INTO entries (feed, key, mark, data) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (feed, key) DO UPDATE SET mark = excluded.mark, data = excluded.data, outcome = NULL, code = NULL, "
    "tries = 0, next_at = 0"
)
_SETTLE = "UPDATE entries SET outcome = ?, code = ?, data = NULL WHERE feed = ? AND key = ? AND mark = ?"
_RETRY = "UPDATE entries SET tries = ?, next_at = ?, code = ? WHERE feed = ? AND key = ? AND mark = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What asking a feed gave: `outcome` is new, unchanged, failed, gone, or waiting (not asked).

    `code` and `message` say why it failed, or what of it is damaged (OR-I42) where the rest was taken.
    """

    feed: WatchedFeed
    outcome: str
    title: str | None = None
    entries: int = 0
    fresh: int = 0
    code: str | None = None
    message: str | None = None
    next_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An open entry of a feed; `tries` is how often its article could not be had."""

    feed: WatchedFeed
    title: str | None
    entry: Entry
    mark: str
    tries: int


class Poller:
    """Polls feeds one after another.

    Args:
        state: what was known before.
        fetcher: fetches feeds and articles.
        clock: the time of day, in seconds since 1970.
    """

    def __init__(self, state: State, fetcher: Fetcher, clock: Callable[[], float] = time.time) -> None:
        self._state, self._fetcher, self._clock = state, fetcher, clock

    def is_due(self, feed: WatchedFeed, *, once: bool = False) -> bool:
        """Is it time to poll this feed?  A single run (`once`) asks every feed, but for those that failed or asked for a
        pause and whose pause is not over.
        """
        known = self._known(feed)
        if known is None:
            return True
        if known["gone"]:
            return False
        return bool(known["next_at"] <= self._clock() or (once and not known["failures"]))

    def waiting(self, feed: WatchedFeed) -> Poll:
        """What to tell of a feed that is not asked now."""
        known = self._known(feed) or {}
        return Poll(
            feed=feed,
            outcome="gone" if known.get("gone") else "waiting",
            title=known.get("title"),
            next_at=known.get("next_at", 0.0),
        )

    def next_time(self, feeds: Iterable[WatchedFeed]) -> float | None:
        """When the next feed or article is due; None when nothing ever will be."""
        moments: list[float] = []
        for feed in feeds:
            known = self._known(feed)
            if known is None:
                return self._clock()
            moments += [] if known["gone"] else [known["next_at"]]
            query = "SELECT min(next_at) AS first FROM entries WHERE feed = ? AND outcome IS NULL"
            moments += [row["first"] for row in self._state.rows(query, feed.url) if row["first"] is not None]
        return min(moments, default=None)

    def poll(self, feed: WatchedFeed) -> Poll:
        """Ask a feed whether it has changed and note its new entries; never raises for what the server does."""
        known = self._known(feed) or {}
        headers = {"Accept": "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"}
        if known.get("etag"):
            headers["If-None-Match"] = known["etag"]
        if known.get("modified"):
            headers["If-Modified-Since"] = known["modified"]
        answer = self._fetcher.fetch(feed.url, headers)
        if isinstance(answer, Unfetched):
            return self._failed(feed, known, answer)
        if answer.status != _OK:
            return self._note(feed, known, Poll(feed=feed, outcome="unchanged", title=known.get("title")), answer)
        try:
            found = parse_feed(answer.body, answer.url, answer.headers.get("content-language"))
        except NotAFeedError as error:
            return self._failed(feed, known, Unfetched(url=feed.url, code="OR-I40", message=str(error)))
        fresh = self._fresh(feed, found.entries)
        poll = Poll(
            feed=feed,
            outcome="new" if fresh else "unchanged",
            title=found.title,
            entries=len(found.entries),
            fresh=len(fresh),
            code="OR-I42" if found.damage else None,
            message=found.damage,
        )
        return self._note(feed, known, poll, answer, fresh)

    def open_work(self, feed: WatchedFeed) -> list[Work]:
        """The entries of a feed that are to be taken in now, the oldest in the feed first."""
        query = "SELECT key, mark, data, tries FROM entries WHERE feed = ? AND outcome IS NULL AND next_at <= ? ORDER BY rowid DESC"
        title = (self._known(feed) or {}).get("title")
        return [
            Work(feed=feed, title=title, entry=Entry(**json.loads(row["data"])), mark=row["mark"], tries=row["tries"])
            for row in self._state.rows(query, feed.url, self._clock())
        ]

    def take(self, work: Work, now: datetime) -> Iterator[Intaken]:
        """The article of an entry, or why there is none; what the list says of the feed is filled in."""
        feed = Feed(title=work.feed.name or work.title, entries=())
        nothing = Rejected(
            code="OR-I10", message="there is no report at its address", origin=work.entry.url or work.feed.url
        )
        for found in list(article_items(work.entry, feed, self._fetcher, work.feed.url, fetch=work.feed.articles)) or [
            nothing
        ]:
            if isinstance(found, Item):
                filled = dataclasses.replace(
                    found,
                    publisher=work.feed.publisher or found.publisher,
                    language=found.language or work.feed.language,
                )
                yield embargoed(filled, now)
            else:
                yield found

    def settle(self, work: Work, outcome: str) -> None:
        """Note what became of an entry, once that is certain."""
        self._state.write([(_SETTLE, (outcome, None, work.feed.url, work.entry.key, work.mark))])

    def reject(self, work: Work, why: Rejected) -> float | None:
        """Note that an entry was rejected; when it will be tried again, or None when never."""
        again = None
        if why.passing or why.until is not None:
            again = next_try(self._clock(), work.tries + 1, why.until)
        place = (work.feed.url, work.entry.key, work.mark)
        if again is None:
            self._state.write([(_SETTLE, ("rejected", why.code, *place))])
        else:
            self._state.write([(_RETRY, (work.tries + 1, again, why.code, *place))])
        return again

    def _known(self, feed: WatchedFeed) -> dict[str, Any] | None:
        found = self._state.rows("SELECT * FROM feeds WHERE url = ?", feed.url)
        return found[0] if found else None

    def _fresh(self, feed: WatchedFeed, entries: Iterable[Entry]) -> list[Entry]:
        """The entries that are new or say something new."""
        rows = self._state.rows("SELECT key, mark FROM entries WHERE feed = ?", feed.url)
        marks = {row["key"]: row["mark"] for row in rows}
        fresh: dict[str, Entry] = {}
        for entry in entries:
            if marks.get(entry.key) != entry.mark:
                fresh.setdefault(entry.key, entry)
        return list(fresh.values())

    def _failed(self, feed: WatchedFeed, known: dict[str, Any], answer: Unfetched) -> Poll:
        # that we refuse an address says nothing of the server: the next run may allow it
        now, failures = self._clock(), 0 if answer.code in _OURS else known.get("failures", 0) + 1
        gone = answer.status == _GONE
        at = next_poll(now, feed.every, failures, answer.retry_after)
        row = (feed.url, known.get("etag"), known.get("modified"), now, at, failures, int(gone), None)
        self._state.write([(_FEED, row)])
        return Poll(
            feed=feed, outcome="gone" if gone else "failed", title=known.get("title"), code=answer.code,
            message=answer.message, next_at=at,
        )  # fmt: skip

    def _note(
        self, feed: WatchedFeed, known: dict[str, Any], poll: Poll, answer: Fetched, fresh: Iterable[Entry] = ()
    ) -> Poll:
        now = self._clock()
        at = next_poll(now, feed.every, 0, None)
        etag = answer.headers.get("etag", known.get("etag") if answer.status != _OK else None)
        modified = answer.headers.get("last-modified", known.get("modified") if answer.status != _OK else None)
        if poll.code is not None:  # what is damaged is asked for again, whole
            etag = modified = None
        changes: list[tuple[str, tuple[Any, ...]]] = [(_FEED, (feed.url, etag, modified, now, at, 0, 0, poll.title))]
        for entry in fresh:
            data = json.dumps(dataclasses.asdict(entry))
            changes.append((_ENTRY, (feed.url, entry.key, entry.mark, data)))
        self._state.write(changes)
        return dataclasses.replace(poll, next_at=at)


_OK = 200
