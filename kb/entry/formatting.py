"""An entry's file in canonical form: the smallest change that gets it there, and none to what it says."""

from collections.abc import Callable, Iterator
from typing import Final

import yaml

from kb.entry.editing import front_matter_span
from kb.entry.key_order import with_ordered_keys
from kb.entry.markdown import without_blank_start
from kb.entry.model import Entry, EntryText
from kb.entry.prose import PROSE_HEADINGS
from kb.entry.prose_layout import shown, with_ordered_sections, with_short_lines
from kb.entry.reading import Source, parse_source
from kb.entry.translation import Translation, TranslationText
from kb.entry.yaml_nodes import compose, in_braces, line_before, span
from kb.entry.yaml_text import MAX_WIDTH, after_key, item_text
from kb.entry.yaml_versions import read_alike

Step = Callable[[str, str], str]
"""From a file's text and name to its text."""


def formatted(source: Source) -> str:
    """The text of an entry's file in canonical form: keys and sections in order, long plain text wrapped.

    Text that not every version of YAML takes for text is put in quotes.

    What a step can't do without changing what the entry says is left as it is. Raises ValueError where the source
    holds no entry.
    """
    said = source.entry or source.translation
    if said is None:
        raise ValueError(f"{source.name} can't be formatted, since it can't be read")
    text = source.text
    for step in _STEPS:
        changed = step(text, source.name)
        if changed == text:
            continue
        parsed = parse_source(source.path, source.name, changed)
        after = parsed.entry or parsed.translation
        if after is not None and says_the_same(said, after):
            text = changed
    return text


def says_the_same(one: Entry | Translation, other: Entry | Translation) -> bool:
    """Whether two entries or translations hold the same values, and prose that readers see the same."""
    return all(
        _is_same_prose(getattr(one, name), getattr(other, name))
        if name in PROSE_HEADINGS
        else getattr(one, name) == getattr(other, name)
        for name in (TranslationText if isinstance(one, Translation) else EntryText).model_fields
    )


def _is_same_prose(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or shown(one) == shown(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(
            step.title == then.title and _is_same_prose(step.body, then.body)
            for step, then in zip(one, other, strict=True)
        )
    return one == other


def _order_keys(text: str, name: str) -> str:
    start, end = front_matter_span(text, name)
    return text[:start] + with_ordered_keys(text[start:end]) + text[end:]


def _wrap_values(text: str, name: str) -> str:
    """The text with long values that stand on one line written as blocks."""
    start, end = front_matter_span(text, name)
    front = text[start:end]
    for first, last, block in reversed(list(_long_values(front, compose(front)))):
        front = front[:first] + block + front[last:]
    return text[:start] + front + text[end:]


def _long_values(front: str, node: yaml.Node) -> Iterator[tuple[int, int, str]]:
    """Where the long texts of a list or mapping that is not in braces stand, and each as a block."""
    if isinstance(node, yaml.ScalarNode) or in_braces(node):
        return
    indent = " " * node.start_mark.column
    for child in node.value:
        key, value = child if isinstance(child, tuple) else (None, child)
        if not isinstance(value, yaml.ScalarNode):
            yield from _long_values(front, value)
            continue
        start, end = span(value, front)
        line = front[front.rfind("\n", 0, start) + 1 : end]
        is_text = value.tag == "tag:yaml.org,2002:str" and value.style not in ("|", ">")
        if not is_text or "\n" in line or len(line) <= MAX_WIDTH or (key is not None and key.value in _ON_ONE_LINE):
            continue
        if key is None:
            block = item_text(value.value, indent)
        elif not line_before(key, front).strip(" -"):
            column = len(line_before(value, front).rstrip())
            block = after_key(key.value, value.value, indent, column).removeprefix(" ")
        else:
            continue
        if block.startswith((">", "|")):
            yield start, end, block


_ON_ONE_LINE: Final = frozenset({"title"})
"""Keys whose values are short enough for a line, whatever quotes they need."""


def _quote_ambiguous(text: str, name: str) -> str:
    """The text with quotes around what other versions of YAML take for no text, and with such numbers in decimal."""
    start, end = front_matter_span(text, name)
    front = text[start:end]
    for node in reversed(list(_plain_values(compose(front)))):
        new = read_alike(node.value)
        if new is not None:
            front = front[: node.start_mark.index] + new + front[node.end_mark.index :]
    return text[:start] + front + text[end:]


def _plain_values(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The scalars without quotes in a node, in the order of the text, without keys."""
    if isinstance(node, yaml.ScalarNode):
        if not node.style:
            yield node
    else:
        for held in node.value:
            yield from _plain_values(held[1] if isinstance(held, tuple) else held)


def _order_sections(text: str, name: str) -> str:
    return _with_body(text, name, with_ordered_sections)


def _wrap_prose(text: str, name: str) -> str:
    return _with_body(text, name, with_short_lines)


def _with_body(text: str, name: str, change: Callable[[str], str]) -> str:
    """The text of a Markdown entry with a change to its body; a `.yml` entry as it is."""
    if not name.endswith(".md"):
        return text
    head = text.find("\n", front_matter_span(text, name)[1])
    body = without_blank_start(text[head + 1 :]).rstrip()
    return f"{text[: head + 1]}\n{change(body)}\n"


def _end_with_line(text: str, _: str) -> str:
    return text.rstrip("\n") + "\n"


_STEPS: Final[tuple[Step, ...]] = (
    _end_with_line,
    _order_keys,
    _quote_ambiguous,
    _wrap_values,
    _order_sections,
    _wrap_prose,
)
