"""Fuzzing with coverage: what any bytes do to reading, checking, formatting, rendering and matching.

    python tests/fuzz/with_atheris.py TARGET [OPTIONS OF LIBFUZZER] [FOLDERS]
    python tests/fuzz/with_atheris.py checking -max_total_time=300 /tmp/corpus

An input that ends in an exception is kept as `crash-…`. For no test run: atheris installs on few platforms, so nothing
else needs it.
"""

import contextlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

try:
    import atheris
except ImportError:
    sys.exit("atheris is missing. Where it has a wheel: python -m pip install atheris")

with atheris.instrument_imports(include=["kb"]):
    from kb.checks import check, mend, to_github, to_json, to_report, to_sarif
    from kb.drafts import draft_signature, error_blocks
    from kb.entry import Entry, FrontMatter, SignatureError, formatted, load_collection, parse_source
    from kb.match import Matcher, fill, fill_prose, parse_signature
    from kb.site.prose import ProseRenderer, signature_html
    from kb.site.urls import Urls

TODAY: Final = date(2026, 6, 1)
HEAD: Final = """\
---
title: T
signatures:
  - text: "some {{x}} words"
    examples: ["some 1 words"]
updated: 2026-01-02
---

## Summary

S

## Cause

C

## Workaround: W

"""


def text_of(data: bytes) -> str:
    """Text as files have it: read as UTF-8, with line feeds."""
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


def reading(data: bytes) -> None:
    """A file read twice is the same; what is no entry says why."""
    name = "git/a.yml" if data[:1] == b"y" else "git/a.md"
    text = text_of(data[1:])
    source = parse_source(Path(name), name, text)
    assert source == parse_source(Path(name), name, text)
    assert source.entry or source.defects
    assert all(defect.position.line >= 1 and defect.position.column >= 1 for defect in source.defects)


def checking(data: bytes) -> None:
    """A whole file, or the end of a good one, is checked, told in every format, and mended."""
    is_whole, text = data[:1] == b"w", text_of(data[1:])
    source = parse_source(Path("git/a.md"), "git/a.md", text if is_whole else HEAD + text)
    collection = replace(EMPTY, sources=(source,))
    found = check(collection, TODAY)
    assert source.entry or found
    for form in (to_json, to_sarif, to_report, to_github):
        form(found)
    for change in mend(collection, found):
        again = parse_source(Path("git/a.md"), "git/a.md", change.text)
        assert again.entry or not source.entry


def formatting(data: bytes) -> None:
    """Formatting twice is formatting once, and says the same."""
    is_whole, text = data[:1] == b"w", text_of(data[1:])
    source = parse_source(Path("git/a.md"), "git/a.md", text if is_whole else HEAD + text)
    if not source.entry:
        return
    once = formatted(source)
    again = parse_source(Path("git/a.md"), "git/a.md", once)
    assert again.entry
    assert formatted(again) == once
    # A long line of prose may be wrapped; front matter may not differ in anything.
    assert words_of(again.entry) == words_of(source.entry)
    front = set(FrontMatter.model_fields)
    assert again.entry.model_dump(include=front) == source.entry.model_dump(include=front)


def rendering(data: bytes) -> None:
    """No Markdown becomes script, a handler or an address that runs."""
    text = text_of(data)
    html = RENDERER.html(text, "git/a.md", {"x"}) + signature_html(text)
    assert "<script" not in html.lower()
    assert not any(f'{name}="javascript:' in html.lower() for name in ("href", "src"))


def matching(data: bytes) -> None:
    """A signature and a text, apart by a zero: what is found lies in the text, and a draft finds its own error."""
    first, _, second = text_of(data).partition("\0")
    MATCHER.match(first)
    for block in error_blocks(first):
        drafted = draft_signature(block)
        if drafted:
            parse_signature(drafted)
    try:
        signature = parse_signature(first)
    except SignatureError:
        return
    found = signature.find(second)
    if found:
        assert 0 <= found.start <= found.end <= len(second)
        types = dict.fromkeys(found.captures, ("text",))
        for language in ("sh", "fish", "powershell", "bat", "python", "sql", "json", "yaml", "js", ""):
            fill(f"echo {{{{x}}}} '{second}'", language, found.captures, types)
        fill_prose(second, found.captures, types)
    with contextlib.suppress(SignatureError):
        for answer in Matcher.from_signatures([("a/a", first), ("a/b", "some {{x}} words")]).match(second):
            assert 0 <= answer.start <= answer.end <= len(second)


def words_of(entry: Entry) -> list[str]:
    return entry.model_dump_json(exclude={"body"}).replace("\\n", " ").split()


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    each.__name__: each for each in (reading, checking, formatting, rendering, matching)
}


def empty_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kb-fuzz-"))
    (folder / "git").mkdir()
    (folder / "products.yml").write_text(
        "git: {name: Git, home: 'https://git.example/', repository: g/g, category: x}\n"
    )
    (folder / "tools.yml").write_text("[]\n")
    return folder


EMPTY = load_collection(empty_folder())
RENDERER = ProseRenderer({}, {}, Urls.at(2))
MATCHER = Matcher.from_signatures(
    [("git/a", "some {{x}} words"), ("git/b", "fatal: {{path:path}} is no {{what:rest}}")]
)


def main(arguments: list[str]) -> None:
    if len(arguments) < 2 or arguments[1] not in TARGETS:
        sys.exit(f"Name a target: {', '.join(TARGETS)}.")
    target = TARGETS[arguments.pop(1)]
    atheris.Setup(arguments, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
