"""A signature for another wording of an entry's error, with the placeholders that its signatures have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.checks import visible
from kb.drafts.checked_entry import Checking, placed, problems_of
from kb.drafts.draft import telling_error
from kb.drafts.guesses import known_answers
from kb.drafts.signature import bare_message, finds, with_placeholders
from kb.drafts.telling import error_blocks
from kb.drafts.varying import Varying, varying_parts
from kb.entry import EditError, Placeholder, edited, readable_parts
from kb.match import parse_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kb.entry import Collection, Entry, Part, Source

_ALIKE: Final = 0.35
"""Share of words, in their order, that a message has in common with a signature of which it is another wording."""
_OUTDATED: Final = "KB603"
"""The rule that a new signature breaks by itself: the record is of those before it, until it is made anew."""
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")


class RefusedError(ValueError):
    """There is no signature for this that may stand in the entry; the text says why."""


class Rewording(NamedTuple):
    """What was added to an entry, and the source and the collection with it."""

    signature: str
    example: str
    source: Source
    collection: Collection


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a signature is to stand: an entry's source among the others."""

    source: Source
    entry: Entry
    collection: Collection
    checking: Checking


def reworded(
    source: Source,
    collection: Collection,
    checking: Checking,
    output: str,
    *,
    values: Mapping[str, str],
    fit: Callable[[str], str | None],
) -> Rewording:
    """An entry with a signature and an example for what a program printed, which none of its signatures matches.

    `values` are what stands for placeholders where the same was run with other versions. `fit` makes a text fit to be
    shown, and gives None where only a person can. Raises RefusedError.
    """
    entry = source.entry
    assert entry is not None  # noqa: S101 - its recipe was run
    texts = [signature.text for signature in entry.signatures]
    example = fit(message_like(output, texts))
    if not example or not example.strip():
        raise RefusedError("its message holds what only a person can make fit to be shown, such as a secret")
    refusal = RefusedError("there is no message in its output")
    for draft in _drafts(example, texts, {name: fit(value) or value for name, value in values.items()}):
        # A narrower draft would tell the two apart by what happens to stand in this message.
        _match_no_other(draft, entry, collection)
        try:
            return _added(_Place(source, entry, collection, checking), draft, example, output)
        except RefusedError as error:
            refusal = error
    raise refusal


def message_like(output: str, signatures: Sequence[str]) -> str:
    """The message of an output that is most like one of the signatures, or the likeliest one where none is."""
    blocks = error_blocks(output) or [telling_error(output)]
    candidates = dict.fromkeys([*blocks, *(line.strip() for block in blocks for line in block.split("\n"))])
    best = max(candidates, key=lambda message: max(_likeness(message, text) for text in signatures))
    is_alike = max(_likeness(best, text) for text in signatures) >= _ALIKE
    return best if is_alike else blocks[0]


def _likeness(message: str, signature: str) -> float:
    own = [str(part) for part in _tokens(signature)]
    return SequenceMatcher(None, own, _TOKEN.findall(message), autojunk=False).ratio()


def _tokens(signature: str) -> list[str | Placeholder]:
    """The words and signs of a signature, and its placeholders."""
    found: list[str | Placeholder] = []
    for part in _parts(signature):
        found += [part] if isinstance(part, Placeholder) else _TOKEN.findall(part.text)
    return found


def _parts(signature: str) -> list[Part]:
    return list(readable_parts(signature))


def _drafts(example: str, signatures: Sequence[str], values: Mapping[str, str]) -> Iterator[str]:
    """Drafts that match the example, those that leave most open first."""
    message = bare_message(example)
    named = _values_in(message, signatures, values)
    nearest = max(signatures, key=lambda text: _likeness(message, text))
    found = [named, *_placed(message, nearest)]
    tried: set[str] = set()
    for parts, is_typed in (
        (_apart([*found, varying_parts(message)]), True),
        (_apart(found), True),
        (_apart([*found, varying_parts(message)]), False),
        (_apart([named]), True),
        ([], True),
    ):
        draft = with_placeholders(message, parts, typed=is_typed)
        if draft not in tried and finds(draft, example):
            yield draft
        tried.add(draft)


def _values_in(message: str, signatures: Sequence[str], values: Mapping[str, str]) -> list[Varying]:
    """Where the values of placeholders stand in a message."""
    types = {part.name: part.type for text in signatures for part in _parts(text) if isinstance(part, Placeholder)}
    found: list[Varying] = []
    for name, value in sorted(values.items(), key=lambda item: -len(item[1])):
        if len(value) > 1 and name in types:
            own = re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", message)
            found = _apart([found, [Varying(*place.span(), name, types[name]) for place in own]])
    return found


def _placed(message: str, signature: str) -> Iterator[list[Varying]]:
    """Parts of a message that stand where a signature has a placeholder, between words that both have."""
    tokens, words = _tokens(signature), [*_TOKEN.finditer(message)]
    matcher = SequenceMatcher(None, [str(token) for token in tokens], [word[0] for word in words], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        token = tokens[start] if end - start == 1 else None
        if tag == "replace" and isinstance(token, Placeholder):
            yield [Varying(words[first].start(), words[last - 1].end(), token.name, token.type)]


def _apart(found: Sequence[Sequence[Varying]]) -> list[Varying]:
    """Parts in their order, without those that overlap one of an earlier list."""
    kept: list[Varying] = []
    for parts in found:
        kept += [part for part in parts if all(part.end <= old.start or old.end <= part.start for old in kept)]
    return sorted(kept)


def _added(place: _Place, draft: str, example: str, output: str) -> Rewording:
    """The entry with a signature. Raises RefusedError where it may not stand there."""
    shown, entry = repr(visible(draft)), place.entry
    value = place.source.document.value
    held = value.get("signatures") if isinstance(value, dict) else None
    old = held if isinstance(held, list) else [held]
    try:
        changed = edited(place.source, {"signatures": [*old, {"text": draft, "examples": [example]}]})
    except (EditError, ValueError, TypeError) as error:
        raise RefusedError(f"the signature {shown} can't be written: {error}") from None
    after, around = placed(changed, place.collection)
    before = {(each.path, each.code, each.message) for each in place.checking.problems(place.collection)}
    for problem in problems_of(after, around, place.checking):
        if problem.code != _OUTDATED and (problem.path, problem.code, problem.message) not in before:
            raise RefusedError(f"the signature {shown} breaks {problem.code}: {visible(problem.message)}")
    answers = known_answers(output, around)
    if not answers or answers[0].id != entry.id or answers[0].tier != "exact":
        others = f"; {answers[0].id} does" if answers and answers[0].id != entry.id else ""
        raise RefusedError(f"the signature {shown} would not answer what was printed first{others}")
    return Rewording(draft, example, after, around)


def _match_no_other(draft: str, entry: Entry, collection: Collection) -> None:
    """Raise RefusedError where a signature matches an example of another entry."""
    parsed = parse_signature(draft)
    for other in collection.entries:
        examples = (example for signature in other.signatures for example in signature.examples)
        if other.id != entry.id and any(parsed.find(example) for example in examples):
            raise RefusedError(f"the signature {visible(draft)!r} would match an example of {other.id}, too")
