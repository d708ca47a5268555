"""The body of an issue that was filled in with the form "An error and its fix"."""

import re
from dataclasses import dataclass
from typing import Final

_LABELS: Final = {
    "Product": "product",
    "The error, as it is printed": "error",
    "Why it happens": "cause",
    "What got you past it": "fix",
    "Version and platform": "version",
}
"""Label in `.github/ISSUE_TEMPLATE/new-fix.yml` -> field of `Filled`."""

_HEADING: Final = re.compile(r"### +(.+?)[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_WHOLE_FENCE: Final = re.compile(r"\A(`{3,}|~{3,})[^\n`]*\n(.*?)\n?\1[`~]*\s*\Z", re.DOTALL)
_NOTHING: Final = "_No response_"


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in: text, empty where there is none."""

    product: str = ""
    error: str = ""
    cause: str = ""
    fix: str = ""
    version: str = ""


def read_form(body: str) -> Filled:
    """The fields of a form's issue, as plain text; the first one counts of those with the same label.

    Others are left out.
    """
    fields: dict[str, list[str]] = {}
    lines: list[str] | None = None
    fence = ""
    for line in body.split("\n"):
        heading = None if fence else _HEADING.fullmatch(line)
        name = _LABELS.get(heading[1]) if heading else None
        if name and name not in fields:
            lines = fields.setdefault(name, [])
            continue
        fence = _fence_after(line, fence)
        if lines is not None:
            lines.append(line)
    return Filled(**{name: _value("\n".join(text)) for name, text in fields.items()})


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open after a line, if one is."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) and line.strip() == found[1] else fence


def _value(text: str) -> str:
    """A field's text: out of the block of code that a form puts around some."""
    text = text.strip("\n").rstrip()
    inside = _WHOLE_FENCE.match(text)
    if inside and not re.search(rf"^ {{0,3}}{re.escape(inside[1])}", inside[2], re.MULTILINE):
        text = inside[2]
    return "" if text.strip() == _NOTHING else text
