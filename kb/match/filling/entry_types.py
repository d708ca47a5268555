"""The types of an entry's placeholders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.entry import Placeholder, SignatureError, signature_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.match.filling.values import Types


def types_of(signatures: Iterable[str]) -> Types:
    """Name of each placeholder -> the types that the signatures give it. A signature that can't be read has none."""
    found: dict[str, set[str]] = {}
    for text in signatures:
        try:
            parts = signature_parts(text) if "{{" in text else ()
        except SignatureError:
            continue
        for part in parts:
            if isinstance(part, Placeholder):
                found.setdefault(part.name, set()).add(part.type)
    return {name: tuple(sorted(kinds)) for name, kinds in found.items()}
