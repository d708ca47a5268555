"""Places in JSON and YAML: values under keys that name something. Others may be commands, such as `run`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kb.match.filling.values import ANY, NEVER, Place

if TYPE_CHECKING:
    import yaml

_HOLE: Final = "\x00"
_KEYS: Final = frozenset(
    [
        "name",
        "namespace",
        "host",
        "hostname",
        "port",
        "user",
        "username",
        "database",
        "schema",
        "version",
        "title",
        "label",
        "email",
        "message",
        "id",
        "resource",
        "kind",
        "region",
        "zone",
        "domain",
    ]
)
_JSON_TOKEN: Final = re.compile(r'\s+|"(?P<text>(?:[^"\\\x01-\x1f]|\\.)*)"|(?P<hole>\x00)|[\[\]{}:,]|[\w.+-]+')
_MARK: Final = re.compile(r"KBQ(\d+)KBQ")


def json_places(code: str) -> list[Place]:
    """The places in JSON."""
    places: list[Place] = []
    tokens = [token for token in _JSON_TOKEN.finditer(code) if not token[0].isspace()]
    if "".join(token[0] for token in _JSON_TOKEN.finditer(code)) != code:
        return [Place("json", NEVER)] * code.count(_HOLE)
    for number, token in enumerate(tokens):
        key = tokens[number - 2]["text"] if number > 1 and tokens[number - 1][0] == ":" else None
        is_name = key is not None and key.lower() in _KEYS
        context, grammar = ("json", "int") if token["hole"] else ('json"', ANY)
        places += [Place(context, grammar if is_name else NEVER)] * token[0].count(_HOLE)
    return places


def yaml_places(code: str) -> list[Place]:
    """The places in YAML, read by a YAML parser: the node in which a placeholder stands says in which quotes."""
    import yaml  # noqa: PLC0415 - most fixes hold no YAML

    count = code.count(_HOLE)
    places = [Place("yaml", NEVER)] * count
    if "KBQ" in code or count == 0:
        return places
    parts = code.split(_HOLE)
    marked = parts[0] + "".join(f"KBQ{number}KBQ{part}" for number, part in enumerate(parts[1:]))
    try:
        documents = list(yaml.compose_all(marked, yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return places
    waiting: list[tuple[str, yaml.Node | None]] = [("", document) for document in documents]
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += ((each.value if isinstance(each, yaml.ScalarNode) else "", value) for each, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += (("", value) for value in node.value)
        elif isinstance(node, yaml.ScalarNode) and key.lower() in _KEYS:
            _set_places(key.lower(), node, places)
    return places


def _set_places(key: str, node: yaml.ScalarNode, places: list[Place]) -> None:
    for found in _MARK.finditer(node.value):
        if node.style in ("'", '"'):
            place = Place(f"yaml{node.style}", ANY)
        elif node.style is None and found[0] == node.value:
            place = Place("json", "int") if key == "port" else Place("yaml", ANY)
        else:
            place = Place("yaml", NEVER)
        places[int(found[1])] = place
