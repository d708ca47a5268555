"""A letter in a command, a host or a package's name that only looks like the one it seems to be."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from kb.checks.code import code_of
from kb.checks.data_files import in_data_files
from kb.checks.edit import Edit
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import SHELLS, prose_lines
from kb.entry import Catalog, Position, Source

_WORD: Final = re.compile(r"[\w.\-]+")
_DASHED_OPTION: Final = re.compile(r"(?<!\S)-?[\u2010-\u2015\u2212]-?(?=[A-Za-z])[\w\-]*")
_CURLY_QUOTE: Final = re.compile(r"(?<![^\s=(])[\u2018-\u201f](?=\S)")
"""Where a shell's text in quotes would start."""
_SAYS: Final = re.compile(r"(?:^|\s)(?:#|echo\s|printf\s)")
"""What comes before text for people."""
_TAKES_CURLY_QUOTES: Final = frozenset({"console", "powershell", "ps1"})
"""Languages in which they may stand: programs print them, and PowerShell reads them as quotes."""
_PLAIN_WORD: Final = re.compile(r"\w{2,80}")
_STRANGE_SPACE: Final = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_SHORTEST: Final = 2
_LONGEST: Final = 80
"""Characters of a word that are looked at; names are shorter."""


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    draft = source.draft
    if draft is None or (source.text.isascii() and "xn--" not in source.text and "%" not in source.text):
        return
    for number, name in enumerate(draft.codes):
        for message in _in_text(name):
            yield Finding(source.key_position("codes", number), message, _HINT)
    for number, signature in enumerate(draft.signatures):
        for message in _in_text(signature.text):
            yield Finding(source.key_position("signatures", number, "text"), message, _HINT)
    for link in source.outline.links:
        for message in _in_text(_host(link.target)):
            yield Finding(source.link_position(link), message, _HINT)
    for found in _mixed_words(draft.title):
        yield Finding(source.key_position("title"), _message(found[0], look_alike_of(found[0]) or ""), _HINT)
    if not draft.body.isascii():
        yield from _in_prose(source)
        yield from _in_codes(source, draft.body)


def _in_prose(source: Source) -> Iterator[Finding]:
    for number, text in prose_lines(source):
        for found in _mixed_words(text):
            place = source.body_position(Position(number, found.start() + 1))
            yield Finding(place, _message(found[0], look_alike_of(found[0]) or ""), _HINT)


def _in_codes(source: Source, body: str) -> Iterator[Finding]:
    lines = body.split("\n")
    for code in code_of(body):
        if code.text.isascii():
            continue
        for number, text in enumerate(code.text.split("\n"), code.line):
            if text.isascii():
                continue
            written = lines[number - 1] if number <= len(lines) else ""
            yield from _in_code(source, text, written, number)
            if code.is_block:
                yield from _dashed_options(source, text, written, number)
            if code.is_block and code.language.lower() in SHELLS:
                yield from _strange_spaces(source, written, number)
                if code.language.lower() not in _TAKES_CURLY_QUOTES:
                    yield from _curly_quotes(source, text, written, number)


def _in_data_file(catalog: Catalog) -> Iterator[Finding]:
    """Names of products and tools, and the hosts that they lead to."""
    held = catalog.document.value
    things = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    for key, thing in things:
        for name in ("name", "home", "url", "repository") if isinstance(thing, dict) else ():
            text = thing.get(name)
            if isinstance(text, str):
                shown = _host(text) if name in ("home", "url") else text
                for message in _in_text(shown):
                    yield Finding(catalog.document.position((key, name)), message, _HINT)


def _in_code(source: Source, text: str, written: str, number: int) -> Iterator[Finding]:
    """What is wrong with a line of code that stands on line `number` of the body."""
    words = list(_WORD.finditer(text))
    meanings = [look_alike_of(found[0][:_LONGEST]) for found in words]
    is_foreign = any(not meant and not found[0].isascii() for found, meant in zip(words, meanings, strict=True))
    for found, meant in zip(words, meanings, strict=True):
        # In a sentence of another language, a word all of whose letters are its own says what it says.
        if meant and not (is_foreign and not _has_ascii_letter(found[0])):
            column = written.find(found[0])
            place = source.body_position(Position(number, max(column, 0) + 1))
            end = source.body_position(Position(number, column + len(found[0]) + 1))
            is_exact = column >= 0 and not source.blocks and len(found[0]) <= _LONGEST
            yield Finding(place, _message(found[0], meant), _HINT, (Edit(place, end, meant),) if is_exact else ())


def _strange_spaces(source: Source, written: str, number: int) -> Iterator[Finding]:
    for found in _STRANGE_SPACE.finditer(written):
        place, end = (source.body_position(Position(number, at + 1)) for at in found.span())
        name = unicodedata.name(found[0][0]).lower()
        message = f"a {name} (U+{ord(found[0][0]):04X}) in a command: a shell takes it for a letter"
        edits = () if source.blocks else (Edit(place, end, " " * len(found[0])),)
        yield Finding(place, message, "Write a plain space.", edits)


def _mixed_words(text: str) -> Iterator[re.Match[str]]:
    """The words of prose that have plain letters and look-alikes of another script: no language writes so."""
    for found in () if text.isascii() else _PLAIN_WORD.finditer(text):
        word = found[0]
        if word.isascii() or not _has_ascii_letter(word):
            continue
        others = [character for character in word if not character.isascii()]
        if all(not unicodedata.name(each, "").startswith("LATIN") for each in others) and look_alike_of(word):
            yield found


def _has_ascii_letter(word: str) -> bool:
    return any(character.isascii() and character.isalpha() for character in word)


def _dashed_options(source: Source, text: str, written: str, number: int) -> Iterator[Finding]:
    for found in _DASHED_OPTION.finditer(text):
        place = source.body_position(Position(number, max(written.find(found[0]), 0) + 1))
        yield Finding(place, f"{found[0][:40]!r} starts with a typographic dash", "Write the option with - or --.")


def _curly_quotes(source: Source, text: str, written: str, number: int) -> Iterator[Finding]:
    """The first typographic quote of a line of commands, but in a comment, in quotes, or in what is printed only."""
    found = _CURLY_QUOTE.search(text)
    if not found or _SAYS.search(text, 0, found.start()):
        return
    if any(text.count(quote, 0, found.start()) % 2 for quote in "\"'`"):
        return
    place = source.body_position(Position(number, max(written.find(found[0]), 0) + 1))
    name = unicodedata.name(found[0]).lower()
    message = f"a {name} (U+{ord(found[0]):04X}) in a command: a shell takes it for a letter"
    yield Finding(place, message, "Type the quotes of this line again, with \" or '.")


def _in_text(text: str) -> Iterator[str]:
    """What is to be said of each word that is not what it seems to be."""
    for found in () if text.isascii() else _WORD.finditer(text):
        meant = look_alike_of(found[0][:_LONGEST])
        if meant:
            yield _message(found[0], meant)


def _host(target: str) -> str:
    """The host of a link as a browser shows it: neither percent-encoded nor in Punycode."""
    try:
        host = unquote(urlsplit(target).netloc)
        return host.encode().decode("idna") if "xn--" in host else host
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def look_alike_of(word: str) -> str | None:
    """The ASCII word that a word looks like although it is another, by Unicode's table of confusable characters.

    None where it looks like no ASCII word (`größe`, `файл`). See https://www.unicode.org/reports/tr39/.
    """
    if word.isascii() or len(word) < _SHORTEST:
        return None
    # Loading the table takes a while, and few entries need it.
    from confusable_homoglyphs import confusables  # type: ignore[import-untyped]  # noqa: PLC0415

    meant = ""
    for character in word:
        if character.isascii():
            meant += character
            continue
        plain = unicodedata.normalize("NFKC", character)
        if plain.isascii() and unicodedata.category(character)[0] in "LN":
            meant += plain
            continue
        found = confusables.is_confusable(character, greedy=True)
        likes = [each["c"] for each in found[0]["homoglyphs"]] if found else []
        like = next((each for each in likes if each.isascii() and each.isalnum()), None)
        if like is None:
            return None
        meant += like
    return meant if _is_name(meant) else None


def _is_name(word: str) -> bool:
    """Whether a word could be a name in a command: one letter, such as the `а` of Russian text, is none."""
    return len(word) > 1 and any(character.isalpha() for character in word)


def _message(word: str, meant: str) -> str:
    strange = next(iter(_NOT_ASCII.findall(word)))
    name = unicodedata.name(strange, f"U+{ord(strange):04X}").lower()
    return f"{word[:40]!r} looks like {meant[:40]!r}, but has a {name} (U+{ord(strange):04X})"


_HINT: Final = "Type the word again with plain letters."

RULE = Rule(
    code="KB506",
    name="look-alike",
    family=Family.SAFETY,
    summary="A word has look-alike letters of another script, or a command a space, dash or quote that is none.",
    why=(
        "A package or host whose name looks right and is another one is how software is hijacked; a command or "
        "signature with such a letter simply doesn't work."
    ),
    fix="Type the word again with plain letters.",
    bad="pip install r\N{CYRILLIC SMALL LETTER IE}quests  # the first e is a Cyrillic letter",
    good="pip install requests",
    mended="Puts the plain letters in their place in Markdown's code.",
    in_source=_check,
    in_collection=in_data_files(_in_data_file),
)
