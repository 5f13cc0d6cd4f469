"""The ledger itself: readings in, answers out."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from onrecord.errors import LedgerError, RecordNotFoundError, UsageError
from onrecord.ledger import answers, asking, judging, lists, stories, writer
from onrecord.ledger import tables as t
from onrecord.ledger.asking import told
from onrecord.ledger.engine import default_location, ledger_url, open_engine, writing
from onrecord.ledger.filters import Filters
from onrecord.ledger.judgements import GROUPED, JUDGED, Judgement, correction, kind_of, words_of
from onrecord.ledger.known import Known, Notice
from onrecord.ledger.writer import Added, Prepared
from onrecord.records import Reading

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from sqlalchemy import Connection, Engine

    from onrecord.intake.items import Item
    from onrecord.ledger.entries import Entry, Explanation, ReportEntry, SourceEntry

BATCH = 200
"""Readings in one transaction of `add_many`: enough that its own cost no longer shows."""


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Reports and readings, kept and asked.

    Appending: `add` keeps the report, the place where it appeared and its reading, each under an id derived from
    its content; what is there already stays as it is.  A different reading of a known report (a newer reader,
    another date given) is kept beside the old one, and the last one added answers.  A later version of a story takes
    the place of the earlier one, which stays; a withdrawal takes it from the lists.

    Two axes of time: every question may be put `as_known_on` a day (see `Filters`).

    Transactions: one per report, or per batch of `add_many`; a crash loses at most what is in hand, and what was
    acknowledged stays.
    Threads: one `Ledger` may serve many threads; each call takes its own connection.  SQLite lets one writer in at
    a time (others wait up to 30 s) and never blocks readers; processes may share a file in the same way.  A ledger
    in memory belongs to one thread.  After a fork, open it anew.
    Schema: the ledger brings an older schema up to date when it is opened, unless `create` is false and there is
    none at all.

    Args:
        location: path of an SQLite file, ":memory:", or a URL (`sqlite:///…`, `postgresql://user@host/name`);
            without it, what ONRECORD_LEDGER says or one file in the user's data directory.
        create: whether a ledger that is not there may be made; of folders, only the user's data directory is.
        clock: tells when something was learned; must give times with a zone.
        progress: told, where an older ledger has to be brought up to date, how many readings of how many are done.

    Raises:
        LedgerError: OR-L01 it cannot be opened or is no ledger, OR-L02 it is newer than this version,
            OR-L06 there is none and `create` is false.  Every method raises OR-L03 when the database fails.
    """

    def __init__(
        self,
        location: str | os.PathLike[str] | None = None,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = _now,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._clock = clock
        url = ledger_url(location if location is not None else default_location())
        self._engine = open_engine(url, create, progress)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def engine(self) -> Engine:
        """The database, for what keeps its own derived tables beside the ledger's (`engine.writing` to write)."""
        return self._engine

    def close(self) -> None:
        """Give back all connections.  Closing twice does nothing."""
        self._engine.dispose()

    def add(self, reading: Reading, item: Item | None = None) -> Added:
        """Keep a reading and its report; `item` is what it was read from, and says which version of which story it is.

        Raises:
            LedgerError: OR-L07 when the report's id is not the hash of its text (ids must come from content).
        """
        return self.add_many([(reading, item)])[0]

    def add_many(
        self, pairs: Iterable[Reading | tuple[Reading, Item | None] | Prepared], batch: int = BATCH
    ) -> list[Added]:
        """Keep readings, `batch` of them in one transaction.

        Each comes alone, with its item, or made ready by `onrecord.ledger.prepared`, which needs no database: other
        processes can do that, and it is most of the work.  What was added before an error stays.

        Raises:
            LedgerError: OR-L07, as `add`.
        """
        added: list[Added] = []
        rest = iter(pairs)
        while some := list(islice(rest, batch)):
            ready: list[Prepared] = []
            try:
                for pair in some:
                    ready.append(_ready(pair))
            finally:  # those before one that is refused are kept
                added.extend(self._write(ready))
        return added

    def add_unread(self, item: Item) -> Added:
        """Keep a report that is not to be read (its language is not ours): its text and where it appeared."""
        return self._write([writer.prepared_unread(item)])[0]

    def withdraw(self, item: Item) -> Added:
        """Keep the notice that a story, or a version of it, is withdrawn.  What came of it stays and no longer answers.

        A story that the ledger does not have is remembered all the same; its versions will not answer when they come.

        Raises:
            LedgerError: OR-L08 when the item does not say which story it withdraws.
        """
        if item.text:
            return self.add_unread(item)
        if not item.guid:
            raise LedgerError("OR-L08", "the withdrawal does not say which story it withdraws")
        with self._writing() as connection:
            writer.lock(connection)
            new, target, touched = stories.withdraw(connection, item, item.guid, self._moment())
            lists.renew(connection, touched)
            query = select(t.reports.c.key).where(t.reports.c.id == target)
            key = connection.execute(query).scalar() if target is not None else None
        outcome = "withdrawing" if new else "known"
        return Added(key=key or "", new_report=False, new_appearance=False, new_reading=False, outcome=outcome)

    def judge(
        self, action: str, record_id: str, *, who: str, why: str, fields: Mapping[str, Any] | None = None
    ) -> Judgement:
        """Keep a person's decision on a record: "accept", "reject", or "correct" with the right `fields`.

        It is found again by its words when the report is read anew.

        Raises:
            RecordNotFoundError: OR-L04 there is no such record in the report's last reading.
            UsageError: OR-U02 `who` or `why` has no word in it, OR-U05 a field or value that such a record cannot have.
        """
        key, local = asking.parts(record_id)
        kind = kind_of(local) if local is not None else None
        if local is None or kind not in JUDGED:
            raise RecordNotFoundError(record_id)
        with self._writing() as connection:
            writer.lock(connection)
            reading = Reading.loads(asking.last_reading(connection, key, record_id, None)["json"])
            record = next((r for r in getattr(reading, kind) if r.id == local), None)
            if record is None:
                raise RecordNotFoundError(record_id)
            value = correction(reading, record, kind, fields or {}) if action == "correct" else None
            decided = {
                "action": action,
                "kind": kind,
                "report_id": reading.report.id,
                "target": {"record": local, **words_of(record)},
                "value": value,
            }
            judgement = judging.keep(connection, decided | self._signed(who, why))
            lists.renew(connection, {reading.report.id})
        return judgement

    def judge_group(self, action: str, kind: str, ids: Sequence[str], *, who: str, why: str) -> Judgement:
        """Keep a person's decision that some actors or happenings are one ("merge") or are not ("split").

        It is for whatever groups records across reports to follow; the ids are what that gives them, and whether there
        are such is for it to say (`onrecord.collate.Collation.judge` does).

        Raises:
            UsageError: OR-U02 `who` or `why` has no word in it.
        """
        assert kind in GROUPED
        signed = self._signed(who, why)
        decided = {"action": action, "kind": kind, "report_id": None, "target": {"ids": list(ids)}, "value": None}
        with self._writing() as connection:
            writer.lock(connection)
            return judging.keep(connection, decided | signed)

    def statements(self, **filters: Any) -> list[Entry]:
        """The statements that fulfil the filters (see `Filters`), earliest first."""
        return list(self.each("statements", **filters))

    def events(self, **filters: Any) -> list[Entry]:
        """The events that fulfil the filters, earliest first; those without a date under their report's."""
        return list(self.each("events", **filters))

    def figures(self, **filters: Any) -> list[Entry]:
        """The figures that fulfil the filters, by the day they hold for."""
        return list(self.each("figures", **filters))

    def positions(self, **filters: Any) -> list[Entry]:
        """The positions that fulfil the filters, earliest first."""
        return list(self.each("positions", **filters))

    def talks(self, **filters: Any) -> list[Entry]:
        """The rounds of talks that fulfil the filters, earliest first."""
        return list(self.each("talks", **filters))

    def agreements(self, **filters: Any) -> list[Entry]:
        """The agreements that fulfil the filters, earliest first."""
        return list(self.each("agreements", **filters))

    def timeline(self, **filters: Any) -> list[Entry]:
        """Events, talks and agreements together, earliest first; those without a date under their report's."""
        return list(self.each("timeline", **filters))

    def sources(self, **filters: Any) -> list[SourceEntry]:
        """Who makes the statements that fulfil the filters, the most heard first."""
        return list(self.each("sources", **filters))

    def reports(self, **filters: Any) -> list[ReportEntry]:
        """The reports that fulfil the filters, by publication."""
        return list(self.each("reports", **filters))

    def each(self, view: str, **filters: Any) -> Iterator[Any]:
        """What the method of this name gives, one by one: for lists that are too long to hold."""
        asked = Filters(**filters)
        with told(), self._engine.connect() as connection:
            if view in t.DATED:
                yield from asking.entries(connection, view, asked)
            else:
                views = {"timeline": asking.timeline, "sources": asking.sources, "reports": asking.reports}
                yield from views[view](connection, asked)

    def reading(self, report_id: str, as_known_on: str | None = None) -> Reading:
        """The last reading of a report, by its id, its key or an unambiguous beginning of it: as it was read.

        Raises:
            RecordNotFoundError: OR-L04.
        """
        Filters(as_known_on=as_known_on)
        key, _ = asking.parts(report_id)
        with told(), self._engine.connect() as connection:
            return Reading.loads(asking.last_reading(connection, key, report_id, as_known_on)["json"])

    def get(self, record_id: str, as_known_on: str | None = None) -> Explanation:
        """One record ("1d7ed79f7ded:s3") with the reading it stands in, its neighbours and what people decided on it.

        Raises:
            RecordNotFoundError: OR-L04 there is no such record in the report's last reading.
        """
        Filters(as_known_on=as_known_on)
        key, local = asking.parts(record_id)
        if local is None:
            raise RecordNotFoundError(record_id)
        with told(), self._engine.connect() as connection:
            row = asking.last_reading(connection, key, record_id, as_known_on)
            decided = judging.load(connection, reports=[row["report_id"]], as_known_on=as_known_on)
            state = asking.state_of(connection, row["seq"], as_known_on)
            found = answers.explanation(row, Reading.loads(row["json"]), local, decided, state)
            if found is None:
                raise RecordNotFoundError(record_id)
            return found

    def known(
        self,
        after_seq: int = 0,
        as_known_on: str | None = None,
        limit: int | None = None,
        *,
        current: bool = False,
        seqs: Iterable[int] | None = None,
    ) -> Iterator[Known]:
        """Readings in the order of learning, people's judgements applied, each with where its report appeared.

        Args:
            after_seq: only those learned after this one.
            as_known_on: only those learned by the end of this day, as they stood then.
            limit: at most so many.
            current: only those that answer.
            seqs: only these.
        """
        Filters(as_known_on=as_known_on)
        wanted = sorted(seqs) if seqs is not None else None
        given = 0
        while limit is None or given < limit:
            left = limit - given if limit is not None else None
            part = [seq for seq in wanted if seq > after_seq][:BATCH] if wanted is not None else None
            with told(), self._engine.connect() as connection:
                found = asking.known(connection, after_seq, as_known_on, left, current, part)
            yield from found
            if not (part or found):
                return
            after_seq, given = part[-1] if part else found[-1].seq, given + len(found)

    def notices(self, after_seq: int = 0, as_known_on: str | None = None) -> list[Notice]:
        """What providers let know of their stories, in the order of learning."""
        n = t.notices.c
        query = select(t.notices).where(n.seq > after_seq).order_by(n.seq)
        if as_known_on is not None:
            query = query.where(n.added_at < as_known_on + "~")
        with told(), self._engine.connect() as connection:
            return [Notice(**row) for row in connection.execute(query).mappings()]

    def judgements(self, after_seq: int = 0, as_known_on: str | None = None) -> list[Judgement]:
        """What people decided, in order."""
        with told(), self._engine.connect() as connection:
            return judging.load(connection, after_seq=after_seq, as_known_on=as_known_on)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(), writing(self._engine) as connection:
            yield connection

    def _write(self, ready: list[Prepared]) -> list[Added]:
        if not ready:
            return []
        with self._writing() as connection:
            return writer.write(connection, ready, self._moment())

    def _moment(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

    def _signed(self, who: str, why: str) -> dict[str, str]:
        for name, words in (("who", who), ("why", why)):
            if not any(map(str.isalnum, words)):
                raise UsageError("OR-U02", f"a judgement says {name}: {words!r} has no word in it")
        return {"who": who, "why": why, "added_at": self._moment()}


def _ready(pair: Reading | tuple[Reading, Item | None] | Prepared) -> Prepared:
    if isinstance(pair, Prepared):
        return pair
    return writer.prepared(*pair) if isinstance(pair, tuple) else writer.prepared(pair)
