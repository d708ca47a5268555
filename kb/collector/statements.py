"""The statements that each vote takes, as text for one kind of database.

SQLAlchemy would compile them anew and look at each value of each row, which takes longer than SQLite itself. And SQLite
gets all rows of a batch at once, as JSON: Python gives its lock away at each row otherwise, and waits to have it back.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import any_, bindparam, func, insert, literal_column, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from kb.collector.schema import adding_up, blocked, state, tallies, votes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection, Dialect, Insert
    from sqlalchemy.sql.expression import ClauseElement

_Row = dict[str, Any]


class Statements(NamedTuple):
    """Texts whose values have names: `readers` and `pseudonyms` are lists, `append` and `add_up` take rows."""

    raise_revision: str
    turns: str
    """Of `readers`: the last turn of each thing that they said."""
    blocked: str
    """Those of `pseudonyms` that are blocked."""
    append: str
    add_up: str
    is_postgresql: bool

    def among(self, values: Iterable[str]) -> list[str] | str:
        """A list as the database takes it."""
        return list(values) if self.is_postgresql else json.dumps(list(values))

    def of_rows(self, rows: Sequence[_Row]) -> list[_Row] | _Row:
        """Rows as the database takes them."""
        return list(rows) if self.is_postgresql else {"rows": json.dumps(rows)}


def statements_of(connection: Connection) -> Statements:
    """The statements for the database that a connection leads to."""
    return _statements(connection.dialect)


@cache
def _statements(dialect: Dialect) -> Statements:
    is_postgresql = dialect.name == "postgresql"
    naming = dialect if is_postgresql else sqlite.dialect(paramstyle="named")

    def text_of(statement: ClauseElement) -> str:
        return str(statement.compile(dialect=naming))

    def of_rows(statement: Insert, names: list[str]) -> str:
        if is_postgresql:
            return str(statement.inline().compile(dialect=naming, column_keys=names))
        row = func.json_each(bindparam("rows")).table_valued("value").c.value
        values = select(*(func.json_extract(row, literal_column(f"'$.{name}'")) for name in names))
        # Without a condition, SQLite would take ON CONFLICT for that of a join. https://www.sqlite.org/lang_upsert.html
        return text_of(statement.from_select(names, values.where(true())))

    def is_among(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
        if is_postgresql:
            return column == any_(bindparam(name, type_=postgresql.ARRAY(column.type)))
        return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))

    place = (votes.c.reader, votes.c.entry, votes.c.workaround, votes.c.signal)
    turns = select(*place, func.max(votes.c.turn)).where(is_among(votes.c.reader, "readers")).group_by(*place)
    raised = state.c.revision + literal_column("1")
    return Statements(
        raise_revision=text_of(update(state).values(revision=raised).returning(state.c.revision)),
        turns=text_of(turns),
        blocked=text_of(select(blocked.c.pseudonym).where(is_among(blocked.c.pseudonym, "pseudonyms"))),
        append=of_rows(insert(votes), [column.name for column in votes.c if column.name != "id"]),
        add_up=of_rows(adding_up(tallies, dialect.name), [column.name for column in tallies.c]),
        is_postgresql=is_postgresql,
    )
