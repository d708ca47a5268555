"""A site whose entries are there in more than one language: one address each, a switch, and a mark of what is older."""

import json
import re
from pathlib import Path

import pytest
from built_sites import files_of, served
from playwright.sync_api import Page, expect
from test_incremental_build import Project

from kb.entry import load_collection, text_digest

ENTRY = "acme/quiet-exit"
OWN, GERMAN, JAPANESE = f"{ENTRY}/index.html", f"{ENTRY}/de/index.html", f"{ENTRY}/ja/index.html"
BASE = "https://fixes.example/known-fixes/"
PROSE = """
## Summary

Die Stufe des Protokolls verbirgt die Meldung, wie [hier](quiet-exit.ja.yml).

## Workaround: Die Meldung zeigen

```sh
ACME_LOG=error acme serve
```
"""


class Sites:
    """The files of a site before its entry was translated, with two translations, and after they are gone."""

    def __init__(self, folder: Path) -> None:
        project = Project(folder / "project")
        project.replace(f"{ENTRY}.md", "\ncodes:", "\nlang: en\ncodes:")
        project.build()
        self.before = files_of(project.site)
        digest = text_digest(load_collection(project.entries).by_id[ENTRY])
        german, japanese = project.entries / f"{ENTRY}.de.md", project.entries / f"{ENTRY}.ja.yml"
        german.write_text(f"---\ntitle: acme endet stumm\ntranslates: {digest}\n---\n{PROSE}", "utf-8")
        japanese.write_text("title: acme は何も出力せずに終了する\ntranslates: '0'\n", "utf-8")
        self.output = project.build().output
        self.translated = {name: content.decode() for name, content in files_of(project.site).items() if "html" in name}
        self.all = files_of(project.site)
        self.anew = project.from_nothing()
        self.folder = project.config.parent / "anew/site"
        self.written = project.written(lambda: project.replace(f"{ENTRY}.de.md", "Stufe", "Ebene"))
        german.unlink()
        japanese.unlink()
        project.build()
        self.after = files_of(project.site)


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Sites:
    return Sites(tmp_path_factory.mktemp("translated"))


def article(html: str) -> str:
    return re.search(r"<article.*</article>", html, re.DOTALL)[0]


def test_a_translation_has_an_address_of_its_own(sites):
    assert {GERMAN, JAPANESE} <= sites.all.keys()
    german = sites.translated[GERMAN]
    assert f'<link rel="canonical" href="{BASE}{ENTRY}/de/">' in german
    assert '<h1 class="kb-entry__title">acme endet stumm</h1>' in german
    assert f"<loc>{BASE}{ENTRY}/de/</loc>" in sites.all["sitemap.xml"].decode()
    assert f'<link rel="canonical" href="{BASE}{ENTRY}/">' in sites.translated[OWN]


def test_each_page_says_its_language_and_where_the_others_are(sites):
    for name, code in ((OWN, "en"), (GERMAN, "de"), (JAPANESE, "ja")):
        html = sites.translated[name]
        assert f'<article class="kb-entry" lang="{code}"' in html
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
        assert data["inLanguage"] == code
        found = dict(re.findall(r'<link rel="[^"]*" hreflang="([^"]*)" href="([^"]*)">', html))
        own = f"{BASE}{ENTRY}/"
        assert found == {"en": own, "de": f"{own}de/", "ja": f"{own}ja/", "x-default": own}
        assert re.findall(r'aria-current="page" lang="(\w+)">', html) == [code]


def test_the_switch_names_languages_in_their_own_words(sites):
    switch = re.search(r'<nav class="kb-tongues".*?</nav>', sites.translated[GERMAN], re.DOTALL)[0]
    assert re.findall(r">([^<>]+)</(?:a|span)>", switch) == ["English", "Deutsch", "日本語"]
    assert re.findall(r'href="([^"]*)"', switch) == [f"../../../{ENTRY}/", f"../../../{ENTRY}/ja/"]


def test_what_a_translation_lacks_is_shown_in_the_entrys_language(sites):
    html = article(sites.translated[GERMAN])
    assert '<div class="kb-prose"><p>Die Stufe' in html
    assert re.search(r'<div class="kb-prose" lang="en"><p><code>ACME_LOG=off</code>', html)
    assert len(re.findall(r'id="workarounds?-[^"]*"', html)) == 1


def test_a_link_to_a_translation_leads_there(sites):
    assert f'<a href="../../../{ENTRY}/ja/"' in sites.translated[GERMAN]


def test_an_older_translation_says_so_and_the_build_warns(sites):
    assert "kb-age" not in sites.translated[GERMAN] + sites.translated[OWN]
    assert "The text in English has changed since this was translated." in sites.translated[JAPANESE]
    assert "KB217 warning: acme/quiet-exit.md has changed since this was translated" in sites.output


def test_votes_data_and_signatures_are_those_of_the_entry(sites):
    html = sites.translated[GERMAN]
    assert f'data-kb-entry="{ENTRY}"' in html
    assert 'href="../index.md"' in html
    assert f'href="../../../api/v1/entries/{ENTRY}.json"' in html
    assert "acme exited with status 3" in html


def test_a_translation_stands_in_no_list_index_or_feed(sites):
    """Beside its own page, it is on that of its entry, and in the site's map."""
    changed = {name for name, content in sites.all.items() if sites.before.get(name) != content}
    # The map is compressed, too; sites count their own pages nowhere.
    assert changed == {OWN, GERMAN, JAPANESE, "sitemap.xml", "sitemap.xml.gz"}


def test_a_changed_translation_touches_its_page_alone(sites):
    pages = {name for name in sites.written if name.endswith("/index.html") and not name.startswith("rules/")}
    assert {name for name in pages if name.startswith(("acme/", "borealis/"))} == {GERMAN}


def test_a_build_gives_the_bytes_of_one_from_nothing(sites):
    assert sites.all == sites.anew


def test_without_its_translations_a_site_is_as_before(sites):
    assert sites.after == sites.before


@pytest.mark.browser
def test_a_reader_switches_from_language_to_language(page: Page, sites):
    title = page.get_by_role("heading", level=1)
    with served(sites.folder) as site:
        page.goto(f"{site.url}{ENTRY}/ja/")
        page.wait_for_load_state("networkidle")
        expect(title).to_have_text("acme は何も出力せずに終了する")
        page.get_by_role("link", name="Deutsch").click()
        expect(title).to_have_text("acme endet stumm")
        page.get_by_role("link", name="English").click()
        expect(title).to_have_text("acme exits with status 3 and prints nothing at all")
