"""Where the keys and values of a file's YAML stand in it: what an edit of one of them replaces."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

import yaml

from kb.checks.edit import Edit
from kb.entry import Catalog, Position, Source

_OPENING: Final = re.compile(r"-{3,}[ \t]*\n")
_CLOSING: Final = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
_EXOTIC_BREAKS: Final = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")
"""YAML 1.1 ends lines at these; editors, and so positions, do not."""


class Scalar(NamedTuple):
    """A text, number or date: where it stands, and as what it is written."""

    start: Position
    end: Position
    value: str
    is_plain: bool
    """Whether it stands there without quotes, on one line."""

    def becomes(self, text: str) -> tuple[Edit, ...]:
        """The edit that puts other YAML in its place."""
        return (Edit(self.start, self.end, text),)


class Places(NamedTuple):
    """The scalars of a file: keys by where they stand, and values by the place of their key, or their own in a list."""

    keys: dict[Position, Scalar]
    values: dict[Position, Scalar]


NOWHERE: Final = Places({}, {})


def places_of(file: Source | Catalog) -> Places:
    """The scalars of a file's YAML; none where it can't be read."""
    return _places(file.text, is_markdown=isinstance(file, Source) and file.name.endswith(".md"))


@lru_cache(maxsize=1)
def _places(text: str, *, is_markdown: bool) -> Places:
    first_line = 1
    if is_markdown:
        opening = _OPENING.match(text)
        closing = opening and _CLOSING.search(text, opening.end())
        if not opening or not closing:
            return NOWHERE
        text, first_line = text[opening.end() : closing.start()], 2
    try:
        root = yaml.compose(text.translate(_EXOTIC_BREAKS), Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return NOWHERE
    places = Places({}, {})
    for key, value in _pairs(root):
        if isinstance(key, yaml.ScalarNode):
            places.keys[_position(key.start_mark, first_line)] = _scalar(key, first_line)
        if isinstance(value, yaml.ScalarNode):
            places.values[_position((key or value).start_mark, first_line)] = _scalar(value, first_line)
    return places


def _pairs(root: yaml.Node | None) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    """Every key with its value, and every item without a key."""
    waiting = [root] if root else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            yield from node.value
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            yield from ((None, item) for item in node.value)
            waiting += node.value


def _scalar(node: yaml.ScalarNode, first_line: int) -> Scalar:
    start, end = _position(node.start_mark, first_line), _position(node.end_mark, first_line)
    return Scalar(start, end, node.value, is_plain=not node.style and start.line == end.line)


def _position(mark: yaml.Mark, first_line: int) -> Position:
    return Position(mark.line + first_line, mark.column + 1)
