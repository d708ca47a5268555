"""What holds for any file whatever is in it: it can be read twice, told of, mended and formatted."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from typing import Final

from kb.checks import Diagnostic, check, mend, to_github, to_json, to_report, to_sarif
from kb.checks.cut import MOST_SHOWN
from kb.entry import Collection, FrontMatter, Position, Source, formatted, parse_source

TODAY: Final = date(2026, 6, 1)

_RUNS: Final = ("javascript:", "vbscript:", "data:")
OBEYED: Final = frozenset(map(chr, (*range(10), *range(11, 32), *range(127, 160), 0x200B, 0x2028, 0x202E)))
"""What a terminal or a reader's eye would obey."""


def same_twice(source: Source) -> None:
    """A text read again is the same, and is an entry or says why not, at places that it has."""
    assert source.entry is not None or source.defects
    if not source.text:
        return  # it could not be read as text
    assert parse_source(source.path, source.name, source.text) == source
    within(source.text, (defect.position for defect in source.defects))


def within(text: str, positions: Iterable[Position]) -> None:
    """The places are in the text: a line that it has, a column up to the line's end."""
    lines = text.split("\n")
    for line, column in positions:
        assert 1 <= line <= len(lines), (line, len(lines))
        assert 1 <= column <= len(lines[line - 1]) + 1, (line, column, lines[line - 1])


FORMS: Final = ("report", "github", "json", "sarif")


def told(collection: Collection, form: str) -> list[Diagnostic]:
    """What the check finds: the same each time, at places that the files have, told in one of the forms."""
    found = check(collection, TODAY)
    assert check(collection, TODAY) == found
    texts = {source.path: source.text for source in collection.sources if source.text}
    for diagnostic in found:
        if diagnostic.path in texts:
            within(texts[diagnostic.path], [diagnostic.position])
    if form == "json":
        assert json.loads(to_json(found))["count"] == len(found)
    elif form == "sarif":
        of_files = Counter(diagnostic.path for diagnostic in found).values()
        results = json.loads(to_sarif(found))["runs"][0]["results"]
        assert len(results) == sum(min(count, MOST_SHOWN) for count in of_files)
    else:
        shown = to_report(found) if form == "report" else to_github(found)
        assert not [letter for letter in shown if letter in OBEYED]
    return found


def mended_stays_readable(collection: Collection, found: list[Diagnostic]) -> None:
    """What mends a problem leaves an entry an entry."""
    readable = {source.path: source.entry is not None for source in collection.sources}
    names = {source.path: source.name for source in collection.sources}
    for change in mend(collection, found):
        if change.path not in names:
            continue  # a data file
        again = parse_source(change.path, names[change.path], change.text)
        assert again.entry is not None or not readable[change.path]


def formatted_once(source: Source) -> None:
    """Formatting twice is formatting once, and says the same."""
    if source.entry is None:
        return
    once = formatted(source)
    again = parse_source(source.path, source.name, once)
    assert again.entry is not None, again.defects
    assert formatted(again) == once
    front = set(FrontMatter.model_fields)
    assert again.entry.model_dump(include=front) == source.entry.model_dump(include=front)
    # A long line of prose may be wrapped.
    assert _words(again) == _words(source)


def _words(source: Source) -> list[str]:
    assert source.entry is not None
    return source.entry.model_dump_json(exclude={"body", "headings"}).replace("\\n", " ").split()


class _Tags(HTMLParser):
    """Refuses what runs, what loads, and what hears."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "object", "embed", "img", "svg", "math", "form", "base"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("srcdoc", "formaction", "style"), name
            address = "".join((value or "").split()).lower()
            assert not (name in ("href", "src", "action") and address.startswith(_RUNS)), address

    handle_startendtag = handle_starttag


def harmless(html: str) -> None:
    """As a browser reads it, the HTML runs nothing and loads nothing."""
    reader = _Tags(convert_charrefs=True)
    reader.feed(html)
    reader.close()
