"""Hundreds of payloads through every field of an entry: none runs, with the site's policy and without one.

Pages are opened many at a time, in frames of a page that has no policy of its own.
"""

import json
import os
import re
import shutil
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest
from built_sites import UNCHECKED, build, served
from hostile_corpus import PAYLOADS, entry_id, line, pairs, payloads, write_knowledge_base
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AT_ONCE = 40
"""Frames that are open at one time."""

WITNESS = """
for (const name of ["alert", "prompt", "confirm", "print", "MsgBox"]) window[name] = () => window.__ran(name);
Object.defineProperty(window, "__xss", {set(value) { window.__ran(`__xss = ${value}`); }});
"""
"""What a payload calls or sets says so: in every frame, before anything of the page runs."""

OPEN_FRAMES = """async addresses => {
    document.body.replaceChildren();
    await Promise.all(addresses.map(address => new Promise(resolve => {
        const frame = Object.assign(document.createElement("iframe"), {src: address, onload: resolve});
        document.body.append(frame);
    })));
}"""

LOOK = r"""() => {
    for (const element of document.querySelectorAll("*")) {
        if (element.matches("details")) element.open = true;
        for (const name of ["mouseover", "focus", "load", "error", "toggle", "animationstart"]) {
            element.dispatchEvent(new Event(name));
        }
    }
    const all = [...document.querySelectorAll("#main *, head *")];
    const attributes = all.flatMap(element => [...element.attributes].map(attribute => [element, attribute]));
    return {
        address: location.href,
        title: document.querySelector("h1")?.textContent ?? "",
        handlers: attributes.filter(([, {name}]) => /^on|^(srcdoc|style|formaction)$/i.test(name))
            .map(([element]) => element.outerHTML.slice(0, 200)),
        targets: attributes.filter(([, {name}]) => /^(xlink:)?(href|src|action|data|poster|background)$/i.test(name))
            .map(([element]) => element.href ?? element.src ?? "")
            // An address without a host that a browser understands stays as it is written, and leads nowhere.
            .filter(target => target && !/^(https?:|\/\/)/.test(target)),
        strangers: [...document.querySelectorAll(
            "#main :is(script:not([type$=json]), iframe, object, embed, style, link, base, meta, math, template, video,"
            + " audio, img, marquee, frame, keygen, custom-element), article.kb-entry :is(form, select, textarea)",
        )].map(element => element.outerHTML.slice(0, 200)),
    };
}"""
"""Set off every handler of a page, and say what is on it that no entry can have put there."""


@dataclass
class Seen:
    """What came of opening every page."""

    is_all: bool
    ran: list[str] = field(default_factory=list)
    other_hosts: set[str] = field(default_factory=set)
    pages: dict[str, dict[str, list[str]]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The built site."""
    root = tmp_path_factory.mktemp("corpus")
    finished = build(write_knowledge_base(root), root / "site", UNCHECKED)
    assert finished.code == 0, finished.output
    (finished.folder / "frames.html").write_text("<!doctype html><title>Frames</title><body>", "utf-8")
    return finished.folder


@pytest.fixture(scope="module")
def bare_folder(folder, tmp_path_factory) -> Path:
    """The same site without the theme's own script and styles: they are alike on every page, and take most of its time.

    Empty files and no interception of requests, with which a browser keeps nothing from one page to the next.
    """
    bare = tmp_path_factory.mktemp("bare") / "site"
    shutil.copytree(folder, bare, copy_function=os.link)
    for path in (*bare.rglob("bundle*.js"), *bare.rglob("*.css")):
        path.unlink()
        path.touch()
    return bare


def new_page(browser: Browser, seen: Seen) -> Page:
    context = browser.new_context()
    context.set_default_timeout(30_000)
    context.expose_binding("__ran", lambda source, what: seen.ran.append(f"{source['frame'].url}: {what}"))
    context.add_init_script(WITNESS)
    return context.new_page()


@pytest.fixture(scope="module", params=["with its policy", "without a policy"])
def seen(request, browser: Browser, folder: Path, bare_folder: Path) -> Seen:
    """Every page that shows anything of the corpus, opened and poked; of the many pages of codes every tenth.

    A policy can only forbid: with it, every fourth page is enough.
    """
    with_policy = request.param == "with its policy"
    seen = Seen(is_all=not with_policy)
    page = new_page(browser, seen)
    with served(folder if with_policy else bare_folder, strip_policy=not with_policy) as site:
        page.on("request", lambda sent: sent.url.startswith(site.url) or seen.other_hosts.add(sent.url))
        pages = [address for address in site.pages() if not address.startswith(("rules/", "codes/"))]
        pages += [address for address in site.pages() if address.startswith("codes/")][::10]
        pages = pages[::4] if with_policy else pages
        page.goto(f"{site.url}frames.html")
        for start in range(0, len(pages), AT_ONCE):
            group = pages[start : start + AT_ONCE]
            page.evaluate(OPEN_FRAMES, [site.url + address for address in group])
            for frame in page.frames[1:]:
                found = frame.evaluate(LOOK)
                seen.pages[found["address"].removeprefix(site.url)] = found
        assert set(seen.pages) == set(pages)
    page.context.close()
    return seen


def test_the_corpus_is_large_and_says_nothing_twice():
    groups = json.loads(PAYLOADS.read_text("utf-8"))
    assert len(groups) >= 10
    assert len(payloads()) >= 250
    assert [payload for payload, count in Counter(payloads()).items() if count > 1] == []


def test_a_payload_that_runs_is_seen(browser, folder):
    seen = Seen(is_all=False)
    page = new_page(browser, seen)
    with served(folder, strip_policy=True) as site:
        page.goto(f"{site.url}frames.html")
        page.evaluate(OPEN_FRAMES, [site.url + entry_id(0)])
        page.frames[1].evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
        until = time.monotonic() + 30
        while not seen.ran and time.monotonic() < until:
            page.wait_for_timeout(50)
    page.context.close()
    assert [what.rpartition(": ")[2] for what in seen.ran] == ["alert"]


def test_no_payload_runs(seen):
    assert seen.ran == []


def test_every_payload_has_a_page_and_is_its_title(seen):
    shown = {number: seen.pages.get(f"{entry_id(number)}/", {}).get("title") for number in range(len(pairs()))}
    shown = {number: title for number, title in shown.items() if title is not None}
    wanted = {number: line(pair, 120) for number, pair in enumerate(pairs()) if number in shown}
    assert len(shown) >= len(pairs()) / 5
    assert seen.is_all is False or len(shown) == len(pairs())
    # A browser shows no zero character, and gives a carriage return another form.
    strange = re.compile("[\x00\r\ufffd]")
    assert {number: strange.sub("", title or "") for number, title in shown.items()} == {
        number: strange.sub("", title) for number, title in wanted.items()
    }


def test_no_page_asks_another_host(seen):
    assert seen.other_hosts == set()


@pytest.mark.parametrize("what", ["handlers", "targets", "strangers"])
def test_no_payload_becomes_part_of_a_page(seen, what):
    assert {address: page[what] for address, page in seen.pages.items() if page[what]} == {}


@pytest.mark.parametrize("name", ["**/*.json", "**/*.xml"])
def test_no_payload_leaves_the_string_that_holds_it_in_data(folder, name):
    read = json.loads if name.endswith("json") else ElementTree.fromstring
    found = list(folder.glob(name))
    assert found
    for path in found:
        read(path.read_bytes())


def test_every_redirect_has_the_same_scripts(folder):
    redirects = [*folder.glob("evil-*/former-*/index.html"), *folder.glob("r/o/n/*/index.html")]
    scripts = {tuple(re.findall(r"<script.*?</script", path.read_text("utf-8"), re.DOTALL)) for path in redirects}
    assert len(redirects) >= 2 * len(pairs())
    assert len(scripts) == 1


def test_every_script_of_a_page_is_data_or_the_site_s_own(folder):
    """JSON-LD, where a page has any, ends where it says and parses."""
    blocks = Counter()
    for path in folder.glob("evil-*/*/index.html"):
        for attributes, text in re.findall(r"<script\b([^>]*)>(.*?)</script", path.read_text("utf-8"), re.DOTALL):
            if "json" in attributes:
                blocks["data"] += 1
                json.loads(text)
            else:
                blocks[attributes + text] += 1
    blocks.pop("data", None)
    assert len(set(blocks.values())) <= 1, "a script stands on some of the pages only"
