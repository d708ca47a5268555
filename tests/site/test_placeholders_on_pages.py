r"""Placeholders on an entry's page: the same ones that matching knows, and `\{{` as braces wherever it stands."""

import re

import pytest

from kb.entry import text_of
from kb.site.prose import ProseRenderer, signature_html
from kb.site.urls import Urls

RENDERER = ProseRenderer({}, {}, Urls.at(2))
VARIABLE = re.compile(r'<var class="kb-var" data-kb-var="(\w+)">\1</var>')


def shown(html):
    """HTML as a reader sees it, with placeholders in pointed brackets."""
    html = re.sub(r"<button.*?</button>", "", html)
    return text_of(VARIABLE.sub(r"&lt;\1&gt;", html)).strip()


@pytest.mark.parametrize(
    ("signature", "page"),
    [
        ("Token{{{id}}} failed", "Token{<id>} failed"),
        ("port {{port:int}} of {{host}}", "port <port> of <host>"),
        (r"in template \{{port}}: {{why:rest}}", "in template {{port}}: <why>"),
        ("{{{{id}}}} <b>", "{{<id>}} <b>"),
    ],
)
def test_a_signature_is_shown_with_its_own_braces(signature, page):
    assert shown(signature_html(signature)) == page


@pytest.mark.parametrize(
    ("markdown", "page"),
    [
        ("Stop {{pid}}, not {{other}}.", "Stop <pid>, not {{other}}."),
        (r"Write \{{pid}} or `\{{pid}}`.", "Write {{pid}} or {{pid}}."),
        (
            "```sh\nkill {{pid}}\ndocker ps --format '\\{{.Names}} \\{{pid}}'\n```",
            "kill < <pid>\ndocker ps --format '{{.Names}} {{pid}}'",
        ),
        ("```yaml\ntoken: ${\\{{ secrets.TOKEN }}\n```", "token: ${{{ secrets.TOKEN }}"),
        ("```text\n{{{pid}}} {{pid:int}}\n```", "{<pid>} {{pid:int}}"),
        ("An odd \ufdd0 character.", "An odd \ufffd character."),
    ],
)
def test_prose_and_code_show_placeholders_of_the_signatures_alone(markdown, page):
    assert shown(RENDERER.html(markdown, "git/a.md", {"pid": ("int",)})) == page


def test_an_escaped_brace_in_an_address_stays_one():
    assert 'href="https://host.example/%7B%7Bpid%7D%7D"' in RENDERER.html(
        r"[x](https://host.example/\{{pid}})", "git/a.md", {"pid": ("int",)}
    )
