"""YAML from a stranger: read in bounded time and memory, with the position of every key.

PyYAML's C parser delivers events one at a time, so a document is left at the first event that goes
too deep, instead of after a recursive composer has followed it (10^6 brackets, 10^9 aliased items).
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import yaml

from kb.entry.bounds import MAX_DEPTH, MAX_VALUES
from kb.entry.source import START, Defect, DefectKind, KeyPath, Position
from kb.entry.yaml_plain import LONGEST_SCALAR, TEXT_TAGS, NotPlainError, plain_value
from kb.entry.yaml_syntax import syntax_defect

_NO_ALIAS_HINT: Final = "Write the value out where it is used; quote text that starts with & or *."
_BRACKET_HINT: Final = "YAML takes [ and { at the start of a text for a list or mapping: quote text such as {{name}}."
_PLAIN: Final = (True, False)
EXOTIC_BREAKS: Final = "\x85\u2028\u2029"
"""YAML 1.1 ends lines at these too; editors, and so positions here, do not."""


@dataclass(frozen=True)
class YamlDocument:
    """A parsed document: plain Python values, the position of each key and item, and what was wrong."""

    value: object
    text: str = ""
    first_line: int = 1
    """The line of the file on which the text starts."""
    defects: tuple[Defect, ...] = ()

    @cached_property
    def positions(self) -> dict[KeyPath, Position]:
        """Where each key and item stands, found by reading the text once more: of a good document nobody asks."""
        reader = _Reader(self.first_line)
        with suppress(_RejectedError, yaml.YAMLError):
            reader.read(self.text)
        return reader.positions

    def position(self, path: KeyPath) -> Position:
        """The position of the key or item at `path`, or of the nearest thing around it."""
        while path:
            if path in self.positions:
                return self.positions[path]
            path = path[:-1]
        return self.positions.get((), START)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read; `key` is the mapping's key that the next value belongs to."""

    container: dict[str, object] | list[object]
    path: KeyPath
    key: str = ""
    wants_key: bool = False
    """Whether what comes next is a key."""
    skip: bool = False
    """Whether the next value is dropped, since its key stands there already."""


class _RejectedError(Exception):
    def __init__(self, defect: Defect) -> None:
        self.defect = defect


def parse_yaml(text: str, first_line: int = 1) -> YamlDocument:
    """Parse the one YAML document in `text`, whose first line is line `first_line` of its file.

    Aliases, tags, a second document, and anything deeper than `MAX_DEPTH` are refused. Never raises:
    what is wrong is in the result's `defects`, and `value` is then None where nothing could be kept.
    """
    if any(character in text for character in EXOTIC_BREAKS):
        text = text.translate(dict.fromkeys(map(ord, EXOTIC_BREAKS), " "))
    with suppress(NotPlainError):
        return YamlDocument(plain_value(text, MAX_DEPTH, MAX_VALUES), text, first_line)
    reader = _Reader(first_line)
    try:
        reader.read(text)
    except _RejectedError as rejection:
        last = rejection.defect
    except yaml.MarkedYAMLError as error:
        last = syntax_defect(error, text, first_line)
    except yaml.YAMLError as error:
        last = _bad_character(error, text, first_line)
    else:
        return YamlDocument(reader.root, text, first_line, tuple(reader.defects))
    return YamlDocument(None, text, first_line, (*reader.defects, last))


def _bad_character(error: yaml.YAMLError, text: str, first_line: int) -> Defect:
    # The parser counts in bytes up to a character that YAML does not allow.
    before = text.encode()[: getattr(error, "position", 0)].decode(errors="ignore")
    place = Position(before.count("\n") + first_line, len(before) - before.rfind("\n"))
    return Defect(DefectKind.SYNTAX, place, f"not YAML: {error}".splitlines()[0], "Remove the character.")


class _Reader:
    """Turns the events of one document into values."""

    def __init__(self, first_line: int) -> None:
        self.root: object = None
        self.positions: dict[KeyPath, Position] = {}
        self.defects: list[Defect] = []
        self._first_line = first_line
        self._stack: list[_Open] = []
        self._values = 0
        self._documents = 0

    def read(self, text: str) -> None:
        loader = yaml.CSafeLoader(text)
        try:
            while loader.check_event():
                event = loader.get_event()
                if isinstance(event, yaml.ScalarEvent):
                    if self._stack and self._stack[-1].wants_key:
                        self._take_key(self._stack[-1], event)
                    else:
                        self._take(self._scalar(loader, event), event)
                elif isinstance(event, yaml.MappingStartEvent):
                    self._open(_Open({}, self._next_path(), wants_key=True), event)
                elif isinstance(event, yaml.SequenceStartEvent):
                    self._open(_Open([], self._next_path()), event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._stack.pop()
                elif isinstance(event, yaml.AliasEvent):
                    raise self._rejection(event, "YAML aliases are not allowed", _NO_ALIAS_HINT)
                elif isinstance(event, yaml.DocumentStartEvent):
                    self._documents += 1
                    if self._documents > 1:
                        raise self._rejection(event, "a second YAML document starts here", "Keep one document a file.")
        finally:
            loader.dispose()

    def _next_path(self) -> KeyPath:
        """The path of the value that comes next."""
        if not self._stack:
            return ()
        top = self._stack[-1]
        return (*top.path, len(top.container) if isinstance(top.container, list) else top.key)

    def _open(self, opened: _Open, event: yaml.CollectionStartEvent) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise self._rejection(
                event, f"nested more than {MAX_DEPTH} levels deep", "An entry needs five levels at the most."
            )
        self._refuse_tag(event, event.tag)
        if self._stack and self._stack[-1].wants_key:
            raise self._rejection(event, "a list or mapping can't be a key", _BRACKET_HINT)
        self._take(opened.container, event)
        self._stack.append(opened)

    def _take(self, value: object, event: yaml.NodeEvent) -> None:
        """Put a value where it belongs: at the root, in the list, or under the key that waits for it."""
        self._count(event)
        if not self._stack:
            self.root = value
            self.positions[()] = self._position(event)
            return
        top = self._stack[-1]
        if isinstance(top.container, list):
            self.positions.setdefault((*top.path, len(top.container)), self._position(event))
            top.container.append(value)
        else:
            top.wants_key = True
            if not top.skip:
                top.container[top.key] = value

    def _take_key(self, top: _Open, event: yaml.ScalarEvent) -> None:
        """Take a key as it is spelt: `no` and `1.10` are names too. Of two equal keys the first one counts."""
        self._count(event)
        self._refuse_tag(event, event.tag)
        name: str = event.value
        if name == "<<" and event.implicit[0]:
            raise self._rejection(event, "YAML merge keys (<<) are not allowed", _NO_ALIAS_HINT)
        position = self._position(event)
        first = self.positions.setdefault((*top.path, name), position)
        top.key, top.wants_key, top.skip = name, False, name in top.container
        if top.skip:
            message = f"key {name!r} stands twice; the first is on line {first.line}"
            self.defects.append(Defect(DefectKind.DUPLICATE_KEY, position, message, "Keep one of the two."))

    def _count(self, event: yaml.NodeEvent) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._rejection(event, f"more than {MAX_VALUES:,} values", "Split the file.")

    def _scalar(self, loader: yaml.CSafeLoader, event: yaml.ScalarEvent) -> object:
        self._refuse_tag(event, event.tag)
        if not event.implicit[0]:
            return event.value
        tag: str = loader.resolve(yaml.ScalarNode, event.value, _PLAIN)  # type: ignore[no-untyped-call]
        if tag in TEXT_TAGS:
            return event.value
        if len(event.value) > LONGEST_SCALAR:
            message = f"a number or date of {len(event.value):,} characters"
            raise self._rejection(event, message, "Quote it, if it is text.")
        node = yaml.ScalarNode(tag, event.value)
        try:
            return loader.construct_object(node)
        except (ValueError, OverflowError):
            return event.value  # a day such as 2026-02-30, which is none

    def _refuse_tag(self, event: yaml.NodeEvent, tag: str | None) -> None:
        if tag == "!":
            raise self._rejection(event, "YAML takes the ! for a mark of its own, not for text", "Quote the text.")
        if tag is not None:
            raise self._rejection(event, f"YAML tag {tag!r} is not allowed", "Remove the tag; quote text instead.")
        if event.anchor:
            raise self._rejection(event, f"YAML anchor &{event.anchor} is not allowed", _NO_ALIAS_HINT)

    def _position(self, event: yaml.Event) -> Position:
        return _place(event.start_mark, self._first_line)

    def _rejection(self, event: yaml.Event, message: str, hint: str) -> _RejectedError:
        return _RejectedError(Defect(DefectKind.UNSAFE_YAML, self._position(event), message, hint))


def _place(mark: "yaml.Mark | yaml._yaml.Mark | None", first_line: int) -> Position:
    return Position(mark.line + first_line, mark.column + 1) if mark else Position(first_line, 1)
