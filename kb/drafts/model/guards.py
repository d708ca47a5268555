"""What of a model's answer may stand in an entry, whatever the model has read and obeys.

A statement is kept if it names a source that was given, and if what could do harm or be invented in it stands in the
sources that it names: versions and other numbers, addresses, commands, files, issues, codes. It is then looked at by
the rules of safety, as if it stood alone and nobody had warned of it. Everything else is dropped, and said to be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from kb.checks import all_visible, objections
from kb.drafts.model.commands import commands_in_prose
from kb.drafts.model.orders import names_a_source, speaks_to_a_program
from kb.drafts.model.sources import SourceText, one_spaced
from kb.drafts.model.support import share_in, telling_words

if TYPE_CHECKING:
    from kb.drafts.model.answer import Statement

LONGEST: Final = 2_000
"""Characters of a statement."""
_LEAST: Final = 0.4
"""The share of its telling words that a statement's sources must have: its words are its own, its facts are not."""
_FEWEST: Final = 5
"""Telling words from which on that is asked for."""
_SHORT: Final = 3
"""And those from which on one of them has to be there: a title of two is free."""

_BLOCK: Final = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})(?P<language>[^\n`]*)\n(?P<code>.*?)^ {0,3}(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_LANGUAGE: Final = re.compile(r"[A-Za-z0-9+#-]{0,20}")
_START: Final = re.compile(r"^(?:[#>*+|=-]+(?= )|\d{1,9}[.)](?= )| )+")
"""Marks at the start of a paragraph that would make it something else."""
_IMAGE: Final = re.compile(r"!\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?")
_LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\(<?([^()\s<>]*)>?[^()\n]*\)")
_REFERENCE: Final = re.compile(r"\[([^\[\]\n]*)\]\[[^\[\]\n]*\]")
_AUTOLINK: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
_TAG: Final = re.compile(r"<[A-Za-z!?/][^<>\n]*>?")
_SPAN: Final = re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]+)\1(?!`)")
_EDGES: Final = ".,;:!?()[]{}\"'*_„“”‘’…–—"
_VERSION: Final = re.compile(r"v?\d+(?:\.\w+)+[\w.+-]*")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{4,}|\w*[a-z](?:Error|Exception|Warning)|\w+_\w+")
_SHELL: Final = re.compile(r"[|&;$<>=`\\]")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^\s/@]*@)?([^\s/:?#'\"`]*)")
_LIVE: Final = re.compile(r"<(?:script|img|iframe|svg|object|embed|a )|<!--|\bon\w+ *=|javascript:", re.IGNORECASE)
"""HTML that does something: shown as code it doesn't, but a reader may put it where it does."""
_OWN_HOSTS: Final = frozenset({"localhost", "127.0.0.1"})
_WORDS_WITH_SLASH: Final = frozenset({"and/or", "either/or", "read/write", "input/output", "tcp/ip", "i/o"})
_ABBREVIATED: Final = frozenset({"e.g", "i.e", "a.k.a", "u.s"})
_PLACEHOLDER: Final = re.compile(r"\{\{ *([a-z][a-z0-9_-]*)(?::[a-z]+)? *\}\}")
_HALF: Final = re.compile(r"\w+\W*")
"""A single word: what is left of a sentence of which all else was taken out, or was no word."""
_ENTITY: Final = re.compile(r"&#?\w{1,31};")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_ESCAPE: Final = re.compile(r"\\u[0-9a-f]{4}")
"""How a character that nobody sees is shown to a model."""


class Refused(Exception):  # noqa: N818 - an outcome, not an error of the program
    """A statement that is not kept; the text says why."""


class Kept(NamedTuple):
    """A statement as it may stand in an entry, and the names of the sources that it rests on."""

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Guards:
    """Looks at statements by the sources that were given. `hosts` are those that an address may have."""

    sources: Mapping[str, SourceText]
    hosts: frozenset[str] = frozenset()
    placeholders: frozenset[str] = frozenset()
    """Names that prose may use as `{{name}}`: those of the entry's signatures."""
    removed: list[str] = field(default_factory=list)
    """What was taken out of statements that were kept: links, pictures, HTML."""

    def kept(self, statement: Statement) -> Kept:
        """The statement as it may stand. Raises Refused."""
        named = self.named(statement.sources)
        if not named:
            raise Refused("it names no source that was given")
        text = statement.text.replace("\r\n", "\n").strip()
        if not text:
            raise Refused("it says nothing")
        if len(text) > LONGEST:
            raise Refused(f"it has more than {LONGEST:,} characters")
        if all_visible(text) != text.replace("\t", "    "):
            raise Refused("it holds characters that nobody sees")
        escapes = _ESCAPE.findall(text)
        if any(escape in source.shown and escape not in source.text for escape in escapes for source in named):
            raise Refused("it repeats characters that nobody sees")
        if not self.placeholders.issuperset(_PLACEHOLDER.findall(text)):
            raise Refused("a placeholder that no signature has")
        if speaks_to_a_program(text):
            raise Refused("it speaks to a program, not to a reader")
        if names_a_source(text):
            raise Refused("it names a source in its own words")
        kept = "\n\n".join(self._parts(text, named))
        if not _LETTERS.search(kept) or _HALF.fullmatch(kept):
            raise Refused("it says nothing")
        words, share = len(telling_words(kept)), share_in(kept, [source.shown for source in named])
        if (words >= _FEWEST and share < _LEAST) or (words >= _SHORT and share == 0):
            raise Refused("its sources say little of it")
        return Kept(kept, tuple(source.name for source in named))

    def named(self, names: Iterable[str]) -> list[SourceText]:
        """The sources of these names, or numbers, that were given."""
        by_name = {one_spaced(name).lower(): source for name, source in self.sources.items()}
        by_name |= {f"source {number}": source for number, source in enumerate(self.sources.values(), 1)}
        found = (by_name.get(one_spaced(name.strip(" []")).lower()) for name in names)
        return list(dict.fromkeys(source for source in found if source))

    def _parts(self, text: str, named: list[SourceText]) -> Iterator[str]:
        """Paragraphs and blocks of code, each looked at. Raises Refused."""
        at = 0
        for block in _BLOCK.finditer(text):
            yield from self._paragraph(text[at : block.start()], named)
            _look_at_hosts(block["code"], self.hosts)
            yield _code(block["language"].strip(), block["code"], named)
            at = block.end()
        yield from self._paragraph(text[at:], named)

    def _paragraph(self, text: str, named: list[SourceText]) -> Iterator[str]:
        """Prose on one line, without anything that is more than words, code and links. Raises Refused."""
        line = _START.sub("", one_spaced(text))
        if not line:
            return
        line = self._without(_IMAGE, r"\1", line, "a picture")
        line = _AUTOLINK.sub(r"\1", line)
        links: list[str] = []
        line = _LINK.sub(lambda found: self._link(found, named, links), line)
        line = self._without(_REFERENCE, r"\1", line, "a link")
        spans: list[str] = []

        def kept_apart(found: re.Match[str]) -> str:
            spans.append(found[2])
            return f" \x00{len(spans) - 1}\x00 "

        words = _SPAN.sub(kept_apart, line)
        if _LIVE.search(words):
            raise Refused("HTML that does something")
        words = self._without(_TAG, "", words, "HTML")
        if _ENTITY.search(words):
            raise Refused("HTML that stands for other characters")
        if "`" in words:
            raise Refused("its code has no end")
        for span in spans:
            _look_at_hosts(span, self.hosts)
            _look_at_span(span, named)
            _look_at_harm(span)
        self._look_at_words(words, named)
        for command in commands_in_prose(words):
            if command.is_sure and not any(command.bare in one_spaced(source.shown) for source in named):
                raise Refused("a command that its sources don't have")
            _look_at_harm(command.line)
        line = re.sub(r" ?\x00(\d+)\x00 ?", lambda found: f" `{spans[int(found[1])]}` ", words)
        line = re.sub(r" ([.,;:!?)])", r"\1", one_spaced(line)).replace("( ", "(")
        for number, link in enumerate(links):
            line = line.replace(f"\x01{number}\x01", link)
        if objected := objections(line):
            raise Refused(objected[0])
        if line:
            yield line

    def _link(self, found: re.Match[str], named: list[SourceText], links: list[str]) -> str:
        """A link that may stay is kept apart; of another one its words stay."""
        words, address = found[1], found[2]
        if not self._is_good_address(address, named):
            self.removed.append("a link")
            return words
        links.append(f"]({address})")
        return f"[{words}\x01{len(links) - 1}\x01"

    def _is_good_address(self, address: str, named: list[SourceText]) -> bool:
        """Whether an address stands in a source and leads to where this knowledge base's own people lead."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or (parts.hostname or "") not in self.hosts or "@" in parts.netloc:
            return False
        return any(_occurs(address, source.shown) for source in named)

    def _without(self, pattern: re.Pattern[str], instead: str, line: str, what: str) -> str:
        line, count = pattern.subn(instead, line)
        self.removed.extend([what] * count)
        return line

    def _look_at_words(self, words: str, named: list[SourceText]) -> None:
        """Raises Refused for a word that says something its sources don't."""
        words = re.sub(r"[\x00\x01]\d+[\x00\x01]", " ", words)
        for name in self.placeholders:
            words = words.replace(f"{{{{{name}}}}}", " ")
        for each in words.split():
            word = each.strip(_EDGES)
            for form in dict.fromkeys((word, unicodedata.normalize("NFKC", word))):
                what = self._kind(form)
                if what == "an address" and not self._is_good_address(form, named):
                    raise Refused("an address that its sources don't have, or that only strangers name")
                if what and not any(_occurs(form, source.shown) for source in named):
                    raise Refused(f"{what} that its sources don't have: {form[:60]}")

    @staticmethod
    def _kind(word: str) -> str:
        """What a word is that has to stand in a source; empty for a plain one."""
        lower = word.lower()
        if "://" in word or lower.startswith(("www.", "mailto:", "javascript:", "data:")):
            return "an address"
        if _VERSION.fullmatch(word):
            return "a version"
        if "#" in word:
            return "an issue"
        if any(letter.isdigit() for letter in word):
            return "a number"
        if _SHELL.search(word) or (word.startswith("-") and word.strip("-")):
            return "a part of a command"
        if ("/" in word and lower not in _WORDS_WITH_SLASH) or word.startswith("~"):
            return "a path"
        if re.search(r"\w\.\w", word) and lower not in _ABBREVIATED:
            return "a name"
        if "@" in word or "{" in word:
            return "a name"
        return "a code" if _CODE.fullmatch(word) else ""


def _code(language: str, code: str, named: list[SourceText]) -> str:
    """A block of code as it may stand. Raises Refused."""
    if not _LANGUAGE.fullmatch(language):
        raise Refused("a block of code in no language")
    lines = [line.rstrip() for line in code.strip("\n").split("\n")]
    _look_at_code(lines, named)
    _look_at_harm("\n".join(lines))
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    return f"{fence}{language}\n{chr(10).join(lines)}\n{fence}"


def _look_at_code(lines: list[str], named: list[SourceText]) -> None:
    """Raises Refused for code that stands in no source, in this order and with nothing left out."""
    wanted = [one_spaced(line) for line in lines if line.strip()]
    if not wanted:
        raise Refused("a block of code with nothing in it")
    for source in named:
        if any(source.code[at : at + len(wanted)] == wanted for at in range(len(source.code))):
            return
        if len(wanted) == 1 and wanted[0] in source.spans:
            return
    raise Refused(f"code that its sources don't have: {wanted[0][:60]}")


def _look_at_span(code: str, named: list[SourceText]) -> None:
    """The same for code within a sentence, where a name is marked as code that its source has in its words."""
    if not any(" " not in code and _occurs(code, source.shown) for source in named):
        _look_at_code([code], named)


def _look_at_hosts(code: str, hosts: frozenset[str]) -> None:
    """Raises Refused for code with an address on a host that only strangers name, and that is not the reader's own."""
    if _LIVE.search(code):
        raise Refused("code with HTML that does something")
    for found in _ADDRESS.finditer(code):
        if found[1] and found[1].lower() not in hosts | _OWN_HOSTS:
            raise Refused("an address in code that only strangers name")


def _look_at_harm(code: str) -> None:
    """Raises Refused for code that a rule of safety objects to, as a command and without a warning."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    if objected := objections(f"{fence}sh\n{code}\n{fence}"):
        raise Refused(objected[0])


def _occurs(word: str, text: str) -> bool:
    """Whether a word stands in a text, and not as a part of a longer name or number."""
    word = re.sub(r"^v(?=\d)", "", word)
    return bool(re.search(rf"(?<![\w.])(?:v(?=\d))?{re.escape(word)}(?!\w|[.+/-]\w)", text, re.IGNORECASE))
