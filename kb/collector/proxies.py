"""Whose address a request has: its connection's, or what a proxy that is trusted says of it."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Network = IPv4Network | IPv6Network


def client_address(peer: str, forwarded: Sequence[str], is_proxy: Callable[[str], bool]) -> str:
    """The address of who asks. `forwarded`: the values of `X-Forwarded-For`, which count from a trusted peer alone.

    Each proxy appends whom it was asked by. So the last address that is no trusted proxy's is the one that nobody can
    make up; what stands before it is the reader's own word.
    """
    address = peer
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    while hops and is_proxy(address):
        address = hops.pop()
    return address


def trusting(networks: Sequence[Network]) -> Callable[[str], bool]:
    """Whether an address is that of a trusted proxy. Proxies are few: the last addresses are remembered."""

    @lru_cache(maxsize=64)
    def is_proxy(address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        mapped = getattr(parsed, "ipv4_mapped", None)
        parsed = mapped or parsed
        return any(parsed.version == network.version and parsed in network for network in networks)

    return is_proxy
