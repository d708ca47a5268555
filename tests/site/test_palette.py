"""A knowledge base's own colors: they are seen on its pages, and refused where they could not be read."""

import re
from itertools import product
from pathlib import Path

import pytest
from axe import violations_by_scheme
from built_sites import Site, build, served
from command import kb
from hypothesis import given
from hypothesis import strategies as st

from kb.site.palette import LEAST_CONTRAST, Color, PaletteError, contrast, palette_css

ACCENT, DARK = "#7a1fa2", "#e0a8ff"
TOKENS = Path(__file__).parents[2] / "kb/site/assets/css/00-tokens.css"

colors = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: str(Color(*parts)))


def started(folder: Path, colors: str) -> Path:
    """The configuration of a knowledge base that was just started, with these colors."""
    options = ("--name", "Acme", "--repo", "https://github.com/acme/fixes", "--product", "Acme")
    assert kb("init", str(folder), *options).returncode == 0
    config = folder / "mkdocs.yml"
    text = re.sub(r"  - kb:\n +\{\}", f"  - kb: {{colors: {{{colors}}}}}", config.read_text("utf-8"))
    config.write_text(text, "utf-8")
    return config


@pytest.fixture(scope="module")
def acme(tmp_path_factory):
    folder = tmp_path_factory.mktemp("palette")
    config = started(folder / "acme", f'accent: "{ACCENT}", accent_dark: "{DARK}"')
    finished = build(config, folder / "site")
    assert finished.code == 0, finished.output
    with served(finished.folder, "/fixes/") as site:
        yield site


def variable(page, name: str) -> str:
    return page.locator("body").evaluate(f"body => getComputedStyle(body).getPropertyValue('{name}').trim()")


@pytest.mark.browser
@pytest.mark.parametrize(("preference", "color"), [("light", ACCENT), ("dark", DARK)])
def test_the_accent_is_seen_in_both_schemes(page, acme: Site, preference, color):
    page.emulate_media(color_scheme=preference)
    page.goto(acme.url + "acme/port-in-use/")
    assert variable(page, "--kb-accent") == color
    assert variable(page, "--kb-slab-accent") == DARK


@pytest.mark.browser
def test_the_accent_reaches_the_main_button_and_leaves_what_is_said_of_a_fix_alone(page, acme: Site):
    page.emulate_media(color_scheme="light")
    page.goto(acme.url)
    color = "e => getComputedStyle(e).{}.match(/\\d+/g).map(Number)"
    main = page.get_by_role("button", name="Find the fix").evaluate(color.format("backgroundColor"))
    assert main == [0xE0, 0xA8, 0xFF]
    page.goto(acme.url + "acme/port-in-use/")
    assert page.locator(".kb-workaround__number, .kb-status").last.is_visible()
    assert page.locator(".kb-entry__path .kb-status").evaluate(color.format("color")) == [0x08, 0x65, 0x3F]


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "acme/port-in-use/"])
def test_pages_in_other_colors_can_be_read(page, acme: Site, address):
    page.emulate_media(reduced_motion="reduce")
    page.goto(acme.url + address)
    assert violations_by_scheme(page, rules=("color-contrast",)) == {}


@pytest.mark.browser
def test_the_started_site_opens_without_an_error(page, acme: Site):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if not answer.ok else None)
    page.goto(acme.url)
    page.get_by_role("link", name=re.compile("Port already in use")).first.click()
    assert page.locator("h1").inner_text().startswith("Port already in use")
    assert errors == []


def test_a_color_that_can_not_be_read_stops_the_build(tmp_path):
    finished = build(started(tmp_path / "acme", 'link: "#ffff00"'), tmp_path / "site")
    assert finished.code == 1
    assert "colors: link: #ffff00 can't be read on" in finished.output
    assert "Traceback" not in finished.output


def test_an_unknown_color_name_is_told(tmp_path):
    finished = build(started(tmp_path / "acme", 'acent: "#7a1fa2"'), tmp_path / "site")
    assert "acent" in finished.output


@pytest.mark.parametrize(
    "text", ["red", "#12", "#1234567", "rgb(1,2,3)", "#gggggg", "#fff;}body{display:none", "", " #fff"]
)
def test_what_is_no_color_is_refused(text):
    with pytest.raises(PaletteError, match="no color"):
        palette_css({"accent": text})


def test_without_colors_the_design_stays_as_it_is():
    assert palette_css({}) == ""


@given(given_colors=st.fixed_dictionaries({"accent": colors, "link": colors}))
def test_a_dark_color_that_follows_from_a_light_one_can_be_read(given_colors):
    try:
        css = palette_css(given_colors)
    except PaletteError as error:
        suggested = re.search(r"(#\w{6}) is like it and can\.$", str(error))
        role = str(error).partition(":")[0]
        assert palette_css({role: suggested[1]})
        return
    tokens = TOKENS.read_text("utf-8").split('[data-kb-scheme="dark"]')[:2]
    blocks = css.split('[data-kb-scheme="dark"]')
    for (block, backgrounds), surface in product(zip(blocks, tokens, strict=True), ("bg", "raised", "sunken")):
        behind = color_of(backgrounds, surface)
        assert contrast(color_of(block, "accent"), behind) >= LEAST_CONTRAST
        assert contrast(color_of(block, "link"), behind) >= LEAST_CONTRAST
        assert contrast(color_of(block, "accent"), color_of(block, "accent-soft")) >= LEAST_CONTRAST
        assert contrast(color_of(block, "on-accent"), color_of(block, "accent")) >= LEAST_CONTRAST


def color_of(css: str, name: str) -> Color:
    return Color(*bytes.fromhex(re.search(rf"--kb-{name}: #(\w{{6}});", css)[1]))


def test_contrast_is_that_of_the_guidelines():
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.478, abs=0.001)
