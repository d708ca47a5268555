"""Commands that stand in a sentence without a mark: `Run npm publish now.`"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_PROGRAMS: Final = _set(
    "apk apt apt-get aws az bash brew bun bundle cargo chgrp chmod chown choco conda corepack crontab curl dd "
    "deno docker docker-compose dotnet eval ftp gcloud gem gh git go gradle helm iptables iex irm iwr java "
    "javac kill killall kubectl ln ls mkdir mkfs mv mvn mysql nc ncat nix node npm npx nvm openssl pacman "
    "perl php pip pip3 pipx pkill pnpm podman poetry powershell psql pwsh pyenv python python3 rake redis-cli "
    "rm rmdir rsync ruby rustup scp sed sh shutdown sqlite3 ssh su sudo systemctl tar tee terraform touch "
    "truncate ufw uv uvx wget winget xargs xcode-select yarn yum zsh"
)
"""Programs that people name in their sentences, by their names on a command line."""
_VERBS: Final = _set("run execute type enter paste invoke call start launch try use sudo")
_COMMON: Final = _set(
    "a an and are as at be been but by can could did do does fails for from had has have if in into is isn it "
    "its itself may might must needs of on only or prints reads refuses reports runs says should so than that "
    "the then cache client command commands config configuration container containers daemon environment "
    "error errors file files image images interpreter module modules output package packages process "
    "processes registry repository server session settings these this those to too uses versions wants was "
    "were when where which while who will with without writes"
)
"""Words behind a program's name that go on with the sentence."""
_WORD: Final = re.compile(r"[^\s\x00\x01]+")
_EDGES: Final = ".,;:!?()[]\"'*"


class Command(NamedTuple):
    """What may be a command: the name and the word behind it, and all that follows in its sentence."""

    bare: str
    line: str
    is_sure: bool
    """Whether it is no mere name of a program in a sentence."""


def is_command(line: str) -> bool:
    """Whether a line is a command as one types it, beginning with a program's name in lower case."""
    name, _, rest = line.partition(" ")
    following = rest.partition(" ")[0].strip(_EDGES).lower()
    return name in _PROGRAMS and bool(following) and following not in _COMMON


def commands_in_prose(words: str) -> Iterator[Command]:
    """What in a line of prose, without its marked code, may be a command."""
    found = [match[0] for match in _WORD.finditer(words)]
    for at, word in enumerate(found[:-1]):
        name, following = word.strip(_EDGES), found[at + 1].strip(_EDGES)
        is_told = at == 0 or found[at - 1].strip(_EDGES).lower() in _VERBS
        if name not in _PROGRAMS or word.rstrip(".,;:!?") != word or not following:
            continue
        line = re.split(r"(?<=[\w)])[.!?](?: |$)", " ".join(found[at:]))[0]
        yield Command(f"{name} {following}", line, is_told or following.lower() not in _COMMON)
