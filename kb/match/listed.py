"""A knowledge base of signatures alone, from a file that lists them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kb.match.known import Known, SourceError
from kb.match.matcher import Matcher

if TYPE_CHECKING:
    from pathlib import Path

    from kb.entry import SignatureError


def from_signatures(file: Path) -> Known:
    """JSON lines `{"id": ..., "text": ...}`; those that can't be matched are left out. Raises SourceError."""
    signatures: list[tuple[str, str]] = []
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: {error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            signatures.append((str(value["id"]), str(value["text"])))
        except (ValueError, KeyError, TypeError):
            raise SourceError(f'{file}:{number}: expected {{"id": …, "text": …}}') from None
    left_out: list[str] = []

    def refuse(name: str, error: SignatureError) -> None:
        left_out.append(f"{file}: {name} is left out: {error}")

    matcher = Matcher.from_signatures(signatures, refuse)
    return Known(matcher, lambda _: None, tuple(left_out))
