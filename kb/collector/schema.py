"""What the collector keeps. A change of these tables is a migration in `migrations/versions/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Insert

metadata = MetaData()

votes = Table(
    "votes",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("minute", Integer, nullable=False),
    Column("entry", String(200), nullable=False),
    Column("workaround", String(300), nullable=False),
    Column("signal", String(20), nullable=False),
    Column("reader", String(32), nullable=False),
    Column("network", String(16), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("change", SmallInteger, nullable=False),
    Column("cause", String(10), nullable=False),
    UniqueConstraint("reader", "entry", "workaround", "signal", "turn", name="one_turn"),
    Index("votes_by_entry", "entry", "minute"),
)
"""What readers said, a row each time, never changed. `turn` counts a reader's changes of mind on one thing: odd rows
add one (`change` 1), even ones compensate (-1). `minute` is that of the clock, from 1970; `cause` is who wrote the row:
`reader`, or `keeper`.
"""

tallies = Table(
    "tallies",
    metadata,
    Column("entry", String(200), primary_key=True),
    Column("workaround", String(300), primary_key=True),
    Column("signal", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""The sums of `votes`, written in the same transactions."""

salts = Table(
    "salts", metadata, Column("day", Integer, primary_key=True, autoincrement=False), Column("key", String(64))
)
"""The key of the day's pseudonyms; the only row is today's."""

blocked = Table(
    "blocked", metadata, Column("pseudonym", String(32), primary_key=True), Column("day", Integer, nullable=False)
)
"""Readers and networks whose taps count no more: as pseudonyms, so for their day."""

missing = Table(
    "missing",
    metadata,
    Column("skeleton", String(400), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
)
"""Errors that readers looked for in vain, without any value in them."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("entry", String(200), primary_key=True),
    Column("workaround", String(300), primary_key=True),
    Column("version", String(80), primary_key=True),
    Column("helped", SmallInteger, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
)
"""What coding agents report of workarounds that they tried, `helped` 1 or 0. No vote of a reader is among them."""

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
)
"""One row. Every transaction raises `revision` first: so one at a time writes, and others see that there is news."""


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, but for those whose key is there already."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


def add_up(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], latest: Sequence[str] = ()) -> None:
    """Add the `count` of rows to those that are there; `latest` names columns that become the new row's."""
    connection.execute(adding_up(table, connection.dialect.name, latest), rows)


def adding_up(table: Table, dialect: str, latest: Sequence[str] = ()) -> Insert:
    """The statement that does so for a row."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(table)
    changed = {"count": table.c.count + statement.excluded.count}
    changed |= {name: statement.excluded[name] for name in latest}
    return statement.on_conflict_do_update(index_elements=table.primary_key.columns.keys(), set_=changed)
