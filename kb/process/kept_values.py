"""Values that were computed once, kept for the next time under the digest of all that they follow from.

They lie in a database in the user's own cache folder, a row each. A value has a checksum, so that one that was changed
by whoever or whatever counts as none; a database that is cut off or is none is made anew. What nobody has asked for
for weeks is dropped. Where the folder can't be written, nothing is kept.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from kb.process.caches import cache_folder

FORMAT: Final = 1
"""Stands in the database's name: what is laid out in another way is another database."""
KEPT_DAYS: Final = 30
"""Days after which a value is dropped that nobody has asked for."""
_PATIENCE: Final = 10.0
"""Seconds for which another process may be writing."""
_AT_ONCE: Final = 500
"""Keys in one question: SQLite takes no more than a thousand values in one, where it was so built."""
_SIZE: Final = 16
"""Bytes of a checksum."""


class KeptValues:
    """The values of one kind."""

    def __init__(self, kind: str) -> None:
        self._path = cache_folder() / f"{kind}-{FORMAT}.sqlite"
        self._today = int(time.time() // 86_400)

    def read(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Key -> value of those that are kept and whole."""
        return {
            key: value
            for key, _, checksum, value in self._asked(keys, "key, day, checksum, value")
            if isinstance(value, bytes) and checksum == _checksum(key, value)
        }

    def has(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys under which a value is kept. Whether that is whole, reading it tells."""
        return {key for key, _ in self._asked(keys, "key, day")}

    def _asked(self, keys: Iterable[str], columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of keys, which are asked for today by that. The first two columns are the key and its day."""
        wanted = list(keys)
        if not wanted or not self._path.exists():
            return
        with suppress(sqlite3.OperationalError), self._open() as database:
            for some in _parts(wanted):
                where = f"WHERE key IN ({','.join('?' * len(some))})"
                rows = database.execute(f"SELECT {columns} FROM kept {where}", some).fetchall()  # noqa: S608
                yield from rows
                old = [(self._today, key) for key, day, *_ in rows if day != self._today]
                if old:
                    with database:
                        database.executemany("UPDATE kept SET day = ? WHERE key = ?", old)

    def write(self, values: Mapping[str, bytes]) -> bool:
        """Keep values, and drop those that nobody has asked for for long. Returns whether they are kept now."""
        if not values:
            return True
        with suppress(sqlite3.OperationalError, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._open() as database, database:
                rows = ((key, _checksum(key, value), value, self._today) for key, value in values.items())
                database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
                database.execute("DELETE FROM kept WHERE day < ?", (self._today - KEPT_DAYS,))
            return True
        return False

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The database; an empty one where it was damaged. Raises sqlite3.OperationalError where there can't be one."""
        try:
            with closing(self._connected()) as database:
                yield database
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            _remove(self._path)
            raise sqlite3.OperationalError(f"{self._path} was damaged") from error

    def _connected(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, timeout=_PATIENCE)
        try:
            # What the system has not written yet when the power fails is only computed again.
            database.execute("PRAGMA synchronous = OFF")
            database.execute(
                "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, checksum BLOB, value BLOB, day INTEGER)"
            )
            database.execute("CREATE INDEX IF NOT EXISTS days ON kept (day)")
        except BaseException:
            database.close()
            raise
        return database


def _checksum(key: str, value: bytes) -> bytes:
    return blake2b(value, digest_size=_SIZE, key=key.encode("utf-8", "surrogateescape")[:64]).digest()


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):
            each.unlink()
