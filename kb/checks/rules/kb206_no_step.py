"""A workaround that names nothing to do.

Whether a sentence tells a reader to do something can't be read off its words: every list of verbs lacks the next one,
and has none of another language. So only that is refused which names nothing at all: where no code, no link and no word
is left beside what is empty everywhere ("it works now"), what asks, and what the entry says elsewhere. The list of
empty words is closed, and a word that is missing in it lets pass.
"""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.words import words
from kb.entry import Entry, Source, Status, Workaround

_NAMES_SOMETHING: Final = ("`", "](", "://")
"""Code, links and pictures: what most workarounds have, and is found at once."""
_MARK: Final = re.compile(r"\[![A-Za-z]{1,20}\]|</?[A-Za-z]{1,20}>|&[A-Za-z]{1,20};")
"""Alerts' names and tags: form, and no words."""
_SENTENCE: Final = re.compile(r"[^.!?\n。！？]+[.!?。！？]*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EMPTY: Final = words("""
    a an the this that these those it its it's he she they them their there there's here i i'm i've me my mine we our us
    you your yours one ones anyone everyone someone somebody anybody nobody nothing none no not nope yes ok okay any
    some all both each every many most much more few other others another same such n na nil null void
    is isn't are aren't was wasn't were be been being am do does doesn't did didn't don't done have has hasn't had will
    won't would can can't cannot could may might must shall should got get gets seems seem appears
    and or but so if then than because as of in on at to for from with without by about into after before above below
    again already also always even ever just maybe now only perhaps probably really still too very yet until while when
    where which who what why how well good bad nice great fine thanks thank please sorry
    works work worked working fix fixes fixed fixing solve solves solved solving solution solutions resolve resolved
    resolves workaround workarounds known unknown issue issues problem problems bug bugs error errors thing things
    something anything everything way ways help helps helped idea ideas clue luck know knows knew happen happens
    happened happening see seen said say says described mentioned stated explained shown far like find found
    think thought hope hopefully needed need needs sorted tbd tba wip pending later soon someday coming todo
""")
"""Words that name nothing to do, whatever they stand beside."""


def _check(source: Source, inspection: Inspection) -> Iterator[Finding]:
    # An open error may have none: then a Workaround says what was tried.
    if source.draft is None or source.draft.status is Status.OPEN:
        return
    for number, workaround in enumerate(source.draft.workarounds):
        if workaround.body and not _names_something(workaround, source.draft):
            hint = "Name what is to be done: a command, a setting, a place to click, a person to ask."
            position = source.key_position("workarounds", number)
            yield Finding(position, f"workaround {number + 1} names nothing to do", hint)


def _names_something(workaround: Workaround, entry: Entry) -> bool:
    text = f"{workaround.title}\n{workaround.body}"
    if any(sign in text for sign in _NAMES_SOMETHING):
        return True
    # A heading may name the step that its text only comments on, but not by saying the entry's title once more.
    if _told_words(workaround.title) - _told_words(entry.title):
        return True
    elsewhere = _sentences(entry.cause) | _sentences(entry.title)
    return any(
        _told_words(sentence)
        for sentence in _sentences(workaround.body) - elsewhere
        if not sentence.endswith(("?", "？"))
    )


def _sentences(text: str) -> set[str]:
    """The sentences of a text, without what differs where one is copied: case, spaces, the sign at its end."""
    found = (" ".join(sentence.lower().split()) for sentence in _SENTENCE.findall(_MARK.sub(" ", text)))
    return {sentence.rstrip(".!。！") for sentence in found}


def _told_words(text: str) -> set[str]:
    """The words of a text that name something."""
    return {word for word in _WORD.findall(text.lower().replace("’", "'")) if word not in _EMPTY}


RULE = Rule(
    code="KB206",
    name="no-step",
    family=Family.CONTENT,
    summary="A workaround names nothing to do: no command, no link, no thing, or only what Cause says already.",
    why="A reader who came for a way out is told that there is one, or none, and not what to do.",
    fix="Say what to do, best as a command to copy. Where no way is known, set `status: open`.",
    bad="""\
## Workaround: Solution
It works now.
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
