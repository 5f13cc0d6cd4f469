"""Filters into SELECT statements.

A record answers for its report's *current* reading alone: the one that was added last.  "As known on" a day is
the same question with the readings added after that day left out (see docs/ledger.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    and_,
    case,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.sql.selectable import NamedFromClause

from onrecord.ledger import tables as t
from onrecord.ledger.words import pattern, query_words
from onrecord.records import values

if TYPE_CHECKING:
    from onrecord.ledger.filters import Filters

Condition = ColumnElement[bool]
_Records = NamedFromClause[Any]

_LATEST = "9999-12-31"
_FTS = table("passages_fts", column("rowid", Integer))
"""SQLite's text index; not in `tables`, because it is no table that both dialects have."""

REPORT_COLUMNS = (
    t.readings.c.seq,
    t.readings.c.report_id,
    t.reports.c.key,
    t.readings.c.title.label("report_title"),
    t.readings.c.publisher.label("report_publisher"),
    t.readings.c.agency.label("report_agency"),
    t.readings.c.published.label("report_published"),
    func.substr(func.coalesce(t.readings.c.anchor, t.readings.c.published), 1, 10).label("report_day"),
)
_REPORTED = REPORT_COLUMNS[-1].element
"""The report's own day; records without a time of their own are listed under it."""


def current() -> Condition:
    """Is this reading the last one of its report?"""
    newer = t.readings.alias("newer")
    return ~exists().where(newer.c.report_id == t.readings.c.report_id, newer.c.seq > t.readings.c.seq)


def records(kind: Table, filters: Filters, dialect: str) -> Select[Any]:
    """The records of one kind that fulfil the filters, earliest first; those without a date under their report's."""
    query = (
        select(kind, *REPORT_COLUMNS)
        .join(t.readings, t.readings.c.seq == kind.c.reading_seq)
        .join(t.reports, t.reports.c.id == t.readings.c.report_id)
        .where(current(), *_conditions(kind, filters, dialect))
        .order_by(*_in_time(kind), t.readings.c.seq, kind.c.ordinal)
    )
    return query.limit(filters.limit) if filters.limit is not None else query


def sources(filters: Filters, dialect: str) -> Select[Any]:
    """The sources of the statements that fulfil the filters, those with most statements first."""
    s = t.statements
    grouped = (s.c.source_key, s.c.source_kind, s.c.naming)
    query = (
        select(
            func.min(s.c.source_name).label("name"),
            s.c.source_kind.label("kind"),
            s.c.naming,
            func.count().label("statements"),
            func.count(t.readings.c.report_id.distinct()).label("reports"),
            func.min(func.coalesce(s.c.begin, s.c.until)).label("first"),
            func.max(func.coalesce(s.c.until, s.c.begin)).label("last"),
        )
        .join(t.readings, t.readings.c.seq == s.c.reading_seq)
        .where(current(), *_conditions(s, filters, dialect))
        .group_by(*grouped)
        .order_by(func.count().desc(), *grouped)
    )
    return query.limit(filters.limit) if filters.limit is not None else query


def reports(filters: Filters, dialect: str) -> Select[Any]:
    """The reports that fulfil the filters, by day of publication, with their counts of records."""
    r = t.readings
    counts = [
        select(func.count()).where(table.c.reading_seq == r.c.seq).scalar_subquery().label(f"n_{name}")
        for name, table in t.DATED.items()
    ]
    seen = select(func.count()).where(t.appearances.c.report_id == r.c.report_id).scalar_subquery()
    query = (
        select(
            *REPORT_COLUMNS,
            r.c.language,
            r.c.reader_version,
            t.reports.c.added_at,
            seen.label("appearances"),
            case((r.c.title.is_(None), r.c.json)).label("untitled_json"),
            *counts,
        )
        .join(t.reports, t.reports.c.id == r.c.report_id)
        .where(current(), *_report_conditions(filters, dialect))
        .order_by(func.coalesce(r.c.published, _LATEST), r.c.seq)
    )
    return query.limit(filters.limit) if filters.limit is not None else query


def _in_time(table: Table) -> tuple[ColumnElement[Any], ...]:
    undated = case((func.coalesce(table.c.begin, table.c.until).is_(None), 1), else_=0)
    return (
        func.coalesce(table.c.begin, table.c.until, _REPORTED, _LATEST),
        func.coalesce(table.c.until, table.c.begin, _REPORTED, _LATEST),
        undated,
    )


def _conditions(table: Table, filters: Filters, dialect: str) -> list[Condition]:
    found: list[Condition] = []
    if filters.actor is not None:
        found.append(_names(table, t.actors, filters.actor))
    if filters.place is not None:
        found.append(_at_place(table, filters.place))
    if filters.source is not None:
        found.append(_from_source(table, filters.source))
    if filters.since is not None:
        found.append(func.coalesce(table.c.until, table.c.begin, _REPORTED) >= filters.since)
    if filters.until is not None:
        found.append(func.coalesce(table.c.begin, table.c.until, _REPORTED) <= filters.until)
    if filters.type is not None:
        found.append(_of_type(table, filters.type))
    if filters.measure is not None:
        found.append(_own_or_joined(table, t.figures, t.figures.c.measure == filters.measure))
    if filters.issue is not None:
        found.append(_own_or_joined(table, t.positions, t.positions.c.issue == filters.issue))
    if filters.text is not None:
        found.append(_says(table.c.reading_seq, table.c.record_id, filters.text, dialect))
    return found


def _report_conditions(filters: Filters, dialect: str) -> list[Condition]:
    seq, day = t.readings.c.seq, func.substr(t.readings.c.published, 1, 10)
    found: list[Condition] = []
    for asked, named in ((filters.actor, t.actors), (filters.place, t.places)):
        if asked is not None:
            found.append(exists().where(named.c.reading_seq == seq, _called(named, asked)))
    if filters.source is not None:
        like = pattern(filters.source)
        said = exists().where(t.statements.c.reading_seq == seq, t.statements.c.search.like(like))
        found.append(or_(said, t.readings.c.voice.like(like)))
    if filters.since is not None:
        found.append(day >= filters.since)
    if filters.until is not None:
        found.append(day <= filters.until)
    if filters.type is not None:
        event = exists().where(t.events.c.reading_seq == seq, t.events.c.type == filters.type.upper())
        found.append(or_(event, exists().where(t.statements.c.reading_seq == seq, _is_act(filters.type))))
    if filters.measure is not None:
        found.append(exists().where(t.figures.c.reading_seq == seq, t.figures.c.measure == filters.measure))
    if filters.issue is not None:
        found.append(exists().where(t.positions.c.reading_seq == seq, t.positions.c.issue == filters.issue))
    if filters.text is not None:
        found.append(_says(seq, literal(""), filters.text, dialect))
    return found


def _names(table: _Records, named: Table, name: str) -> Condition:
    """Does the record name an actor or place of this name, in any role?"""
    link = t.links.alias("names")
    return exists().where(
        link.c.reading_seq == table.c.reading_seq,
        link.c.record_id == table.c.record_id,
        named.c.reading_seq == table.c.reading_seq,
        named.c.record_id == link.c.target_id,
        _called(named, name),
    )


def _called(named: Table, name: str) -> Condition:
    """Does an actor or place bear this name, or lie in the country of this name?"""
    like: Condition = named.c.search.like(pattern(name))
    if named is not t.places:
        return like
    from onrecord.gazetteer import country_by_name

    country = country_by_name(name)
    return or_(like, named.c.country == country[0]) if country is not None else like


def _at_place(table: Table, name: str) -> Condition:
    """Does the record, or an event that it is joined to, name a place of this name?"""
    own = _names(table, t.places, name)
    if table is t.events:
        return own
    event = t.events.alias("event")
    there = _names(event, t.places, name)
    return or_(own, _own_or_joined(table, event, there))


def _from_source(table: Table, name: str) -> Condition:
    """Does the record come from this source: as a statement of it, according to one, or in the report's own voice?"""
    like = pattern(name)
    source = t.statements.alias("by")
    actor = t.actors.alias("speaker")
    speaker = t.links.alias("speaks")
    spoken = exists().where(
        speaker.c.reading_seq == source.c.reading_seq,
        speaker.c.record_id == source.c.record_id,
        speaker.c.role.in_(("source", "chain")),
        actor.c.reading_seq == speaker.c.reading_seq,
        actor.c.record_id == speaker.c.target_id,
        actor.c.search.like(like),
    )
    by_name = or_(source.c.search.like(like), spoken)
    if table is t.statements:
        same = and_(source.c.reading_seq == table.c.reading_seq, source.c.record_id == table.c.record_id)
        return exists().where(same, by_name)
    said = t.links.alias("said")
    attributed = and_(
        said.c.reading_seq == table.c.reading_seq,
        said.c.record_id == table.c.record_id,
        said.c.role == "according_to",
    )
    according = exists().where(
        attributed, source.c.reading_seq == said.c.reading_seq, source.c.record_id == said.c.target_id, by_name
    )
    own_voice = and_(~exists().where(attributed), t.readings.c.voice.like(like))
    return or_(according, own_voice)


def _is_act(word: str) -> Condition:
    return t.statements.c.act == word.lower() if word.lower() in values.ACTS else false()


def _of_type(table: Table, word: str) -> Condition:
    event = _own_or_joined(table, t.events, t.events.c.type == word.upper())
    return or_(event, _is_act(word)) if table is t.statements else event


def _own_or_joined(table: Table, other: _Records, condition: Condition) -> Condition:
    """Does the record itself fulfil the condition on `other`, or one that it is joined to, in either direction?"""
    if table is other:
        return condition
    joined = or_(
        and_(t.links.c.record_id == table.c.record_id, t.links.c.target_id == other.c.record_id),
        and_(t.links.c.target_id == table.c.record_id, t.links.c.record_id == other.c.record_id),
    )
    return exists().where(
        other.c.reading_seq == table.c.reading_seq, t.links.c.reading_seq == table.c.reading_seq, joined, condition
    )


def _says(seq: ColumnElement[int], record_id: ColumnElement[str], query: str, dialect: str) -> Condition:
    """Do the record's passages hold these words?"""
    p = t.passages
    words = query_words(query)
    if not words:
        return true()
    if dialect == "sqlite":
        # every word in quotes: FTS5 then knows no operators
        asked = " ".join(f'"{word}"' for word in words)
        match = literal_column("passages_fts").op("MATCH")(asked)
        rowids = select(_FTS.c.rowid).where(match)
        hit: Condition = p.c.id.in_(rowids)
    else:
        body = func.to_tsvector(literal_column("'simple'"), p.c.body)
        hit = and_(*(body.op("@@")(func.phraseto_tsquery(literal_column("'simple'"), word)) for word in words))
    return exists().where(p.c.reading_seq == seq, p.c.record_id == record_id, hit)
