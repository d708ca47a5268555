"""Reading: from a file to a `Source`, which is an `Entry` where the file is good, and says where it isn't."""

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from kb.entry.defects import describe_validation
from kb.entry.markdown import Link, Outline, Section, outline
from kb.entry.model import Entry, EntryText
from kb.entry.source import START, Defect, DefectKind, KeyPath, Position
from kb.entry.yaml_document import YamlDocument, parse_yaml

MAX_BYTES: Final = 1_000_000
"""Largest file that is read. A report pasted whole into `raw` stays far below it."""

ENTRY_SUFFIXES: Final = (".md", ".yml", ".yaml")
DATA_FILES: Final = ("products.yml", "tools.yml")

MAX_QUOTES: Final = 60
"""Quotes inside of quotes; rendering `>>>…` takes the square of their number."""
_TOO_DEEP: Final = re.compile(rf"^(?: *>){{{MAX_QUOTES}}}", re.MULTILINE)

WORKAROUND: Final = "Workaround"
PROSE_HEADINGS: Final = {
    "summary": "Summary",
    "cause": "Cause",
    "workarounds": WORKAROUND,
    "guidance": "Guidance",
    "example": "Example",
    "notes": "Notes",
    "recommendation": "Recommendation",
}
"""Field of the model -> the heading it stands under, in the order of the page."""

_FIELD_OF_HEADING: Final = {heading: name for name, heading in PROSE_HEADINGS.items()}
_FRONT_MATTER: Final = YAMLHandler()
_EMPTY_OUTLINE: Final = Outline("", (), ())


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
    defects: tuple[Defect, ...] = ()
    entry: Entry | None = None

    @property
    def id(self) -> str:
        """The entry's id: the name without its ending."""
        return self.name.rpartition(".")[0]

    def key_position(self, *path: str | int) -> Position:
        """Where the front-matter key (or the section of that field) at `path` stands."""
        position = self.document.positions.get(path)
        return position or self.section_position(path) or self.document.position(path)

    def section_position(self, path: KeyPath) -> Position | None:
        """Where the section stands that holds the prose field at `path`, in a Markdown entry."""
        if not path or path[0] not in PROSE_HEADINGS:
            return None
        heading = PROSE_HEADINGS[str(path[0])]
        found = [section for section in self.outline.sections if section.heading.partition(":")[0].strip() == heading]
        index = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        return Position(self.file_line(found[index].line), 1) if index < len(found) else None

    def link_position(self, link: Link) -> Position:
        """Where a link of the outline stands in the file; in a `.yml` entry, the key that holds it."""
        if self.name.endswith(".md"):
            return Position(self.file_line(link.position.line), link.position.column)
        values = self.document.value if isinstance(self.document.value, dict) else {}
        holders = (name for name in PROSE_HEADINGS if f"({link.target})" in str(values.get(name)))
        return self.document.position((next(holders, ""),))

    def file_line(self, body_line: int) -> int:
        """The line of the file for a line of the body."""
        return self.body_line + body_line - 1


def entry_files(root: Path) -> Iterator[Path]:
    """Everything under `root` but the data files and what is hidden, in the order of the entries' ids.

    `root` is the content and nothing else, so that a check can say something of every other file: MkDocs
    would publish it as it is. Folders that are symbolic links are listed and not followed, for the same reason.
    """
    found = (path for path in _files(root) if not (path.parent == root and path.name in DATA_FILES))
    return iter(sorted(found, key=lambda path: (path.relative_to(root).with_suffix("").as_posix(), path.suffix)))


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in [*names, *linked] if not name.startswith("."))


def read_sources(root: Path, paths: Iterable[Path] | None = None) -> list[Source]:
    """Read the entries under `root`, or only those at `paths`."""
    real_root = root.resolve()
    return [read_source(path, root, real_root) for path in (entry_files(root) if paths is None else paths)]


def read_source(path: Path, root: Path, real_root: Path | None = None) -> Source:
    """Read one file. Never raises for what the file holds or is: see `Source.defects`."""
    name = path.relative_to(root).as_posix()
    content = read_text(path, real_root or root.resolve())
    if isinstance(content, Defect):
        return Source(path, name, defects=(content,))
    if not name.endswith(ENTRY_SUFFIXES):
        defect = Defect(DefectKind.FILE_NAME, START, "not an entry", "Remove the file.")
        return Source(path, name, defects=(defect,))
    return parse_source(path, name, content)


def read_text(path: Path, real_root: Path) -> str | Defect:
    """The text of a regular UTF-8 file of bounded size that really lies under `real_root`, or why it can't be had."""
    try:
        if path.is_symlink() and not _real(path).is_relative_to(real_root):
            message = f"a symbolic link that leads out of {real_root.name}/"
            return Defect(DefectKind.OUTSIDE, START, message, "Put a copy of the file here instead of the link.")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Defect(DefectKind.UNREADABLE, START, "not a regular file", "Replace it by a text file.")
        if status.st_size > MAX_BYTES:
            size = f"{status.st_size / 1e6:.1f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB"
            return Defect(DefectKind.UNREADABLE, START, size, "Keep the telling part of the log and drop the rest.")
        content = path.read_bytes()
    except OSError as error:
        return Defect(
            DefectKind.UNREADABLE, START, f"can't be read: {error.strerror}", "Check the file and its rights."
        )
    return decode(content)


def _real(path: Path) -> Path:
    """Where a symbolic link leads. Raises OSError where it leads to itself."""
    try:
        return path.resolve()
    except RuntimeError as error:  # until Python 3.12
        raise OSError(errno.ELOOP, "a symbolic link that leads to itself") from error


def decode(content: bytes) -> str | Defect:
    """UTF-8 text whose lines end in LF, or the place of the first byte that isn't text."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.strip():
        return Defect(DefectKind.UNREADABLE, START, "the file is empty", "Write an entry, or delete the file.")
    zero = content.find(b"\0")
    if zero >= 0:
        message = "a binary file (it has a zero byte)"
        return Defect(DefectKind.UNREADABLE, _byte_position(content, zero), message, "Entries are UTF-8 text.")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        message = f"not UTF-8: byte 0x{content[error.start]:02x}"
        return Defect(
            DefectKind.UNREADABLE,
            _byte_position(content, error.start),
            message,
            "Save the file as UTF-8 (the byte looks like Latin-1 or Windows-1252).",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
        hint = "Put a line `---` between the YAML keys and the first heading."
        defect = Defect(DefectKind.NO_FRONT_MATTER, START, "the front matter has no end", hint)
        return Source(path, name, text, defects=(defect,))
    body_start = len(text) - len(body)
    deep = _TOO_DEEP.search(body)
    if deep:
        position = Position(_line_at(text, body_start + deep.end()), 1)
        message = f"quotes more than {MAX_QUOTES} levels deep"
        defect = Defect(DefectKind.UNSAFE_YAML, position, message, "Keep the telling part of the quote.")
        return Source(path, name, text, defects=(defect,))
    document = parse_yaml(front_matter, _line_at(text, text.index(front_matter)))
    body_line = _line_at(text, body_start)
    parts = outline(body)
    if document.value is None and document.defects:
        return Source(path, name, text, document, parts, body_line, document.defects)
    fields, defects = _lift(parts, body_line)
    source = Source(path, name, text, document, parts, body_line, document.defects + defects)
    return _with_entry(source, document.value, fields, body.strip())


def _parse_yaml_entry(path: Path, name: str, text: str) -> Source:
    document = parse_yaml(text)
    source = Source(path, name, text, document, defects=document.defects)
    if document.value is None and document.defects:
        return source
    body = compose_body(document.value) if isinstance(document.value, dict) else ""
    parsed = _with_entry(source, document.value, {}, body)
    # The links of a .yml entry are those of its composed body; they are reported at the key's line.
    parts = outline(body)
    links = tuple(Link(link.target, Position(1, 1)) for link in parts.links)
    unknown = tuple(
        _unknown_section(section, source.document.position(()))
        for section in parts.sections
        if section.heading.partition(":")[0].strip() not in _FIELD_OF_HEADING
    )
    return replace(parsed, outline=Outline("", (), links, text=parts.text), defects=parsed.defects + unknown)


def compose_body(values: dict[str, object]) -> str:
    """The prose fields of a `.yml` entry as one Markdown document with the headings of an `.md` entry."""
    blocks: list[str] = []
    for name, heading in PROSE_HEADINGS.items():
        value = values.get(name)
        if isinstance(value, str):
            blocks.append(f"## {heading}\n\n{value.strip()}")
        elif isinstance(value, list):
            blocks += [
                f"## {heading}: {item.get('title')}\n\n{str(item.get('body')).strip()}"
                for item in value
                if isinstance(item, dict)
            ]
    return "\n\n".join(blocks)


def _lift(parts: Outline, body_line: int) -> tuple[dict[str, object], tuple[Defect, ...]]:
    """The sections of a body as fields of the model."""
    fields: dict[str, object] = {}
    workarounds: list[dict[str, str]] = []
    defects: list[Defect] = []
    for section in parts.sections:
        position = Position(body_line + section.line - 1, 1)
        heading, _, title = (part.strip() for part in section.heading.partition(":"))
        name = _FIELD_OF_HEADING.get(heading)
        if name is None:
            defects.append(_unknown_section(section, position))
        elif name == "workarounds":
            workarounds.append({"title": title, "body": section.markdown})
        elif name in fields:
            message = f"a second section `## {heading}`"
            defects.append(Defect(DefectKind.DUPLICATE_KEY, position, message, "Join the two sections."))
        else:
            fields[name] = section.markdown
    if workarounds:
        fields["workarounds"] = workarounds
    if parts.preamble:
        message = "text before the first section"
        hint = "Move it under a heading such as `## Summary`."
        position = Position(body_line + parts.preamble_line - 1, 1)
        defects.append(Defect(DefectKind.UNKNOWN_SECTION, position, message, hint))
    return fields, tuple(defects)


def _unknown_section(section: Section, position: Position) -> Defect:
    known = list(PROSE_HEADINGS.values())
    close = get_close_matches(section.heading.title(), known, n=1)
    hint = f"Did you mean `## {close[0]}`?" if close else f"Use one of: {', '.join(known)}; or a level-3 heading."
    return Defect(DefectKind.UNKNOWN_SECTION, position, f"unknown section `## {section.heading}`", hint)


def _with_entry(source: Source, value: object, prose: dict[str, object], body: str) -> Source:
    """Add the `Entry` to a source, or the defects for which there is none."""
    if not isinstance(value, dict):
        found = "nothing" if value is None else type(value).__name__
        hint = "Write keys such as `title: …`, one a line."
        defect = Defect(DefectKind.WRONG_TYPE, source.document.position(()), f"expected keys, found {found}", hint)
        return replace(source, defects=(*source.defects, defect))
    # A section's field wins over a key of the same name, which is unknown in front matter.
    clashes = PROSE_HEADINGS.keys() & value.keys() if source.name.endswith(".md") else set()
    reserved = {"id", "source", "body"} & value.keys()
    fields = {**value, **prose, "id": source.id, "source": source.name, "body": body}
    defects = [
        Defect(
            DefectKind.UNKNOWN_KEY,
            source.document.position((key,)),
            f"unknown key {key!r}",
            "The prose stands under its heading." if key in clashes else "Remove it: it follows from the file's name.",
        )
        for key in sorted(clashes | reserved)
    ]
    try:
        entry = Entry.model_validate(fields)
    except ValidationError as error:
        defects += describe_validation(error, EntryText, source.key_position)
        return replace(source, defects=(*source.defects, *defects))
    return replace(source, defects=(*source.defects, *defects), entry=None if defects else entry)


def _line_at(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _byte_position(content: bytes, offset: int) -> Position:
    line = content[content.rfind(b"\n", 0, offset) + 1 : offset]
    return Position(content.count(b"\n", 0, offset) + 1, len(line.decode(errors="replace")) + 1)
