"""Sites built once a run, served under a base path and at a server's root, and the browser that opens them."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, ROOT, UNCHECKED, Site, build, served
from playwright.sync_api import Browser, BrowserContext, Page, expect

expect.set_options(timeout=30_000)
"""As long as Playwright waits for anything else: what is to come does so soon, but not where the machine is busy."""

BASE = "/known-fixes/"
"""The path under which a GitHub Pages project site lives; all three sites name it in their `site_url`."""


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory) -> Path:
    """A folder that all processes of this run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _built(config: Path, shared_folder: Path, program: str = "mkdocs") -> Path:
    """The folder of a site, which no test changes: the process that needs it first builds it, the others wait."""
    folder = shared_folder / f"site-of-{config.parent.name}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            finished = build(config, folder.with_suffix(".new"), program)
            assert finished.code == 0, finished.output
            finished.folder.rename(folder)
    return folder


@pytest.fixture(scope="session")
def repository_folder(shared_folder) -> Path:
    """The site of the repository's own entries."""
    return _built(ROOT / "mkdocs.yml", shared_folder)


@pytest.fixture(scope="session")
def small_folder(shared_folder) -> Path:
    """The site of a few entries that use every feature."""
    return _built(KNOWLEDGE_BASES / "small/mkdocs.yml", shared_folder)


@pytest.fixture(scope="session")
def hostile_folder(shared_folder) -> Path:
    """The site of entries that try to run a script, those included that the checks would refuse."""
    return _built(KNOWLEDGE_BASES / "hostile/mkdocs.yml", shared_folder, UNCHECKED)


@pytest.fixture(scope="session")
def repository(repository_folder) -> Iterator[Site]:
    with served(repository_folder, BASE) as site:
        yield site


@pytest.fixture(scope="session")
def repository_at_root(repository_folder) -> Iterator[Site]:
    with served(repository_folder) as site:
        yield site


@pytest.fixture(scope="session")
def small(small_folder) -> Iterator[Site]:
    with served(small_folder, BASE) as site:
        yield site


@pytest.fixture(scope="session")
def small_at_root(small_folder) -> Iterator[Site]:
    with served(small_folder) as site:
        yield site


@pytest.fixture(scope="session")
def hostile(hostile_folder) -> Iterator[Site]:
    with served(hostile_folder, BASE) as site:
        yield site


@pytest.fixture(scope="session")
def hostile_without_policy(hostile_folder) -> Iterator[Site]:
    """The hostile site as a browser sees it that knows nothing of Content-Security-Policy."""
    with served(hostile_folder, BASE, strip_policy=True) as site:
        yield site


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A window that stays open: to open one takes a browser longer than to show a page in it."""
    context = browser.new_context()
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page of a browser that knows nothing yet."""
    page = window.new_page()
    origins: set[str] = set()
    page.on("framenavigated", lambda frame: origins.add("/".join(frame.url.split("/")[:3])))
    yield page
    forget(window, origins)


def forget(window: BrowserContext, origins: set[str]) -> None:
    """Close all pages but the first, and take from the window what it learned and what a test allowed it."""
    first, *others = window.pages
    for page in others:
        page.close()
    window.unroute_all()
    window.clear_permissions()
    window.set_offline(offline=False)
    session = window.new_cdp_session(first)
    session.send("Network.clearBrowserCookies")
    session.send("Network.clearBrowserCache")
    for origin in origins:
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    session.detach()


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """A page on a laptop, shared by the tests of a module that leave nothing behind."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    yield context.new_page()
    context.close()
