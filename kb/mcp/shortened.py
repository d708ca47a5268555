"""Texts that are cut where an answer has a bound."""

from __future__ import annotations


def shortened(text: str, most: int) -> tuple[str, bool]:
    """The first lines of a text that fit into so many bytes of UTF-8, and whether something was left out."""
    encoded = text.encode()
    if len(encoded) <= most:
        return text, False
    start = encoded[:most].decode("utf-8", "ignore")
    whole_lines = start.rpartition("\n")[0]
    return (whole_lines or start), True
