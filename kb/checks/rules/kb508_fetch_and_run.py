"""A command that runs what it has just fetched, without a warning beside it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kb.checks.commands import Command, commands, programs
from kb.checks.prefilter import CodePrefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.unwarned import Harm, unwarned
from kb.entry import Source

_FETCHERS: Final = frozenset({"curl", "wget", "fetch", "aria2c", "iwr", "irm", "invoke-webrequest"}) | {
    "invoke-restmethod",
    "lynx",
    "ftp",
    "scp",
    "nc",
}
_RUNNERS: Final = frozenset({"sh", "bash", "zsh", "dash", "ksh", "fish", "ash", "eval", "iex"}) | {
    "invoke-expression",
    *(
        "python",
        "python2",
        "python3",
        "perl",
        "ruby",
        "node",
        "php",
        "pwsh",
        "powershell",
        "cmd",
        "deno",
        "bun",
        "osascript",
    ),
}
_DOWNLOADS: Final = re.compile(
    r"\b(?:iex|Invoke-Expression)\b[^\n]{0,200}?\.Download(?:String|Data)\b"
    r"|\.Download(?:String|Data)\b[^\n]{0,200}?\|\s*(?:iex|Invoke-Expression)\b"
    r"|\bexec\s?\([^\n]{0,80}?\b(?:urlopen|requests\.get)\(",
    re.ASCII | re.IGNORECASE,
)
_PREFILTER: Final = CodePrefilter([_DOWNLOADS], _FETCHERS)
_PROGRAM_GIVEN: Final = re.compile(r"-[a-z]{0,3}[cemr]")
_OUTPUT: Final = re.compile(r"-[A-Za-z]{0,6}[oO]|--output(?:-document)?")
_RUNNER_NAME: Final = re.compile(r"(python|ruby|perl|php)[\d.]*")


def _runs(name: str, words: tuple[str, ...]) -> bool:
    """Whether a program runs its input: not where it is given a program, to which the input is data."""
    if _RUNNER_NAME.fullmatch(name) or name in ("node", "deno", "bun"):
        return not any(_PROGRAM_GIVEN.fullmatch(word) for word in words)
    return name in _RUNNERS


def _saved_as(words: tuple[str, ...]) -> Iterator[str]:
    """The names of the files that a fetch may write."""
    yield from (after.rpartition("/")[2] for word, after in pairwise(words) if _OUTPUT.fullmatch(word))
    yield from (word.rpartition("/")[2] for word in words if "://" in word)


def _runs_file(command: Command, files: set[str]) -> bool:
    """Whether a command runs one of some files."""
    names = [word.rpartition("/")[2] for word in command.words if word != "sudo"]
    return bool(names) and not files.isdisjoint(names if names[0] in _RUNNERS else names[:1])


def _harms(line: str) -> Iterator[Harm]:
    yield from (Harm(found.start(), _WHAT) for found in _DOWNLOADS.finditer(line))
    fetched_at: int | None = None
    """Where the fetch starts whose output goes through the pipe that is being read."""
    run_at: int | None = None
    """Where a program starts that runs what stands in the parentheses that are being read."""
    saved: set[str] = set()
    saved_at = 0
    """Where the fetch starts that wrote them."""
    for command in commands(line):
        called = list(programs(command))
        names = [name for name, _ in called]
        fetches = any(name in _FETCHERS for name in names)
        runs = bool(names) and (any(_runs(*call) for call in called[:4]) or names[0] == "." or "source" in names[:8])
        if saved and not fetches and command.after in ("&&", ";") and _runs_file(command, saved):
            yield Harm(saved_at, _WHAT)
        elif fetches and not saved:
            saved, saved_at = {name for name in _saved_as(command.words) if name}, command.offset
        if command.after != "|":
            fetched_at = None
        is_inside = command.after in ("(", "$(", "<(", "`") or (command.after == "|" and run_at is not None)
        if fetches and (
            (run_at is not None and is_inside) or any(name in ("iex", "invoke-expression") for name in names)
        ):
            yield Harm(command.offset if run_at is None else run_at, _WHAT)
        elif runs and command.after == "|" and fetched_at is not None:
            yield Harm(fetched_at, _WHAT)
        if fetches and fetched_at is None:
            fetched_at = command.offset
        if runs:
            run_at = command.offset
        elif command.after not in ("(", "$(", "<(", "`", "|"):
            run_at = None


_WHAT: Final = "this runs what it fetches, unseen, and no warning says so"


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return unwarned(
        source, _PREFILTER, _harms, "Fetch into a file, read it, then run it; or add an alert `> [!WARNING]`."
    )


RULE = Rule(
    code="KB508",
    name="fetch-and-run",
    family=Family.SAFETY,
    summary="A command runs a script as it comes from the network, and its section has no warning.",
    why=(
        "`curl … | sh` runs whatever the server sends today, with the rights of the reader, and leaves nothing to look "
        "at afterwards. A server that was taken over, or a domain that was sold, needs no second click."
    ),
    fix=(
        "Name the package of a package manager instead, or let the reader fetch a file, look at it and run it. Where a "
        "project offers no other way, add an alert `> [!WARNING]`."
    ),
    bad="""\
## Workaround: Install the tool

```sh
curl -fsSL https://tool.example/install.sh | sh
```
""",
    good="""\
## Workaround: Install the tool

```sh
curl -fsSLo install.sh https://tool.example/install.sh
less install.sh
sh install.sh
```
""",
    in_source=_check,
)
