"""Secrets of old pages, which stay where they are: a knowledge base has more readers than a wiki had."""

from kb.drafts.moving.page import Parts
from kb.drafts.redacting import redacted


def without_secrets(parts: Parts) -> tuple[Parts, tuple[str, ...]]:
    """The parts with a word in the place of each secret, and what kinds of secrets they were."""
    kinds: dict[str, None] = {}
    return parts.each(lambda text: redacted(text, kinds)), tuple(kinds)
