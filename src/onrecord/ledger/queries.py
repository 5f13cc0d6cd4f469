"""Filters into SELECT statements.

A record answers for its report while its reading is the one that answers (table `answering`), now or at the end of
a given day.  What is asked in words is put to the index of words, which knows every line by its place in the list:
its hits come in order, and a limit stops the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from onrecord.ledger import tables as t
from onrecord.ledger.placing import bounds
from onrecord.ledger.terms import ACTOR, PLACE, SOURCE, marked_phrase, plain
from onrecord.ledger.words import query_words

if TYPE_CHECKING:
    from sqlalchemy import Table

    from onrecord.ledger.filters import Filters

Condition = ColumnElement[bool]
Groups = list[list[str]]
Inside = tuple[int, int] | Sequence[int]
"""Numbers of lines: from the first up to, not including, the second; or just these."""

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

_SQLITE_WORDS = table("search", column("rowid"))
_POSTGRES_WORDS = table("search", column("id"), column("terms", TSVECTOR()))


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters and the dialect of the database to which they are put."""

    filters: Filters
    dialect: str

    @property
    def as_known_on(self) -> str | None:
        """The day as known on which they are put."""
        return self.filters.as_known_on


def answers_on(day: str | None) -> Condition:
    """Does the joined row of `answering` hold now, or at the end of a day?"""
    a = t.answering.c
    if day is None:
        return a.until.is_(None)
    return and_(a.since <= day, or_(a.until.is_(None), a.until > day))


def groups(filters: Filters) -> Groups:
    """What must be found in a line's document: of each group, one of its phrases."""
    found: Groups = []
    if filters.actor is not None:
        found.append([marked_phrase(ACTOR, filters.actor)])
    if filters.place is not None:
        found.append(_places(filters.place))
    if filters.source is not None:
        found.append([marked_phrase(SOURCE, filters.source)])
    if filters.type is not None:
        found.append([f"type_{filters.type.lower()}"])
    if filters.measure is not None:
        found.append([f"measure_{filters.measure}"])
    if filters.issue is not None:
        found.append([f"issue_{filters.issue}"])
    if filters.text is not None:
        found.extend([words] for words in map(plain, query_words(filters.text)) if words)
    return found


def is_hopeless(filters: Filters) -> bool:
    """Is a name asked for that has no word in it when it is folded, so that nothing can bear it?"""
    return any(not phrase for group in groups(filters) for phrase in group)


def records(kind: str, asked: Asked, among: Sequence[int] | None = None) -> Select[Any]:
    """The records of one kind that begin on the days asked for and fulfil the filters, earliest first.

    With `among`, those of these numbers instead, whenever they begin.
    """
    listed, day = t.DATED[kind], asked.as_known_on
    label = (
        select(func.max(t.marks.c.judgement_seq))
        .where(_same_line(listed), _holds_on(day), t.marks.c.hidden == 0)
        .scalar_subquery()
        .label("judgement_seq")
    )
    inside = bounds(kind, asked.filters.since, asked.filters.until)
    query = _listed(select(listed, *REPORT_COLUMNS, label), listed, asked, among or inside)
    return query.where(~is_hidden(listed, day))


def lasting(kind: str, filters: Filters, dialect: str) -> Select[Any]:
    """The numbers of the records that began before the first day asked for and last into it, in order."""
    listed = t.DATED[kind]
    base, _ = bounds(kind)
    low, _ = bounds(kind, filters.since)
    # with the plus, SQLite uses the index of last days, not the order of the table
    number: ColumnElement[int] = literal_column(f"+{listed.name}.id") if dialect == "sqlite" else listed.c.id
    return select(listed.c.id).where(listed.c.ends >= filters.since, number >= base, number < low).order_by(number)


def reports(asked: Asked) -> Select[Any]:
    """The reports that fulfil the filters, by day of publication, with their counts of records."""
    o, inside = t.overviews, bounds("reports", asked.filters.since, asked.filters.until)
    seen = select(func.count()).where(t.appearances.c.report_id == t.readings.c.report_id)
    if asked.as_known_on is not None:
        seen = seen.where(t.appearances.c.added_at < asked.as_known_on + "~")
    query = select(
        o,
        *REPORT_COLUMNS,
        t.readings.c.language,
        t.readings.c.reader_version,
        t.reports.c.added_at,
        seen.scalar_subquery().label("appearances"),
    )
    return _listed(query, o, asked, inside)


def sources(asked: Asked, among: Sequence[int] | None = None) -> Select[Any]:
    """The sources of the statements that `records` gives, by their codes, those with most statements first.

    `first` and `last` are the numbers of their first and their last statement (of those that have a day).
    """
    h, m, s = t.heard.c, t.marks.c, t.statements.c
    _, dated = bounds("statements", until="9999-12-31")
    count = func.count().label("statements")
    query = select(
        h.source,
        count,
        func.count(h.reading_seq.distinct()).label("reports"),
        func.min(h.id).label("first"),
        func.max(case((h.id < dated, h.id))).label("last"),
    )
    query, number = _worded(query, t.heard, asked)
    hidden = (
        select(s.id)
        .join(t.marks, and_(m.reading_seq == s.reading_seq, m.record_id == s.record_id, m.variant == s.variant))
        .where(m.hidden == 1, _holds_on(asked.as_known_on))
    )
    inside = bounds("statements", asked.filters.since, asked.filters.until)
    return (
        query.join(t.answering, t.answering.c.reading_seq == h.reading_seq)
        .where(_within(number, among or inside), answers_on(asked.as_known_on), h.id.not_in(hidden))
        .group_by(h.source)
        .order_by(count.desc(), h.source)
    )


def heard_in(numbers: Sequence[int]) -> Select[Any]:
    """Who made some statements, and on which days."""
    s = t.statements.c
    days = (func.coalesce(s.begin, s.until).label("first"), func.coalesce(s.until, s.begin).label("last"))
    return select(s.id, s.source_name, s.source_key, s.source_kind, s.naming, *days).where(s.id.in_(numbers))


def all_sources() -> Select[Any]:
    """Every source that is heard now, those with most statements first, from their own table."""
    c, s = t.source_counts.c, t.statements.c
    _, end = bounds("statements", until="9999-12-31")
    one = (
        select(func.coalesce(s.begin, s.until))
        .join(t.answering, t.answering.c.reading_seq == s.reading_seq)
        .where(
            s.source_key == c.source_key,
            s.source_kind == c.source_kind,
            s.naming == c.naming,
            s.id < end,
            answers_on(None),
            ~is_hidden(t.statements, None),
        )
        .limit(1)
    )
    return select(
        c.name,
        c.source_kind.label("kind"),
        c.naming,
        c.statements,
        c.reports,
        one.order_by(s.id).correlate(t.source_counts).scalar_subquery().label("first"),
        one.order_by(s.id.desc()).correlate(t.source_counts).scalar_subquery().label("last"),
    ).order_by(c.statements.desc(), c.source_key, c.source_kind, c.naming)


def _listed(query: Select[Any], listed: Table, asked: Asked, inside: Inside) -> Select[Any]:
    """Lines of one table, in order, whose readings answer and whose numbers are asked for."""
    query, number = _worded(query, listed, asked)
    return (
        query.join(t.answering, t.answering.c.reading_seq == listed.c.reading_seq)
        .join(t.readings, t.readings.c.seq == listed.c.reading_seq)
        .join(t.reports, t.reports.c.id == t.readings.c.report_id)
        .where(_within(number, inside), answers_on(asked.as_known_on))
        .order_by(number)
    )


def _within(number: ColumnElement[int], inside: Inside) -> Condition:
    if isinstance(inside, tuple):
        return and_(number >= inside[0], number < inside[1])
    return number.in_(inside)


def _worded(query: Select[Any], listed: Table, asked: Asked) -> tuple[Select[Any], ColumnElement[int]]:
    """A query of a table's lines that hold the words asked for, and the column by which it runs through them."""
    wanted = groups(asked.filters)
    if not wanted:
        return query.select_from(listed), listed.c.id
    words, number = index_of(asked.dialect)
    return query.select_from(words.join(listed, listed.c.id == number)).where(matches(wanted, asked.dialect)), number


def index_of(dialect: str) -> tuple[FromClause, ColumnElement[int]]:
    """The index of words, and its column of line numbers."""
    if dialect == "sqlite":
        return _SQLITE_WORDS, _SQLITE_WORDS.c.rowid
    return _POSTGRES_WORDS, _POSTGRES_WORDS.c.id


def matches(wanted: Groups, dialect: str) -> Condition:
    """Does the document in the index of words hold a phrase of each group?"""
    if dialect == "sqlite":
        # every phrase in quotes: FTS5 then knows no operators
        either = (" OR ".join(f'"{phrase}"' for phrase in group) for group in wanted)
        return literal_column("search").op("MATCH")(" AND ".join(f"({words})" for words in either))
    return _POSTGRES_WORDS.c.terms.op("@@")(as_query(wanted))


def as_query(wanted: Groups) -> ColumnElement[Any]:
    """Groups of phrases as PostgreSQL asks for them."""
    either = (" | ".join(_followed(phrase) for phrase in group) for group in wanted)
    return cast(" & ".join(f"({words})" for words in either), TSQUERY())


def _followed(phrase: str) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in phrase.split(" ")) + ")"


def _places(name: str) -> list[str]:
    """A place's name, or a country's: then everything in it."""
    from onrecord.gazetteer import country_by_name

    country = country_by_name(name)
    phrases = [marked_phrase(PLACE, name), *([marked_phrase(PLACE, country[0])] if country is not None else [])]
    return list(dict.fromkeys(phrases))


def _same_line(listed: Table) -> Condition:
    m = t.marks.c
    return and_(m.reading_seq == listed.c.reading_seq, m.record_id == listed.c.record_id, m.variant == listed.c.variant)


def _holds_on(day: str | None) -> Condition:
    m = t.marks.c
    if day is None:
        return m.until.is_(None)
    return and_(m.since <= day, or_(m.until.is_(None), m.until > day))


def is_hidden(listed: Table, day: str | None) -> Condition:
    """Has a person's judgement taken this line out of the lists?"""
    return exists().where(_same_line(listed), _holds_on(day), t.marks.c.hidden == 1)
