"""Paragraphs for comments on GitHub, where every line end shows."""

import pytest

from kb.entry import load_collection
from kb.entry.markdown import to_html
from kb.github.paragraphs import unwrapped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Stop it,\nor wait.\n\nThen\ngo on.", "Stop it, or wait.\n\nThen go on."),
        ("- Stop it,\n  or wait.\n- Go on.", "- Stop it, or wait.\n- Go on."),
        ("1. Stop it,\n   or wait.\n2. Go on.", "1. Stop it, or wait.\n2. Go on."),
        ("> [!WARNING]\n> It is\n> gone.\nEnd", "> [!WARNING]\n> It is gone.\nEnd"),
        ("Run\n\n```sh\na\nb\n```\nand then\nlook.", "Run\n\n```sh\na\nb\n```\nand then look."),
        ("- Run\n  ```sh\n  a\n  b\n  ```\n  and look", "- Run\n  ```sh\n  a\n  b\n  ```\n  and look"),
        ("> ```\n> a\n> b\n> ```", "> ```\n> a\n> b\n> ```"),
        ("    a\n    b", "    a\n    b"),
        ("    a\n\n    b", "    a\n\n    b"),
        ("a | b\n--- | ---\n1 | 2", "a | b\n--- | ---\n1 | 2"),
        ("### Title\ntext\nmore", "### Title\ntext more"),
        ("Title\n---\ntext", "Title\n---\ntext"),
        ("two  \nlines\\\nmeant", "two  \nlines\\\nmeant"),
        ("see [a]\n\n[a]: https://a.example\n[b]: https://b.example",) * 2,
        ("<details>\n<summary>x</summary>\ntext",) * 2,
    ],
)
def test_line_ends_inside_of_paragraphs_go(written, shown):
    assert unwrapped(written) == shown


def test_what_entries_say_stays_the_same(repository_entries):
    """The HTML of each entry's prose differs in white space alone."""
    for entry in load_collection(repository_entries).entries:
        for prose in (entry.summary, entry.cause, *(step.body for step in entry.workarounds)):
            assert words_of(unwrapped(prose)) == words_of(prose), entry.id


def words_of(markdown: str) -> list[str]:
    """What Markdown means, without where it stands."""
    return to_html(markdown).split()


@pytest.fixture
def repository_entries(request):
    return request.config.rootpath / "entries"
