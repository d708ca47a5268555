"""A block of code that does not say what language it is."""

import json
import re
from collections.abc import Iterator
from typing import Final

from kb.checks.edit import Edit
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shape import code_blocks
from kb.checks.words import words
from kb.entry import Position, Source

_PROMPT: Final = re.compile(r"\s*(?:\$|#|%) \S")
_COMMANDS: Final = words("""
    apk apt apt-get brew bundle cargo cat cd chgrp chmod chown conda cp curl df dig dnf docker docker-compose du
    echo env export find gem git go gradle grep gunzip gzip helm hg hostname id ifconfig ip journalctl java jq kill
    kubectl ln ls lsof make mkdir mv mvn mysql nc node npm npx nvm openssl pacman ping pip pip3 pipx pkill pnpm
    poetry ps psql pwd pyenv python python3 redis-cli rm rmdir rpm rsync rustup scp sed service source ssh ssh-add
    ssh-keygen stat sudo systemctl tail tar terraform touch uname unset unzip uv virtualenv wget which xargs yarn
    yum
""")
_ASSIGNMENT: Final = re.compile(r"(?:[A-Z_][A-Z0-9_]*=\S*\s+)+")


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    if all(block.language for block in source.outline.blocks):
        return
    for code in code_blocks(source):
        if code.block.language or not code.fence:
            continue
        line, column = code.block.position
        guess = language_of(code.text)
        edits: tuple[Edit, ...] = ()
        if not source.blocks:
            end = source.body_position(Position(line, column + len(code.fence)))
            edits = (Edit(end, end, guess),)
        hint = f"Write it behind the opening {code.fence}, here {guess!r}. What a program printed is `text`."
        position = source.body_position(Position(line, column))
        yield Finding(position, "a block of code without its language", hint, edits)


def language_of(text: str) -> str:
    """The language of some code as far as it is certain; `text` shows everything as it is."""
    lines = [line for line in text.split("\n") if line.strip()]
    words = [_ASSIGNMENT.sub("", line.strip()).partition(" ")[0] for line in lines]
    if lines and (_PROMPT.match(lines[0]) or all(word in _COMMANDS for word in words)):
        return "sh"
    try:
        return "json" if text.strip().startswith(("{", "[")) and json.loads(text) else "text"
    except (ValueError, RecursionError):
        return "text"


RULE = Rule(
    code="KB207",
    name="code-language",
    family=Family.CONTENT,
    summary="A block of code does not say its language.",
    why="The language decides what is highlighted, what label readers see, and whether it is a command to copy.",
    fix="Write the language behind the fence: `sh`, `python`, `json`, …, and `text` for what a program printed.",
    mended="Writes `sh` where the lines are commands, `json` where they are JSON, and else `text`.",
    bad="""\
```
git fetch --all
```
""",
    good="""\
```sh
git fetch --all
```
""",
    in_source=_check,
)
