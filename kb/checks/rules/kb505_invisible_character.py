"""A character that no reader sees, or that turns the order of what they see around."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from kb.checks.data_files import in_data_files
from kb.checks.edit import Edit
from kb.checks.places import place_of
from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Catalog, KeyPath, Position, Source, to_html

_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_DIRECTIONS: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BLANKS: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_EMOJI: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_IN_EMOJI: Final = re.compile(
    # A sequence of https://www.unicode.org/reports/tr51/: a flag spelt with tags; emoji that joiners connect, each with
    # a choice of look; a key cap.
    r"\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,10}\U000e007f"
    rf"|(?:[{_EMOJI}](?:\ufe0f|\ufe0e|[\U0001f3fb-\U0001f3ff])?(?:\u200d(?=[{_EMOJI}]))?)+"
    r"|[0-9#*]\ufe0f\u20e3"
)
_INVISIBLE: Final = re.compile(rf"(?P<emoji>{_IN_EMOJI.pattern})|[{_CONTROLS}{_DIRECTIONS}{_BLANKS}]+")
_SUSPECT: Final = re.compile(rf"[{_CONTROLS}{_DIRECTIONS}{_BLANKS}]")
_DIRECTION: Final = re.compile(rf"[{_DIRECTIONS}]")
_YAML_ESCAPE: Final = Prefilter(r"\\[xuUabevPLN_0]")
_REFERENCE: Final = Prefilter(r"&(?:#|[A-Za-z])")
_HINT: Final = "Remove it; if the program really prints it, leave it out of the example."


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    yield from _as_written(source)
    if not source.draft:
        return
    if _YAML_ESCAPE.lets_pass(source.text):
        yield from _in_values(source)
    if _REFERENCE.lets_pass(source.draft.body):
        yield from _in_references(source)


def _in_data_file(catalog: Catalog) -> Iterator[Finding]:
    yield from _as_written(catalog)
    if _YAML_ESCAPE.lets_pass(catalog.text):
        yield from _in_values(catalog)


def _as_written(source: Source | Catalog) -> Iterator[Finding]:
    text = source.text
    if (text.isascii() and text.replace("\n", "").isprintable()) or not _SUSPECT.search(text):
        return
    for found in _INVISIBLE.finditer(source.text):
        if not found["emoji"]:
            place, end = place_of(source.text, found.start()), place_of(source.text, found.end())
            yield Finding(place, _message(found[0]), _HINT, (Edit(place, end, ""),))


def _in_values(source: Source | Catalog) -> Iterator[Finding]:
    """Characters that stand in the file as YAML's escapes."""
    for path, text in _texts(source.document.value):
        for found in _INVISIBLE.finditer(text) if _SUSPECT.search(text) else ():
            if not found["emoji"] and found[0] not in source.text:
                yield Finding(source.document.position(path), _message(found[0]), _HINT)


def _in_references(source: Source) -> Iterator[Finding]:
    """Characters that stand in prose as `&#x202e;` or `&rlm;`."""
    body = source.draft.body if source.draft else ""
    shown = unescape(to_html(body))
    if not _SUSPECT.search(shown):
        return
    written = [unescape(line) for line in body.split("\n")]
    for characters in dict.fromkeys(found[0] for found in _INVISIBLE.finditer(shown) if not found["emoji"]):
        if characters not in body:
            line = next((number for number, text in enumerate(written, 1) if characters in text), 1)
            yield Finding(source.body_position(Position(line, 1)), _message(characters), _HINT)


def _texts(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a document, keys too, and its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield (*path, key), key
            yield from _texts(held, (*path, key))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from _texts(held, (*path, number))


def _message(characters: str) -> str:
    codes = " ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(characters[:8]))
    if _DIRECTION.search(characters):
        return f"{codes} changes the direction of the text after it"
    return f"{codes} can't be seen"


RULE = Rule(
    code="KB505",
    name="invisible-character",
    family=Family.SAFETY,
    summary="The text holds a character that can't be seen, or that changes the direction of text.",
    why=(
        "Bidirectional controls make a command read otherwise than it runs (https://trojansource.codes/). "
        "A zero-width character in a command, a path or a host name makes it another one, and a signature with one "
        "matches no message."
    ),
    fix="Remove the character. Joiners inside of an emoji may stay.",
    bad="pip install re\N{ZERO WIDTH SPACE}quests  # with U+200B in the name",
    good="pip install requests",
    mended="Takes the characters out of the file.",
    in_source=_check,
    in_collection=in_data_files(_in_data_file),
)
