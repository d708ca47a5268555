"""A workaround that names no step to take."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.words import words
from kb.entry import Source, Status

_SHORTEST: Final = 4
"""Words; fewer are a step, or no text at all."""
_STEP: Final = re.compile(
    r"^[ \t]*(?:[-+*]|\d+[.)])[ \t]|\b(?:you|one) (?:can|could|may|must|should|need|have to)\b"
    r"|\b(?:must|should|needs? to|has to|have to) be\b|\bby \w+ing\b",
    re.MULTILINE | re.IGNORECASE,
)
_SURE_STEPS: Final = ("`", "](", "://")
"""What most workarounds have, and is found at once."""
_START: Final = re.compile(
    r"(?:^|[.!?:;,(]\s+|\b(?:and|then|or|to|please|just|first|simply|instead|either) )([a-z]+)",
    re.IGNORECASE | re.MULTILINE,
)
"""Where an imperative can stand: at the start of a sentence or a clause."""
_VERBS: Final = words("""
    accept activate add adjust allow append apply ask assign attach authorize avoid await back boot bring build bump
    buy call cancel cast catch change check choose claim clean clear click clone close collect commit compare
    compile complete configure confirm connect contact convert copy correct create cut declare decrease define
    delete deploy detach determine disable disconnect do don double download downgrade drop edit eject enable encode
    ensure enter escape exclude execute exit expand export extend fetch file fill find finish fix follow force free
    generate get give go grant guard handle have hold identify ignore import include increase initialize inline
    insert inspect install isolate join keep kill leave let limit link list load lock log look lower make mark match
    merge migrate mount move name narrow obtain omit open order pass paste pause permit pick pin place plug point
    prefer prepare press print provide prune publish pull push put quit quote raise read rebase reboot rebuild
    reclaim recompile reconnect recreate redeploy reduce refactor refresh register reinstall release reload remove
    rename renew reopen reorder repeat replace report request require rerun reset resolve restart restore retry
    return revert review revoke rewrite roll rotate run save say scale scan search see select send separate set
    share shorten shrink shut sign skip sort specify split start stay stop store strip submit swap switch sync take
    tell terminate test throttle tick touch transfer treat try tune turn type unblock undo uninstall unlock unmount
    unplug unset update upgrade upload use validate verify visit wait watch widen wipe work wrap write
""")


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    # An open error may have none: then a Workaround says what was tried.
    if source.draft is None or source.draft.status is Status.OPEN:
        return
    for number, workaround in enumerate(source.draft.workarounds):
        text = f"{workaround.title}\n{workaround.body}"
        if len(workaround.body.split()) >= _SHORTEST and not _has_step(text):
            hint = "Say what to do: a command, a list of steps, or a sentence that begins with a verb."
            position = source.key_position("workarounds", number)
            yield Finding(position, f"workaround {number + 1} names no step to take", hint)


def _has_step(text: str) -> bool:
    if any(step in text for step in _SURE_STEPS) or _STEP.search(text):
        return True
    return any(found[1].lower() in _VERBS for found in _START.finditer(text))


RULE = Rule(
    code="KB206",
    name="no-step",
    family=Family.CONTENT,
    summary="A workaround has no command, no list, no link and no sentence that tells the reader to do something.",
    why="A reader who came for a way out gets a description. What is no step belongs into Cause or Notes.",
    fix="Say what to do, best as a command to copy. Where no way is known, set `status: open`.",
    bad="""\
## Workaround: The lock file
The file is often a leftover of a crash.
""",
    good="""\
## Workaround: Remove the lock file
Make sure that no Git runs any more, then remove the leftover:
```sh
rm .git/index.lock
```
""",
    in_source=_check,
)
