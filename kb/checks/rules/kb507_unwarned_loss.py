"""A command that destroys data, without a warning beside it."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.losses import LOSSES
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.shell import Harm, Telltale, commands, programs, unwarned
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
    *("docker rm", "purge", "fdisk", "gdisk", "chown -", "chmod -", "-auto-approve", "--unregister", "kubeadm"),
    *("microk8s", "pulumi", "dpkg -p", "rimraf", "deletemany", ".drop()", "luks", "blkdiscard", "sanitize"),
    *("zero-super", "security-erase", "xfs_repair", "pg_dropcluster", "nix-collect-garbage", "mysqladmin", "mkswap"),
    patterns=(r"(?m:^|[^\pL\pN_-])(?:hg|svn) ",),
)

_SQL: Final = re.compile(
    r"\bDROP\s{1,20}(?:TABLE|DATABASE|SCHEMA|USER|ROLE|OWNED|COLUMN|TABLESPACE|KEYSPACE|COLLECTION|INDEX|VIEW|TYPE"
    r"|EXTENSION|FUNCTION|SEQUENCE|CONSTRAINT|MATERIALIZED)\b"
    r"|\bTRUNCATE\s{1,20}(?:TABLE\s{1,20})?[\w.\"`\[{]"
    r"|\bDELETE\s{1,20}FROM\s{1,20}[\w.\"`\[\]]{1,100}\s{0,20}(?:;|\"|'|$)"
    r"|\b(?:FLUSHALL|FLUSHDB)\b|\.dropDatabase\(|\.deleteMany\(\s{0,9}(?:\{\s{0,9}\})?\s{0,9}\)|\bdb\.\w{1,60}\.drop\(\)",
    re.IGNORECASE | re.MULTILINE,
)
_RESET: Final = re.compile(
    r"\b(?:rails|rake)\s{1,3}db:(?:drop|reset|purge|schema:load)|\bartisan\s{1,3}(?:migrate:(?:fresh|reset|refresh)|db:wipe)"
    r"|\bmanage\.py\s{1,3}(?:flush|reset_db)|\bprisma\s{1,3}(?:migrate\s{1,3}reset|db\s{1,3}push\b[^\n]{0,80}--force-reset)"
)
_REMOVED_BY_CODE: Final = re.compile(
    r"\bshutil\.rmtree\(|\bfs\.rm(?:Sync)?\([^\n]{0,120}\brecursive:\s?true|\bFileUtils\.rm_rf?\b"
)
_PURGED: Final = re.compile(
    r"\b(?:apt(?:-get)?|dpkg|snap|apk)\s(?:[^\n|;&]{0,80}\s)?(?:(?:auto)?purge\b|-P\b|--purge\b)"
)
_FORK_BOMB: Final = re.compile(r"(\w{1,30}|:)\s?\(\)\s?\{\s?\1\s?\|\s?\1\s?&\s?\}")
_TO_DEVICE: Final = re.compile(r">\s?/dev/(?:sd|hd|nvme|vd|mmcblk|disk|mapper/)\w*|[;|&]\s?>\s?/dev/mem\b")
_ONLY_SHOWS: Final = frozenset({"--help", "--dry-run", "--dry-run=client", "--dry-run=server", "-WhatIf"})
"""Options with which nothing is done."""


def _harms(line: str) -> Iterator[Harm]:
    for command in commands(line):
        if _ONLY_SHOWS & set(command.words):
            continue
        names: list[str] = []
        for name, words in programs(command):
            judge = LOSSES.get(name)
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
        (_PURGED, "deletes a package with its settings"),
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
