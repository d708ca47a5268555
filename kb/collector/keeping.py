"""What a keeper does with the votes: look for bursts, take the votes of a reader or network back, forget a reader."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, or_, select, update

from kb.collector.ledger import Key, write_rows
from kb.collector.readers import DAY, reader_of
from kb.collector.schema import blocked, insert_new, missing, outcomes, state, votes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    from kb.collector.database import Database


class Burst(NamedTuple):
    """Many readers of one network who said one thing of one entry on one day."""

    entry: str
    signal: str
    network: str
    readers: int
    standing: int
    """How many of their votes count now."""
    minutes: int
    """Between the first and the last of them."""
    first: int
    """The minute of the first one, from 1970."""


class Sought(NamedTuple):
    """An error that was looked for in vain: how often, and the days, from 1970, of the first and last time."""

    skeleton: str
    times: int
    first_day: int
    last_day: int


class Reported(NamedTuple):
    """What agents report of a workaround with a version of its tool, or with one that they did not say."""

    entry: str
    workaround: str
    version: str
    helped: int
    failed: int
    last_day: int
    """From 1970."""


def bursts(database: Database, least: int) -> list[Burst]:
    """Where at least so many readers of one network said the same, those with most readers first."""
    readers = func.count(func.distinct(votes.c.reader))
    first, last = func.min(votes.c.minute), func.max(votes.c.minute)
    grouped = (votes.c.entry, votes.c.signal, votes.c.network)
    found = (
        select(*grouped, readers, func.sum(votes.c.change), last - first, first)
        .group_by(*grouped)
        .having(readers >= least)
        .order_by(readers.desc(), *grouped)
    )
    with database.snapshot() as connection:
        return [Burst(*row) for row in connection.execute(found)]


def block(database: Database, pseudonym: str) -> int:
    """Let the votes of a reader or network count no more, those of today that are to come neither; how many did."""
    with database.transaction() as connection:
        _raise_revision(connection)
        taken = list(_standing(connection, or_(votes.c.reader == pseudonym, votes.c.network == pseudonym)))
        minute = int(time.time()) // 60
        back = {"minute": minute, "change": -1, "cause": "keeper"}
        rows = [row | back | {"turn": int(str(row["turn"])) + 1} for row in taken]
        write_rows(connection, rows, _taken_off(rows))
        insert_new(connection, blocked, [{"pseudonym": pseudonym, "day": int(time.time()) // DAY}])
    return len(taken)


def forget(database: Database, receipt: str) -> int:
    """Delete all that is kept of the reader who has this receipt, its counts too; how many votes that were."""
    with database.transaction() as connection:
        _raise_revision(connection)
        mine = votes.c.reader == reader_of(receipt)
        taken = list(_standing(connection, mine))
        write_rows(connection, [], _taken_off(taken))
        connection.execute(delete(votes).where(mine))
    return len(taken)


def sought(database: Database, most: int) -> list[Sought]:
    """The errors that were looked for in vain, the most wanted first; those that differ in case are one."""
    with database.snapshot() as connection:
        rows = [Sought(*row) for row in connection.execute(select(missing))]
    groups: dict[str, list[Sought]] = {}
    for row in rows:
        groups.setdefault(row.skeleton.casefold(), []).append(row)
    summed = [
        Sought(
            max(group, key=lambda row: row.times).skeleton,
            sum(row.times for row in group),
            min(row.first_day for row in group),
            max(row.last_day for row in group),
        )
        for group in groups.values()
    ]
    return sorted(summed, key=lambda row: (-row.times, row.skeleton))[:most]


def reported(database: Database, most: int) -> list[Reported]:
    """What agents report, the workarounds that failed most often first."""
    place = (outcomes.c.entry, outcomes.c.workaround, outcomes.c.version)
    helped = func.sum(outcomes.c.count * outcomes.c.helped)
    failed = func.sum(outcomes.c.count * (1 - outcomes.c.helped))
    found = (
        select(*place, helped, failed, func.max(outcomes.c.last_day))
        .group_by(*place)
        .order_by(failed.desc(), helped.desc(), *place)
        .limit(most)
    )
    with database.snapshot() as connection:
        return [Reported(*row) for row in connection.execute(found)]


def _standing(connection: Connection, condition: ColumnElement[bool]) -> Iterator[dict[str, object]]:
    """The votes that count, of those of a condition, each as its last row."""
    key = (votes.c.reader, votes.c.entry, votes.c.workaround, votes.c.signal)
    columns = (*key, func.max(votes.c.network), func.max(votes.c.turn))
    found = select(*columns).where(condition).group_by(*key).having(func.sum(votes.c.change) > 0)
    names = ("reader", "entry", "workaround", "signal", "network", "turn")
    for row in connection.execute(found):
        yield dict(zip(names, row, strict=True))


def _taken_off(rows: list[dict[str, object]]) -> Counter[Key]:
    """What the counts change by without these votes."""
    changes: Counter[Key] = Counter()
    for row in rows:
        changes[str(row["entry"]), str(row["workaround"]), str(row["signal"])] -= 1
    return changes


def _raise_revision(connection: Connection) -> None:
    connection.execute(update(state).values(revision=state.c.revision + 1))
