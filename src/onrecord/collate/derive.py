"""One reading -> the rows that stand for it in collate's tables.  Pure: no database, no clock, no other reading."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from onrecord.collate import copies
from onrecord.collate.accounts import accounts, report_day
from onrecord.collate.actors import identities
from onrecord.collate.copies_origin import credited_in as credits_of
from onrecord.collate.facts import fact_rows
from onrecord.collate.happening_blocks import blocks
from onrecord.collate.links_words import utterances, word_blocks
from onrecord.collate.neighbours import Lookup, block_key
from onrecord.collate.sightings import outlet_term, outlet_words, sighting, with_seen
from onrecord.collate.tables import NO_DAY, NODE
from onrecord.collate.tellings import sentence_at, tellings
from onrecord.ledger.words import folded
from onrecord.records.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from onrecord.collate.accounts import Account
    from onrecord.collate.actors import Identity
    from onrecord.collate.tellings import Telling
    from onrecord.ledger.known import Known
    from onrecord.records import Reading

Row = dict[str, Any]

HAPPENINGS, COPIES, UTTERANCES, ACTORS = "h", "w", "u", "n"
"""Kinds of members and the letters that the ids of their groups begin with.  None of them is a hexadecimal digit, so
that a group's id is never a report's key: copies are "w" for wire, actors "n" for name."""

REACH = {COPIES: 6, HAPPENINGS: 16, UTTERANCES: 8}
"""Neighbours on either side under one block.  Copies are alike in most of their blocks, so a few suffice; between
two accounts of one happening may lie days of reports of others."""
DAYS: dict[str, int | None] = {COPIES: None, HAPPENINGS: 45, UTTERANCES: 15}
"""Days between neighbours at most.  Accounts that state their days are one happening only where these lie within a few
of each other; where the report's day stands in for it, weeks may lie between."""


@dataclass(slots=True)
class Derived:
    """What one reading adds: a row of `reports`, rows of `members` and `facts`, places in blocks, terms to find them by."""

    seq: int
    key: str
    text: str
    report: Row
    members: list[Row] = field(default_factory=list)
    lookups: dict[str, list[Lookup]] = field(default_factory=dict)
    terms: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    accounts: dict[int, Account] = field(default_factory=dict)


def derive(known: Known) -> Derived:
    """The rows of one reading."""
    who = identities(known)
    made = Derived(seq=known.seq, key=known.key, text=known.reading.report.text, report=_report(known))
    _copies(made, known)
    _actors(made, known, who)
    for account in accounts(known, who):
        _happening(made, known, who, account)
    for u in utterances(known, who):
        _add(made, UTTERANCES, u.record, u.said, u.to_json(), [block_key(UTTERANCES, b) for b in word_blocks(u)])
    told = fact_rows(known, who)
    made.facts += told.facts
    made.terms += told.terms
    return made


def node_of(seq: int, record: str) -> int:
    """The number of a record in collate's tables ("e3" of reading 7: 7 * 4096 + 3); 0 stands for the whole report."""
    return seq * NODE + (int(record[1:]) if record else 0)


def _report(known: Known) -> Row:
    report = known.reading.report
    said = {
        "published": report.published,
        "publisher": report.publisher,
        "agency": report.agency,
        "title": report.title,
        "credited": list(credits_of(report.text)),
        "seen": [],
    }
    return {
        "seq": known.seq, "key": known.key, "learned": known.added_at, "replaced": None, "replaced_by": None,
        "day": report_day(known), "json": dumped(with_seen(said, map(sighting, known.appearances))),
    }  # fmt: skip


def _add(
    made: Derived,
    kind: str,
    record: str,
    day: str | None,
    data: Any,
    blocked: Iterable[int] = (),
    grp: str | None = None,
) -> None:
    number = int(record[1:]) if record else 0
    if number >= NODE:  # a list of more than four thousand entries is no report
        return
    node = node_of(made.seq, record)
    ref = f"{made.key}:{record}" if record else made.key
    places = sorted(set(blocked))
    made.members.append(
        {"kind": kind, "node": node, "seq": made.seq, "ref": ref, "day": day, "grp": grp, "json": dumped(data),
         "blocks": array("q", places).tobytes() or None}
    )  # fmt: skip
    made.lookups.setdefault(kind, []).extend(Lookup(b, day or NO_DAY, node) for b in places)


def _copies(made: Derived, known: Known) -> None:
    bands = copies.bands(copies.signature(made.text))
    _add(made, COPIES, "", (known.reading.report.published or report_day(known) or "")[:10] or None, {}, bands)


def _actors(made: Derived, known: Known, who: Mapping[str, Identity]) -> None:
    day = report_day(known)
    for actor in known.reading.actors:
        if actor.id in who and int(actor.id[1:]) < NODE:
            data = {"name": actor.name, "identity": who[actor.id].to_json()}
            _add(made, ACTORS, actor.id, day, data, grp=who[actor.id].id)
            names = {who[actor.id].name, actor.name, *(m.text for m in actor.mentions if m.form == "name")}
            _terms(made, ACTORS, actor.id, "actor", [*names, who[actor.id].country])


def _happening(made: Derived, known: Known, who: Mapping[str, Identity], account: Account) -> None:
    reading = known.reading
    event = next(e for e in reading.events if account.id == f"{known.key}:{e.id}")
    if int(event.id[1:]) >= NODE:
        return
    told = tellings(known, who, account)
    taking_part = (*event.actors, *event.recipients)
    words = event.text or event.trigger
    data = {
        "account": account.to_json(),
        "tellings": [x.to_json() for x in told],
        "sides": sorted({side for a in taking_part if a in who and (side := who[a].side)}),
        "names": {who[a].id: who[a].name for a in (*taking_part, *event.third_parties) if a in who},
        "words": {"start": words.start, "end": words.end, "text": words.text, "trigger": event.trigger.text},
        "sentence": sentence_at(reading, event.trigger.start),
    }
    made.accounts[node_of(made.seq, event.id)] = account
    day = account.begin or account.day
    _add(made, HAPPENINGS, event.id, day, data, [block_key(HAPPENINGS, b) for b in blocks(account)])
    _terms(made, HAPPENINGS, event.id, "actor", _names_of(reading, (*taking_part, *event.third_parties), who))
    places = [p for p in reading.places if p.id in event.places]
    _terms(made, HAPPENINGS, event.id, "place", [x for p in places for x in (p.name, p.text, p.country)])
    heard = _terms(made, HAPPENINGS, event.id, "source", _heard(known, told))
    if any(x.own_voice for x in told):
        node = node_of(made.seq, event.id)
        outlets = outlet_words(map(sighting, known.appearances))
        made.terms.extend(outlet_term(node, *found) for found in sorted(outlets.items()) if found[0] not in heard)
    _terms(made, HAPPENINGS, event.id, "measure", [v.measure for x in told for v in x.values])


def _names_of(reading: Reading, ids: Iterable[str], who: Mapping[str, Identity]) -> Iterator[str | None]:
    """Every name of some actors and of what they belong to."""
    actors = {a.id: a for a in reading.actors}
    for i in ids:
        if i in actors:
            yield actors[i].name
            yield actors[i].country
            yield from (m.text for m in actors[i].mentions if m.form == "name")
            yield from (actors[g].name for g in actors[i].member_of if g in actors)
            if i in who:
                yield who[i].name


def _heard(known: Known, told: Iterable[Telling]) -> Iterator[str | None]:
    """The names of all sources at any link of their chains; for the report's own voice, its agency and outlet."""
    names = Names(known.reading)
    for x in told:
        yield x.name
        if x.record in names.statements:
            yield from names.chain(names.statements[x.record])
        else:
            yield from (known.reading.report.agency, known.reading.report.publisher)


def _terms(made: Derived, kind: str, record: str, role: str, names: Iterable[str | None]) -> set[str]:
    node = node_of(made.seq, record)
    words = {f"{role}:{w}" for name in names if name for w in (folded(name).split() if role != "measure" else [name])}
    made.terms.extend({"term": term, "kind": kind, "node": node, "learned": None} for term in sorted(words))
    return words


def dumped(data: Any) -> str:
    """JSON as collate's tables hold it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
