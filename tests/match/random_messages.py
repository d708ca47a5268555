"""Random signatures, values that fit them, and noise around the messages: the same ones for the same seed."""

import json
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

WORDS = [
    "cannot",
    "bind",
    "socket",
    "because",
    "port",
    "is",
    "taken",
    "module",
    "has",
    "no",
    "exported",
    "member",
    "called",
    "scope",
    "decode",
    "offset",
    "request",
    "failed",
    "status",
    "layer",
    "manifest",
    "resolve",
    "upstream",
    "quota",
    "exceeded",
    "replica",
    "lag",
    "snapshot",
    "mount",
    "volume",
    "daemon",
    "refused",
    "handshake",
    "certificate",
    "expired",
    "token",
    "branch",
    "merge",
    "index",
    "locked",
    "lockfile",
    "drift",
    "schema",
    "column",
    "missing",
    "constraint",
    "violated",
]
NAMES = ("api", "web", "users", "orders", "billing", "cache", "index", "main", "worker", "gateway", "lodash", "numpy")


class Message(NamedTuple):
    """A signature, a message of its kind, and the values in it."""

    signature: str
    text: str
    values: dict[str, str]


def _word(chance: random.Random) -> str:
    return chance.choice(NAMES) + chance.choice(["", "-v2", "_1", ".local", "/core", "@1.2.3", "8080"])


VALUES: dict[str, Callable[[random.Random], str]] = {
    "int": lambda chance: str(chance.randint(-9, 70000)),
    "hex": lambda chance: chance.choice(["0x", ""]) + f"{chance.getrandbits(32):08x}",
    "word": _word,
    "path": lambda chance: (
        chance.choice(["/", "./", "/srv/app/", "src/"])
        + "/".join(_word(chance).replace("@", "") for _ in range(chance.randint(1, 4)))
    ),
    "url": lambda chance: f"https://{chance.choice(NAMES)}.example:{chance.randint(80, 9000)}/{_word(chance)}",
    "quoted": lambda chance: chance.choice("'\"`").join(
        ["", " ".join(_word(chance) for _ in range(chance.randint(1, 2))), ""]
    ),
    "": lambda chance: " ".join(_word(chance) for _ in range(chance.randint(1, 3))),
    "rest": lambda chance: " ".join(_word(chance) for _ in range(chance.randint(1, 4))),
}
"""Types, and what makes a value of each; a quoted value gets the quotes that it begins with."""


def messages(count: int, seed: int) -> Iterator[Message]:
    """So many messages, each with a signature of its own."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _message(chance)


def _message(chance: random.Random) -> Message:
    signature = text = ""
    values: dict[str, str] = {}
    holes = chance.randint(1, 4)
    for number in range(holes):
        literal = " ".join(chance.choices(WORDS, k=chance.randint(2, 5)))
        glue, after = chance.choice(
            [(" ", " "), (": ", ", "), (" '", "' "), (" (", ") "), ("=", " "), (" [", "] "), (" ", ": ")]
        )
        kind = chance.choice([*VALUES])
        if kind in ("rest", "quoted") and glue != " ":
            glue, after = " ", " "
        if kind == "rest" and number < holes - 1:
            kind = "word"
        value = VALUES[kind](chance)
        if kind == "quoted":
            value = chance.choice("'\"").join(["", value.strip("'\"`"), ""])
        name = f"value_{number}"
        hole = f"{{{{{name}:{kind}}}}}" if kind else f"{{{{{name}}}}}"
        is_last = number == holes - 1
        ending = after.strip() if is_last and kind != "rest" else "" if is_last else after
        signature += literal + glue + hole + ending
        text += literal + glue + value + ending
        values[name] = value
    return Message(signature, text, values)


def _wrapped(columns: int, gutter: str = "") -> Callable[[str], str]:
    def wrap(text: str) -> str:
        return "\n".join(gutter + text[at : at + columns] for at in range(0, len(text), columns))

    return wrap


NOISE: dict[str, Callable[[str], str]] = {
    "as printed": lambda text: text,
    "wrapped at 60": _wrapped(60),
    "wrapped at 80": _wrapped(80),
    "in a frame of 80": _wrapped(78, "\u2502 "),
    "CI": lambda text: "2026-01-02T03:04:05.1234567Z " + text,
    "container": lambda text: "web-1  | " + text,
    "pod": lambda text: "[pod/web-1/app] " + text,
    "JSON": lambda text: json.dumps({"level": "error", "message": text}),
    "JSON twice": lambda text: json.dumps(json.dumps({"message": text})),
    "JSON in a container": lambda text: "web-1  | " + json.dumps({"msg": text}),
    "colors": lambda text: "\x1b[31m" + text.replace(" ", "\x1b[0m \x1b[31m") + "\x1b[0m",
}
