"""A XOR filter: a set of keys in a few bits each, which may take a stranger for a member but misses none.

A browser asks it before it fetches a shard. After Graf and Lemire, "Xor Filters: Faster and Smaller Than Bloom and
Cuckoo Filters", 2020, https://arxiv.org/abs/1912.08258. The reader is `filter.js`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_MASK = 0xFFFFFFFF
GOLDEN = 0x9E3779B9


def _mix(value: int) -> int:
    """Spread 32 bits over 32 bits: MurmurHash3's finalizer."""
    value ^= value >> 16
    value = value * 0x85EBCA6B & _MASK
    value ^= value >> 13
    value = value * 0xC2B2AE35 & _MASK
    return value ^ value >> 16


def _slots(key: int, seed: int, block: int) -> tuple[int, int, int, int]:
    """A key's three slots, one in each block, and its fingerprint (32 bits)."""
    first = _mix(key ^ seed)
    second = _mix(first + GOLDEN & _MASK)
    third = _mix(second + GOLDEN & _MASK)
    fingerprint = _mix(third + GOLDEN & _MASK)
    return first * block >> 32, block + (second * block >> 32), 2 * block + (third * block >> 32), fingerprint


def build_filter(keys: Collection[int], bits: int, absent: int | None = None) -> tuple[int, bytes]:
    """Build a filter with fingerprints of `bits` bits (at most 8) for distinct keys; return its seed and its bytes.

    The slots are packed one after the other, the lowest bits of a byte first. `absent` is a stranger that every reader
    asks for: the filter doesn't take it for a member.
    """
    block = (len(keys) * 123 // 100 + 32) // 3 + 1
    mask = (1 << bits) - 1
    seed = 0
    while True:
        hashed = [_slots(key, seed, block) for key in keys]
        order = _peel(hashed, 3 * block)
        if len(order) == len(hashed):
            values = _values(hashed, order, 3 * block, mask)
            if absent is None or not _holds(values, _slots(absent, seed, block), mask):
                return seed, _pack(values, bits)
        seed += 1


def _values(hashed: list[tuple[int, int, int, int]], order: list[tuple[int, int]], slots: int, mask: int) -> list[int]:
    """What stands in each slot, so that those of a key give its fingerprint."""
    values = [0] * slots
    for number, slot in reversed(order):
        first, second, third, fingerprint = hashed[number]
        values[slot] = (fingerprint ^ values[first] ^ values[second] ^ values[third]) & mask
    return values


def _holds(values: list[int], hashed: tuple[int, int, int, int], mask: int) -> bool:
    """Whether a filter takes a key for a member."""
    first, second, third, fingerprint = hashed
    return (fingerprint ^ values[first] ^ values[second] ^ values[third]) & mask == 0


def _peel(hashed: list[tuple[int, int, int, int]], slots: int) -> list[tuple[int, int]]:
    """Order the keys so that each has a slot which no later one uses: pairs of key number and slot."""
    count = [0] * slots
    users = [0] * slots
    for number, hashes in enumerate(hashed):
        for slot in hashes[:3]:
            count[slot] += 1
            users[slot] ^= number
    alone = [slot for slot in range(slots) if count[slot] == 1]
    order: list[tuple[int, int]] = []
    while alone:
        slot = alone.pop()
        if count[slot] != 1:
            continue
        number = users[slot]
        order.append((number, slot))
        for other in hashed[number][:3]:
            count[other] -= 1
            users[other] ^= number
            if count[other] == 1:
                alone.append(other)
    return order


def _pack(values: list[int], bits: int) -> bytes:
    packed = bytearray()
    held = width = 0
    for value in values:
        held |= value << width
        width += bits
        while width >= 8:
            packed.append(held & 0xFF)
            held >>= 8
            width -= 8
    packed.append(held)
    return bytes(packed)
