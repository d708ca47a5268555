"""Making the index for a search in a reader's own words: static files, of which a query needs a few.

- `root.json`: how many entries and shards there are, the products, the synonyms, and what counts how much.
- terms/<n>.json: term -> `[entries that have it, number, impact, number, impact, …]`, each number as its distance
  from the one before. The shard's number follows from a hash of the term. Tags and status are terms, too: `tag:ports`.
  So is what a model drafted and nobody has reviewed, `draft:unreviewed`, of which the root says how many there are.
- words/<letter>.txt: the terms that start with a letter, and behind a space how many entries have it if more than
  one: for slips of the keys and unfinished words.
- entries/<n>.json: what a result shows of `PER_BLOCK` entries, and their messages.
- facets.json: tags and status with the number of their entries, for filters.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypedDict

from kb.match.fixes import shard_of
from kb.match.search.postings import PACKED, postings_of
from kb.match.search.synonyms import Synonyms
from kb.match.search.terms import STOP_WORDS, terms_of
from kb.match.search.worth import WORTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.match.search.document import Document
    from kb.match.search.worth import Worth

VERSION: Final = 2
PER_BLOCK: Final = 4
"""Entries whose texts lie in one file: about 2 KB."""
PER_SHARD: Final = 4_000
"""Bytes of postings in one file, on average."""
MOST_POSTINGS: Final = 600
"""Entries that are kept for a term, those it tells most about: a term of more entries tells next to nothing."""


DRAFTS: Final = "draft:unreviewed"
"""The term of entries that a model drafted and nobody has reviewed."""


class ProductRange(TypedDict):
    """A product: the number of its first entry (all others follow), and the terms that name it."""

    id: str
    name: str
    first: int
    terms: list[str]


class Root(TypedDict):
    """What `root.json` says."""

    version: int
    entries: int
    drafts: int
    shards: int
    per_block: int
    letters: str
    products: list[ProductRange]
    worth: Worth
    stop_words: list[str]
    synonyms: dict[str, list[list[str]]]


def build_search(documents: Iterable[Document], synonyms: Synonyms | None = None) -> dict[str, bytes]:
    """File name -> content of the whole index. Entries come in the order of their ids: those of a product together."""
    documents = list(documents)
    postings = postings_of(document.impacts for document in documents)
    facets = _facets(documents)
    drafts = [number for number, document in enumerate(documents) if document.is_draft]
    letters: dict[str, list[str]] = defaultdict(list)
    for term in sorted(postings):
        found = len(postings[term])
        letters[letter_of(term)].append(f"{term} {found}" if found > 1 else term)
    listed = {term: _listed(postings.pop(term)) for term in list(postings)}
    listed |= {term: _listed_facet(found) for term, found in facets.items()}
    listed |= {DRAFTS: _listed_facet(drafts)} if drafts else {}
    count = max(1, -(-sum(len(content) + len(term) for term, content in listed.items()) // PER_SHARD))
    shards: dict[int, list[str]] = {number: [] for number in range(count)}
    for term in sorted(listed):
        shards[shard_of(term, count)].append(f"{json.dumps(term, ensure_ascii=False)}:{listed[term]}")
    blocks = [documents[at : at + PER_BLOCK] for at in range(0, len(documents), PER_BLOCK)]
    root = Root(
        version=VERSION,
        entries=len(documents),
        drafts=len(drafts),
        shards=count,
        per_block=PER_BLOCK,
        letters="".join(sorted(letters)),
        products=_products(documents),
        worth=WORTH,
        stop_words=sorted(STOP_WORDS),
        synonyms=(synonyms or Synonyms()).table,
    )
    return {
        "root.json": _json(root),
        "facets.json": _json({term: len(found) for term, found in sorted(facets.items())}),
        **{f"terms/{number}.json": f"{{{','.join(terms)}}}".encode() for number, terms in shards.items()},
        **{f"words/{letter}.txt": "\n".join(letters[letter]).encode() for letter in sorted(letters)},
        **{f"entries/{n}.json": _json([document.shown for document in block]) for n, block in enumerate(blocks)},
    }


def letter_of(term: str) -> str:
    """The name of the file that lists a term: its first letter or digit, `_` for all others."""
    return term[0] if term[0].isascii() and term[0].isalnum() else "_"


def _facets(documents: Sequence[Document]) -> dict[str, list[int]]:
    """Tags and status as terms, and the numbers of the entries that have them."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for term in (f"status:{document.status}", *(f"tag:{tag}" for tag in document.tags)):
            found[term].append(number)
    return found


def _listed(packed: Sequence[int]) -> str:
    """The postings of a term as JSON."""
    found = [(each // PACKED, each % PACKED) for each in packed]
    if len(found) > MOST_POSTINGS:
        found = sorted(sorted(found, key=lambda each: (-each[1], each[0]))[:MOST_POSTINGS])
    return _list(len(packed), found)


def _listed_facet(numbers: Sequence[int]) -> str:
    """The same for a tag or status, of which no entry is left out."""
    return _list(len(numbers), [(number, 0) for number in numbers])


def _list(count: int, found: Iterable[tuple[int, int]]) -> str:
    parts, before = [str(count)], 0
    for number, impact in found:
        parts.append(f"{number - before},{impact}")
        before = number
    return f"[{','.join(parts)}]"


def _products(documents: Sequence[Document]) -> list[ProductRange]:
    """The products in the order of their entries. A product is named by the first word of its id or of its name."""
    found: dict[str, ProductRange] = {}
    for number, document in enumerate(documents):
        product, name = document.shown["id"].partition("/")[0], document.product
        if product not in found:
            terms = [term for text in (product, name) for term in list(terms_of(text))[:1]]
            found[product] = ProductRange(id=product, name=name, first=number, terms=list(dict.fromkeys(terms)))
    return list(found.values())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
