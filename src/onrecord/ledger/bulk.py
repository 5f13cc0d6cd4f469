"""Many rows into a table at once: `executemany` on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Table

_AT_ONCE = 500
"""Values in one IN list: far below what either database takes."""
_WORDS_TABLE = "search"


def insert_rows(connection: Connection, table: Table, rows: Sequence[Sequence[Any]], columns: tuple[str, ...]) -> None:
    """Insert rows, given as values in the order of `columns`."""
    _insert(connection, table.name, columns, rows)


def insert_mappings(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, given as mappings that all have the same keys."""
    if rows:
        columns = tuple(rows[0])
        _insert(connection, table.name, columns, [tuple(row.values()) for row in rows])


def insert_documents(connection: Connection, documents: Sequence[tuple[int, str]]) -> None:
    """Put documents into the index of words, each under the number of its row."""
    if connection.dialect.name == "sqlite":
        _insert(connection, _WORDS_TABLE, ("rowid", "terms"), sorted(documents))
    else:
        _insert(connection, _WORDS_TABLE, ("id", "terms"), [(number, _vector(terms)) for number, terms in documents])


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in lists short enough for one statement."""
    every = list(values)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _insert(connection: Connection, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert_sql(table, columns), [tuple(row) for row in rows])
        return
    # psycopg's own cursor: SQLAlchemy has no COPY.  It runs in the same transaction.
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(_copy_sql(table, columns)) as copy:
        for row in rows:
            copy.write_row(row)


@cache
def _insert_sql(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({_quoted(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our names


@cache
def _copy_sql(table: str, columns: tuple[str, ...]) -> str:
    return f"COPY {table} ({_quoted(columns)}) FROM STDIN"


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _vector(terms: str) -> str:
    """A document as PostgreSQL's text search vector, in its own writing: every word with its places."""
    found: dict[str, str] = {}
    for number, word in enumerate(terms.split(" ")):
        if word != "|":  # a gap in the numbers is enough to keep a phrase from going on
            before = found.get(word)
            found[word] = f"'{word}':{number + 1}" if before is None else f"{before},{number + 1}"
    return " ".join(found.values())
