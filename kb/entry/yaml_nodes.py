"""YAML text as nodes: where each value stands in it, and in which style it is written."""

from typing import Final

import yaml

from kb.entry.source import KeyPath
from kb.entry.yaml_document import EXOTIC_BREAKS
from kb.entry.yaml_text import INDENT, MAX_WIDTH, flow_text, folded, literal, quoted, scalar_text


def compose(text: str) -> yaml.Node:
    """The nodes of YAML that `parse_yaml` took; their marks count the text's characters."""
    root = yaml.compose(text.translate(_AS_READ), Loader=yaml.CSafeLoader)
    assert root is not None  # noqa: S101 - there is no entry in an empty document
    return root


_AS_READ: Final = dict.fromkeys(map(ord, EXOTIC_BREAKS), " ")


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal and of one type: 1 is neither True nor 1.0."""
    return repr(one) == repr(other)


def holds(value: object, key: str | int) -> bool:
    """Whether a plain value has a key or an item."""
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)


def child(node: yaml.Node, key: str | int) -> yaml.Node:
    """The value of a key, or an item."""
    held = node.value[number_of(node, key)]
    found: yaml.Node = held[1] if isinstance(held, tuple) else held
    return found


def node_at(root: yaml.Node, path: KeyPath) -> yaml.Node:
    """The node at a path below another."""
    for key in path:
        root = child(root, key)
    return root


def in_braces(node: yaml.Node) -> bool:
    """Whether a node is a list or mapping in brackets or braces."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def line_before(node: yaml.Node, text: str) -> str:
    """What stands before a node on its line."""
    start = node.start_mark.index
    return text[text.rfind("\n", 0, start) + 1 : start]


def number_of(node: yaml.Node, key: str | int) -> int:
    """The place of a key or an item among its neighbours."""
    if isinstance(key, int):
        return key
    return next(number for number, (key_node, _) in enumerate(node.value) if key_node.value == key)


def span(node: yaml.Node, text: str) -> tuple[int, int]:
    """Where a value starts and ends, without the comments and blank lines that the parser takes for a part of it."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            keeps = "+" in text[start : text.find("\n", start)].partition("#")[0]
            end = end - 1 if keeps else start + len(text[start:end].rstrip())
    elif not in_braces(node) and node.value:
        last = node.value[-1]
        end = span(last[1] if isinstance(last, tuple) else last, text)[1]
    return start, end


def like(node: yaml.Node, new: object, indent: str, column: int, *, in_flow: bool = False) -> str:
    """A value in the style of the one that it replaces; empty where that can't be, or none was chosen."""
    inner = indent + INDENT
    if isinstance(node, yaml.ScalarNode) and isinstance(new, str):
        if not in_flow and node.style == ">":
            return folded(new, inner) or ""
        if not in_flow and node.style == "|":
            return literal(new, inner) or ""
        text = quoted(new) if node.style == '"' else _single(new) if node.style == "'" else ""
        text = text or scalar_text(new, in_flow=in_flow)
        return text if in_flow or ("\n" not in new and column + len(text) <= MAX_WIDTH) else ""
    return flow_text(new) if in_flow else ""


def _single(text: str) -> str:
    """Text in single quotes; empty where it holds what only escapes can say."""
    return "" if "\\" in quoted(text.replace('"', "").replace("\\", "")) else "'" + text.replace("'", "''") + "'"
