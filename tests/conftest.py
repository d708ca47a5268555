"""What the tests of several stages share: folders of entries, written the way a contributor writes them."""

import gc
import itertools
import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from kb.entry import Collection, Source, load_collection

# The same examples in every run, and no clock: a failure can be repeated, a slow machine fails nothing.
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

LONGEST = (
    "site/test_hostile_corpus.py",
    "site/test_accessibility.py",
    "fuzz/test_one_file.py",
    "site/test_report_page.py",
    "site/test_match_page.py",
    "test_workflow_scripts.py",
    "scripts/test_bench.py",
    "site/test_first_screenful.py",
    "site/test_hostile_entries.py",
    "site/",
    "scripts/",
    "fuzz/",
)
"""The tests that take longest, by file or folder. They come first, so that all processes end at about the same time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    @cache
    def rank(path: Path) -> int:
        name = path.relative_to(Path(__file__).parent).as_posix()
        return next((place for place, start in enumerate(LONGEST) if name.startswith(start)), len(LONGEST))

    items.sort(key=lambda item: rank(item.path))


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: what collects garbage is not to look through them again and again."""
    gc.freeze()


_UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""Parts of Chromium's window that no test sees, and that cost a second of a processor for each context."""

_DISTURBING = (
    *("AimEnabled", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying"),
    *("OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
"""What Playwright turns off for tests. Of two such lists the last counts, so ours has to name it, too."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """One browser for all tests of a process: Chromium from KB_CHROMIUM or the search path, else Playwright's own.

    It reaches no host but this one. Chromium as a shell without windows opens a page in two thirds of the time, and one
    process that shows all pages in two thirds of that: it need not start, and has read the scripts before.
    """
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--renderer-process-limit=1",
        f"--disable-features={','.join((*_UNSEEN, *_DISTURBING))}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    installed = filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser")))
    executable = os.environ.get("KB_CHROMIUM") or next(installed, None)
    return {"args": arguments} | ({"executable_path": executable} if executable else {})


PRODUCTS = """\
git:
  {name: Git, home: "https://git-scm.com/", repository: git/git, category: version-control, tags: [git]}
pip:
  {name: pip, home: "https://pip.pypa.io/", repository: pypa/pip, category: packages, tags: [python, packaging]}
"""

PROSE = """\
## Summary

It fails.

## Cause

Something is missing.

## Workaround: Add what is missing

Add it.
"""


class EntriesFolder:
    """An entries folder that a test fills: products `git` and `pip`, no tools, no entries to begin with."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file("products.yml", PRODUCTS)
        self.file("tools.yml", "[]\n")

    def file(self, name: str, content: str | bytes) -> Path:
        """Write a file as it is, byte for byte."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def entry(self, name: str, prose: str = PROSE, **keys: object) -> Path:
        """Write a good Markdown entry; `keys` are front matter. Its one signature is a word of its own."""
        word = name.rpartition(".")[0].replace("/", "-")
        keys = {"title": f"About {word}", "signatures": [{"text": word}], "updated": "2026-01-02"} | keys
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]  # JSON is YAML too
        return self.file(name, "\n".join(["---", *lines, "---", "", prose]))

    def load(self) -> Collection:
        return load_collection(self.root)

    def source(self, name: str) -> Source:
        """The file `name` as it was read."""
        return next(source for source in self.load().sources if source.name == name)


@pytest.fixture
def folder(tmp_path: Path) -> EntriesFolder:
    """An empty entries folder called `entries`."""
    return EntriesFolder(tmp_path / "entries")


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory):
    """A function that makes a fresh entries folder, for property tests: they need one for each example."""
    base = tmp_path_factory.mktemp("folders")
    numbers = itertools.count()
    return lambda: EntriesFolder(base / str(next(numbers)) / "entries")


@pytest.fixture(scope="session")
def repository_root() -> Path:
    """The root of this repository."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of test data."""
    return Path(__file__).parent / "data"


def count_steps(work: Callable[[], object]) -> int:
    """How many lines of Python a piece of work runs: a measure of work that no clock and no machine changes."""
    steps = 0

    def count(_frame: object, event: str, _argument: object):
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


@pytest.fixture(scope="session")
def steps_of():
    """The function `count_steps`."""
    return count_steps
