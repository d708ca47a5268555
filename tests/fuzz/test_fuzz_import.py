"""Target `import`: GitHub's answers with anything in them become drafts, reports of entries, and reports to share.

A stand-in for GitHub's API gives real answers with parts replaced. What `kb import` writes passes the check, lies in
the entries folder, and loses nothing; what `kb report` prints mentions nobody.
"""

import atexit
import copy
import functools
import re
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from unittest.mock import patch

import corpus
import documented
from command import kb
from expectations import OBEYED
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mutations import mutants
from stand_in import Fault, Reply, StandIn, serve

from kb.checks import check
from kb.entry import load_collection

REF: Final = "git/git#7"
TOMORROW: Final = datetime.now(UTC).date() + timedelta(days=1)
WEIRD = st.sampled_from(
    (None, True, 0, -1, 1.5, 10**30, "", " ", "x" * 3000, "\x00", "\x1b[2J", "\u202e", "\u2028", "\ud800",
     "2026-13-45T00:00:00Z", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "git/git#7", "../../x", "-", "---\n",
     "```", "@someone", "<script>", "{{x}}", "https://github.com/git/git/issues/8",
     "https://evil.example/git/git/issues/8", [], {}, [None], {"login": None}, [[]])
)  # fmt: skip
MARKS = st.sampled_from(
    ("```\n", "~~~\n", "### git version\n\n", "\n\n", "\r\n", "> ", "- ", "---\n", "{{x}}", "{{{x}}}", "\\{{",
     "@someone", "#8", "git/git#9", "o/n#1", "<!-- ", "<details>", "error: ", "fatal: ",
     "Traceback (most recent call last):\n", "    at f (a.js:1:2)\n", "\x1b[31m", "\u202e", "\u200b", "\u2028",
     "/home/alice/x", "a@acme.dev", "ghp_wJq4Zt8Lm2Xc6Vb9Nh3Kf7Rd1Sg5Py0Ua4Te", "93.184.216.34", "_No response_",
     "Windows 11", "2.47.1", ": ", " #", "'", '"', "|", "duplicate of #8", "Closes #9")
)  # fmt: skip
FORM: Final = """\
### What happened?

I pushed.

```
$ git push
error: cannot lock the ref store of remote 'origin' at /srv/x.git: 13 tries
```

### git version

2.47.1

### Operating System

Ubuntu 24.04
"""
TEXTS = mutants((*corpus.pastes()[::7], FORM), MARKS | st.sampled_from(corpus.payloads()) | st.text(max_size=6))
TITLES = st.one_of(
    st.just("Pushing fails"),
    st.sampled_from(corpus.examples()),
    st.sampled_from(corpus.payloads()),
    st.text(max_size=60),
    MARKS,
)
EVENTS: Final = (
    documented.labeled("bug"),
    documented.closed(),
    documented.closed(commit="a" * 40),
    documented.commented("I have it too:\n\n```\nfatal: it broke\n```\nSee #8."),
    documented.cross_referenced(documented.issue("git/git#9", "Mend it", body="Fixes #7", pull=True, merged=True)),
    documented.cross_referenced(documented.issue("git/git#8", "The same", body="Duplicate of #7")),
)


@st.composite
def altered(draw: st.DrawFn, value: object, most: int) -> object:
    """JSON with some parts, however deep, replaced or gone."""
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(0, most))):
        _alter(draw, value)
    return value


def _alter(draw: st.DrawFn, value: object) -> None:
    while isinstance(value, dict | list) and value:
        key = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        inner = value[key]
        if isinstance(inner, dict | list) and inner and draw(st.integers(0, 3)):
            value = inner
        elif draw(st.booleans()):
            del value[key]
            return
        else:
            value[key] = draw(WEIRD)
            return


@st.composite
def issues(draw: st.DrawFn) -> tuple[object, list[object]]:
    """An issue as GitHub's API gives it, and its events."""
    issue = documented.issue(
        REF,
        draw(TITLES),
        body=draw(TEXTS | st.none()),
        labels=tuple(draw(st.lists(st.sampled_from(("bug", "area: push", "@x", "\u202e", "", "a" * 100)), max_size=3))),
        state=draw(st.sampled_from(("open", "closed"))),
        state_reason=draw(st.sampled_from((None, "completed", "not_planned", "duplicate", "reopened"))),
        author=draw(st.sampled_from(("reader", None, "x[bot]"))),
    )
    events = draw(st.lists(st.sampled_from(EVENTS), max_size=5))
    return draw(altered(issue, 3)), draw(altered(events, 3))


@settings(max_examples=12)
@given(issue=issues(), is_refreshed=st.booleans(), broken=st.none() | st.binary(max_size=20))
def test_whatever_github_answers_nothing_that_the_check_refuses_is_written(issue, is_refreshed, broken):
    github, folder = stage()
    reset(github, folder)
    github.issues[REF], github.events[REF] = issue
    github.issues |= {"git/git#8": documented.issue("git/git#8"), "git/git#9": documented.issue("git/git#9", pull=True)}
    if broken is not None:
        github.fail(Fault(Reply(200, broken)), on="timeline")
    before = files(folder)
    imported = run(github, folder, "import", REF)
    after = files(folder)
    written = {name for name in after if after[name] != before.get(name)}
    assert before.keys() <= after.keys()
    assert all(re.fullmatch(r"entries/git/[a-z0-9-]+\.md", name) for name in written), written
    assert len(written) <= 1
    assert bool(written) == bool(re.search(r"^(new|report) ", imported)), imported
    assert problems(folder) == []
    if is_refreshed:
        run(github, folder, "refresh")
        assert problems(folder) == []
    shared(run(github, folder, "report", REF))


def run(github: StandIn, folder: Path, *arguments: str) -> str:
    """What a verb prints, which ends with a code that it may end with; a traceback fails here."""
    environ = {
        "GITHUB_API_URL": github.url,
        "GITHUB_TOKEN": "",
        "NO_COLOR": "1",
        "KB_SITE_URL": "https://fixes.example/",
    }
    cache = str(folder / "cache.db")
    # A try after a failed one waits for nothing here.
    with patch("kb.github.connection.Connection._wait"):
        finished = kb(*arguments, "--patience", "0", "--cache", cache, folder=folder, **environ)
    assert finished.returncode in (0, 1, 2, 75), finished
    assert not [letter for letter in finished.stderr if letter in OBEYED - {"\r"}], finished.stderr
    return finished.stdout


def problems(folder: Path) -> list[str]:
    return [str(found) for found in check(load_collection(folder / "entries"), TOMORROW)]


def shared(report: str) -> None:
    """A report has no HTML, no image, and no text that GitHub would take for a mention or a reference.

    A tab in the lines that it quotes is white space there, and does nothing.
    """
    assert not [letter for letter in report if letter in OBEYED - {"\t"}]
    for token in MarkdownIt("commonmark").enable("table").parse(report):
        assert token.type != "html_block", token.content
        for inline in token.children or ():
            assert inline.type not in ("html_inline", "image"), inline.content
            if inline.type == "text":
                assert not re.search(r"(?<![\w/.-])@[A-Za-z0-9]", inline.content), inline.content


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("cache.db")
    }


KNOWN: Final = """\
---
title: The index is locked by another process of git
signatures:
  - text: "fatal: Unable to create '{{path}}index.lock': File exists."
updated: 2026-01-02
---

## Summary

Another command of git has made the lock file, and has not removed it.

## Cause

Something holds it.

## Workaround: Wait

Wait for it.
"""


@functools.cache
def stage() -> tuple[StandIn, Path]:
    """GitHub, and a folder to import into; both go when the process ends."""
    folder = Path(_OPEN.enter_context(tempfile.TemporaryDirectory(prefix="kb-fuzz-")))
    return _OPEN.enter_context(serve()), folder


_OPEN = ExitStack()
atexit.register(_OPEN.close)


def reset(github: StandIn, folder: Path) -> None:
    """GitHub without issues, and the folder with one entry."""
    for held in (github.issues, github.events, github.requests, github.faults):
        held.clear()
    entries = folder / "entries/git"
    entries.mkdir(parents=True, exist_ok=True)
    for path in (*entries.iterdir(), *folder.glob("cache.db*")):
        path.unlink()
    (folder / "entries/products.yml").write_text(
        "git: {name: Git, home: 'https://git-scm.com/', repository: git/git, category: x}\n"
    )
    (folder / "entries/tools.yml").write_text("[]\n")
    (entries / "index-lock.md").write_text(KNOWN)
