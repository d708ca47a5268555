"""A signature drafted from an error as it was printed: what varies becomes placeholders, the wording stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kb.drafts.varying import Varying, varying_parts
from kb.entry import MAX_PLACEHOLDERS, UNTYPED, Literal, Part, Placeholder, SignatureError, render_parts
from kb.match import COMMON, Matcher, folded_lines, parse_signature, without_noise

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DRAFT: Final = 1200
"""Characters of an error that are drafted from: what follows is rarely the same twice."""
MAX_LINES: Final = 12
_SEEN: Final = 20_000
"""Characters of a pasted text that are looked at, noise included."""
_ENOUGH_WORDS: Final = 2
"""Words that a draft needs besides those of all kinds of messages; or one of them, and more of the others."""


def draft_signature(error: str) -> str:
    """A signature that matches an error given as it was printed, with placeholders where it will vary.

    It leaves as much open as it can while still telling this error from others. Raises SignatureError where the text
    has no word that a signature could be made of.
    """
    error = error[:_SEEN]
    message = bare_message(error)
    for draft in _drafts(message):
        if finds(draft, error):
            return draft
    raise SignatureError("There is no message in this: paste the error's own words", 0)


def bare_message(error: str) -> str:
    """An error without what a terminal or a logger put around it, and not more of it than a signature needs."""
    clean = without_noise(error)
    lines: list[str] = []
    for line, folded in zip(clean.split("\n"), folded_lines(clean), strict=True):
        bare = line[len(folded) - len(folded.lstrip(" ")) : len(folded.rstrip(" "))]
        if bare:
            lines.append(" ".join(bare.split()))
        if len(lines) == MAX_LINES:
            break
    message = ""
    for line in lines:
        if message and len(message) + len(line) > MAX_DRAFT:
            break
        message += ("\n" if message else "") + line
    return message[:MAX_DRAFT] if " " not in message[MAX_DRAFT:] else message[:MAX_DRAFT].rpartition(" ")[0]


def _drafts(message: str) -> Iterator[str]:
    """Drafts of a signature, those that leave most open first."""
    texts = [message]
    if "\n" in message:
        texts.append(message.partition("\n")[0])
    for text in texts:
        for quotes, numbers in ((True, True), (False, True), (False, False)):
            draft = with_placeholders(text, varying_parts(text, quotes=quotes, numbers=numbers))
            if _tells_enough(draft):
                yield draft
        whole = with_placeholders(text, varying_parts(text), typed=False)
        if _tells_enough(whole):
            yield whole
        yield with_placeholders(text, [])


def with_placeholders(message: str, parts: list[Varying], *, typed: bool = True) -> str:
    """A message with placeholders in place of some of its parts. Two that touch become one."""
    out: list[Part] = []
    names: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    at = 0
    for part in _apart(parts)[:MAX_PLACEHOLDERS]:
        out.append(Literal(message[at : part.start]))
        at = part.end
        value = message[part.start : part.end]
        # What is named by a text, and not by a number, is the same thing wherever it is named.
        known = values.get((part.type, value)) if part.type not in ("int", "hex") and len(value) > 3 else None
        name = known or _unused(part.name, names)
        names[name] = values[part.type, value] = name
        out.append(Placeholder(name, part.type if typed else UNTYPED))
    out.append(Literal(message[at:]))
    return render_parts(out)


def _apart(parts: list[Varying]) -> list[Varying]:
    """Parts with something between them: of those that touch, one that holds both."""
    kept: list[Varying] = []
    for part in parts:
        if kept and kept[-1].end >= part.start:
            last = kept.pop()
            kept.append(Varying(last.start, max(part.end, last.end), last.name, UNTYPED))
        else:
            kept.append(part)
    return kept


def _unused(name: str, names: dict[str, str]) -> str:
    number = 2
    unused = name
    while unused in names:
        unused = f"{name}{number}"
        number += 1
    return unused


def _tells_enough(draft: str) -> bool:
    """Whether a draft has words of its own, besides those of any message."""
    try:
        signature = parse_signature(draft)
    except SignatureError:
        return False
    words = {word.text for word in signature.plan.words}
    return len(words - COMMON) >= _ENOUGH_WORDS or (len(words) > _ENOUGH_WORDS and bool(words - COMMON))


def finds(draft: str, error: str) -> bool:
    """Whether a draft is a signature that the matcher finds in the error as a whole."""
    try:
        signature = parse_signature(draft)
        answers = Matcher.from_signatures([("draft", draft)]).match(error)
    except SignatureError:
        return False
    return signature.find(error) is not None and any(answer.tier == "exact" for answer in answers)
