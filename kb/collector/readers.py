"""Who voted, without knowing who: pseudonyms that hold for a day.

    receipt = HMAC-SHA256(salt of the day, shortened address | token of the device), the device's alone
    reader  = SHA-256(receipt), which is kept
    network = HMAC-SHA256(salt of the day, shortened address), which is kept, to see what comes from one place

An address is shortened to its /24, or /48 of IPv6, before anything else. The salt is random and deleted when its day
(UTC) is over: from then on nobody can find out what an address or a token was called. Addresses are never kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import delete, func, select

from kb.collector.schema import insert_new, salts

if TYPE_CHECKING:
    from sqlalchemy import Connection

DAY: Final = 86_400
_AHEAD: Final = 1
"""Days that a salt may be ahead of the clock: a clock was set back over midnight. More is a clock that was wrong."""


class Salt(NamedTuple):
    """A day, counted from 1970 in UTC, and the key of its pseudonyms."""

    day: int
    key: bytes

    def holds(self, today: int) -> bool:
        """Whether it is to be used on a day: its own one, and the one before where a clock was set back."""
        return self.day - _AHEAD <= today <= self.day

    def receipt(self, network: str, token: str) -> str:
        return self._keyed(f"reader {network} {token}")[:32]

    def network(self, network: str) -> str:
        return self._keyed(f"network {network}")[:16]

    def _keyed(self, text: str) -> str:
        return hmac.digest(self.key, text.encode(), "sha256").hex()


def reader_of(receipt: str) -> str:
    """The pseudonym that is kept of who has this receipt."""
    return hashlib.sha256(receipt.encode()).hexdigest()[:32]


def shortened(address: str) -> str:
    """The network that an address is in: its /24, or its /48 of IPv6. What is no address is `unknown`."""
    with suppress(OSError):  # nearly all of them are of IPv4, for which `ip_address` takes eight times as long
        first, second, third, _ = socket.inet_pton(socket.AF_INET, address)
        return f"{first}.{second}.{third}.0/24"
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return f"{IPv6Address(int(parsed) >> 80 << 80)}/48"
        parsed = parsed.ipv4_mapped
    return f"{IPv4Address(int(parsed) >> 8 << 8)}/24"


def todays_salt(connection: Connection, today: int) -> Salt:
    """The salt that holds today: made where there is none. Those of days that are over are deleted."""
    newest = connection.scalar(select(func.max(salts.c.day)))
    if newest is None or not today <= newest <= today + _AHEAD:
        newest = today
        insert_new(connection, salts, [{"day": today, "key": secrets.token_hex(32)}])
    connection.execute(delete(salts).where(salts.c.day != newest))
    key = connection.scalar(select(salts.c.key).where(salts.c.day == newest))
    return Salt(newest, bytes.fromhex(str(key)))
