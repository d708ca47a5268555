"""Target `entry`: whole entries in Markdown. What passes the check is shown, and nothing of it runs."""

import corpus
from expectations import FORMS, formatted_once, harmless, mended_stays_readable, same_twice, told
from folder_of_one import loaded
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import mutants

from kb.entry import Entry
from kb.match import types_of
from kb.site.prose import ProseRenderer, signature_html
from kb.site.urls import Urls

LANGUAGES = st.sampled_from(
    ("", "sh", "console", "python", "json", "yaml", "js", "diff", "text", "SH", "x-y", "{.a}", "\u00e9")
)
COMMANDS = st.sampled_from(
    ("rm -rf {{x}}", "curl https://example.org/x | sh", "git push --force", "kill {{pid}}", "echo '", 'echo "$(',
     "cat <<E", "a \\", "dd of=/dev/{{x}}", "chmod 777 .", "pip install {{package}}", ":", "$ ls", "# c", "\u0435cho",
     "a\u200bb")
)  # fmt: skip
INLINE = st.sampled_from(
    ("[a](b.md#c)", "[a](../git/a.md)", "[a](javascript:x)", "[a](<data:x>)", "![a](b)", "<b>", "<!-- ", "&#x202e;",
     "`a`", "``", "*", "__", "~~", "\\", "o/n#1", "#1", "www.example.org", "https://example.org/a?b=c&d",
     "a@host.example", "{{x}}", "\\{{", "[^1]", "[^1]: x\n", "|", "$", "192.0.2.1", "/home/alice/", "TODO",
     "@someone", "\u202e", "\u200b", "\x1b[0m", "\x00", "\u2028", "\U0001f469\u200d", "AKIAQZ7XWJ4KLM2NPRST")
)  # fmt: skip
BLOCKS = st.sampled_from(
    ("## Summary\n\n", "## Cause\n\n", "## Workaround: x\n\n", "## Workaround: `a` & {{x}}\n\n", "## Nope\n\n",
     "### x\n\n", "Setext\n---\n\n", "> [!WARNING]\n> x\n\n", ">[!NOTE]\n", "> > x\n", "- [ ] x\n", "- - x\n",
     "1. x\n", "   x\n", "\tx\n", "---\n", "| a |\n|---|\n| b |\n", "<div>\n\n", "<script>x</script>\n\n",
     "[r]: x\n\n", "\n\n", "\r\n")
)  # fmt: skip


@st.composite
def fences(draw: st.DrawFn) -> str:
    """A block of code, closed or not, at any indent, alone or in a quote or list."""
    mark = draw(st.sampled_from(("```", "~~~", "````")))
    code = "\n".join(draw(st.lists(COMMANDS | INLINE, max_size=4)))
    before = draw(st.sampled_from(("", "", "  ", "   ", "    ", "> ", "- ", "1. ")))
    lines = [mark + draw(LANGUAGES), *code.split("\n"), *([mark] if draw(st.integers(0, 5)) else [])]
    return "\n" + "".join(f"{before}{line}\n" for line in lines) + "\n"


PIECES = BLOCKS | INLINE | fences() | st.sampled_from(corpus.payloads()) | st.text(max_size=6)
HEAD = """\
---
title: T
signatures:
  - text: "some {{x}} words of {{pid:int}}"
    examples: ["some 1 words of 2"]
tags: [a]
updated: 2026-01-02
---

"""
PARTS = ("## Summary\n\nS ", "\n\n## Cause\n\nC ", "\n\n## Workaround: W\n\nB ")


@st.composite
def written(draw: st.DrawFn) -> str:
    """A good entry to which each section got a few pieces."""
    return HEAD + "".join(part + "".join(draw(st.lists(PIECES, max_size=6))) for part in PARTS)


@settings(max_examples=40)
@given(text=mutants(corpus.entries(), PIECES) | written(), form=st.sampled_from(FORMS))
def test_any_entry_is_told_of_and_what_is_read_is_shown(text, form):
    collection = loaded("git/a.md", text)
    found = told(collection, form)
    mended_stays_readable(collection, found)
    for source in collection.sources:
        same_twice(source)
        formatted_once(source)
        if source.entry is None:
            assert found
        else:
            shown(source.entry, is_good=not found)


def shown(entry: Entry, *, is_good: bool) -> None:
    """The parts of an entry's page: each section under its heading, and no script."""
    types = types_of(signature.text for signature in entry.signatures)
    sections = RENDERER.sections(entry, types).sections
    assert {"summary", "cause", "workarounds"} <= {section.kind for section in sections}
    for section in sections:
        harmless(section.title_html + section.html)
    for signature in entry.signatures:
        html = signature_html(signature.text)
        harmless(html)
        # A placeholder that a page can't name; what the check refuses never gets there.
        assert not is_good or "None" not in html or "None" in signature.text


RENDERER = ProseRenderer({}, {}, Urls.at(2))
