"""What was moved before: from which old page which entry was made, and what it said then.

A file of JSON, a page a line, that stands beside the entries folder and is committed with it: so that whoever imports
again changes nothing that is there, and no edit of a keeper is written over.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from kb.entry import Entry

FILE: Final = "imported.jsonl"
PARTS: Final = (
    *("title", "signatures", "codes", "tags", "status"),
    *("summary", "cause", "workarounds", "guidance", "example", "notes", "recommendation"),
)
"""What an import writes into an entry and may change later."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was made of an old page."""

    key: str
    entry: str
    """The id: of an entry, or of a draft that is none yet."""
    read: str
    """Digest of what the page said."""
    address: str = ""
    """Where the page was read."""
    parts: dict[str, str] = field(default_factory=dict)
    """Of an entry: digest of each part as it was written."""
    wrote: str = ""
    """Of a draft: digest of the file as it was written."""

    @property
    def is_draft(self) -> bool:
        return bool(self.wrote)


class LedgerError(ValueError):
    """The file can't be read; the text says where, and what to do."""


def read_ledger(text: str, name: str) -> dict[str, Line]:
    """The lines of the file by the key of the page. Raises LedgerError."""
    lines: dict[str, Line] = {}
    for number, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            held: dict[str, Any] = json.loads(written)
            parts = {str(part): str(digest) for part, digest in held.get("parts", {}).items()}
            line = Line(held["page"], held["entry"], held["read"], held.get("at", ""), parts, held.get("wrote", ""))
        except (ValueError, TypeError, LookupError, AttributeError):
            raise LedgerError(f"{name}:{number}: no line of an import. Take the file from the last commit.") from None
        lines[line.key] = line
    return lines


def ledger_text(lines: dict[str, Line]) -> str:
    """The file, in the order of the pages' keys, so that a change of it is read easily."""
    return "".join(f"{_written(lines[key])}\n" for key in sorted(lines))


def _written(line: Line) -> str:
    held: dict[str, object] = {"page": line.key, "entry": line.entry, "read": line.read}
    held |= {"at": line.address} if line.address else {}
    held |= {"wrote": line.wrote} if line.is_draft else {"parts": line.parts}
    return json.dumps(held, ensure_ascii=False)


def digests_of(entry: Entry) -> dict[str, str]:
    """A digest of each part that an import writes, of those that the entry has."""
    held = entry.model_dump(mode="json", include=set(PARTS))
    return {part: digest_of(held[part]) for part in PARTS if held.get(part)}


def digest_of(value: object) -> str:
    """A short digest of a plain value."""
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode(errors="replace")).hexdigest()[:16]
