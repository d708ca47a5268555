"""What a model is given to draft from: texts with names, fenced as data, and what of them a statement may repeat."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kb.checks import all_visible
from kb.drafts.model.commands import is_command
from kb.drafts.model.unwritten import is_unwritten
from kb.drafts.redacting import redacted
from kb.entry import PROSE_HEADINGS, Entry

MOST_CHARACTERS: Final = 60_000
"""Characters of all sources together: some 15,000 tokens."""

_PROMPT: Final = re.compile(r"^(?:[-*+>] +|\d+[.)] +|[$#%] |PS> |>>> )+")
_SPAN: Final = re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]+)\1(?!`)")
_SHELL_PROMPT: Final = re.compile(r"(?:[$#%>] |PS> |>>> )\S")
_INDENT: Final = ("    ", "\t")
_FENCE: Final = re.compile(r"\s*(?:> ?)?(`{3,}|~{3,})")


@dataclass(frozen=True)
class SourceText:
    """A text that a statement may name as its source."""

    name: str
    """`acme/app#1 comment 3`, `entry acme/x`."""
    text: str
    is_ours: bool = False
    """Whether it is of this knowledge base, and so read by a person, and not of a stranger's issue."""

    @cached_property
    def shown(self) -> str:
        """The text as the model sees it, in which nothing is hidden."""
        return all_visible(self.text)

    @cached_property
    def code(self) -> list[str]:
        """Its lines of code as one would copy them, without prompts and empty ones: of blocks, and single commands.

        An empty line stands where prose is between them: what stands apart there is no one piece of code.
        """
        found: list[str] = []
        fence = ""
        for line in self.shown.split("\n"):
            opening = _FENCE.match(line)
            if opening and (not fence or (line.strip().startswith(fence) and not line.strip(" `~"))):
                fence = "" if fence else opening[1]
                found.append("")
            elif line.strip():
                bare = one_spaced(_PROMPT.sub("", line.strip()))
                is_code = fence or line.startswith(_INDENT) or _SHELL_PROMPT.match(line.strip()) or is_command(bare)
                found.append(bare if is_code else "")
        return found

    @cached_property
    def spans(self) -> frozenset[str]:
        """What stands in it as code within a line."""
        return frozenset(one_spaced(found[2]) for found in _SPAN.finditer(self.shown))


def one_spaced(text: str) -> str:
    """A line with one space wherever there are several."""
    return " ".join(text.split())


def source_of(entry: Entry) -> SourceText:
    """An entry as a source: what persons wrote or reviewed. What a model drafted is no source of the next draft."""
    return SourceText(f"entry {entry.id}", "\n\n".join(_said(entry)), is_ours=True)


def _said(entry: Entry) -> Iterator[str]:
    yield f"Title: {entry.title}"
    if entry.codes:
        yield f"Codes: {', '.join(entry.codes)}"
    for signature in entry.signatures:
        yield f"The message, as a signature:\n{_fenced(signature.text)}"
        yield from (f"Printed:\n{_fenced(example)}" for example in signature.examples)
    if entry.affects.versions:
        yield f"Versions: {', '.join(entry.affects.versions)}"
    if entry.affects.platforms:
        yield f"Platforms: {', '.join(entry.affects.platforms)}"
    for field, heading in PROSE_HEADINGS.items():
        if field in entry.unreviewed or is_unwritten(entry, field):
            continue
        if field == "workarounds":
            yield from (f"{heading}: {step.title}\n{step.body}" for step in entry.workarounds)
        elif getattr(entry, field):
            yield f"{heading}:\n{getattr(entry, field)}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def within_bounds(sources: Iterable[SourceText]) -> tuple[SourceText, ...]:
    """The sources that fit together, each name once, the last of them cut, and without the secrets of anybody."""
    found: dict[str, SourceText] = {}
    left = MOST_CHARACTERS
    for source in sources:
        if source.name not in found and left > 0 and source.text.strip():
            found[source.name] = SourceText(source.name, redacted(source.text[:left]), source.is_ours)
            left -= len(source.text)
    return tuple(found.values())


def as_data(sources: Iterable[SourceText]) -> str:
    """All sources, each between marks that are drawn anew and stand in none of them."""
    held = tuple(sources)
    mark = secrets.token_hex(8)
    while any(mark in source.shown for source in held):
        mark = secrets.token_hex(8)
    return "\n\n".join(
        f"Source {number} [{source.name}]\n<<<DATA {mark}\n{source.shown}\nDATA {mark}>>>"
        for number, source in enumerate(held, 1)
    )
