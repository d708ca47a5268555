"""Plain YAML: the values of a document in which nothing is out of the ordinary, in a third of the time.

PyYAML's C parser builds all nodes of a document at once, which is fast, but follows whatever a stranger wrote, however
deep. So this is for documents that are short and shallow, without anchors, aliases and tags, by a look at their
characters. All others, and those that turn out to be odd, `kb.entry.yaml_document` reads event by event: it also knows
what to say of them.
"""

import re
from typing import Final

import yaml

MAX_LENGTH: Final = 50_000
"""Characters of a document: ten times what the front matter of a long entry has."""

_MOST_BRACKETS: Final = 500
"""Each level of a list in a list has a bracket, or, without brackets, a line that is indented deeper, or a dash."""
_DASHES_IN_A_ROW: Final = ("- - -", "? ?", "? -", "- ?", "-\t", "?\t")
_SIGNS: Final = "&*!%"
_SIGN_THAT_COUNTS: Final = re.compile(r"(?:^|[\s\[{,:?-])(?:[&*][0-9A-Za-z_-]|!)|^%", re.MULTILINE)
"""What may be an anchor, an alias, a tag or a directive. A name of libyaml's begins so; a shell's `&&` is none."""

_TEXT: Final = "tag:yaml.org,2002:str"
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,8}")
TEXT_TAGS: Final = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "value", "merge"))
"""Besides text, what YAML 1.1 has a meaning for that no entry has a use for: a lone `=` and a lone `<<`."""
LONGEST_SCALAR: Final = 100
"""Longest text that is read as a number or date; 64-bit numbers and dates stay below 40."""


class NotPlainError(Exception):
    """The document has to be read event by event."""


def plain_value(text: str, max_depth: int, max_values: int) -> object:
    """The value of a document, None for an empty one. Raises NotPlainError where it can't be had this way."""
    if (
        len(text) > MAX_LENGTH
        or text.count("[") + text.count("{") > _MOST_BRACKETS
        or any(dashes in text for dashes in _DASHES_IN_A_ROW)
        or (any(sign in text for sign in _SIGNS) and _SIGN_THAT_COUNTS.search(text))
    ):
        raise NotPlainError
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _Values(loader, max_values).of(node, max_depth)
    except yaml.YAMLError:
        raise NotPlainError from None
    finally:
        loader.dispose()


class _Loader(yaml.CSafeLoader):
    """The same loader, which looks less long for what a scalar is."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """The tag of a node. Text in quotes is text, and so is what starts like neither number, date nor constant."""
        if kind is yaml.ScalarNode and not (implicit[0] and value[:1] in self.yaml_implicit_resolvers):
            return _TEXT
        tag: str = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        return tag


class _Values:
    """Turns nodes into values, and counts them."""

    def __init__(self, loader: _Loader, most: int) -> None:
        self._loader = loader
        self._left = most

    def of(self, node: yaml.Node, depth: int) -> object:
        """The value of a node that may hold others, `depth` levels deep."""
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag in TEXT_TAGS else self._scalar(node)
        self._left -= len(node.value)
        if depth == 0 or self._left < 0:
            raise NotPlainError
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, depth - 1) for item in node.value]
        values = {self._key(key): self.of(value, depth - 1) for key, value in node.value}
        if len(values) < len(node.value):
            raise NotPlainError
        return values

    def _key(self, node: yaml.Node) -> str:
        """A key as it is spelt."""
        if not isinstance(node, yaml.ScalarNode) or node.value == "<<":
            raise NotPlainError
        key: str = node.value
        return key

    def _scalar(self, node: yaml.ScalarNode) -> object:
        if _COUNT.fullmatch(node.value):
            return int(node.value)
        if len(node.value) > LONGEST_SCALAR:
            raise NotPlainError
        try:
            return self._loader.construct_object(node)
        except (ValueError, OverflowError):
            return node.value  # a day such as 2026-02-30, which is none
