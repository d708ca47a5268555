"""Which arguments of which programs are data, whatever they say. All others may be code to some program.

A list of what is known to be safe, on purpose: `sh -c`, `eval`, `xargs`, `awk`, `find -exec`, `watch`, `test -v` and
hundreds more run what they are given. A program, verb or option that isn't here gets no value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.match.filling.python import python_places
from kb.match.filling.sql import sql_places
from kb.match.filling.values import ANY, NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HOLE: Final = "\x00"
"""What stands for a placeholder in code that is read."""


class Program(NamedTuple):
    """What is known of a program's arguments."""

    grammar: str = ANY
    """Of values that are arguments of their own or their ends."""
    verbs: frozenset[str] = frozenset()
    """Subcommands; none where the program has none."""
    options: frozenset[str] | None = None
    """Options that may take a value, or stand before one; None for all."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _same(names: str, program: Program) -> dict[str, Program]:
    return dict.fromkeys(names.split(), program)


PROGRAMS: Final[dict[str, Program]] = {
    **_same(
        "cat head tail wc ls stat du df touch mkdir rmdir rm cp mv ln chmod chown chgrp readlink realpath basename"
        " dirname diff cmp cksum md5sum sha1sum sha256sum sha512sum id groups getent host nslookup dig ping ping6"
        " traceroute lsof kill which echo file namei getfacl takeown icacls",
        Program(),
    ),
    "cd": Program(options=_set("--")),
    **_same("grep egrep fgrep ss pgrep", Program("search")),
    "ssh-keygen": Program(options=_set("-f -F -R -l -y -t -b")),
    "ssh-copy-id": Program("plain", options=_set("-i -p")),
    "ssh-add": Program(options=_set("-d --")),
    "curl": Program(options=_set("-v -s -S -sS -I -L -f -fsS -x --proxy --resolve --url --retry-connrefused -4 -6")),
    "kubectl": Program(
        "plain",
        _set("get describe logs create delete label annotate scale top rollout"),
        _set("-n --namespace --resource --role --clusterrole --serviceaccount --user --group --replicas --verb -f --"),
    ),
    **_same(
        "npm pnpm yarn",
        Program(
            "package",
            _set("install i add ci ls list why explain view show info uninstall remove rm update upgrade outdated"),
            _set("-D -E -g -P -O --save --save-dev --save-prod --save-exact --save-optional --global --dev --"),
        ),
    ),
    **_same(
        "pip pip3 pipx",
        Program(
            "package",
            _set("install show uninstall download index versions"),
            _set("-U --upgrade --user -y --"),
        ),
    ),
    **_same(
        "apt apt-get apt-cache dnf yum apk brew pacman",
        Program(
            "package",
            _set("install add show info list search policy reinstall upgrade remove -S -Si -Ss"),
            _set("-y --yes --no-install-recommends --reinstall --"),
        ),
    ),
    "cargo": Program("package", _set("add install update tree remove"), _set("-p --package --locked -i --invert --")),
    "gem": Program("package", _set("install update list info uninstall"), _set("-v --user-install")),
    **_same(
        "docker podman",
        Program(
            "plain",
            _set("ps stop start restart rm rmi pull push images inspect logs kill port tag stats top"),
            _set("--filter -f -q -a -aq --tail"),
        ),
    ),
    # Only what shows: no unit that a message names is started, stopped or enabled. It may be poweroff.target.
    "systemctl": Program(
        "plain", _set("status cat show is-active is-enabled is-failed"), _set("-n --no-pager -l --full --")
    ),
    "journalctl": Program("plain", options=_set("-u --unit -xeu -eu -fu -n --no-pager -e -x -b")),
    **_same("get-process stop-process", Program(options=_set("-id -name"))),
    "get-nettcpconnection": Program(options=_set("-localport -remoteport -localaddress -state")),
    **_same("test-path get-item get-content get-acl resolve-path", Program(options=_set("-path -literalpath"))),
    **_same("test-netconnection resolve-dnsname", Program(options=_set("-computername -port -name"))),
}

_GIT: Final = Program(
    ANY,
    _set(
        "add branch checkout switch restore diff log show status push pull fetch merge rebase reset rm mv ls-files"
        " config ls-remote rev-parse remote tag blame"
    ),
    _set(
        "-- -m -u -d --set-upstream-to --set-upstream --rebase --force-with-lease --oneline --staged --cached --track"
        " -t --soft --mixed --hard --source -s --add --ours --theirs --no-track"
    ),
)
FILTERS: Final = _set(
    "head tail wc cat cut grep egrep fgrep sort uniq tr less more column nl select-object format-list format-table"
    " sort-object measure-object out-string findstr"
)
"""Programs that only show or sift what is piped into them."""
STOPS: Final = _set("alias function trap set shopt setopt enable fish csh tcsh pwsh powershell cmd")
"""Behind these, commands are no longer what they seem to be, or another shell reads them."""

_GIT_SETTINGS: Final = _set("safe.directory user.name user.email")
"""Settings that are data. Others, such as `core.pager` and `alias.x`, are commands."""
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_]\w*=", re.ASCII)
_KEYWORDS: Final = _set("if then elif else while until do ! and or not nohup")
_PYTHON: Final = re.compile(r"(?:python|py)[0-9.]*\Z")


def grammars(words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word of a simple command, the grammar of each placeholder in it."""
    found = [(NEVER,) * word.count(HOLE) for word in words]
    at = _start(words)
    name = _name(words, at)
    judge = _JUDGES.get("python" if _PYTHON.match(name) else name)
    if judge:
        found[at + 1 :] = judge(words[at + 1 :])
    elif name in PROGRAMS:
        found[at + 1 :] = _of_program(PROGRAMS[name], words[at + 1 :])
    return found


def program_of(words: Sequence[str]) -> str:
    """The name of the program that a simple command starts, in lower case; empty where it isn't known."""
    return _name(words, _start(words))


def _name(words: Sequence[str], at: int) -> str:
    if at >= len(words) or HOLE in words[at]:
        return ""
    return words[at].replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe")


def _start(words: Sequence[str], at: int = 0) -> int:
    """Where the program's name stands, behind what may come before it."""
    while at < len(words) and HOLE not in words[at]:
        if _ASSIGNMENT.match(words[at]) or words[at] in _KEYWORDS:
            at += 1
        elif words[at] == "sudo":
            at += 1
            while at < len(words) and words[at] in ("-u", "-E", "-H", "-n"):
                at += 2 if words[at] == "-u" else 1
        else:
            break
    return at


def _of_program(program: Program, arguments: Sequence[str]) -> list[tuple[str, ...]]:
    found = _none(arguments)
    start = 0
    if program.verbs:
        verb = next((number for number, word in enumerate(arguments) if word in program.verbs), None)
        if verb is None or any(not word.startswith("-") for word in arguments[:verb]):
            return found
        start = verb + 1
    is_operand_only = False
    for number in range(start, len(arguments)):
        word = arguments[number]
        before = arguments[number - 1] if number > start else ""
        is_operand_only |= before == "--"
        if HOLE in word and _is_data(program, word, "" if is_operand_only else before):
            is_glued = word.startswith("-") and "=" not in word[: word.index(HOLE)]
            grammar = "int" if is_glued else _narrowed(program.grammar, word)
            found[number] = (grammar,) * word.count(HOLE)
    return found


def _is_data(program: Program, word: str, before: str) -> bool:
    """Whether a word is an operand, or the value of an option that is known."""
    if program.options is None:
        return True
    option = word[: word.index(HOLE)].partition("=")[0] if word.startswith("-") else before
    if not option.startswith("-") or (option is before and "=" in before):
        return True
    return option.lower() in program.options or option in program.options


def _narrowed(grammar: str, word: str) -> str:
    """A search's own language has only letters and digits that are sure to be themselves; an argument is data."""
    if grammar == "search":
        return ANY if word == HOLE else "name"
    if grammar == "package" and word.startswith("-"):
        return "plain"
    return grammar


def _none(words: Iterable[str]) -> list[tuple[str, ...]]:
    return [(NEVER,) * word.count(HOLE) for word in words]


def _kubectl(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """What `-f` reads is a file, not what stands at some address; the rest is as usual."""
    found = _of_program(PROGRAMS["kubectl"], arguments)
    for number, word in enumerate(arguments[1:], 1):
        if HOLE in word and (arguments[number - 1] == "-f" or word.startswith("-")):
            found[number] = tuple(NEVER if grammar == NEVER else "local" for grammar in found[number])
    return found


_SHOWS_TEXT: Final = re.compile(r"(?!-)(?:%(?:%|-?[0-9]*s)|[^%\x00-\x08])*\Z")
"""A format of printf's that is known as a whole, and takes nothing for a number."""


def _printf(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """What `%s` prints is data. Numbers are arithmetic to zsh and ksh, which can run commands."""
    found = _none(arguments)
    at = 1 if arguments[:1] == ["--"] else 0
    if at < len(arguments) and _SHOWS_TEXT.match(arguments[at]):
        found[at + 1 :] = [(ANY,) * word.count(HOLE) for word in arguments[at + 1 :]]
    return found


def _git(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    at = 0
    found = _none(arguments)
    while arguments[at : at + 1] in (["-c"], ["-C"]):
        value = arguments[at + 1] if at + 1 < len(arguments) else ""
        if value.count(HOLE) and (arguments[at] == "-C" or value.partition("=")[0] in _GIT_SETTINGS):
            found[at + 1] = (ANY,) * value.count(HOLE)
        at += 2
    rest = arguments[at:]
    if rest[:1] == ["config"]:
        *_, key = ["", *(word for word in rest[:-1] if not word.startswith("-"))]
        if key in _GIT_SETTINGS and rest[-1] == HOLE:
            found[-1] = (ANY,)
    else:
        found[at:] = _of_program(_GIT, rest)
        if rest[:1] in (["push"], ["fetch"], ["pull"]):
            operands = [number for number, word in enumerate(rest[1:], at + 1) if not word.startswith("-")]
            for number in operands[1:]:
                found[number] = tuple(NEVER if grammar == NEVER else "local" for grammar in found[number])
    return found


def _python(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """Code behind `-c` is read as Python, in which only names go in; what `-m pip` takes is pip's."""
    found = _none(arguments)
    if arguments[:2] == ["-m", "pip"]:
        found[2:] = _of_program(PROGRAMS["pip"], arguments[2:])
    elif arguments[:1] == ["-c"] and len(arguments) > 1:
        found[1] = _inert(python_places(arguments[1]))
    return found


def _inert(places: Iterable[object]) -> tuple[str, ...]:
    """The grammars of code within a command that need no quoting in either."""
    inner = (getattr(place, "grammar", NEVER) for place in places)
    return tuple(grammar if grammar in ("int", "name", "dotted") else NEVER for grammar in inner)


def _psql(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """Names of hosts, users and databases are data; a command behind `-c` is read as SQL, in which only names go in."""
    found = _none(arguments)
    for number, word in enumerate(arguments):
        before = arguments[number - 1] if number else ""
        if word == f"\\password {HOLE}" and before == "-c":
            found[number] = ("name",)
        elif before == "-c":
            found[number] = _inert(sql_places(word))
        elif word.startswith(("postgresql://", "postgres://")):
            found[number] = ("name",) * word.count(HOLE)
        elif word == HOLE and before in ("-h", "-U", "-p", "-d"):
            found[number] = ("plain" if before == "-h" else "name",)
    return found


def _claude(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """The name of a session or an MCP server; what follows that may be its command."""
    found = _none(arguments)
    if len(arguments) == 2 and arguments[0] == "--resume":
        found[1] = ("plain",) * arguments[1].count(HOLE)
    if len(arguments) > 2 and arguments[0] == "mcp" and arguments[1] in ("add", "get", "remove"):
        found[2] = ("plain",) * arguments[2].count(HOLE)
    return found


_SSH_TAKES: Final = _set("-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B")
"""ssh(1): options with a value."""
_SSH_FLAGS: Final = re.compile(r"-[46AaCfGgKkMNnqsTtVvXxYy]+\Z")
"""ssh(1): options without one, several in a word too: `-vo` takes a value as `-o` does."""


def _ssh(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """The port, the key and the host are data; what stands behind the host is a command for the other side's shell."""
    found = _none(arguments)
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        takes_value = arguments[at] in _SSH_TAKES
        if takes_value and at + 1 < len(arguments) and arguments[at] in ("-p", "-i", "-l"):
            grammar = {"-p": "int", "-i": ANY, "-l": "plain"}[arguments[at]]
            found[at + 1] = (grammar,) * arguments[at + 1].count(HOLE)
        elif not takes_value and not _SSH_FLAGS.match(arguments[at]):
            return found
        at += 2 if takes_value else 1
    if at < len(arguments):
        found[at] = ("plain",) * arguments[at].count(HOLE)
    return found


_RUN_FLAGS: Final = _set("--rm -it -i -t -d --init")


def _docker(arguments: Sequence[str]) -> list[tuple[str, ...]]:
    """`run` takes options, an image, and a command that is read like any other."""
    verb = arguments[0] if arguments else ""
    if verb == "compose" and arguments[1:2] == ["exec"]:
        return [*_none(arguments[:3]), *grammars(arguments[3:])]
    if verb != "run":
        return _of_program(PROGRAMS["docker"], arguments)
    found = _none(arguments)
    at = 1
    while at < len(arguments) and arguments[at].startswith("-"):
        if arguments[at] == "-p" and at + 1 < len(arguments):
            found[at + 1] = ("int",) * arguments[at + 1].count(HOLE)
            at += 2
        elif arguments[at] in _RUN_FLAGS or "=" in arguments[at]:
            at += 1
        else:
            return found
    found[at + 1 :] = [*grammars(arguments[at + 1 :])]
    return _urls_only(found, arguments, at + 1)


def _urls_only(found: list[tuple[str, ...]], arguments: Sequence[str], at: int) -> list[tuple[str, ...]]:
    """Arguments of an image's own program: a number in an address is data to whatever program it is."""
    for number in range(at, len(arguments)):
        if arguments[number].startswith(("http://", "https://")) and NEVER in found[number]:
            found[number] = ("int",) * len(found[number])
    return found


_JUDGES: Final[dict[str, Callable[[Sequence[str]], list[tuple[str, ...]]]]] = {
    "claude": _claude,
    "git": _git,
    "python": _python,
    "psql": _psql,
    "ssh": _ssh,
    "docker": _docker,
    "kubectl": _kubectl,
    "podman": _docker,
    "printf": _printf,
}
"""Programs whose arguments follow rules of their own."""
