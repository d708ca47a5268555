"""The keys of front matter in the model's order, each with its lines and the comments above it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple, TypeGuard

import yaml
from pydantic import BaseModel

from kb.entry.defects import fields_by_key, inner_model
from kb.entry.model import EntryText
from kb.entry.source import KeyPath
from kb.entry.yaml_nodes import compose, in_braces, line_before, span

_HEAD: Final = re.compile(r"# *yaml-language-server:")
"""A comment that belongs to the file, wherever its first key goes."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def known_keys(path: KeyPath) -> list[str]:
    """The keys that the model knows at a path, in its order; none where any key may stand."""
    model: type[BaseModel] | None = EntryText
    for part in path:
        if model is None:
            return []
        if isinstance(part, str):
            model = inner_model(fields_by_key(model).get(part))
    return list(fields_by_key(model)) if model else []


def with_ordered_keys(front: str) -> str:
    """YAML whose mappings have their keys in the model's order. What can't be moved whole stays where it is."""
    depth = 0
    # From the outside in: a mapping's lines move as they are, with what is in them.
    while True:
        mappings = [found for found in _mappings(compose(front), ()) if len(found[0]) == depth]
        if not mappings and depth > _DEEPEST:
            return front
        edits = [edit for path, node in mappings for edit in _reordered(front, node, known_keys(path))]
        for edit in sorted(edits, reverse=True):
            front = front[: edit.start] + edit.text + front[edit.end :]
        depth += 1


_DEEPEST: Final = 3
"""Levels at which the model knows keys, and one more: `signatures`, an item, its keys."""


def _mappings(node: yaml.Node, path: KeyPath) -> Iterator[tuple[KeyPath, yaml.MappingNode]]:
    """The mappings whose keys the model knows."""
    if len(path) > _DEEPEST:
        return
    if isinstance(node, yaml.MappingNode):
        if known_keys(path):
            yield path, node
        for key, value in node.value:
            yield from _mappings(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _mappings(item, (*path, number))


def _reordered(text: str, node: yaml.MappingNode, order: list[str]) -> list[_Edit]:
    """The edits that put a mapping's keys in order; none where they are, or can't be moved."""
    ranks = [order.index(key.value) if key.value in order else len(order) for key, _ in node.value]
    places = sorted(range(len(ranks)), key=ranks.__getitem__)
    if places == sorted(places):
        return []
    if in_braces(node):
        spans = [(key.start_mark.index, max(span(value, text)[1], key.end_mark.index)) for key, value in node.value]
        pieces = [text[start:end] for start, end in spans]
        if any("#" in text[end:start] for (_, end), (start, _) in pairwise(spans)):
            return []
        return [_Edit(*at, pieces[place]) for at, place in zip(spans, places, strict=True)]
    starts = [_chunk_start(text, node, number) for number in range(len(ranks))]
    if not _are_places(starts):
        return []
    end = _line_after(text, span(node, text)[1])
    indent = " " * node.start_mark.column
    chunks = [text[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    # The first key of a list's item stands on the line of the dash.
    in_item = line_before(node, text).strip() != ""
    if in_item:
        chunks[0] = indent + chunks[0]
    if not chunks[-1].endswith("\n"):
        return []
    moved = "".join(chunks[place] for place in places)
    if in_item and moved.lstrip(" ").startswith("#"):
        return []
    return [_Edit(starts[0], end, moved[len(indent) :] if in_item else moved)]


def _are_places(starts: list[int | None]) -> TypeGuard[list[int]]:
    return None not in starts


def _chunk_start(text: str, node: yaml.MappingNode, number: int) -> int | None:
    """Where the lines of a key begin: with the comments right above it."""
    key = node.value[number][0]
    before = line_before(key, text)
    if before.strip():
        return key.start_mark.index if number == 0 and not before.strip(" -") else None
    start: int = key.start_mark.index - len(before)
    floor = _line_after(text, span(node.value[number - 1][1], text)[1]) if number else 0
    while start > floor:
        line_start = text.rfind("\n", 0, start - 1) + 1
        line = text[line_start:start].strip()
        if line_start < floor or not line.startswith("#") or _HEAD.match(line):
            break
        start = line_start
    return start


def _line_after(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end + 1 if end >= 0 else len(text)
