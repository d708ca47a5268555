"""Reading: from a file to a `Source`, which is an `Entry` where the file is good, and says where it isn't."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from kb.entry.bounds import MAX_COLUMNS, MAX_LINES, MAX_QUOTES
from kb.entry.defects import describe_validation
from kb.entry.draft import draft_of
from kb.entry.files import read_text
from kb.entry.markdown import Link, Outline, outline, without_blank_start
from kb.entry.model import Entry, EntryText
from kb.entry.prose import (
    PROSE_HEADINGS,
    SECTION_LINE,
    Block,
    compose,
    deep_quote,
    left_open,
    lift,
    long_heading,
    wide_table,
)
from kb.entry.source import START, Defect, DefectKind, KeyPath, Position
from kb.entry.translation import (
    ENTRY_ONLY,
    Translation,
    TranslationText,
    draft_of_translation,
    translated_name,
)
from kb.entry.yaml_document import YamlDocument, parse_yaml

_FRONT_MATTER: Final = YAMLHandler()
_EMPTY_OUTLINE: Final = Outline("", (), ())

_NOT_IN_ANY_FILE: Final = dict.fromkeys(("id", "source", "body", "headings"), "Remove it: it follows from the file.")
_NOT_IN_FRONT_MATTER: Final = _NOT_IN_ANY_FILE | {
    name: f"Prose stands under its heading: `## {heading}`." for name, heading in PROSE_HEADINGS.items()
}
"""Names of the model that are no keys -> what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file under `entries/` as it was read. `entry` is None where defects stand in the way."""

    path: Path
    name: str
    """The path relative to the entries folder, with `/`."""
    text: str = ""
    document: YamlDocument = field(default_factory=lambda: YamlDocument(None))
    outline: Outline = _EMPTY_OUTLINE
    body_line: int = 1
    """The line of the file on which the body starts."""
    blocks: tuple[Block, ...] = ()
    """Of a `.yml` entry: what stands where in the body, which is composed of its keys."""
    defects: tuple[Defect, ...] = ()
    entry: Entry | None = None
    draft: Entry | None = None
    """The entry as far as it could be read: what rules look at, so that one problem hides no other."""
    translation: Translation | None = None
    """What a file holds that is no entry but the translation of one; None where defects stand in the way."""
    original: Entry | None = None
    """The entry that a translation is one of, where that can be read."""

    @property
    def id(self) -> str:
        """The entry's id: the name without its ending."""
        return self.name.rpartition(".")[0]

    @property
    def home(self) -> str:
        """The name of the entry's file: of a translation, the one beside which it lies."""
        translated = translated_name(self.name)
        return f"{translated[0]}.md" if translated else self.name

    def key_position(self, *path: str | int) -> Position:
        """Where the front-matter key (or the section of that field) at `path` stands."""
        position = self.document.positions.get(path)
        return position or self.section_position(path) or self.document.position(path)

    def section_position(self, path: KeyPath) -> Position | None:
        """Where the section stands that holds the prose field at `path`, in a Markdown entry."""
        if self.blocks or not path or path[0] not in PROSE_HEADINGS:
            return None
        heading = PROSE_HEADINGS[str(path[0])]
        found = [section for section in self.outline.sections if section.heading.partition(":")[0].strip() == heading]
        index = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        return self.body_position(Position(found[index].line, 1)) if index < len(found) else None

    def link_position(self, link: Link) -> Position:
        """Where a link of the outline stands in the file; in a `.yml` entry, the key that holds it."""
        return self.body_position(link.position)

    def body_position(self, position: Position) -> Position:
        """Where a place in the body stands in the file; in a `.yml` entry, the key that holds it."""
        if not self.blocks:
            return Position(self.body_line + position.line - 1, position.column)
        block = self.blocks[bisect_right(self.blocks, position.line, key=lambda block: block.line) - 1]
        return self.document.position(block.key)


def read_source(path: Path, root: Path, real_root: Path | None = None) -> Source:
    """Read one file. Never raises for what the file holds or is: see `Source.defects`."""
    name = path.relative_to(root).as_posix()
    content = read_text(path, real_root or root.resolve())
    if isinstance(content, Defect):
        return Source(path, name, defects=(content,))
    return parse_source(path, name, content)


def died(path: Path, name: str, how: str) -> Source:
    """What is known of a file whose reading or checking ended the process that did it; `how` says what ended that."""
    message = f"the process that read and checked this file {how}"
    hint = "Nothing else is known of it. Take out what is very long, or repeats itself; and please report it."
    return Source(path, name, defects=(Defect(DefectKind.UNREADABLE, START, message, hint),))


def parse_source(path: Path, name: str, text: str) -> Source:
    """Turn the text of a file into a `Source`; `.md` and `.yml` give the same `Entry` for the same content."""
    if name.endswith(".md"):
        return _parse_markdown(path, name, text)
    return _parse_yaml_entry(path, name, text)


def _parse_markdown(path: Path, name: str, text: str) -> Source:
    if not _FRONT_MATTER.detect(text):
        hint = "Start the file with a line `---`, the YAML keys, and another line `---`."
        return Source(path, name, text, defects=(Defect(DefectKind.NO_FRONT_MATTER, START, "no front matter", hint),))
    try:
        front_matter, body = _FRONT_MATTER.split(text)
    except ValueError:
        return _without_end(path, name, text)
    document = parse_yaml(front_matter, _line_at(text, text.index(front_matter)))
    if document.defects and SECTION_LINE.search(front_matter):
        return _without_end(path, name, text)  # what was taken for its end is a rule in the body
    body = without_blank_start(body)
    body_line = _line_at(text, len(text) - len(body))
    source = Source(path, name, text, document, body_line=body_line, defects=document.defects)
    return _with_body(source, body.rstrip())


def _without_end(path: Path, name: str, text: str) -> Source:
    hint = "Put a line `---` between the YAML keys and the first heading."
    return Source(
        path, name, text, defects=(Defect(DefectKind.NO_FRONT_MATTER, START, "the front matter has no end", hint),)
    )


def _parse_yaml_entry(path: Path, name: str, text: str) -> Source:
    document = parse_yaml(text)
    body, blocks = compose(document.value)
    return _with_body(Source(path, name, text, document, blocks=blocks, defects=document.defects), body)


def _with_body(source: Source, body: str) -> Source:
    """Add what the body says to a source, and with it the entry, or the defects for which there is none."""
    refused = _out_of_bounds(body)
    if refused:
        line, message, hint = refused
        defect = Defect(DefectKind.UNREADABLE, source.body_position(Position(line, 1)), message, hint)
        return replace(source, defects=(*source.defects, defect))
    parts = outline(body)
    open_key = left_open(parts, source.blocks)
    if open_key:
        message = f"{open_key[0]} leaves a code block or an HTML comment open"
        defect = Defect(
            DefectKind.WRONG_TYPE, source.document.position(open_key), message, "Close it: with a line ```."
        )
        return replace(source, defects=(*source.defects, defect))
    prose, defects = lift(parts, source.body_position)
    too_long = long_heading(parts)
    if too_long:
        defects += (replace(too_long, position=source.body_position(too_long.position)),)
    source = replace(source, outline=parts, defects=source.defects + defects)
    if source.document.value is None and source.document.defects:
        return source
    return _with_entry(source, prose, body)


def _out_of_bounds(body: str) -> tuple[int, str, str] | None:
    """At which line a body is more than is read, what is too much there, and what to do; None where it is in bounds."""
    if body.count("\n") >= MAX_LINES:
        return MAX_LINES + 1, f"more than {MAX_LINES:,} lines of prose", "Keep what a reader needs, or split the file."
    if line := deep_quote(body):
        message = f"quotes inside of quotes, more than {MAX_QUOTES} levels deep"
        return line, message, "Quote the text itself, with one `>`."
    if line := wide_table(body):
        return line, f"a table of more than {MAX_COLUMNS} columns", "Show it as a code block."
    return None


def _with_entry(source: Source, prose: dict[str, object], body: str) -> Source:
    """Add the `Entry` to a source, or the defects for which there is none."""
    value = source.document.value
    if not isinstance(value, dict):
        found = "nothing" if value is None else "a list" if isinstance(value, list) else "only a value"
        hint = "Write keys such as `title: …`, one a line."
        defect = Defect(DefectKind.WRONG_TYPE, source.document.position(()), f"expected keys, found {found}", hint)
        return replace(source, defects=(*source.defects, defect))
    translated = translated_name(source.name)
    if translated:
        return _with_translation(source, value, {**prose, "body": body}, translated)
    is_markdown = source.name.endswith(".md")
    not_keys = _NOT_IN_FRONT_MATTER if is_markdown else _NOT_IN_ANY_FILE
    defects = [
        Defect(DefectKind.UNKNOWN_KEY, source.document.position((name,)), f"unknown key {name!r}", not_keys[name])
        for name in sorted(not_keys.keys() & value.keys())
    ]
    # What stands in the body is read from there: in a `.yml` entry too, so that both formats say the same.
    composed = {block.key[0] for block in source.blocks}
    keys = {key: held for key, held in value.items() if key not in composed} if composed else value
    fields = {**keys, **prose, "id": source.id, "source": source.name, "body": body}
    try:
        entry = Entry.model_validate(fields)
    except ValidationError as error:
        defects += describe_validation(error, EntryText, source.key_position, has_sections=is_markdown)
        return replace(source, defects=(*source.defects, *defects), draft=draft_of(fields, error))
    if defects:
        return replace(source, defects=(*source.defects, *defects), draft=entry)
    return replace(source, entry=entry, draft=entry)


def _with_translation(
    source: Source, value: dict[str, object], prose: dict[str, object], place: tuple[str, str]
) -> Source:
    """Add the translation to a source, or the defects for which there is none."""
    foreign = sorted(key for key in value if key in ENTRY_ONLY)
    hint = "Take it out: a translation has it from the entry's file."
    defects = [
        Defect(DefectKind.UNKNOWN_KEY, source.document.position((key,)), f"{key!r} belongs to the entry", hint)
        for key in foreign
    ]
    composed = {block.key[0] for block in source.blocks}
    not_keys = _NOT_IN_FRONT_MATTER if source.name.endswith(".md") else _NOT_IN_ANY_FILE
    defects += [
        Defect(DefectKind.UNKNOWN_KEY, source.document.position((name,)), f"unknown key {name!r}", not_keys[name])
        for name in sorted(not_keys.keys() & value.keys() - composed)
    ]
    keys = {key: held for key, held in value.items() if key not in composed and key not in (*foreign, *not_keys)}
    entry_id, language = place
    fields = {**keys, **prose, "id": entry_id, "language": language, "source": source.name}
    try:
        translation = Translation.model_validate(fields)
    except ValidationError as error:
        defects += describe_validation(error, TranslationText, source.key_position)
        return replace(source, defects=(*source.defects, *defects))
    draft = draft_of_translation(translation, None)
    return replace(
        source, defects=(*source.defects, *defects), translation=None if defects else translation, draft=draft
    )


def with_original(source: Source, original: Entry | None) -> Source:
    """The source of a translation with the entry that it is one of."""
    if source.translation is None or original is None:
        return source
    return replace(source, original=original, draft=draft_of_translation(source.translation, original))


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
