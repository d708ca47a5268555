"""What an organisation puts on its pages besides colors: a logo, links in the footer, a script that counts; and the
language of single entries.
"""

import json
import re

import pytest
from built_sites import build, served
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'
SETTINGS = """\
site_name: Looks
site_url: https://fixes.example/
docs_dir: entries
theme: {name: kb, logo: brand/logo.svg, favicon: brand/icon.png}
extra:
  social:
    - {name: "Help & chat", link: "mailto:help@example.com"}
    - {link: "https://status.example.com/all"}
plugins:
  - kb:
      analytics:
        script: https://count.example/js/script.js
        attributes: {data-domain: fixes.example}
        hosts: ["https://events.example"]
"""


@pytest.fixture(scope="module")
def base(new_folder):
    """A folder with entries in two languages, a logo and an icon."""
    folder = new_folder()
    folder.entry("git/plain.md")
    folder.entry("git/german.md", title="Kein Platz mehr", lang="de", signatures=[{"text": "kein Platz mehr frei"}])
    brand = folder.root.parent / "brand"
    brand.mkdir()
    (brand / "logo.svg").write_text(LOGO)
    (brand / "icon.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder.root.parent


@pytest.fixture(scope="module")
def site(base):
    (base / "mkdocs.yml").write_text(SETTINGS)
    built = build(base / "mkdocs.yml", base / "site")
    assert built.code == 0, built.output
    with served(built.folder) as site:
        yield site


def test_the_logo_and_the_icon_stand_on_every_page(site):
    for address, root in (("", "./"), ("git/german/", "../../"), ("git/", "../")):
        logo = re.search(r'<img class="kb-logo__image" src="([^"]+)" alt="">', site.html(address))[1]
        icon = re.search(r'<link rel="icon" href="([^"]+)">', site.html(address))[1]
        assert logo.startswith(f"{root}assets/logo-")
        assert (site.folder / logo.replace("../", "")).read_text() == LOGO
        assert (site.folder / icon.replace("../", "")).exists()
        assert "kb-logo__mark" not in site.html(address)


def test_links_of_the_footer_are_those_that_material_takes(site):
    footer = site.html("git/").partition('<footer class="kb-footer">')[2]
    assert '<li><a href="mailto:help@example.com" rel="noopener">Help &amp; chat</a></li>' in footer
    assert '<li><a href="https://status.example.com/all" rel="noopener">status.example.com</a></li>' in footer


def test_the_policy_lets_the_counting_script_in_and_no_other(site):
    html = site.html("git/german/")
    assert '<script src="https://count.example/js/script.js" defer data-domain="fixes.example"></script>' in html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"].split()[-2:] == ["https://count.example", "https://events.example"]
    assert rules["connect-src"] == "'self' https://count.example https://events.example"
    assert rules["img-src"] == "'self' data:"


def test_nobody_counts_where_nothing_is_set(small):
    assert 'rel="icon" type="image/svg+xml"' in small.html("")
    assert "<script src=" not in re.sub(r'<script src="[./]*assets/', "", small.html(""))
    assert re.search(r"connect-src 'self';", small.html(""))


@pytest.mark.browser
def test_a_browser_runs_the_script_that_was_let_in(page, site):
    page.route("https://count.example/**", lambda route: route.fulfill(body="document.title = 'counted'"))
    page.goto(f"{site.url}git/german/")
    page.wait_for_function("document.title === 'counted'")


@pytest.mark.parametrize(
    ("was", "instead", "why"),
    [
        ("brand/logo.svg", "brand/none.svg", "theme: logo: brand/none.svg, beside mkdocs.yml: No such file"),
        ("brand/logo.svg", "brand/logo.html", "has none of the endings"),
        ("https://status.example.com/all", "javascript:alert(1)", "has no `link` that is an address"),
        ("https://count.example/js/script.js", "//count.example", "is no address of a server"),
        ("data-domain", "onload", "'onload' is not one that begins with `data-`"),
    ],
)
def test_a_setting_that_can_not_be_followed_is_refused(base, was, instead, why):
    (base / "other.yml").write_text(SETTINGS.replace(was, instead))
    config = load_config(str(base / "other.yml"))
    with pytest.raises(PluginError, match=re.escape(why)):
        config.plugins.on_config(config)


def test_an_entry_says_which_language_it_is_in(site):
    html = site.html("git/german/")
    assert '<html lang="en"' in html
    assert '<article class="kb-entry" lang="de" data-kb-entry="git/german"' in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["inLanguage"] == "de"
    assert '<a class="kb-card__link" href="../git/german/" lang="de">' in site.html("git/")
    assert ' lang="' not in site.html("git/plain/").partition("<article")[2].partition(">")[0]


def test_a_language_that_is_none_is_refused(new_folder):
    folder = new_folder()
    folder.entry("git/a.md", lang="German")
    (defect,) = folder.source("git/a.md").defects
    assert defect.message == "lang has the wrong form: 'German'"
