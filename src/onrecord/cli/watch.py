"""`onrecord watch`: feeds asked again and again, their new articles kept in the ledger."""

from __future__ import annotations

import json
import signal
import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.common import Services, Tally, ledger_option, open_ledger, private_option, put_line, state_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.intake import Item, Rejected
    from onrecord.intake.feed_list import WatchedFeed
    from onrecord.intake.fetch import Fetcher
    from onrecord.intake.poller import Poll, Poller, Work
    from onrecord.ledger import Ledger
    from onrecord.records import Reading

BATCH = 16
"""Articles that are fetched before they are read and kept together: some seconds of fetching."""
_LONGEST_SLEEP = 60.0


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option("--once", is_flag=True, help="Ask every feed once and end (for cron).")
@click.option("--state", metavar="PATH", help="Where to remember what was seen. Default: beside the ledger.")
@ledger_option
@private_option
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each feed asked and each article.")
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    feeds: tuple[str, ...],
    once: bool,
    state: str | None,
    ledger: str | None,
    allow_private: bool,
    as_json: bool,
) -> None:
    """Read the new articles of feeds into the ledger, as they come.

    FEEDS is a list in TOML or OPML, or a feed's address. Feeds are RSS, Atom or JSON Feed; the page of each new entry
    is fetched and its article read. What was seen is remembered, so that a run goes on where the last one ended. Stop
    it with Ctrl-C.
    """
    from onrecord.intake.feed_list import feed_lists
    from onrecord.intake.poller import Poller
    from onrecord.intake.state import State

    services = ctx.obj or Services()
    watched = feed_lists(feeds)
    with open_ledger(ledger, create=True) as kept, State(state or state_path(ledger)) as known:
        watcher = _Watcher(Poller(known, _fetcher(services, allow_private)), kept, services, as_json)
        with _stopped_by_signal():
            try:
                _watch(watcher, watched, once)
            except KeyboardInterrupt:
                click.echo("onrecord: stopped; what was told is in the ledger", err=True)
        watcher.finish(once)


def _watch(watcher: _Watcher, feeds: list[WatchedFeed], once: bool) -> None:
    for feed in feeds:
        watcher.visit(feed, once=once)
    while not once:
        due = watcher.poller.next_time(feeds)
        if due is None:
            click.echo("onrecord: there is no feed left to ask", err=True)
            return
        pause = due - time.time()
        if pause > 0:
            time.sleep(min(pause, _LONGEST_SLEEP))
            continue
        for feed in feeds:
            watcher.visit(feed, quiet=True)


def _fetcher(services: Services, allow_private: bool) -> Fetcher:
    from onrecord.errors import UsageError
    from onrecord.intake.web import http_fetcher

    fetcher = services.fetcher or http_fetcher(allow_private)
    if fetcher is None:
        raise UsageError("OR-I05", "watching feeds needs more packages: pip install 'onrecord[fetch]'")
    return fetcher


class _stopped_by_signal:  # noqa: N801 - used as a context manager only
    """SIGTERM ends the loop as Ctrl-C does, so that a service manager leaves nothing half done."""

    def __enter__(self) -> None:
        self._before = signal.getsignal(signal.SIGTERM)
        try:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        except ValueError:  # only the main thread may; elsewhere nothing changes
            self._before = None

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)


class _Watcher:
    """Visits feeds and tells what it did."""

    def __init__(self, poller: Poller, ledger: Ledger, services: Services, as_json: bool) -> None:
        self.poller = poller
        self._ledger, self._services, self._as_json = ledger, services, as_json
        self._tally, self._count = Tally(), Counter[str]()
        self._reached = 0

    def visit(self, feed: WatchedFeed, *, once: bool = False, quiet: bool = False) -> None:
        """Ask a feed if it is due, then take in its open articles."""
        due = self.poller.is_due(feed, once=once)
        poll = self.poller.poll(feed) if due else self.poller.waiting(feed)
        work = self.poller.open_work(feed)
        if poll.code is not None and poll.outcome != "gone":
            self._tally.rejected += 1
            click.echo(f"{feed.url}: {poll.code}: {poll.message}", err=True)
        self._reached += poll.outcome != "failed"
        count: Counter[str] = Counter()
        for start in range(0, len(work), BATCH):
            count += self._batch(work[start : start + BATCH])
        self._count += count
        if due or work or not quiet:
            self._tell(poll, count)

    def finish(self, once: bool) -> None:
        """The tally of the run, and the exit status that it means."""
        from onrecord.cli.keeping import told

        if sum(self._count.values()):
            click.echo(told(self._count), err=self._as_json)
        if once:
            self._tally.read = self._reached
            self._tally.finish()

    def _batch(self, work: list[Work]) -> Counter[str]:
        """Fetch, read, keep, and only then settle."""
        from onrecord.cli.keeping import keep

        count: Counter[str] = Counter()
        pairs: list[tuple[Item, Reading | None]] = []
        owners: list[Work] = []
        for one, result in self._read(work):
            if isinstance(result, tuple):
                pairs.append(result)
                owners.append(one)
            else:
                count[self._rejected(one, result)] += 1
        for one, done in zip(owners, keep(self._ledger, pairs) if pairs else [], strict=True):
            self.poller.settle(one, done.outcome)
            count[done.outcome] += 1
            if self._as_json:
                line = {"feed": one.feed.url, "entry": one.entry.key, "url": one.entry.url, **done.told()}
                put_line(json.dumps(line, ensure_ascii=False))
        return count

    def _read(self, work: list[Work]) -> Iterator[tuple[Work, tuple[Item, Reading | None] | Rejected]]:
        from onrecord.api import read_items
        from onrecord.intake import Item
        from onrecord.intake.language import judged, stays_unread

        owners, taken = [], []
        for one in work:
            for found in self.poller.take(one, self._services.now()):
                owners.append(one)
                taken.append(judged(found) if isinstance(found, Item) else found)
        return zip(owners, read_items(taken, self._services.reader, leave=stays_unread), strict=True)

    def _rejected(self, work: Work, why: Rejected) -> str:
        """Note and tell a rejection; the word for it."""
        again = self.poller.reject(work, why)
        self._tally.reject(why)
        outcome = "embargoed" if why.code == "OR-I50" else "rejected"
        if self._as_json:
            line: dict[str, Any] = {"feed": work.feed.url, "entry": work.entry.key, "url": work.entry.url}
            line |= {"outcome": outcome, "code": why.code, "message": why.message, "again": _moment(again)}
            put_line(json.dumps(line, ensure_ascii=False))
        return outcome

    def _tell(self, poll: Poll, count: Counter[str]) -> None:
        from onrecord.cli.keeping import told

        name = poll.feed.name or poll.title or poll.feed.url
        if self._as_json:
            line = {
                "feed": poll.feed.url, "name": name, "polled": poll.outcome, "entries": poll.entries, "new": poll.fresh,
                "code": poll.code, "message": poll.message, "next": _moment(poll.next_at), "outcomes": dict(count),
            }  # fmt: skip
            put_line(json.dumps(line, ensure_ascii=False))
            return
        words = {
            "new": f"{poll.entries:,} {'entry' if poll.entries == 1 else 'entries'}, {poll.fresh:,} new",
            "unchanged": "nothing new",
            "failed": f"could not be had ({poll.code}); next time {_clock(poll.next_at)}",
            "gone": "gone for good; not asked any more",
            "waiting": f"not asked before {_clock(poll.next_at)}",
        }[poll.outcome]
        became = f": {told(count)}" if sum(count.values()) else ""
        click.echo(f"{datetime.now().astimezone():%H:%M:%S} {name}: {words}{became}")


def _moment(seconds: float | None) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else None


def _clock(seconds: float) -> str:
    when = datetime.fromtimestamp(seconds).astimezone()
    return f"{when:%H:%M}" if when.date() == datetime.now().astimezone().date() else f"{when:%Y-%m-%d %H:%M}"
