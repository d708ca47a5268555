r"""A reply to a reported error, as Markdown to paste or post: the permanent link, the fix, and how sure it is.

The values in it come from a stranger's issue, and the reply is posted in somebody else's name: `fill_prose` sees to it
that they stay data in code and plain words in prose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from kb.github.paragraphs import unwrapped
from kb.github.report.inert import markdown
from kb.match import fill_prose, said_of

if TYPE_CHECKING:
    from kb.match import Fix, KnownError

MARKER: Final = "<!-- known-fixes: reply -->"
"""What tells a posted reply from other comments; GitHub doesn't show it."""

_FENCE: Final = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE_OR_TARGET: Final = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\]\([^()\s]*\)|<[^<>\s]*>", re.DOTALL)
_MENTION: Final = re.compile(r"(?<![\w/.-])@(?=[A-Za-z0-9])")
_ENTRY_LINK: Final = re.compile(r"\]\(((?:[a-z0-9-]+|\.\.|/)*)\.md(#[^()\s]*)?\)")
_PAGE_LINK: Final = re.compile(r"\]\((#[^()\s]*)\)")


def reply_text(known: KnownError, site: str) -> str:
    """The reply; `site` is where the knowledge base is published. Ends with a line end."""
    page, fix = known.page(site), known.fix
    parts = [f"**[{markdown(known.title)}]({page})**: {how_sure(known)}.{_proven(fix) if fix else ''}"]
    if fix:
        parts += [
            " ".join(map(markdown, known.version_notes("", {}))),
            _filled(fix["summary"], known, fix, page),
            f"### {markdown(fix['step'])}" if fix["step"] else "",
            _filled(fix["markdown"], known, fix, page),
        ]
    parts.append(f"The cause, other workarounds, and whether it helped others: {page}")
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def _proven(fix: Fix) -> str:
    """What a machine has proven: of the workaround in the reply, or else of the first other one."""
    own = next((proof for proof in fix["proven"] if proof["workaround"] == fix["number"]), None)
    if own:
        return f" The workaround below is proven{markdown(said_of(own))}."
    if not fix["proven"]:
        return ""
    other = fix["proven"][0]
    return f" Its workaround {other['workaround']} is proven{markdown(said_of(other))}."


def how_sure(known: KnownError) -> str:
    """How sure it is that the text shows this error."""
    if known.tier == "exact":
        return "a known error, and the whole message matches"
    return f"perhaps this known error: {int(known.score * 100 + 0.5)} % of the message's wording matches"


def comment_text(known: KnownError, site: str) -> str:
    """The reply as a program posts it: marked, and said to be a program's."""
    note = "<sub>Written by a program that compared this issue with known errors. If it is wrong, please say so.</sub>"
    return f"{MARKER}\n{reply_text(known, site)}\n{note}\n"


def _filled(text: str, known: KnownError, fix: Fix, page: str) -> str:
    """Markdown of an entry with values in it, and with links that lead to the site."""
    out: list[str] = []
    at = 0
    for block in _FENCE.finditer(text):
        out += (_linked(text[at : block.start()], page), block[0])
        at = block.end()
    linked = "".join([*out, _linked(text[at:], page)])
    return unwrapped(fill_prose(linked, known.values, fix["types"]))


def _linked(prose: str, page: str) -> str:
    """Prose whose links to other entries, seen from the entry's file, are addresses, and that mentions nobody."""
    prose = _unmentioning(prose)
    file = page.removesuffix("/")
    prose = _PAGE_LINK.sub(lambda found: f"]({page}{found[1]})", prose)
    return _ENTRY_LINK.sub(lambda found: f"]({urljoin(file, found[1])}/{found[2] or ''})", prose)


def _unmentioning(prose: str) -> str:
    """Prose in which GitHub finds nobody to notify: a character without width parts a name from its `@`."""
    out: list[str] = []
    at = 0
    for kept in _CODE_OR_TARGET.finditer(prose):
        out += (_MENTION.sub("@&#8203;", prose[at : kept.start()]), kept[0])
        at = kept.end()
    return "".join([*out, _MENTION.sub("@&#8203;", prose[at:])])
