"""Front matter as a sheet of text: a value, a key or an item of it is changed in its own lines and no others."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Self

import yaml

from kb.entry.key_order import known_keys
from kb.entry.source import KeyPath
from kb.entry.yaml_document import parse_yaml
from kb.entry.yaml_nodes import child, compose, in_braces, like, line_before, node_at, number_of, span
from kb.entry.yaml_text import after_key, flow_text, item_text, key_text, pair_text

_COMMENT: Final = re.compile(r"[ \t]+#[^\n]*")
_KEY_END: Final = re.compile(r"\s*:")


class TangledError(Exception):
    """A value whose lines hold other things too, so that only what is around it can be written anew."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Front matter as text, with the nodes that stand in it."""

    text: str
    root: yaml.Node
    value: object

    @classmethod
    def of(cls, front: str) -> Self:
        return cls(front, compose(front), parse_yaml(front).value)

    # Every method that changes returns the whole text: the next change finds its places in a new sheet.

    def replaced(self, parent: yaml.Node, path: KeyPath, new: object) -> str:
        """The text with the value at a path written anew."""
        node = child(parent, path[-1])
        start, end = span(node, self.text)
        if in_braces(parent):
            before = " " if start == end and self.text[start - 1] == ":" else ""
            if (
                isinstance(parent, yaml.MappingNode)
                and ":" not in self.text[self._key(parent, path[-1]).end_mark.index : start]
            ):
                before = ": "
            return self._spliced(start, end, before + like(node, new, "", 0, in_flow=True))
        indent = " " * parent.start_mark.column
        if isinstance(parent, yaml.SequenceNode):
            item = like(node, new, indent, len(indent) + 2) or item_text(new, indent)
            return self._spliced_after(start, start, end, item)
        colon = _KEY_END.match(self.text, self._key(parent, path[-1]).end_mark.index)
        if colon is None or line_before(self._key(parent, path[-1]), self.text).strip(" -"):
            raise TangledError
        column = colon.end() - self.text.rfind("\n", 0, colon.end()) - 1
        kept = like(node, new, indent, column + 1)
        after = f" {kept}" if kept else after_key(str(path[-1]), new, indent, column)
        return self._spliced_after(colon.end(), start, end, after)

    def without(self, parent: yaml.Node, path: KeyPath, key: str | int) -> str:
        """The text without a key or an item."""
        children = parent.value
        if len(children) == 1:
            empty: object = {} if isinstance(parent, yaml.MappingNode) else []
            if not path:
                return self._spliced(*self._whole(parent, 0), "{}")
            return self.replaced(node_at(self.root, path[:-1]), path, empty)
        number = number_of(parent, key)
        start, end = self._whole(parent, number)
        if in_braces(parent):
            if number + 1 < len(children):
                return self._spliced(start, self._whole(parent, number + 1)[0], "")
            return self._spliced(self._whole(parent, number - 1)[1], end, "")
        start = self.text.rfind("\n", 0, start) + 1
        if self.text[start : parent.start_mark.column + start].strip():
            raise TangledError
        return self._spliced(start, self._after_line(end), "")

    def without_items(self, node: yaml.Node, numbers: Collection[int]) -> str:
        """The text without some items of a list, in one go; others stay."""
        gone = set(numbers)
        last_kept = max(number for number in range(len(node.value)) if number not in gone)
        spans: list[tuple[int, int]] = []
        for number in sorted(gone):
            start, end = self._whole(node, number)
            if not in_braces(node):
                start = self.text.rfind("\n", 0, start) + 1
                if self.text[start : node.start_mark.column + start].strip():
                    raise TangledError
                spans.append((start, self._after_line(end)))
            elif number < last_kept:
                spans.append((start, self._whole(node, number + 1)[0]))
            else:
                spans.append((self._whole(node, number - 1)[1], end))
        kept: list[str] = []
        at = 0
        for start, end in spans:
            kept.append(self.text[at:start])
            at = end
        return "".join([*kept, self.text[at:]])

    def with_item(self, node: yaml.Node, number: int, item: object) -> str:
        """The text with an item put into a list that is not empty."""
        is_last = number == len(node.value)
        start, end = self._whole(node, number - 1 if is_last else number)
        if in_braces(node):
            return (
                self._spliced(end, end, f", {flow_text(item)}")
                if is_last
                else self._spliced(start, start, f"{flow_text(item)}, ")
            )
        indent = " " * node.start_mark.column
        place = self._after_line(end) if is_last else self.text.rfind("\n", 0, start) + 1
        return self._with_lines(place, f"{indent}- {item_text(item, indent)}\n")

    def with_new_key(self, node: yaml.Node, path: KeyPath, key: str, value: object) -> str:
        """The text with a key put into a mapping, where the model has it."""
        order = known_keys(path)
        rank = order.index(key) if key in order else len(order)
        present = [key_node.value for key_node, _ in node.value]
        before = [number for number, name in enumerate(present) if name not in order or order.index(name) < rank]
        if not present:
            if not path:
                return self._spliced(*span(node, self.text), pair_text(key, value, ""))
            return self.replaced(node_at(self.root, path[:-1]), path, {key: value})
        if in_braces(node):
            pair = f"{key_text(key)}: {flow_text(value)}"
            if before:
                end = self._whole(node, before[-1])[1]
                return self._spliced(end, end, f", {pair}")
            start = self._whole(node, 0)[0]
            return self._spliced(start, start, f"{pair}, ")
        pair = pair_text(key, value, " " * node.start_mark.column)
        if before:
            return self._with_lines(self._after_line(self._whole(node, before[-1])[1]), pair + "\n")
        start = self._whole(node, 0)[0]
        place = self.text.rfind("\n", 0, start) + 1
        if self.text[place:start].strip():
            raise TangledError
        return self._with_lines(place, pair + "\n")

    def _spliced_after(self, colon: int, start: int, end: int, after: str) -> str:
        """The text with a value after a colon or dash, and the comments that stood between and behind kept.

        Behind a value of several lines a comment would become a part of it, so it goes to the first one.
        """
        comments = re.findall(r"#[^\n]*", self.text[colon:start])
        first, line_break, rest = after.partition("\n")
        if line_break:
            behind = _COMMENT.match(self.text, end)
            if behind:
                comments.append(behind[0].strip())
                end = behind.end()
        return self._spliced(colon, end, "".join([first, *(f"  {one}" for one in comments[:1]), line_break, rest]))

    def _with_lines(self, place: int, lines: str) -> str:
        if place and self.text[place - 1] != "\n":
            lines = "\n" + lines.removesuffix("\n")
        return self._spliced(place, place, lines)

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    def _after_line(self, at: int) -> int:
        """Where the line after a place begins; what follows on the line may only be a comment."""
        end = self.text.find("\n", at)
        rest = self.text[at : end if end >= 0 else len(self.text)]
        if rest.strip() and not rest.lstrip().startswith("#"):
            raise TangledError
        return end + 1 if end >= 0 else len(self.text)

    @staticmethod
    def _key(parent: yaml.Node, key: str | int) -> yaml.Node:
        """The node of a mapping's key."""
        found: yaml.Node = parent.value[number_of(parent, key)][0]
        return found

    def _whole(self, parent: yaml.Node, number: int) -> tuple[int, int]:
        """Where a key with its value, or an item, starts and ends."""
        child = parent.value[number]
        if isinstance(child, tuple):
            return child[0].start_mark.index, max(span(child[1], self.text)[1], child[0].end_mark.index)
        return span(child, self.text)
