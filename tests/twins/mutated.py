"""Texts made from others as a paste, a log or a hostile hand changes them: the same ones for the same seed."""

import json
import random
from collections.abc import Callable, Iterator

ODD = [
    "\U0001f600",
    "\U0001d518",
    "\U00020bb7",
    "\u0130",
    "\u03a3",
    "\u1e9e",
    "\u200b",
    "\u00a0",
    "\u2026",
    "\ufffd",
    "\x1b[1m",
    "\\n",
    "\\\\",
]
ODD += [
    "{{",
    "}}",
    '"',
    "'",
    "\u201c",
    "|",
    ">",
    "\u2502",
    "^",
    "&amp;",
    "\r\n",
    "\t",
    "\n",
    "\n\n",
    " ",
    "0x1F",
    "-7",
    "C:\\new\\",
    "/a/b",
]
PREFIXES = [
    "",
    "> ",
    "| ",
    "\u2502 ",
    "  \u23bf  ",
    "2026-01-02T03:04:05Z ",
    "[12:30:01] ERROR ",
    "web-1  | ",
    "#12 0.300 ",
    "remote: ",
    "E   ",
    "\U0001f916 ",
]
OWN_LINES = [
    "    at f (node:net:1450:21)",
    '  File "a.py", line 3',
    "        ^",
    "error: no",
    "C:\\Users\\user\\a.exe",
    "host: aarch64-apple-darwin",
]


def texts_from(texts: list[str], count: int, seed: int) -> Iterator[str]:
    """So many texts, each from one of `texts` or two."""
    chance = random.Random(seed)
    for _ in range(count):
        text = chance.choice(texts)[:3000]
        for _ in range(chance.randint(1, 3)):
            text = chance.choice(MUTATIONS)(text, chance, texts)
        yield text


def _odd(text: str, chance: random.Random, texts: list[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(ODD) * chance.randint(1, 3) + text[at:]


def _odd_word(text: str, chance: random.Random, texts: list[str]) -> str:
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(ODD) + chance.choice(ODD)
    return " ".join(words)


def _cut(text: str, chance: random.Random, texts: list[str]) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[:start] + text[end:] if chance.random() < 0.5 else text[start:end]


def _wrapped(text: str, chance: random.Random, texts: list[str]) -> str:
    columns = chance.choice([40, 60, 72, 80, 100])
    gutter = chance.choice(["", "\u2502 ", "> ", "    "])
    lines = [line[at : at + columns] for line in text.split("\n") for at in range(0, max(len(line), 1), columns)]
    return "\n".join(gutter + line for line in lines)


def _prefixed(text: str, chance: random.Random, texts: list[str]) -> str:
    prefix = chance.choice(PREFIXES)
    return "\n".join(prefix + line for line in text.split("\n"))


def _in_json(text: str, chance: random.Random, texts: list[str]) -> str:
    once = json.dumps({"level": "error", "message": text}, ensure_ascii=chance.random() < 0.5)
    return once if chance.random() < 0.6 else json.dumps(once)


def _joined(text: str, chance: random.Random, texts: list[str]) -> str:
    return text + chance.choice(["\n", "\n\n", " ", ""]) + chance.choice(texts)[:1500]


def _own_line(text: str, chance: random.Random, texts: list[str]) -> str:
    lines = text.split("\n")
    lines.insert(chance.randint(0, len(lines)), chance.choice(OWN_LINES))
    return "\n".join(lines)


def _repeated(text: str, chance: random.Random, texts: list[str]) -> str:
    return "\n".join([text[:200]] * chance.randint(2, 30))


def _cased(text: str, chance: random.Random, texts: list[str]) -> str:
    return text.upper() if chance.random() < 0.5 else text.title()


MUTATIONS: list[Callable[[str, random.Random, list[str]], str]] = [
    _odd, _odd, _odd_word, _cut, _wrapped, _wrapped, _prefixed, _in_json, _joined, _own_line, _repeated, _cased,
]  # fmt: skip
