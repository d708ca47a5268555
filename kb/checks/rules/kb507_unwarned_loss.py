"""A command that destroys data, without a warning beside it."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shell import Harm, Telltale, commands, programs, short_flags, unwarned
from kb.entry import Source

_TELLTALE: Final = Telltale(
    *("rm -", " -rf", " -fr", " -r ", "rd /", "rmdir /", "del /", "erase /", "remove-item", "clear-", "-recurse"),
    *("format-volume", "format c:", "format d:", "format e:", "--force", "git push", "--hard", "git clean"),
    *("--mirror", "checkout", "restore", "--discard", "branch -d", "stash drop", "stash clear", "filter-"),
    *("git rm", "expire", "prune", "volume rm", "down -v", "--volumes", "delete", "destroy", "uninstall", " drain"),
    *(" s3 r", "terminate-", "dropdb", "dropuser", "drop ", "truncate", "of=/dev/", "shred", "wipefs"),
    *("crontab -r", "userdel", "mkfs", "/dev/sd", "/dev/hd", "/dev/nvme", "/dev/vd", "/dev/m", "/dev/disk", "(){"),
    *("() {", "-exec", "reg ", "zfs", "zpool", "subvolume", "lvremove", "vgremove", "pvremove", "mklabel", "parted"),
    *("diskutil", "pg_resetwal", "pg:reset", "dropdatabase", "db:", "migrate", "flush", "rmtree", "fs.rm", "rm_r"),
    *("docker rm",),
)

Judge = Callable[[tuple[str, ...]], str | None]
"""From the words after a program to what it does with them, if that is harm."""

_SQL: Final = re.compile(
    r"\bDROP\s{1,20}(?:TABLE|DATABASE|SCHEMA|USER|ROLE|OWNED|COLUMN|TABLESPACE|KEYSPACE|COLLECTION|INDEX|VIEW|TYPE"
    r"|EXTENSION|FUNCTION|SEQUENCE|CONSTRAINT|MATERIALIZED)\b"
    r"|\bTRUNCATE\s{1,20}(?:TABLE\s{1,20})?[\w.\"`\[{]"
    r"|\bDELETE\s{1,20}FROM\s{1,20}[\w.\"`\[\]]{1,100}\s{0,20}(?:;|\"|'|$)"
    r"|\b(?:FLUSHALL|FLUSHDB)\b|\.dropDatabase\(",
    re.IGNORECASE | re.MULTILINE,
)
_RESET: Final = re.compile(
    r"\b(?:rails|rake)\s{1,3}db:(?:drop|reset|purge|schema:load)|\bartisan\s{1,3}(?:migrate:(?:fresh|reset|refresh)|db:wipe)"
    r"|\bmanage\.py\s{1,3}(?:flush|reset_db)|\bprisma\s{1,3}(?:migrate\s{1,3}reset|db\s{1,3}push\b[^\n]{0,80}--force-reset)"
)
_REMOVED_BY_CODE: Final = re.compile(
    r"\bshutil\.rmtree\(|\bfs\.rm(?:Sync)?\([^\n]{0,120}\brecursive:\s?true|\bFileUtils\.rm_rf?\b"
)
_FORK_BOMB: Final = re.compile(r"(\w{1,30}|:)\s?\(\)\s?\{\s?\1\s?\|\s?\1\s?&\s?\}")
_TO_DEVICE: Final = re.compile(r">\s?/dev/(?:sd|hd|nvme|vd|mmcblk|disk|mapper/)\w*|[;|&]\s?>\s?/dev/mem\b")
_CACHES: Final = ("/var/lib/apt/lists/", "/var/cache/apt/", "/var/cache/apk/", "/var/cache/dnf", "/var/cache/yum")
"""What every image is built without: the lists of packages, which the next update fetches again."""
_POWERSHELL: Final = re.compile(r"-(?:r|rec|recurse|fo|force)\b", re.IGNORECASE)


def _rm(words: tuple[str, ...]) -> str | None:
    flags = short_flags(words)
    operands = [word for word in words if not word.startswith("-")]
    if operands and all(word.startswith(_CACHES) for word in operands):
        return None
    if flags & {"r", "R"} or "--recursive" in words:
        return "deletes folders with all that is in them"
    return "deletes folders with all that is in them" if any(map(_POWERSHELL.fullmatch, words)) else None


def _remove_item(words: tuple[str, ...]) -> str | None:
    return "deletes all that is in a folder" if any(map(_POWERSHELL.fullmatch, words)) else None


def _git(words: tuple[str, ...]) -> str | None:
    rest = [word for word in words if not word.startswith(("-C", "-c"))]
    verb = next((word for word in rest if not word.startswith("-")), "")
    flags = short_flags(words)
    forced = "f" in flags or "--force" in words
    if verb == "push":
        if forced or "--mirror" in words or any(word.startswith("+") and len(word) > 1 for word in words):
            return "overwrites the branch that others pull from"
        is_deleted = "d" in flags or "--delete" in words or any(re.fullmatch(r":[^:]+", word) for word in words)
        return "deletes a branch that others use" if is_deleted else None
    if verb == "reset":
        return "throws away changes that are not committed" if "--hard" in words else None
    if verb == "clean":
        return "deletes files that git does not know" if forced else None
    if verb in ("checkout", "restore", "switch"):
        thrown = forced or "--discard-changes" in words or (verb != "switch" and "." in words)
        return "throws away changes that are not committed" if thrown and "--staged" not in words else None
    if verb == "branch":
        return "deletes a branch that may not be merged" if "D" in flags or (forced and "d" in flags) else None
    if verb == "stash":
        return "throws away what was stashed" if "drop" in words or "clear" in words else None
    if verb in ("filter-branch", "filter-repo"):
        return "rewrites the history of the repository"
    if verb == "rm":
        return "deletes files" if forced and "--cached" not in words else None
    if verb == "gc" and "--prune=now" in words:
        return "deletes commits that nothing leads to"
    if verb == "reflog" and "expire" in words:
        return "deletes the way back to lost commits"
    return None


def _docker(words: tuple[str, ...]) -> str | None:
    flags = short_flags(words)
    if "prune" in words:
        return "deletes containers, images or volumes"
    # What stands in `$(…)` is a command of its own: `docker rm -f $(docker ps -aq)` names no container.
    if words[-1:] == ("-f",) and {"rm", "rmi"} & set(words):
        return "deletes all containers or images that are listed"
    if "volume" in words and "rm" in words:
        return "deletes volumes with all data in them"
    if "down" in words and ("v" in flags or "--volumes" in words):
        return "deletes volumes with all data in them"
    return None


def _verbs(*verbs: str, what: str) -> Judge:
    """Harm if one of the words is one of the verbs."""
    return lambda words: what if any(word.lower() in verbs for word in words) else None


def _always(what: str) -> Judge:
    return lambda words: what if words else None


def _dd(words: tuple[str, ...]) -> str | None:
    return (
        "overwrites a device" if any(word.startswith("of=/dev/") and word != "of=/dev/null" for word in words) else None
    )


def _find(words: tuple[str, ...]) -> str | None:
    runs_rm = any(word in ("-exec", "-execdir") and after == "rm" for word, after in pairwise(words))
    return "deletes every file that it finds" if "-delete" in words or runs_rm else None


def _del(words: tuple[str, ...]) -> str | None:
    return _rm(words) or ("deletes folders with all that is in them" if {"/s", "/S"} & set(words) else None)


def _truncate(words: tuple[str, ...]) -> str | None:
    return "empties files" if "-s" in words or any(word.startswith("--size") for word in words) else None


def _format(words: tuple[str, ...]) -> str | None:
    return "erases a drive" if words and re.fullmatch(r"[A-Za-z]:", words[0]) else None


_ONLY_SHOWS: Final = frozenset({"--help", "--dry-run", "--dry-run=client", "--dry-run=server", "-WhatIf"})
"""Options with which nothing is done."""


def _rsync(words: tuple[str, ...]) -> str | None:
    return "deletes what the source does not have" if any(word.startswith("--delete") for word in words) else None


def _reg(words: tuple[str, ...]) -> str | None:
    is_deleted = bool(words) and words[0].lower() == "delete"
    return "deletes keys of the registry" if is_deleted else None


def _first(*verbs: str, what: str) -> Judge:
    """Harm if the first word that is no option is one of the verbs."""
    return lambda words: what if next((word for word in words if not word.startswith("-")), "") in verbs else None


def _both(one: str, other: str, what: str) -> Judge:
    return lambda words: what if one in words and other in words else None


_GONE: Final = "deletes what runs, and may delete its data"
_JUDGES: Final[Mapping[str, Judge]] = {
    "rm": _rm,
    "rmdir": _del,
    "rd": _del,
    "del": _del,
    "erase": _del,
    "ri": _remove_item,
    "remove-item": _remove_item,
    "clear-item": _remove_item,
    "clear-disk": _always("erases a drive"),
    "format-volume": _always("erases a drive"),
    "format": _format,
    "git": _git,
    "docker": _docker,
    "podman": _docker,
    "nerdctl": _docker,
    "docker-compose": _docker,
    "kubectl": _verbs("delete", "drain", what=_GONE),
    "oc": _verbs("delete", what=_GONE),
    "helm": _verbs("uninstall", "delete", what=_GONE),
    "terraform": _verbs("destroy", "-destroy", what=_GONE),
    "tofu": _verbs("destroy", "-destroy", what=_GONE),
    "gcloud": _verbs("delete", what=_GONE),
    "az": _verbs("delete", what=_GONE),
    "aws": _verbs("rb", "rm", "terminate-instances", what=_GONE),
    "dropdb": _always("deletes a database"),
    "dropuser": _always("deletes a database's user"),
    "dd": _dd,
    "find": _find,
    "shred": _always("overwrites files for good"),
    "wipefs": _always("erases a drive"),
    "truncate": _truncate,
    "rsync": _rsync,
    "reg": _reg,
    "zfs": _first("destroy", "rollback", what="deletes a file system with all data in it"),
    "zpool": _first("destroy", what="deletes a pool with all data in it"),
    "btrfs": _both("subvolume", "delete", what="deletes a file system with all data in it"),
    "lvremove": _always("deletes a volume with all data in it"),
    "vgremove": _always("deletes volumes with all data in them"),
    "pvremove": _always("erases a drive"),
    "parted": _verbs("mklabel", "rm", what="erases a drive"),
    "diskutil": _verbs("erasedisk", "erasevolume", "partitiondisk", "zerodisk", what="erases a drive"),
    "pg_resetwal": _always("may lose what the database has written last"),
    "vagrant": _first("destroy", what=_GONE),
    "minikube": _first("delete", what=_GONE),
    "kind": _both("delete", "cluster", what=_GONE),
    "k3d": _both("cluster", "delete", what=_GONE),
    "heroku": _verbs("pg:reset", "apps:destroy", what=_GONE),
    "gh": _both("repo", "delete", what="deletes a repository"),
    "crontab": lambda words: "deletes all jobs" if "-r" in words else None,
    "userdel": lambda words: "deletes a user with all files" if "r" in short_flags(words) else None,
}


def _harms(line: str) -> Iterator[Harm]:
    for command in commands(line):
        if _ONLY_SHOWS & set(command.words):
            continue
        names: list[str] = []
        for name, words in programs(command):
            judge = _JUDGES.get(name)
            # `git rm` and `docker rm` are verbs of git and docker.
            is_verb = bool(names) and names[-1] in (
                "git",
                "docker",
                "podman",
                "npm",
                "pnpm",
                "yarn",
                "aws",
                "svn",
                "hg",
            )
            names.append(name)
            what = None if is_verb or judge is None else judge(words)
            if name.startswith("mkfs") and words:
                what = "erases a drive"
            if what:
                yield Harm(command.offset, f"`{name}` here {what}, and no warning says so")
                break
    for pattern, what in (
        (_SQL, "deletes data for good"),
        (_FORK_BOMB, "starts processes until the machine stands still"),
        (_TO_DEVICE, "overwrites a device"),
        (_RESET, "deletes all data of the database"),
        (_REMOVED_BY_CODE, "deletes folders with all that is in them"),
    ):
        for found in pattern.finditer(line):
            yield Harm(found.start(), f"`{found[0][:40].strip()}` {what}, and no warning says so")


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return unwarned(
        source,
        _TELLTALE,
        _harms,
        "Say what is lost, in an alert of the same section: `> [!WARNING]` or `> [!CAUTION]`.",
    )


RULE = Rule(
    code="KB507",
    name="unwarned-loss",
    family=Family.SAFETY,
    summary="A command deletes or overwrites data, and its section has no warning.",
    why=(
        "Someone with an error on screen copies the first command of the page. What it deletes has to be said "
        "before they press Enter: `rm -rf`, `git push --force`, `DROP`, `mkfs`, `kubectl delete` ask nobody."
    ),
    fix="Say in an alert of the same section (`> [!WARNING]`, `> [!CAUTION]`) what will be gone and how to keep it.",
    bad="""\
## Workaround: Start again

```sh
git reset --hard origin/main
```
""",
    good="""\
## Workaround: Start again

> [!WARNING]
> All changes that are not committed are lost. Keep them with `git stash` first.

```sh
git reset --hard origin/main
```
""",
    in_source=_check,
)
