"""An entry's sections on its page: each rendered from its own Markdown, as GitHub renders the whole file."""

from pathlib import Path

import pytest

from kb.entry import parse_source, text_of
from kb.site.prose import ProseRenderer
from kb.site.urls import Urls

HEAD = "---\ntitle: T\nsignatures:\n  - text: m\nupdated: 2026-11-01\n---\n\n"
RENDERER = ProseRenderer({}, {}, Urls.at(2))


def sections_of(body, name="git/a.md", head=HEAD):
    source = parse_source(Path(name), name, head + body)
    assert source.entry, source.defects
    return RENDERER.sections(source.entry, {}).sections


@pytest.mark.parametrize(
    ("definition", "target"),
    [
        ("[the  Manual]: https://a.example/?x=1&y=2 'Its title'", "https://a.example/?x=1&amp;y=2"),
        ("> [THE MANUAL]: <https://a.example/two words>", "https://a.example/two%20words"),
        ("[the manual]: https://a.example/first\n[the manual]: https://a.example/second", "https://a.example/first"),
        ("[the manual]:\n   https://a.example/next-line", "https://a.example/next-line"),
        ("[the manual]: <https://a.example/in-brackets>", "https://a.example/in-brackets"),
    ],
)
@pytest.mark.parametrize("use", ["[the manual]", "[the manual][]", "[the manual][the\nmanual]"])
def test_a_reference_finds_its_definition_in_another_section(definition, target, use):
    summary, *_ = sections_of(f"## Summary\n\nRead {use}.\n\n## Cause\n\nC\n\n{definition}\n\n## Workaround: W\n\nW\n")
    assert summary.html == f'<p>Read <a href="{target}" rel="noopener">the manual</a>.</p>'


@pytest.mark.parametrize("end", ["", "\n"], ids=["no line break at the end", "a line break at the end"])
def test_a_definition_in_brackets_may_be_the_last_line(end):
    *_, last = sections_of(
        f"## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nSee [a].\n\n[a]: <https://a.example/>{end}"
    )
    assert last.html == '<p>See <a href="https://a.example/" rel="noopener">a</a>.</p>'


@pytest.mark.parametrize(
    "no_definition",
    [
        "```text\n[the manual]: https://a.example/\n```",
        "A paragraph\n[the manual]: https://a.example/",
        "`[the manual]: https://a.example/`",
        "[the manual]: https://a.example/ and more",
    ],
)
def test_what_only_looks_like_a_definition_is_none(no_definition):
    summary, *_ = sections_of(f"## Summary\n\n[the manual]\n\n## Cause\n\nC\n\n## Workaround: W\n\n{no_definition}\n")
    assert summary.html == "<p>[the manual]</p>"


def test_a_definition_with_a_target_that_no_page_may_have_leads_nowhere():
    body = "## Summary\n\n[go]\n\n## Cause\n\nC\n\n## Workaround: W\n\nW\n\n[go]: javascript:alert(1)\n"
    assert "javascript" not in sections_of(body)[0].html


def test_sections_with_equal_headings_have_anchors_of_their_own():
    body = "## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: Wait\n\nA\n\n## Workaround: Wait\n\nB\n"
    assert [(section.anchor, section.html) for section in sections_of(body)] == [
        ("summary", "<p>S</p>"),
        ("cause", "<p>C</p>"),
        ("workaround-wait", "<p>A</p>"),
        ("workaround-wait-1", "<p>B</p>"),
    ]


def test_sections_stand_in_the_order_of_the_file_with_their_headings_markup():
    body = (
        "## Cause\n\nC\n\nWorkaround: Use `a`\n---\n\nA\n\n## Notes: See [it] ##\n\nN\n\n"
        "## Workaround: B &amp; C\n\n[it]: https://it.example\n\nB\n\n## Summary\n\nS\n"
    )
    assert [(each.kind, each.title, each.title_html, text_of(each.html)) for each in sections_of(body)] == [
        ("cause", "Cause", "Cause", "C"),
        ("workarounds", "Use a", "Use <code>a</code>", "A"),
        ("notes", "See it", 'See <a href="https://it.example" rel="noopener">it</a>', "N"),
        ("workarounds", "B & C", "B &amp; C", "B"),
        ("summary", "Summary", "Summary", "S"),
    ]


def test_a_yaml_entry_has_the_same_sections():
    head = (
        "title: T\nsignatures:\n  - text: m\nupdated: 2026-11-01\nsummary: Read [it].\ncause: C\n"
        'workarounds:\n  - title: Use `a`\n    body: "W\\n\\n[it]: https://it.example"\n'
    )
    found = sections_of("", "git/a.yml", head)
    assert [(each.kind, each.title_html, text_of(each.html)) for each in found] == [
        ("summary", "Summary", "Read it."),
        ("cause", "Cause", "C"),
        ("workarounds", "Use <code>a</code>", "W"),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.", "<p>Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.</p>"),
        ("`<kbd>`", "<p><code>&lt;kbd&gt;</code></p>"),
        ("<kbd onclick=x>F5</kbd>", "<p>&lt;kbd onclick=x&gt;F5&lt;/kbd&gt;</p>"),
        ("<kbd><b>F5</b></kbd>", "<p>&lt;kbd&gt;&lt;b&gt;F5&lt;/b&gt;&lt;/kbd&gt;</p>"),
    ],
)
def test_a_key_is_shown_as_a_key_and_all_other_html_as_text(text, html):
    summary, *_ = sections_of(f"## Summary\n\n{text}\n\n## Cause\n\nC\n\n## Workaround: W\n\nW\n")
    assert summary.html == html
