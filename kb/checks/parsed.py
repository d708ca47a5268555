"""Signatures as rules look at them: parsed once for all of them."""

from functools import lru_cache
from typing import Final

from kb.entry import SignatureError
from kb.match import Match, Signature, parse_signature

PARSED: Final = 200
"""Signatures that are kept parsed: those of the source that is looked at, and of some that are compared with it."""


@lru_cache(maxsize=PARSED)
def signature_of(text: str) -> Signature | SignatureError:
    """The signature that a text says, parsed once for all rules that look at it, or why it says none."""
    try:
        return parse_signature(text)
    except SignatureError as error:
        return error


def find_signature(signature: str, text: str) -> Match | None:
    """Where the signature that a text says stands in another text as a whole; None also where it says none."""
    parsed = signature_of(signature)
    return parsed.find(text) if isinstance(parsed, Signature) else None
