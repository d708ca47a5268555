"""Ordinary prose and log lines: what no signature should stand in, and whose words say nothing of an error."""

from functools import cache
from importlib import resources

from kb.checks.claims import Claim, words_in
from kb.checks.parsed import find_signature


@cache
def ordinary_lines() -> tuple[str, ...]:
    """Lines that people and programs write when nothing in particular is wrong."""
    text = resources.files("kb.checks").joinpath("ordinary.txt").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("# "))


@cache
def ordinary_words() -> frozenset[str]:
    """All words of the ordinary lines."""
    return frozenset(word for line in ordinary_lines() for word in words_in(line))


def ordinary_line(claim: Claim) -> str | None:
    """The first of the ordinary lines that a signature stands in."""
    if not claim.words <= ordinary_words():
        return None
    return next(
        (line for line in ordinary_lines() if claim.words <= words_in(line) and find_signature(claim.text, line)),
        None,
    )
