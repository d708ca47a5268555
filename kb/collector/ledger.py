"""The ledger: writes taps down, a batch in a transaction, and knows what stands. Works in one thread."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, select

from kb.collector.readers import DAY, Salt, reader_of, todays_salt
from kb.collector.refusals import Refusal
from kb.collector.schema import add_up, missing, outcomes, state, tallies
from kb.collector.statements import statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection, Table

    from kb.collector.asked import Asked, Outcome, Tap
    from kb.collector.database import Database

Key = tuple[str, str, str]
"""Entry, key of a workaround or nothing, signal."""
MOST_ROWS: Final = 50_000
"""Errors that were looked for in vain, and outcomes, that are kept of each."""


class Ballot(NamedTuple):
    """What is asked, and the shortened address from which."""

    asked: Asked
    network: str


class Recorded(NamedTuple):
    """What came of a batch: for each of its ballots a receipt, or why there is none; and what changed."""

    revision: int
    outcomes: list[str | Refusal]
    changes: dict[Key, int]


class Ledger:
    """Writes votes into the database. `clock` gives seconds since 1970; whatever it does, a reader counts once."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._salt: Salt | None = None

    def record(self, ballots: Sequence[Ballot]) -> Recorded:
        """Write a batch down, all or nothing. Raises DatabaseError."""
        with self._database.transaction() as connection:
            statements = statements_of(connection)
            revision = int(connection.exec_driver_sql(statements.raise_revision).scalar_one())
            salt = self._todays(connection)
            page = _Page(int(self._clock()) // 60)
            receipts = [salt.receipt(network, asked.token) for asked, network in ballots]
            networks = [salt.network(network) for _, network in ballots]
            readers = [_readers(receipt, ballot.asked) for receipt, ballot in zip(receipts, ballots, strict=True)]
            among = statements.among({reader for each in readers for reader in each})
            page.turn_to(connection.exec_driver_sql(statements.turns, {"readers": among}))
            among = statements.among({*(each[0] for each in readers), *networks})
            refused = set(connection.exec_driver_sql(statements.blocked, {"pseudonyms": among}).scalars())
            outcomes: list[str | Refusal] = []
            for ballot, receipt, mine, network in zip(ballots, receipts, readers, networks, strict=True):
                if mine[0] in refused or network in refused:
                    outcomes.append(Refusal(403, "blocked", "Votes from here are not counted today."))
                    continue
                for tap in ballot.asked.taps:
                    page.tap(tap, ballot.asked.known.ids, mine, network)
                outcomes.append(receipt)
            write_rows(connection, page.rows, page.changes)
        self._keep(salt)
        return Recorded(revision, outcomes, dict(page.changes))

    def look_for(self, skeleton: str) -> None:
        """Count an error that was looked for in vain. Raises DatabaseError, Refusal where there are too many."""
        self._count_one(missing, {"skeleton": skeleton})

    def report(self, outcome: Outcome) -> None:
        """Count what an agent reports. Raises DatabaseError, Refusal where there is too much."""
        self._count_one(outcomes, {**outcome._asdict(), "helped": int(outcome.helped)})

    def _count_one(self, table: Table, row: dict[str, object]) -> None:
        with self._database.transaction() as connection:
            if (connection.scalar(select(func.count()).select_from(table)) or 0) >= MOST_ROWS:
                raise Refusal(503, "full", "There is too much of this kind to keep more.", retry_after=DAY)
            today = int(self._clock()) // DAY
            counted = {**row, "count": 1, "first_day": today, "last_day": today}
            add_up(connection, table, [counted], latest=("last_day",))

    def turn_day(self) -> None:
        """Forget the salt of a day that is over, though nobody votes. Raises DatabaseError."""
        if self._salt is None or not self._salt.holds(int(self._clock()) // DAY):
            with self._database.transaction() as connection:
                salt = todays_salt(connection, int(self._clock()) // DAY)
            self._keep(salt)

    def revision(self) -> int:
        """Which revision the database is at: a greater one than before where somebody wrote. Raises DatabaseError."""
        with self._database.transaction() as connection:
            return int(connection.scalar(select(state.c.revision)) or 0)

    def counts(self) -> tuple[int, dict[Key, int]]:
        """The revision and all counts. Raises DatabaseError."""
        with self._database.transaction() as connection:
            revision = int(connection.scalar(select(state.c.revision)) or 0)
            rows = connection.execute(select(tallies.c.entry, tallies.c.workaround, tallies.c.signal, tallies.c.count))
            return revision, {(entry, workaround, signal): count for entry, workaround, signal, count in rows}

    def _todays(self, connection: Connection) -> Salt:
        today = int(self._clock()) // DAY
        if self._salt is not None and self._salt.holds(today):
            return self._salt
        return todays_salt(connection, today)

    def _keep(self, salt: Salt) -> None:
        """Keep a salt that is committed, and wipe the one before it off the disk."""
        if salt != self._salt:
            self._salt = salt
            self._database.wipe()


class _Page:
    """What a batch adds: the turns that its readers have taken, and the rows that follow."""

    def __init__(self, minute: int) -> None:
        self._minute = minute
        self._turns: dict[tuple[str, Key], int] = {}
        self.rows: list[dict[str, object]] = []
        self.changes: Counter[Key] = Counter()

    def turn_to(self, found: Iterable[Sequence[Any]]) -> None:
        """Take over the turns that were found: reader, entry, workaround, signal, turn."""
        for reader, entry, workaround, signal, turn in found:
            self._turns[reader, (entry, workaround, signal)] = turn

    def tap(self, tap: Tap, ids: tuple[str, ...], readers: tuple[str, ...], network: str) -> None:
        """Write a tap: nothing if it stands already, else a row. What is taken back is so of each pseudonym.

        `ids` are all that the entry has had: what was said under a former one stands, and is taken back there.
        """
        key = (tap.entry, tap.workaround, tap.signal)
        keys = [(each, tap.workaround, tap.signal) for each in ids]
        standing = [(reader, each) for each in keys for reader in readers if self._turns.get((reader, each), 0) % 2]
        if not tap.on:
            self._turn(standing, network)
        elif not standing:
            self._turn([(readers[0], key)], network)

    def _turn(self, said: Iterable[tuple[str, Key]], network: str) -> None:
        """Say what was not said, and take back what was."""
        for reader, key in said:
            turn = self._turns.get((reader, key), 0) + 1
            self._turns[reader, key] = turn
            change = 1 if turn % 2 else -1
            self.changes[key] += change
            entry, workaround, signal = key
            place = {"entry": entry, "workaround": workaround, "signal": signal}
            who = {"reader": reader, "network": network, "cause": "reader"}
            self.rows.append({"minute": self._minute, **place, **who, "turn": turn, "change": change})


def write_rows(connection: Connection, rows: Sequence[dict[str, object]], changes: Counter[Key]) -> None:
    """Append rows of votes, and add what they come to to the counts."""
    statements = statements_of(connection)
    if rows:
        connection.exec_driver_sql(statements.append, statements.of_rows(rows))
    summed = [
        {"entry": entry, "workaround": workaround, "signal": signal, "count": change}
        for (entry, workaround, signal), change in sorted(changes.items())
        if change
    ]
    if summed:
        connection.exec_driver_sql(statements.add_up, statements.of_rows(summed))


def _readers(receipt: str, asked: Asked) -> tuple[str, ...]:
    """Who asks, as today's pseudonym, and as that of the receipt if it is another one."""
    return tuple(dict.fromkeys(map(reader_of, filter(None, (receipt, asked.receipt)))))
