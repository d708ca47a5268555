"""The database: a file of SQLite, or PostgreSQL at an address; opened, brought up to date, and watched."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator

_POSTGRESQL: Final = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://")
READING: Final = "known_fixes_reading"
"""The option of a connection to SQLite that writes nothing."""
_PATIENCE: Final = 3
"""Seconds that a transaction waits for another one's lock, and a connection for its server."""
_STATEMENT: Final = 10
"""Seconds that a statement may take on PostgreSQL."""
_MIGRATING: Final = 7203518
"""The number of the lock that one of several collectors takes that start at once."""

_REFUSED: Final = {
    "password authentication failed": "user or password is wrong",
    "does not exist": "there is no such database or user",
    "Connection refused": "nothing listens at this host and port",
    "resolve host": "there is no such host",
    "translate host": "there is no such host",
    "timeout": "the host did not answer in time",
}
"""What a PostgreSQL that can't be reached says, and how it is told: its own words hold users and addresses."""


class DatabaseError(Exception):
    """The database can't be used; the text says why, and holds no password."""


class Database:
    """Where the votes are. Transactions come one at a time, whoever else writes."""

    def __init__(self, address: str) -> None:
        """`address`: a file's path, or `postgresql://user:password@host/name`."""
        self.is_postgresql = _POSTGRESQL.match(address) is not None
        if not self.is_postgresql and ("://" in address or address.startswith(("postgresql:", "postgres:"))):
            raise DatabaseError("the address of a database is a file's path or starts with postgresql://")
        self._path = None if self.is_postgresql else os.path.abspath(address)  # noqa: PTH100 - only a name for SQLite
        self._engine = _postgresql(address) if self._path is None else _sqlite(self._path)
        self._file: tuple[int, int] | None = None

    @property
    def is_there(self) -> bool:
        """Whether its file is there; PostgreSQL says so by itself."""
        return self._path is None or self._identity() is not None

    def prepare(self) -> None:
        """Make the tables, or bring those of an older release up to date. Raises DatabaseError."""
        try:
            with self._engine.begin() as connection:
                if self.is_postgresql:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATING})
                config = Config()
                folder = str(files("kb.collector") / "migrations")
                config.set_main_option("script_location", folder.replace("%", "%%"))
                config.attributes["connection"] = connection
                heads = ScriptDirectory.from_config(config).get_heads()
                if list(MigrationContext.configure(connection).get_current_heads()) != heads:
                    command.upgrade(config, "head")
        except CommandError:
            raise DatabaseError("it was made by a newer release of known-fixes") from None
        except (SQLAlchemyError, OSError) as error:
            raise DatabaseError(reason(error)) from None
        self._file = self._identity()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction that is committed at the end, or not at all. Raises DatabaseError."""
        with self._begun(self._engine) as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that reads all as it is at one moment, and keeps nobody from writing. Raises DatabaseError."""
        level = {"isolation_level": "REPEATABLE READ"} if self.is_postgresql else {READING: True}
        with self._begun(self._engine.execution_options(**level)) as connection:
            yield connection

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        try:
            self._look_for_file()
            with engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise DatabaseError(reason(error)) from None

    def wipe(self) -> None:
        """See to it that what was deleted is no more in the files either. Raises DatabaseError."""
        statement = "VACUUM salts" if self.is_postgresql else "PRAGMA wal_checkpoint(TRUNCATE)"
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(statement)
        except (SQLAlchemyError, OSError) as error:
            raise DatabaseError(reason(error)) from None

    def close(self) -> None:
        self._engine.dispose()

    def _look_for_file(self) -> None:
        """SQLite goes on writing into a file that was deleted, and what it writes is lost: so look whether it is there.

        A file that was put in its place is opened anew.
        """
        if self._path is None or self._file is None:
            return
        there = self._identity()
        if there != self._file:
            self._engine.dispose()
            if there is None:
                raise OSError("the database's file is gone")
            self._file = there

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path or "")  # noqa: PTH116 - of a name for SQLite
        except OSError:
            return None
        return found.st_dev, found.st_ino


def reason(error: Exception) -> str:
    """Why a database can't be used, in a line without addresses, statements and values."""
    inner = getattr(error, "orig", None) or error
    line = (
        " ".join(str(inner).split())[:120] if isinstance(inner, OSError) or "sqlite" in type(inner).__module__ else ""
    )
    if line.startswith("unable to open"):
        line += "; is its folder there, and may you write into it?"
    if type(inner).__module__.startswith("psycopg") and not getattr(inner, "sqlstate", None):
        said = str(inner)
        line = next((means for word, means in _REFUSED.items() if word in said), "")
    return f"{type(inner).__name__}{': ' if line else ''}{line}"


def _sqlite(path: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says so, those of migrations too
        for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") != "AUTOCOMMIT":
            # In WAL mode a reader has its snapshot from the first read on. https://www.sqlite.org/isolation.html
            connection.exec_driver_sql("BEGIN" if options.get(READING) else "BEGIN IMMEDIATE")

    return engine


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(_POSTGRESQL.sub("postgresql+psycopg://", address, count=1))
    except (SQLAlchemyError, ValueError):
        raise DatabaseError("its address is not of the form postgresql://user:password@host:port/name") from None
    milliseconds = f"-c statement_timeout={_STATEMENT * 1000} -c lock_timeout={_PATIENCE * 1000}"
    arguments = {"connect_timeout": _PATIENCE, "options": milliseconds, "tcp_user_timeout": _STATEMENT * 1000}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments)
