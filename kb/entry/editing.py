"""Edits of an entry's front matter that leave every line alone which they don't have to touch."""

from collections.abc import Mapping
from difflib import SequenceMatcher

import yaml
from frontmatter.default_handlers import YAMLHandler

from kb.entry.reading import Source, parse_source
from kb.entry.sheet import Sheet, TangledError
from kb.entry.source import KeyPath
from kb.entry.yaml_document import parse_yaml
from kb.entry.yaml_nodes import child, holds, in_braces, node_at, same, span
from kb.entry.yaml_text import MAX_WIDTH, plain_value

Change = tuple[object] | None
"""A new value, which may be None; or none, which removes the old one."""


class EditError(ValueError):
    """A file that can't be edited, since its front matter can't be read, or would be none of an entry any more."""


def edit_front_matter(text: str, name: str, changes: Mapping[str, object | None]) -> str:
    """An entry's text with some of its keys changed; `name` ends in `.md` or `.yml`.

    `changes` has a value for each key, or dotted path of keys (`issue.comments`); None removes the key. Comments,
    order, quotes and all lines that no change touches stay as they are; a value that is there already changes nothing.
    A new key stands where the model has it. Raises EditError where the front matter can't be read, and TypeError or
    ValueError for values that YAML can't hold.
    """
    for path, value in changes.items():
        keys = tuple(path.split("."))
        text = _edit(text, name, keys, None if value is None else (plain_value(value),))
    return text


def edited(source: Source, changes: Mapping[str, object | None]) -> Source:
    """An entry's source with some keys changed, as `edit_front_matter` does it, and raising what that raises.

    Raises EditError, too, where no entry could be read from it any more.
    """
    after = parse_source(source.path, source.name, edit_front_matter(source.text, source.name, changes))
    if after.entry is None:
        raise EditError("the new values can't be written into it")
    return after


def front_matter_span(text: str, name: str) -> tuple[int, int]:
    """Where the YAML of an entry's text starts and ends. Raises EditError where there is none."""
    if not name.endswith(".md"):
        return 0, len(text)
    boundary = YAMLHandler.FM_BOUNDARY
    opening = boundary.match(text)
    closing = opening and boundary.search(text, opening.end())
    if not opening or not closing:
        raise EditError(f"{name}: it has no front matter between two lines `---`")
    return opening.end(), closing.start()


def _edit(text: str, name: str, path: KeyPath, change: Change) -> str:
    start, end = front_matter_span(text, name)
    front = text[start:end]
    document = parse_yaml(front)
    if document.defects or not isinstance(document.value, dict):
        why = document.defects[0].message if document.defects else "it holds no keys"
        raise EditError(f"{name}: the YAML can't be edited: {why}")
    try:
        changed = _changed(front, path, change)
    except TangledError:
        key = str(path[0])
        try:
            changed = _rewritten(front, key, _with(document.value.get(key), path[1:], change))
        except TangledError:
            raise EditError(f"{name}: {key} can't be edited: write it on a line of its own, `key: value`") from None
    return text[:start] + changed + text[end:]


def _with(value: object, path: KeyPath, change: Change) -> Change:
    """A value with a change at a path in it."""
    if not path:
        return change
    held = dict(value) if isinstance(value, dict) else {}
    inner = _with(held.get(path[0]), path[1:], change)
    if inner is None:
        held.pop(path[0], None)
    else:
        held[path[0]] = inner[0]
    return (held,)


def _changed(front: str, path: KeyPath, change: Change) -> str:
    """The YAML with a change at a path."""
    sheet = Sheet.of(front)
    node, value, key = sheet.root, sheet.value, path[0]
    around: KeyPath = ()
    for at, key in enumerate(path):
        if not holds(value, key):
            if change is None:
                return front
            if not isinstance(value, dict):
                return _changed(front, around, _with({}, path[at:], change))
            nested = _with({}, path[at + 1 :], change) if path[at + 1 :] else change
            assert nested is not None  # noqa: S101 - a change was put into it
            return sheet.with_new_key(node, around, str(key), nested[0])
        if at < len(path) - 1:
            node, value, around = child(node, key), value[key], (*around, key)  # type: ignore[index]
    if change is None:
        return sheet.without(node, around, key)
    old: object = value[key]  # type: ignore[index]
    return _with_value(sheet, node, (*around, key), old, change[0])


def _rewritten(front: str, key: str, change: Change) -> str:
    """The YAML with a top-level key written anew as a whole."""
    sheet = Sheet.of(front)
    if change is None or not holds(sheet.value, key):
        return _changed(front, (key,), change)
    return sheet.replaced(sheet.root, (key,), change[0])


def _with_value(sheet: Sheet, parent: yaml.Node, path: KeyPath, old: object, new: object) -> str:
    """The YAML with another value at a path: as much of the old one as is equal stays."""
    if same(old, new):
        return sheet.text
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        front = sheet.text
        for key in [*new, *(key for key in old if key not in new)]:
            front = _changed(front, (*path, key), (new[key],) if key in new else None)
        return front
    if isinstance(old, list) and isinstance(new, list) and old and new:
        with_items = _with_items(sheet, child(parent, path[-1]), path, old, new)
        if with_items is not None:
            return with_items
    return sheet.replaced(parent, path, new)


def _left_out(old: list[object], new: list[object]) -> list[int] | None:
    """The numbers of the items that a new list leaves out, if it does nothing else to the old one."""
    wanted = iter([*map(repr, new), None])
    at = next(wanted)
    gone: list[int] = []
    for number, item in enumerate(map(repr, old)):
        if item == at:
            at = next(wanted)
        else:
            gone.append(number)
    return gone if at is None else None


def _with_items(sheet: Sheet, node: yaml.Node, path: KeyPath, old: list[object], new: list[object]) -> str | None:
    """The YAML with a list's items exchanged; None where the list is better written anew."""
    gone = _left_out(old, new)
    front = sheet.text if gone is None else sheet.without_items(node, gone)
    matcher = SequenceMatcher(None, [*map(repr, old)], [*map(repr, new)], autojunk=False)
    # From the last to the first: then the numbers of the items before them stay true.
    for tag, start, end, new_start, new_end in reversed(matcher.get_opcodes() if gone is None else ()):
        if tag == "equal":
            continue
        shared = min(end - start, new_end - new_start)
        for number in reversed(range(start + shared, end)):
            then = Sheet.of(front)
            front = then.without(node_at(then.root, path), path, number)
        for number in reversed(range(new_start + shared, new_end)):
            then = Sheet.of(front)
            front = then.with_item(node_at(then.root, path), start + shared, new[number])
        for number in reversed(range(shared)):
            front = _changed(front, (*path, start + number), (new[new_start + number],))
    line = front.count("\n", 0, node_at(Sheet.of(front).root, path).start_mark.index)
    is_long = in_braces(node) and len(front.split("\n")[line]) > MAX_WIDTH
    return None if is_long and "\n" not in sheet.text[slice(*span(node, sheet.text))] else front
