"""The file of a new entry, from its values; it reads back to just these."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from kb.entry.markdown import outline, trimmed
from kb.entry.model import EntryText, FrontMatter
from kb.entry.plain import one_line
from kb.entry.prose import PROSE_HEADINGS, WORKAROUND, deep_quote
from kb.entry.reading import Source, parse_source
from kb.entry.yaml_text import pair_text, plain_value

_SCHEMA: Final = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
_HEADING: Final = re.compile(r"^( {0,3})(#{1,2})(?=[ \t]|$)", re.MULTILINE)
_UNDERLINE: Final = re.compile(r"^( {0,3})(=+|-+)(?=[ \t]*$)", re.MULTILINE)
_FENCES: Final = re.compile(r"`{3,}")
_SPECIAL: Final = re.compile(r"([!-/:-@\[-`{-~])")
_ANY_NAME: Final = "a/a.md"


def schema_address(sources: Iterable[Source]) -> str:
    """The address of the front matter's JSON Schema that entries name in a comment; empty where none does."""
    return next((found[1] for source in sources if (found := _SCHEMA.search(source.text[:1000]))), "")


def new_entry_text(fields: Mapping[str, object], schema: str = "") -> str:
    """The Markdown file of an entry with these fields, named as in `EntryText`; no others are written.

    `schema` is the address of the JSON Schema that editors look for (see `schema_address`). Raises ValueError
    (pydantic's for values that no entry may have) where the file would not read back to the fields: for prose, see
    `as_section`.
    """
    entry = EntryText.model_validate(_with_line_feeds(fields))
    text = _text_of(entry.model_dump(exclude_unset=True, by_alias=True), schema)
    _check(text, entry)
    return text


def unfinished_entry_text(fields: Mapping[str, object], remarks: Iterable[str], schema: str = "") -> str:
    """The file of what is to become an entry and lacks a part: as far as there are fields, with remarks at its head.

    Raises ValueError for values that YAML can't hold.
    """
    return _text_of(_with_line_feeds(fields), schema, [f"# {one_line(remark, 300)}" for remark in remarks])


def _text_of(fields: object, schema: str, remarks: Iterable[str] = ()) -> str:
    values = plain_value(fields)
    assert isinstance(values, dict)  # noqa: S101 - a mapping stays one
    lines = ["---", *([f"# yaml-language-server: $schema={schema}"] if schema else []), *remarks]
    lines += [pair_text(key, values[key], "") for key in FrontMatter.model_fields if values.get(key) is not None]
    lines.append("---")
    for name, heading in PROSE_HEADINGS.items():
        if name == "workarounds":
            for step in values.get(name) or ():
                lines += ["", f"## {WORKAROUND}: {_as_heading(step['title'])}", "", step["body"]]
        elif values.get(name):
            lines += ["", f"## {heading}", "", values[name]]
    return "\n".join(lines) + "\n"


def as_section(markdown: str) -> str:
    """Prose from a stranger as it can stand under a heading: as it is, with lower headings, or as a block of code."""
    text = trimmed(str(_with_line_feeds(markdown)).replace("\0", "\ufffd"))
    lower = _UNDERLINE.sub(r"\1\\\2", _HEADING.sub(r"\1###", text))
    fence = max([*map(len, _FENCES.findall(text)), 2]) + 1
    quoted = "\n".join(f"| {line}" for line in text.split("\n"))
    block, quotes = (f"{'`' * fence}text\n{inside}\n{'`' * fence}" for inside in (text, quoted))
    return next((found for found in (text, lower, block) if _stays_inside(found)), quotes)


def _stays_inside(markdown: str) -> bool:
    """Whether prose under a heading leaves the headings after it alone."""
    body = f"## Summary\n\n{markdown}\n\n## Cause\n\nx"
    if deep_quote(body):
        return False
    sections = outline(body).sections
    return [section.markdown for section in sections] == [markdown, "x"]


def _as_heading(title: str) -> str:
    """A title as Markdown that shows it: escaped only where it would be taken for more than text."""
    sections = outline(f"## {title}").sections
    return title if [section.heading for section in sections] == [title] else _SPECIAL.sub(r"\\\1", title)


def _with_line_feeds(value: object) -> object:
    """A plain value whose texts end their lines as files do."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, Mapping):
        return {key: _with_line_feeds(held) for key, held in value.items()}
    return [_with_line_feeds(item) for item in value] if isinstance(value, list | tuple) else value


def _check(text: str, entry: EntryText) -> None:
    """Raise ValueError where the text doesn't read back to the entry."""
    source = parse_source(Path(_ANY_NAME), _ANY_NAME, text)
    if source.entry is None:
        raise ValueError(f"this can't be written as an entry: {source.defects[0].message}")
    for name in EntryText.model_fields:
        if getattr(source.entry, name) != getattr(entry, name):
            raise ValueError(f"{name} can't be written as Markdown so that it reads back: see it as a block of code")
