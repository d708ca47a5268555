"""An entry as it is searched: how much each term tells about it, and what a result shows of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple, NotRequired, TypedDict

from kb.entry import Literal, Proven, first_step, literals_of, prose_parts
from kb.match.search.phrase import phrase_text
from kb.match.search.postings import impacts_of

if TYPE_CHECKING:
    from kb.entry import Entry, Product

_SIGNATURES: Final = 12
_SIGNATURE: Final = 400
"""Messages of an entry that a query is compared with word for word, and their characters."""


class Shown(TypedDict):
    """What a result shows of an entry, and the wording by which a query is compared with it."""

    id: str
    title: str
    product: str
    step: str
    """The title of the workaround to try first."""
    proven: NotRequired[str]
    """The day on which a workaround was last proven, where one is."""
    phrases: list[str]
    """The title and the messages, as `phrase_text` gives them."""


class Document(NamedTuple):
    """An entry for the index."""

    shown: Shown
    product: str
    """The product's name and id, by which a query names it."""
    status: str
    tags: tuple[str, ...]
    impacts: dict[str, int]
    """Term -> how much it tells about the entry, as `impacts_of` gives it."""
    is_draft: bool = False
    """Whether a model drafted it, and nobody has reviewed it."""

    @classmethod
    def of(cls, entry: Entry, product: Product | None) -> Document:
        """An entry with its product, where that is known. The names of the fields are those of `WEIGHTS`."""
        name = product.name if product else entry.product
        steps = [step.title for step in entry.workarounds]
        signatures = [signature.text for signature in entry.signatures]
        examples = [example for signature in entry.signatures for example in signature.examples]
        fields = {
            "title": entry.title,
            "signatures": "\n".join(" ".join(literals_of(text)) for text in signatures),
            "codes": "\n".join(entry.codes),
            "summary": _literal(entry.summary),
            "tags": "\n".join(entry.tags),
            "product": f"{entry.product} {name}",
            "steps": "\n".join(steps),
            "cause": _literal(entry.cause),
            "body": "\n".join((_literal(entry.body), *examples)),
        }
        proven = Proven(entry)
        shown = Shown(
            id=entry.id,
            title=entry.title,
            product=name,
            step=first_step(entry, proven).workaround.title,
            phrases=[phrase_text(text[:_SIGNATURE]) for text in (entry.title, *signatures[:_SIGNATURES])],
        )
        if proven.day:
            shown["proven"] = proven.day.isoformat()
        return cls(shown, name, entry.status, entry.tags, impacts_of(fields), entry.is_draft)

    @classmethod
    def unpacked(cls, packed: bytes) -> Document:
        """A document from what `packed` gave."""
        head, terms, impacts = packed.split(b"\0", 2)
        shown, product, status, tags, is_draft = json.loads(head)
        return cls(
            shown, product, status, tuple(tags), dict(zip(terms.decode().split(), impacts, strict=True)), is_draft
        )

    def packed(self) -> bytes:
        """A document as bytes: JSON, terms, and a byte for each impact. Of JSON alone, reading takes twice as long."""
        head = json.dumps((self.shown, self.product, self.status, self.tags, self.is_draft))
        return b"\0".join((head.encode(), " ".join(self.impacts).encode(), bytes(self.impacts.values())))


def _literal(text: str) -> str:
    """Prose without its placeholders, whose names no message has."""
    if "{{" not in text:
        return text
    return " ".join(part.text for part in prose_parts(text) if isinstance(part, Literal))
