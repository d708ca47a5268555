"""Secrets in a text of others: a word stands in their place before the text goes anywhere."""

import re
from typing import Final

from kb.checks import secrets_in

REDACTED: Final = "REDACTED"
_KEY: Final = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----.*?"
    r"(?:-----END (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
_ROUNDS: Final = 4
"""Times that a text is looked through: a secret may stand behind another one."""


def redacted(text: str, kinds: dict[str, None] | None = None) -> str:
    """A text with a word in the place of each secret; `kinds` gets what kinds of secrets they were."""
    for _ in range(_ROUNDS):
        found = list(secrets_in(text))
        if not found:
            break
        if kinds is not None:
            kinds.update(dict.fromkeys(secret.kind for secret in found))
        if any(secret.kind == "private key" for secret in found):
            text = _KEY.sub(f"{REDACTED} private key", text)
            continue
        for secret in reversed(found):
            text = f"{text[: secret.start]}{REDACTED}{text[secret.end :]}"
    return text
