"""Secrets of old pages, which stay where they are: a knowledge base has more readers than a wiki had."""

import re
from typing import Final

from kb.checks import secrets_in
from kb.drafts.moving.page import Parts

REDACTED: Final = "REDACTED"
_KEY: Final = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----.*?"
    r"(?:-----END (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
_ROUNDS: Final = 4
"""Times that a text is looked through: a secret may stand behind another one."""


def without_secrets(parts: Parts) -> tuple[Parts, tuple[str, ...]]:
    """The parts with a word in the place of each secret, and what kinds of secrets they were."""
    kinds: dict[str, None] = {}
    return parts.each(lambda text: _without(text, kinds)), tuple(kinds)


def _without(text: str, kinds: dict[str, None]) -> str:
    for _ in range(_ROUNDS):
        found = list(secrets_in(text))
        if not found:
            break
        kinds.update(dict.fromkeys(secret.kind for secret in found))
        if any(secret.kind == "private key" for secret in found):
            text = _KEY.sub(f"{REDACTED} private key", text)
            continue
        for secret in reversed(found):
            text = f"{text[: secret.start]}{REDACTED}{text[secret.end :]}"
    return text
