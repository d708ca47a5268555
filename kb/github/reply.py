r"""A reply to a reported error, as Markdown to paste or post: the permanent link, the fix, and how sure it is.

The values in it come from a stranger's issue, and the reply is posted in somebody else's name: `fill` sees to it that
they stay data in code and plain words in prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from kb.github.paragraphs import unwrapped
from kb.github.report.inert import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MARKER: Final = "<!-- known-fixes: reply -->"
"""What tells a posted reply from other comments; GitHub doesn't show it."""

_FENCE: Final = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE_OR_TARGET: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\]\([^()\s]*\)|<[^<>\s]*>", re.DOTALL)
_MENTION: Final = re.compile(r"(?<![\w/.-])@(?=[A-Za-z0-9])")
_ENTRY_LINK: Final = re.compile(r"\]\(((?:[a-z0-9-]+|\.\.|/)*)\.md(#[^()\s]*)?\)")
_PAGE_LINK: Final = re.compile(r"\]\((#[^()\s]*)\)")


class Fixed(NamedTuple):
    """An entry that a text shows, with the values that stand in the text."""

    id: str
    url: str
    title: str
    summary: str
    step: str
    workaround: str
    """The first workaround, as Markdown with placeholders."""
    tier: str
    score: float
    values: Mapping[str, str]
    types: dict[str, tuple[str, ...]]
    """The types of the entry's placeholders."""


if TYPE_CHECKING:
    Fill = Callable[[str, Mapping[str, str], dict[str, tuple[str, ...]]], str]
    """Puts values into Markdown, each where its placeholder's type and place let it stand."""


def reply_text(fixed: Fixed, fill: Fill) -> str:
    """The reply. Ends with a line end."""
    parts = [
        f"**[{markdown(fixed.title)}]({fixed.url})**: {how_sure(fixed)}.",
        _filled(fixed.summary, fixed, fill),
        f"### {markdown(fixed.step)}" if fixed.step else "",
        _filled(fixed.workaround, fixed, fill),
        f"The cause, other workarounds, and whether it helped others: {fixed.url}",
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def how_sure(fixed: Fixed) -> str:
    """How sure it is that the text shows this error."""
    if fixed.tier == "exact":
        return "a known error, and the whole message matches"
    return f"perhaps this known error: {int(fixed.score * 100 + 0.5)} % of the message's wording matches"


def comment_text(fixed: Fixed, fill: Fill) -> str:
    """The reply as a program posts it: marked, and said to be a program's."""
    note = "<sub>Written by a program that compared this issue with known errors. If it is wrong, please say so.</sub>"
    return f"{MARKER}\n{reply_text(fixed, fill)}\n{note}\n"


def _filled(text: str, fixed: Fixed, fill: Fill) -> str:
    """Markdown of an entry with values in it, and with links that lead to the site."""
    out: list[str] = []
    at = 0
    for block in _FENCE.finditer(text):
        out += (_linked(text[at : block.start()], fixed), block[0])
        at = block.end()
    linked = "".join([*out, _linked(text[at:], fixed)])
    return unwrapped(fill(linked, fixed.values, fixed.types))


def _linked(prose: str, fixed: Fixed) -> str:
    """Prose whose links to other entries, seen from the entry's file, are addresses, and that mentions nobody."""
    prose = _unmentioning(prose)
    root = fixed.url.removesuffix(f"{fixed.id}/")
    prose = _PAGE_LINK.sub(lambda found: f"]({fixed.url}{found[1]})", prose)
    return _ENTRY_LINK.sub(lambda found: f"]({urljoin(root + fixed.id, found[1])}/{found[2] or ''})", prose)


def _unmentioning(prose: str) -> str:
    """Prose in which GitHub finds nobody to notify: a character without width parts a name from its `@`."""
    out: list[str] = []
    at = 0
    for kept in _CODE_OR_TARGET.finditer(prose):
        out += (_MENTION.sub("@&#8203;", prose[at : kept.start()]), kept[0])
        at = kept.end()
    return "".join([*out, _MENTION.sub("@&#8203;", prose[at:])])
