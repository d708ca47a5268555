"""A small store of GitHub's answers with their ETags, so that asking again for what didn't change costs nothing.

A request with a known ETag that is answered by 304 doesn't count against the rate limit
(https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api). githubkit's own cache keeps
requests with their Authorization header on disk, so it is not used: no file here holds a token.
"""

import sqlite3
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, Self

_TABLE: Final = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, etag TEXT, link TEXT, body BLOB, day INT)"
_KEPT_DAYS: Final = 90


class Kept(NamedTuple):
    """An answer as it was kept: its ETag, its Link header, its body."""

    etag: str
    link: str
    body: bytes


class AnswerStore:
    """Answers by address and reader. In memory without a path, and where the file can't be had: it is only a help.

    A file that is no store any more is made anew.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._day = (datetime.now(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(days=1)
        try:
            self._connection = self._opened(path)
        except (OSError, sqlite3.OperationalError):  # no rights, no space, or another program holds it
            self._connection = self._opened(None)
        except sqlite3.DatabaseError:
            if path:
                path.unlink()
            self._connection = self._opened(path)

    def _opened(self, path: Path | None) -> sqlite3.Connection:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
        # What is lost with the power is asked for again: no need to wait for the disk.
        connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=2)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            connection.execute("DELETE FROM answers WHERE day < ?", (self._day - _KEPT_DAYS,))
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def get(self, url: str, token: str) -> Kept | None:
        """What was answered last to this reader. Another token may see other things, and has answers of its own."""
        with suppress(sqlite3.DatabaseError, zlib.error):
            row = self._connection.execute(
                "SELECT etag, link, body FROM answers WHERE key = ?", (_key(url, token),)
            ).fetchone()
            if row:
                return Kept(row[0], row[1], zlib.decompress(row[2]))
        return None

    def put(self, url: str, token: str, kept: Kept) -> None:
        """Keep an answer instead of the one before. A full disk or a locked file loses it, and no more."""
        row = (_key(url, token), kept.etag, kept.link, zlib.compress(kept.body, 1), self._day)
        with suppress(sqlite3.DatabaseError):
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _key(url: str, token: str) -> bytes:
    return sha256(f"{token}\0{url}".encode()).digest()
