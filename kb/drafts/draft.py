"""A new entry's fields, worked out from an error, what fixed it, and the entries that are there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from kb.drafts.environment import environment_said
from kb.drafts.guesses import codes_in, free_slug, slug_of, tags_for, taken_ids, title_of
from kb.drafts.signature import draft_signature
from kb.drafts.telling import error_blocks
from kb.entry import (
    Collection,
    Literal,
    Placeholder,
    SignatureError,
    as_section,
    prose_parts,
    render_parts,
    text_of,
    to_html,
)
from kb.match import parse_signature

SHORT: Final = 3
"""Lines whose telling ones are all taken; of more, only the likeliest message."""
_MARKUP: Final = re.compile(r"[<>{}\[\]`]")
_BLOCK: Final = re.compile(r"^[ \t]{0,3}(?:[-*+][ \t]|\d{1,3}[.)][ \t]|`{3}|~{3}|[|>-])", re.MULTILINE)
"""How a list, code, a table or a quote begins, which ends a sentence that has no point."""
_COMMAND_LINE: Final = re.compile(r"\$ (\S.*)")


class DraftError(ValueError):
    """No entry can be drafted from this; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry is to say, and where it is to stand."""

    product: str
    name: str
    """The product's, as people write it."""
    slug: str
    title: str
    signature: str
    error: str
    cause: str
    fix: str
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    version: str = ""
    proof: Mapping[str, object] = field(default_factory=dict)
    """The recipe, by its keys."""

    @property
    def id(self) -> str:
        return f"{self.product}/{self.slug}"


def telling_error(text: str) -> str:
    """The error in what was pasted: the telling ones of a few lines, and of a log its likeliest message."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    blocks = error_blocks(text)
    if len(lines) <= SHORT:
        telling = "\n".join(blocks)
        return "\n".join([line for line in lines if line in telling] or lines)
    return blocks[0] if blocks else "\n".join(lines[:SHORT])


def draft_entry(
    product: str, error: str, fix: str, cause: str, collection: Collection, *, signature: str = ""
) -> Draft:
    """A draft from an error and what fixed it. Raises DraftError."""
    try:
        signature = signature or draft_signature(error)
        parsed = parse_signature(signature)
    except SignatureError as problem:
        raise DraftError(f"the error can't be used: {problem.message}.") from None
    if not parsed.find(error):
        raise DraftError("the signature does not match the error. Write {{name}} where the message varies.")
    codes = codes_in(error, collection)
    title = title_of(signature)
    return Draft(
        product=product,
        name=collection.products[product].name,
        slug=free_slug(product, slug_of(title), taken_ids(collection)),
        title=title,
        signature=signature,
        error=error,
        cause=cause,
        fix=fix,
        tags=tags_for(product, error, codes, collection),
        codes=codes,
    )


def fields_of(draft: Draft, today: date, *, as_code: bool = False) -> dict[str, object]:
    """The fields of the entry; with `as_code`, prose stands in blocks of code, as it was written."""
    names = parse_signature(draft.signature).placeholders
    fix, cause = (prose_of(text, names, as_code=as_code) for text in (draft.fix, draft.cause))
    fields: dict[str, object] = {
        "title": draft.title,
        "signatures": [{"text": draft.signature, "examples": [draft.error]}],
        "codes": list(draft.codes),
        "tags": list(draft.tags),
        "status": "workaround",
        "affects": environment_said(draft.version).fields,
        "proof": dict(draft.proof),
        "updated": today,
        "summary": summary_of(draft.name, "" if as_code else draft.fix),
        "cause": cause or "Why it happens is not known yet.",
        "workarounds": [{"title": step_title("" if as_code else draft.fix), "body": fix}],
    }
    return {name: value for name, value in fields.items() if value not in ([], {})}


def with_changes(draft: Draft, changes: Mapping[str, object]) -> Draft:
    """The draft with what somebody chose instead."""
    return replace(draft, **{name: value for name, value in changes.items() if value})  # type: ignore[arg-type]


def prose_of(text: str, names: Iterable[str], *, as_code: bool = False) -> str:
    """Text as it can stand in a section; a placeholder that the signature doesn't have is text."""
    text = text.strip("\n").rstrip()
    if not text:
        return ""
    if not as_code:
        command = _COMMAND_LINE.fullmatch(text)
        text = f"```sh\n{command[1]}\n```" if command else text
    known = frozenset(names)
    parts = prose_parts(text)
    known_alone = (
        part
        if isinstance(part, Placeholder) and part.name in known
        else Literal(str(part) if isinstance(part, Placeholder) else part.text)
        for part in parts
    )
    text = render_parts(known_alone)
    if as_code:
        fence = "`" * (max([*map(len, re.findall("`+", text)), 2]) + 1)
        return as_section(f"{fence}text\n{text}\n{fence}")
    return as_section(text)


def _first_sentence(text: str) -> str:
    """What a reader sees of the first sentence of some prose; empty where it starts with code."""
    first = _BLOCK.split(text.strip().split("\n\n", 1)[0], maxsplit=1)[0]
    if first.startswith(("    ", "$ ", "#")):
        return ""
    seen = " ".join(text_of(to_html(first)).split())
    return re.split(r"(?<=[.!?])\s", seen, maxsplit=1)[0]


def summary_of(product: str, fix: str) -> str:
    """What happened to a product and what to do: the first sentence of the fix, where that says it."""
    what = f"{product} stops with this error."
    sentence = _first_sentence(fix).rstrip(".:")
    if not 3 <= len(sentence) <= 240 or as_section(sentence) != sentence or _MARKUP.search(sentence):
        return f"{what} The workaround below got past it."
    return f"{what} {sentence}{'' if sentence.endswith(('!', '?')) else '.'}"


def step_title(fix: str) -> str:
    """What a fix is about in a few words: its first sentence, where that is short."""
    sentence = _first_sentence(fix).rstrip(".:")
    return sentence if 3 <= len(sentence) <= 70 and not _MARKUP.search(sentence) else "What got past it"
