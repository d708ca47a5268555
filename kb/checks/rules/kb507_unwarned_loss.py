"""A command that destroys data, without a warning beside it."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.commands import commands, programs
from kb.checks.losses import LOSSES, loss_by
from kb.checks.prefilter import CodePrefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.unwarned import Harm, unwarned
from kb.entry import Source

_ANY_CASE: Final = re.ASCII | re.IGNORECASE | re.MULTILINE
_NAME: Final = r"[\w.\"'`\[\]{}$<>%:-]"
"""A character of a name in SQL, or of what stands in its place: `{{table}}`, `$TABLE`, `<table>`, `%s`, `:name`."""
_SQL: Final = re.compile(
    r"\bDROP\s{1,20}(?:TABLE|DATABASE|SCHEMA|USER|ROLE|OWNED|COLUMN|TABLESPACE|KEYSPACE|COLLECTION|INDEX|VIEW|TYPE"
    r"|EXTENSION|FUNCTION|SEQUENCE|CONSTRAINT|MATERIALIZED)\b"
    rf"|\bTRUNCATE\s{{1,20}}(?:TABLE\s{{1,20}})?{_NAME}"
    rf"|\bDELETE\s{{1,20}}FROM\s{{1,20}}{_NAME}{{1,100}}\s{{0,20}}(?:;|\"|'|$)"
    r"|\b(?:FLUSHALL|FLUSHDB)\b|\.dropDatabase\(|\.deleteMany\(\s{0,9}(?:\{\s{0,9}\})?\s{0,9}\)"
    r"|\bdb[.\[(][^\n;]{1,80}\.drop\(\s{0,9}\)",
    _ANY_CASE,
)
_RESET: Final = re.compile(
    r"\b(?:rails|rake)\s{1,20}db:(?:drop|reset|purge|schema:load)|\bartisan\s{1,20}(?:migrate:(?:fresh|reset|refresh)|db:wipe)"
    r"|\bmanage\.py\s{1,20}(?:flush|reset_db)|\bprisma\s{1,20}(?:migrate\s{1,20}reset|db\s{1,20}push\b[^\n]{0,80}--force-reset)",
    _ANY_CASE,
)
_REMOVED_BY_CODE: Final = re.compile(
    r"\brmtree\(|\bfs\.(?:promises\.)?rm(?:Sync)?\([^\n]{0,120}\brecursive:\s?true|\bFileUtils\.rm_rf?\b", _ANY_CASE
)
_PURGED: Final = re.compile(
    r"\b(?:apt(?:-get)?|dpkg|snap|apk)\s(?:[^\n|;&]{0,80}\s)?(?:(?:auto)?purge\b|(?-i:-P)\b|--purge\b)", _ANY_CASE
)
_FORK_BOMB: Final = re.compile(r"(\w{1,30}|:)\s?\(\)\s?\{\s?(\w{1,30}|:)\s?\|\s?(\w{1,30}|:)\s?&\s?\}", _ANY_CASE)
"""A function that calls itself twice, if all three names are one."""
_TO_DEVICE: Final = re.compile(
    r">\|?\s{0,4}[\"']?(?:/dev/(?:sd|hd|nvme|vd|mmcblk|disk|mapper/)\w*"
    r"|(?:\{\{\s?|\$\{?|<)\w{0,20}(?:device|disk|drive)(?:_?(?:path|name))?(?::\w{1,9})?(?:\s?\}|>|[\"']|\s|$))"
    r"|[;|&]\s?>\s?/dev/mem\b",
    _ANY_CASE,
)
_PATTERNS: Final = {
    _SQL: "deletes data for good",
    _FORK_BOMB: "starts processes until the machine stands still",
    _TO_DEVICE: "overwrites a device",
    _RESET: "deletes all data of the database",
    _PURGED: "deletes a package with its settings",
    _REMOVED_BY_CODE: "deletes folders with all that is in them",
}
_PREFILTER: Final = CodePrefilter(_PATTERNS, LOSSES)
_PATTERN_PREFILTER: Final = CodePrefilter(_PATTERNS)
_VERBS_OF: Final = frozenset({"git", "docker", "podman", "npm", "pnpm", "yarn", "aws", "svn", "hg"})
"""`git rm` and `docker rm` are verbs of git and docker."""
_ONLY_SHOWS: Final = frozenset({"--help", "--dry-run", "--dry-run=client", "--dry-run=server", "-whatif", "/?"})
"""Options with which nothing is done."""


def _harms(line: str) -> Iterator[Harm]:
    for command in commands(line):
        if not _ONLY_SHOWS.isdisjoint(map(str.lower, command.words)):
            continue
        before = ""
        for name, words in programs(command):
            what = None if before in _VERBS_OF else loss_by(name, words)
            before = name
            if what:
                yield Harm(command.offset, f"`{name}` here {what}, and no warning says so")
                break
    for pattern, what in _PATTERNS.items() if _PATTERN_PREFILTER.lets_pass(line) else ():
        for found in pattern.finditer(line):
            if pattern is _FORK_BOMB and len(set(found.groups())) > 1:
                continue
            yield Harm(found.start(), f"`{found[0][:40].strip()}` {what}, and no warning says so")


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return unwarned(
        source,
        _PREFILTER,
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
