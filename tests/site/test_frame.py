"""The theme, evaluated once for all entries, gives the bytes of the full template."""

import re
from pathlib import Path

import pytest
import yaml
from built_sites import KNOWLEDGE_BASES, ROOT, UNCHECKED, Build, build, files_of

CONFIGS = {
    "repository": ROOT / "mkdocs.yml",
    "small": KNOWLEDGE_BASES / "small/mkdocs.yml",
    "hostile": KNOWLEDGE_BASES / "hostile/mkdocs.yml",
}
MARK = re.compile(rb"<!--page (.*?)-->")


def build_with_footer(name: str, folder: Path, before: str) -> Build:
    """Build a knowledge base, search aside, with `before` in front of the theme's footer, as `custom_dir` allows."""
    partials = folder / "overrides/partials"
    partials.mkdir(parents=True)
    footer = (ROOT / "kb/site/theme/partials/footer.html").read_text("utf-8")
    (partials / "footer.html").write_text(before + footer, "utf-8")
    config = folder / "mkdocs.yml"
    settings = {
        "INHERIT": str(CONFIGS[name]),
        "docs_dir": str(CONFIGS[name].parent / "entries"),
        "theme": {"name": "kb", "custom_dir": str(folder / "overrides")},
        "plugins": {"kb": {"search": False}},
    }
    config.write_text(yaml.safe_dump(settings), "utf-8")
    finished = build(config, folder / "site", UNCHECKED if name == "hostile" else "mkdocs")
    assert finished.code == 0, finished.output
    return finished


@pytest.fixture(scope="module", params=CONFIGS)
def by_full_template(request, tmp_path_factory) -> tuple[str, Build]:
    """A knowledge base's name, and its site with a theme that differs from page to page in a comment."""
    folder = tmp_path_factory.mktemp(f"{request.param}-full")
    return request.param, build_with_footer(request.param, folder, "<!--page {{ page.url if page }}-->")


def test_a_theme_that_differs_from_page_to_page_is_evaluated_for_each(by_full_template):
    _, built = by_full_template
    wrong = {}
    for name, content in files_of(built.folder).items():
        if b"data-kb-entry=" in content:
            (address,) = MARK.findall(content)
            if f"{address.decode()}index.html" != name:
                wrong[name] = address
    assert wrong == {}


def test_the_fallback_is_announced(by_full_template):
    assert "differs from page to page" in by_full_template[1].output


def test_the_frame_gives_the_bytes_of_the_full_template(request, by_full_template):
    name, built = by_full_template
    full, framed = (
        {path: MARK.sub(b"", content) for path, content in files_of(folder).items() if path.endswith(".html")}
        for folder in (built.folder, request.getfixturevalue(f"{name}_folder"))
    )
    assert framed.keys() == full.keys()
    assert [path for path in framed if framed[path] != full[path]] == []


def test_an_override_that_is_the_same_on_every_page_shows_on_every_entry(tmp_path):
    built = build_with_footer("small", tmp_path, "<p>Of our own.</p>")
    entries = [content for content in files_of(built.folder).values() if b"data-kb-entry=" in content]
    assert len(entries) == 5
    assert all(content.count(b"<p>Of our own.</p>") == 1 for content in entries)
