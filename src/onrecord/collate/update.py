"""What the ledger has learned since the last time -> collate's tables brought up to date.

Readings are taken in the order in which the ledger learned them, some at a time, each batch in one transaction.  A
reading adds nodes, a node is compared with its nearest neighbours and gets edges, and what is joined to anything new
is grouped anew; the rest of the tables stays as it is.  So the tables are a function of the ledger, however often and
in whatever portions they were brought up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select

from onrecord.collate import tables as t
from onrecord.collate.actor_entries import count_actors, join_actors
from onrecord.collate.decisions import judged_actors, keep_decisions
from onrecord.collate.derive import HAPPENINGS, REACH, Derived, derive
from onrecord.collate.figure_groups import Slot, slots_of
from onrecord.collate.moments import chunks, seq_of
from onrecord.collate.outlets import add_outlets, last_appearances, redated
from onrecord.collate.regroup import regroup
from onrecord.collate.writing import Writer
from onrecord.ledger import tables as ledger
from onrecord.ledger.engine import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.ledger import Ledger

BATCH = 250
"""Readings in one transaction: enough to spread what each costs, few enough that others get to write."""

_VERSION, _SEQ, _NOTICE, _JUDGEMENT, _APPEARED = "version", "seq", "notice", "judgement", "appeared"
_LOCK = 0x636F6C6C617465
""" "collate": the number of PostgreSQL's advisory lock under which the tables are made and filled."""


def prepare(engine: Engine) -> None:
    """Make the tables, anew where other rules made them."""
    if _state(engine).get(_VERSION) == t.COLLATE_VERSION:
        return
    with writing(engine) as connection:
        _lock(connection)
        if _read_state(connection).get(_VERSION) != t.COLLATE_VERSION:  # another process may have been faster
            _make(connection)


def clear(engine: Engine) -> None:
    """Drop the tables and make them anew, empty."""
    with writing(engine) as connection:
        _lock(connection)
        _make(connection)


def _make(connection: Connection) -> None:
    t.metadata.drop_all(connection)
    t.metadata.create_all(connection)
    _keep(connection, _VERSION, t.COLLATE_VERSION)


def bring_up_to_date(ledger_: Ledger, done: Callable[[int, int], None] | None = None, batch: int = BATCH) -> int:
    """Take in all that the ledger has learned; how many readings that were.

    `done` is told how many readings have been taken in and how many there are to take in.
    """
    engine = ledger_.engine
    prepare(engine)
    total = _waiting(engine) if done is not None else 0
    writer, taken = Writer(), 0
    _appearances(ledger_, writer)
    while (count := _next_readings(ledger_, writer, batch)) > 0:
        taken += count
        if done is not None:
            done(taken, max(total, taken))
    _notices(ledger_, writer)
    return taken


def _waiting(engine: Engine) -> int:
    with engine.connect() as connection:
        last = int(_read_state(connection).get(_SEQ, "0"))
        r = ledger.readings.c
        return connection.execute(select(func.count()).where(r.seq > last)).scalar_one()


def _next_readings(ledger_: Ledger, writer: Writer, batch: int) -> int:
    """Take in the next readings.  They are derived before the transaction, so that nobody waits for that."""
    last = int(_state(ledger_.engine).get(_SEQ, "0"))
    made = [derive(known) for known in ledger_.known(after_seq=last, limit=batch)]
    if not made:
        return 0
    with writing(ledger_.engine) as connection:
        _lock(connection)
        if int(_read_state(connection).get(_SEQ, "0")) != last:
            return len(made)  # another process has taken them in meanwhile
        touched = writer.write(connection, made)
        count_actors(connection, made, writer.replaced)
        regroup(connection, touched, set(), slots_of(connection, {d.seq for d in made} | writer.replaced))
        _keep(connection, _SEQ, str(made[-1].seq))
    return len(made)


def _appearances(ledger_: Ledger, writer: Writer) -> None:
    """Take in where reports have appeared since the last time.

    This comes before new readings are taken in: with those, all that is known of them by then is.
    """
    state = _state(ledger_.engine)
    mark = state.get(_APPEARED)
    with ledger_.engine.connect() as connection:
        seen = last_appearances(connection, mark)
        again = redated(connection, mark) if seen != mark and _SEQ in state else set()
    if seen == mark:
        return
    made = [d for seq in sorted(again) for d in _derive_one(ledger_, seq)]
    with writing(ledger_.engine) as connection:
        _lock(connection)
        if _read_state(connection) != state:
            return  # another process has taken them in meanwhile
        if _SEQ in state:
            touched, slots = _rewrite(connection, writer, made)
            regroup(connection, touched, add_outlets(connection, mark), slots)
        _keep(connection, _APPEARED, seen)


def _rewrite(connection: Connection, writer: Writer, made: Sequence[Derived]) -> tuple[dict[str, set[int]], set[Slot]]:
    """Write readings anew of which something else is derived now; the nodes and figures to group again."""
    touched: dict[str, set[int]] = {kind: set() for kind in REACH}
    again = {d.seq for d in made}
    slots = slots_of(connection, again)
    for d in made:
        count_actors(connection, [], [d.seq])
        for kind, nodes in writer.rewrite(connection, d).items():
            touched[kind] |= nodes
    there = {(row["kind"], row["node"]) for d in made for row in d.members}
    for kind, nodes in touched.items():
        touched[kind] = {n for n in nodes if seq_of(n) not in again or (kind, n) in there}
    count_actors(connection, made, [])
    return touched, slots | slots_of(connection, again)


def _notices(ledger_: Ledger, writer: Writer) -> None:
    """Take in what was superseded, withdrawn or judged since the last time."""
    state = _state(ledger_.engine)
    notices = ledger_.notices(after_seq=int(state.get(_NOTICE, "0")))
    judgements = ledger_.judgements(after_seq=int(state.get(_JUDGEMENT, "0")))
    if not notices and not judgements:
        return
    with ledger_.engine.connect() as connection:
        stories = _seqs(connection, _versions(connection, {n.guid for n in notices}))
        again = _seqs(connection, {j.report_id for j in judgements if j.report_id is not None}, current=True)
    made = [d for seq in sorted(again) for d in _derive_one(ledger_, seq)]
    with writing(ledger_.engine) as connection:
        _lock(connection)
        if _read_state(connection) != state:
            return  # another process has taken them in meanwhile
        touched, slots = _rewrite(connection, writer, made)
        touched[HAPPENINGS] |= keep_decisions(connection, judgements)
        join_actors(connection, judged_actors(judgements))
        regroup(connection, touched, stories, slots)
        for name, rows in ((_NOTICE, notices), (_JUDGEMENT, judgements)):
            if rows:
                _keep(connection, name, str(rows[-1].seq))


def _derive_one(ledger_: Ledger, seq: int) -> Iterable[Derived]:
    return (derive(known) for known in ledger_.known(seqs=[seq]))


def _versions(connection: Connection, guids: Iterable[str]) -> set[str]:
    """The reports that are versions of some stories."""
    a = ledger.appearances.c
    return {
        report
        for part in chunks(guids)
        for report in connection.execute(select(a.report_id).where(a.guid.in_(part))).scalars()
    }


def _seqs(connection: Connection, reports: Iterable[str], current: bool = False) -> set[int]:
    """The readings of some reports that collate has taken in."""
    r = t.reports.c
    found: set[int] = set()
    for part in chunks(reports):
        query = (
            select(r.seq)
            .join(ledger.readings, ledger.readings.c.seq == r.seq)
            .where(ledger.readings.c.report_id.in_(part))
        )
        found.update(connection.execute(query.where(r.replaced.is_(None)) if current else query).scalars())
    return found


def _state(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return _read_state(connection)


def _read_state(connection: Connection) -> dict[str, str]:
    if not inspect(connection).has_table(t.state.name):
        return {}
    return {row.name: row.value for row in connection.execute(select(t.state))}


def _keep(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(t.state).where(t.state.c.name == name))
    connection.execute(insert(t.state).values(name=name, value=value))


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
