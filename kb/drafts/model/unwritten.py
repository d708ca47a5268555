"""Sections in which nobody has written anything yet: what `kb new` and `kb import` put there says so."""

import re
from typing import Final

from kb.entry import Entry

_SUMMARY: Final = re.compile(
    r"Reported as .{1,400}\. This is a draft made from that report; nobody has looked at it yet\."
)
_CAUSES: Final = ("Not known yet.", "Why it happens is not known yet.")
_NO_WORKAROUND: Final = "None known yet"


def is_unwritten(entry: Entry, section: str) -> bool:
    """Whether a section, named by its field, is empty, or holds what stands for a text that is to be written."""
    if section == "summary":
        return bool(_SUMMARY.fullmatch(entry.summary))
    if section == "cause":
        return entry.cause in _CAUSES
    if section == "workarounds":
        return [step.title for step in entry.workarounds] == [_NO_WORKAROUND]
    return getattr(entry, section) is None
