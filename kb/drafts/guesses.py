"""What a new entry can be told from its error and the entries that are there: title, slug, codes, tags, versions."""

import re
from collections import Counter
from collections.abc import Container, Iterable
from difflib import get_close_matches
from itertools import chain, count
from typing import Final

from kb.drafts.naming import STATUS_CODE
from kb.entry import LONGEST_SLUG as ENTRY_SLUG
from kb.entry import Collection, Entry, Placeholder, SignatureError, in_ascii, readable_parts
from kb.entry import slug_of as plain_slug
from kb.match import Answer, Indexed, Matcher, parse_signature, signatures_of

LONGEST_TITLE: Final = 100
LONGEST_SLUG: Final = 60
MOST_TAGS: Final = 3

_PHRASE: Final = 3
"""Words that make a phrase, besides those of little weight."""
_LITTLE: Final = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "is", "and", "or", "for", "by", "with", "error"}
)
_NAMES_WITH_NUMBERS: Final = "AES|ARM|CP|CVE|IPV|ISO|MD|PEP|RFC|RSA|SHA|TLS|UTF|WINDOWS|X"
"""What is written like a company's code, and is the name of a standard, an encoding, a machine."""
_CODE: Final = re.compile(
    rf"\b(?!(?:{_NAMES_WITH_NUMBERS})[0-9]{{0,2}}-)[A-Z][A-Z0-9]{{0,15}}(?:-[A-Z]{{1,8}})?-[0-9]{{2,6}}\b(?!-)"
    rf"|\b[A-Z]{{4,12}}[0-9]{{4,6}}\b|\b{STATUS_CODE}\b"
    r"|\bHTTP(?:/[0-9.]+)? [1-5][0-9]{2}\b|\bAPI Error: [1-5][0-9]{2}\b|\b(?i:errno):? [0-9]{1,3}\b"
    r"|\bSQLSTATE:? [0-9A-Z]{5}\b|\bERR_[A-Z0-9_]{3,60}\b|\bE[A-Z]{4,14}\b(?!-[0-9])|\bE[0-9]{3,4}\b"
    r"|\b(?:TS|CS|MSB|NU)[0-9]{4,5}\b|\b[A-Z]\w{3,60}(?:Error|Exception|Impossible)\b|\b[a-z]+(?:_[a-z]+)*_error\b|\b[A-Z]+(?:_[A-Z]+){2,8}\b",
)
_NO_CODES: Final = frozenset({"ERROR", "EXCEPTION", "EXECUTE", "EITHER", "EMPTY", "EXPECTED", "EXIT", "ENTRY", "EXTRA"})
_HTTP: Final = re.compile(r"HTTP(?:/[0-9.]+)? |API Error: ")
_ERRNO: Final = re.compile(r"(?i:errno):? ")
_LEVEL: Final = re.compile(r"^(?:error|fatal|err!|warning): (?=\S{2,} \S)", re.IGNORECASE)


def find_product(name: str, collection: Collection) -> str:
    """The id of the product that somebody calls so. Raises LookupError, with what to do."""
    wanted = " ".join(name.split()).casefold()
    names = {product.name.casefold(): key for key, product in collection.products.items()}
    found = names.get(wanted) or (wanted if wanted in collection.products else None)
    if found:
        return found
    close = get_close_matches(wanted, [*collection.products, *names], n=1)
    hint = f"Did you mean {names.get(close[0], close[0])!r}? " if close else ""
    key = "-".join(re.findall(r"[a-z0-9]+", wanted[:40])) or "product"
    line = f"{key}: {{name: …, home: https://…, repository: owner/name, category: …}}"
    add = f"For a new one, add `{line}` to {collection.root / 'products.yml'} first."
    raise LookupError(f"there is no product {name[:80]!r}. {hint}{add}")


def known_answers(error: str, collection: Collection) -> list[Answer]:
    """The entries whose errors stand in a text, the best first. Signatures that can't be read are passed over."""
    signatures: list[Indexed] = []
    for entry in collection.entries:
        for signature in signatures_of(entry):
            try:
                parse_signature(signature.text)
            except SignatureError:
                continue
            signatures.append(signature)
    return Matcher.from_signatures(signatures).match(error, 5) if signatures else []


def knowing_entries(error: str, collection: Collection) -> list[Entry]:
    """The entries whose very error stands in a text, the best first."""
    return [collection.by_id[answer.id] for answer in known_answers(error, collection) if answer.tier == "exact"]


def title_of(signature: str) -> str:
    """A title: the telling part of the message, with an ellipsis where it varies."""
    parts = readable_parts(signature)
    line = " ".join("".join("…" if isinstance(part, Placeholder) else part.text for part in parts).split())
    line = _LEVEL.sub("", line).rstrip(" :,;…") or line
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[:LONGEST_TITLE]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:(…") + "…"


def slug_of(title: str) -> str:
    """A slug from the part of a message that tells most: the last one that is a phrase, or else all of it."""
    parts = [_words(part) for part in re.split(r": | - |; |\. ", title)]
    words = next((part for part in reversed(parts) if len(set(part) - _LITTLE) >= _PHRASE), _words(title))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    kept = slug.split("-")
    while len(kept) > _PHRASE - 1 and (kept[-1] in _LITTLE or (len(kept[-1]) == 1 and kept[-1].isalpha())):
        kept.pop()  # a word that says nothing without the value behind it
    slug = "-".join(kept)
    return slug if slug not in ("", "index") else "an-error"


def starts_with_code(message: str) -> bool:
    """Whether a message begins with a code, and says something behind it: `ENGINE-3001: queue is stuck`."""
    found = _CODE.match(message.lstrip("[("))
    return found is not None and found[0] not in _NO_CODES and len(message.split()) > 1


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", in_ascii(re.sub(r"['\u2019]", "", text)).lower())


def taken_ids(collection: Collection) -> set[str]:
    """Ids that no new entry may have: those of entries, also of unreadable ones, and their former ones."""
    former = (alias for entry in collection.entries for alias in entry.aliases)
    return {*(source.id for source in collection.sources), *former}


def free_slug(product: str, slug: str, taken: Container[str]) -> str:
    """The slug, with a number after it where the product has an entry of that name."""
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(free for free in chain((slug,), numbered) if f"{product}/{free}" not in taken)


def free_slug_of(product: str, title: str, collection: Collection) -> str:
    """A slug by a title that no entry of the product has; empty where the title gives none."""
    slug = slug_of(title)
    return free_slug(product, slug, taken_ids(collection)) if slug else ""


def slug_problem(product: str, slug: str, collection: Collection) -> str:
    """Why no new entry of a product can have a slug; empty where one can."""
    if slug in ("", "index") or slug != plain_slug(slug) or len(slug) > ENTRY_SLUG:
        like = plain_slug(slug)[:ENTRY_SLUG].strip("-")
        return f"Lower case, digits and hyphens, at most {ENTRY_SLUG}, such as {like or 'port-in-use'}"
    return f"{product}/{slug} is taken" if f"{product}/{slug}" in taken_ids(collection) else ""


def codes_in(error: str, collection: Collection) -> tuple[str, ...]:
    """The codes in an error: those that look like one, and those that other entries name."""
    found = [_ERRNO.sub("errno ", _HTTP.sub("HTTP ", code[0])) for code in _CODE.finditer(error)]
    known = sorted({code for entry in collection.entries for code in entry.codes if len(code) > 3})
    found += [code for code in known if re.search(rf"(?<!\w){re.escape(code)}(?!\w)", error)]
    return tuple(dict.fromkeys(code for code in found if code not in _NO_CODES and len(code) <= 80))[:4]


def tags_for(product: str, error: str, codes: Iterable[str], collection: Collection) -> tuple[str, ...]:
    """The tags of the entries most like this one: of its product, with its codes, with its words."""
    reasons: Counter[str] = Counter()
    of_product: Counter[str] = Counter()
    # A likely answer of another product often shares no more than everyday words.
    answers = known_answers(error, collection)
    alike = {answer.id for answer in answers if answer.tier == "exact" or answer.id.startswith(f"{product}/")}
    wanted = set(codes)
    for entry in collection.entries:
        weight = len(wanted & set(entry.codes)) + (entry.id in alike)
        reasons.update(dict.fromkeys(entry.tags, weight))
        of_product.update(dict.fromkeys(entry.tags, int(entry.product == product)))
    words = set(re.findall(r"[a-z0-9]+", error.lower()))
    reasons.update(tag for tag in list(reasons) if tag in words)
    tags = sorted((tag for tag in reasons if reasons[tag]), key=lambda tag: (-reasons[tag], -of_product[tag], tag))
    return tuple(tags[:MOST_TAGS]) or collection.products[product].tags[:2]
