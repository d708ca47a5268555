"""Backup and restore: all that is kept as JSON lines, whatever the database is, so that one can move to the other.

The salt of the day is left out: a backup can't tell who voted. After a restore a reader of that day may count again.
"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, text, update

from kb.collector.schema import blocked, missing, outcomes, state, tallies, votes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table

    from kb.collector.database import Database

_TABLES: Final = {table.name: table for table in (votes, tallies, blocked, missing, outcomes)}
_VERSION: Final = 1
_AT_ONCE: Final = 1_000


def back_up(database: Database, file: IO[str]) -> int:
    """Write all that is kept into a file, as it is at one moment; how many rows. Raises DatabaseError, OSError."""
    count = 0
    with database.snapshot() as connection:
        file.write(json.dumps({"known-fixes votes": _VERSION}) + "\n")
        for name, table in _TABLES.items():
            for row in connection.execute(select(table)).mappings():
                file.write(json.dumps({"table": name, **row}) + "\n")
                count += 1
        file.write(json.dumps({"rows": count}) + "\n")
    return count


def restore(database: Database, file: Iterable[str]) -> int:
    """Fill an empty database from a backup, whole or not at all. Raises DatabaseError, ValueError."""
    with database.transaction() as connection:
        if connection.scalar(select(func.count()).select_from(votes)):
            raise ValueError("the database has votes already; restore into an empty one")
        count = _fill(connection, file)
        if database.is_postgresql:
            connection.execute(text("SELECT setval('votes_id_seq', (SELECT coalesce(max(id), 1) FROM votes))"))
        connection.execute(update(state).values(revision=state.c.revision + 1))
    return count


def _fill(connection: Connection, file: Iterable[str]) -> int:
    lines = iter(file)
    if _line(next(lines, "")) != {"known-fixes votes": _VERSION}:
        raise ValueError("it is no backup of votes")
    count, rows, table = 0, list[dict[str, Any]](), votes
    for line in lines:
        row = _line(line)
        if "table" not in row:
            break
        following = _TABLES.get(str(row.pop("table")))
        if following is None:
            raise ValueError("it has a table of a newer release")
        if following is not table or len(rows) == _AT_ONCE:
            _insert(connection, table, rows)
            rows, table = [], following
        rows.append(row)
        count += 1
    else:
        row = {}
    _insert(connection, table, rows)
    if row != {"rows": count}:
        raise ValueError("it is cut off, or has lost lines")
    return count


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _line(text_of_line: str) -> dict[str, Any]:
    found = json.loads(text_of_line or "{}")
    return found if isinstance(found, dict) else {}
