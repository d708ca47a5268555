"""Highlighting: the tokens that Pygments gives, of every language it knows, within bounds; else the text as it is."""

import re
import shutil
import subprocess
import sys
import time
from html import escape, unescape
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES, build
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_all_lexers, get_lexer_by_name

from kb.site.highlight import LONGEST_BLOCK, LONGEST_LINE, LONGEST_PAGE, Code, Highlighter
from kb.site.lexing import lexed

ENTRIES = Path(__file__).parents[2] / "entries"
FENCE = re.compile(r"^[ ]*```([\w+-]+)\n(.*?)^[ ]*```", re.DOTALL | re.MULTILINE)
TAG = re.compile("<[^>]*>")
LINE = 'if a < 1: "x"\n'
BLOCK = re.compile(r'data-kb-language="([^"]*)".*?<code>(.*?)</code></pre>', re.DOTALL)
FLAG = '<span class="kb-flag">'
EVERY_LANGUAGE = sorted({alias for _, aliases, *_ in get_all_lexers(plugins=False) for alias in aliases})
STAND_INS = """\
import time
from pygments.lexer import Lexer
from pygments.token import Text

class Failing(Lexer):
    def get_tokens_unprocessed(self, text):
        raise KeyError("_tokens")

class Endless(Lexer):
    def get_tokens_unprocessed(self, text):
        while True:
            yield 0, Text, ""

class Losing(Lexer):
    def get_tokens_unprocessed(self, text):
        yield 0, Text, text[1:]

class Busy(Lexer):
    def get_tokens_unprocessed(self, text):
        while True:
            pass

class Sleeping(Lexer):
    def get_tokens_unprocessed(self, text):
        time.sleep(3600)

class Exiting(Lexer):
    def get_tokens_unprocessed(self, text):
        raise SystemExit
"""


@pytest.fixture
def stand_ins(tmp_path, monkeypatch) -> None:
    """Lexers of a plugin for Pygments that fail in their own ways."""
    folder = tmp_path / "plugin"
    (folder / "stand_ins-1.0.dist-info").mkdir(parents=True)
    (folder / "stand_ins-1.0.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: stand-ins\nVersion: 1.0\n")
    names = re.findall(r"class (\w+)", STAND_INS)
    points = "".join(f"{name.lower()} = stand_ins:{name}\n" for name in names)
    (folder / "stand_ins-1.0.dist-info/entry_points.txt").write_text(f"[pygments.lexers]\n{points}")
    classes = "".join(f"{name}.aliases = ['{name.lower()}']\n" for name in names)
    (folder / "stand_ins.py").write_text(STAND_INS + classes)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))


def html_of(*blocks: tuple[str, str], seconds: float = 20.0) -> list[str]:
    return Highlighter(seconds).highlighted([Code(*block) for block in blocks]).html


def text_of(html: str) -> str:
    return unescape(TAG.sub("", html))


def test_every_block_of_the_entries_has_pygments_tokens():
    blocks = [block for path in sorted(ENTRIES.glob("*/*.md")) for block in FENCE.findall(path.read_text("utf-8"))]
    pieces = {
        (language, code): [text for _, _, text in get_lexer_by_name(language).get_tokens_unprocessed(code)]
        for language, code in blocks
        if language not in ("text", "console-output", "output")
    }
    shown = {block: lexed(*block) for block in pieces}
    assert [block for block, html in shown.items() if html is None or text_of(html) != "".join(pieces[block])] == []
    assert len(pieces) > 100


@pytest.fixture(scope="module")
def page_of_every_language(tmp_path_factory) -> str:
    """The built page of an entry with a block of code in every language."""
    folder = tmp_path_factory.mktemp("every")
    shutil.copytree(KNOWLEDGE_BASES / "small", folder / "base")
    entry = folder / "base/entries/acme/quiet-exit.md"
    fences = [f"```{language}\n{LINE}```\n" for language in EVERY_LANGUAGE]
    first, second = "".join(fences[::2]), "".join(fences[1::2])
    text = entry.read_text("utf-8").replace("## Cause\n", f"## Cause\n\n{first}", 1)
    entry.write_text(text.replace("## Notes\n", f"## Notes\n\n{second}", 1), "utf-8")
    built = build(folder / "base/mkdocs.yml", folder / "site", strict=True)
    assert built.code == 0, built.output
    return (folder / "site/acme/quiet-exit/index.html").read_text("utf-8")


def test_a_line_of_every_language_that_pygments_knows_keeps_its_text(page_of_every_language):
    shown = [text_of(code) for _, code in BLOCK.findall(page_of_every_language)]
    assert shown.count(LINE) == len(EVERY_LANGUAGE) > 800


def test_nearly_every_language_is_highlighted(page_of_every_language):
    blocks = BLOCK.findall(page_of_every_language)
    assert sum('<span class="' in code.replace(FLAG, "") for _, code in blocks) > 0.9 * len(EVERY_LANGUAGE)


@settings(max_examples=100, deadline=None)
@given(code=st.text(max_size=60), language=st.sampled_from(EVERY_LANGUAGE[::40]))
def test_any_text_keeps_its_text(language, code):
    html = lexed(language, code)
    assert html is None or text_of(html) == code


def test_text_of_no_known_language_is_only_escaped():
    assert html_of(("no-such-language", "a < b")) == ["a &lt; b"]


def test_tokens_carry_the_class_names_of_pygments():
    assert '<span class="nb">cd</span>' in html_of(("sh", "cd /tmp && ls"))[0]


@pytest.mark.parametrize("language", ["failing", "endless", "losing", "exiting"])
def test_code_whose_lexer_fails_is_plain_and_the_rest_is_not(stand_ins, language):
    failed, other = html_of((language, "a < b\n"), ("sh", "cd /\n"))
    assert failed == "a &lt; b\n"
    assert "<span" in other or language == "exiting"


@pytest.mark.parametrize(("language", "longest_wait"), [("busy", 60.0), ("sleeping", 3.0)])
def test_code_that_takes_its_lexer_too_long_is_plain_and_named(stand_ins, language, longest_wait):
    highlighter = Highlighter(0.4, longest_wait)
    blocks = [Code("sh", "cd /\n"), Code(language, "a < b\n"), Code("sh", "ls | wc\n")]
    found = highlighter.highlighted(blocks)
    assert ("<span" in found.html[0], found.html[1], found.slow) == (True, "a &lt; b\n", 1)


def test_the_next_page_is_highlighted_as_if_nothing_had_been(stand_ins):
    highlighter = Highlighter(seconds=0.4)
    assert highlighter.highlighted([Code("busy", "a\n")]).slow == 0
    assert "<span" in highlighter.highlighted([Code("sh", "cd /\n")]).html[0]


@pytest.mark.parametrize(
    ("code", "is_shown"),
    [
        ("cd /\n" * (LONGEST_BLOCK // 5), True),
        ("cd /\n" * (LONGEST_BLOCK // 5 + 1), False),
        ("cd " + "a" * (LONGEST_LINE - 3) + "\n", True),
        ("cd " + "a" * (LONGEST_LINE - 2) + "\n", False),
    ],
)
def test_large_blocks_and_long_lines_are_plain(code, is_shown):
    (html,) = html_of(("sh", code))
    assert (html != escape(code, quote=False)) == is_shown


def test_a_page_is_highlighted_as_far_as_its_first_blocks_go():
    blocks = [Code("sh", f"cd /{number}\n" * 300) for number in range(40)]
    found = Highlighter(20.0).highlighted(blocks)
    size = sum(len(block.text) for block, html in zip(blocks, found.html, strict=True) if "<span" in html)
    assert LONGEST_PAGE - LONGEST_BLOCK < size <= LONGEST_PAGE
    assert found.slow is None


def test_a_build_names_the_line_of_code_that_takes_too_long(tmp_path, stand_ins):
    shutil.copytree(KNOWLEDGE_BASES / "small", tmp_path / "base")
    entry = tmp_path / "base/entries/acme/quiet-exit.md"
    before = "## Cause\n\n    indented\n\n- a list\n\n  ```sh\n  cd /\n  ```\n\n```busy\na < b\n```\n"
    entry.write_text(entry.read_text("utf-8").replace("## Cause\n", before, 1), "utf-8")
    line = entry.read_text("utf-8").split("\n").index("```busy") + 1
    built = build(tmp_path / "base/mkdocs.yml", tmp_path / "site")
    assert built.code == 0, built.output
    assert f"acme/quiet-exit.md:{line}:1: this block of code takes too long" in built.output
    assert "Traceback" not in built.output
    assert "<code>a &lt; b\n</code>" in (tmp_path / "site/acme/quiet-exit/index.html").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the system's list of processes")
def test_no_lexer_outlives_a_build_that_is_killed(stand_ins):
    program = (
        "import os, threading\nfrom kb.site.highlight import Code, Highlighter\nhighlighter = Highlighter(1.0)\n"
        "highlighter.highlighted([Code('sh', 'ls')])\n"
        "print(open(f'/proc/self/task/{os.getpid()}/children').read(), flush=True)\n"
        "highlighter.highlighted([Code('busy', 'x')])"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as building:
        assert building.stdout is not None
        (lexing,) = building.stdout.readline().split()
        building.kill()
    end = time.monotonic() + 30
    while Path(f"/proc/{lexing}/cmdline").exists() and Path(f"/proc/{lexing}/cmdline").read_bytes():
        assert time.monotonic() < end
        time.sleep(0.1)
