"""On paper stand the error, the reason and the way out."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def paper(reader: Page, small) -> Page:
    """An entry's page as it is printed."""
    reader.goto(f"{small.url}acme/port-taken/")
    reader.emulate_media(media="print")
    return reader


@pytest.mark.parametrize("role", ["banner", "search", "contentinfo"])
def test_the_chrome_is_not_printed(paper, role):
    assert not any(found.is_visible() for found in paper.get_by_role(role, include_hidden=True).all())


@pytest.mark.parametrize(
    "selector",
    ["[data-kb-copy]", "[data-kb-votes]", "[data-md-component=top]", "[data-md-component=toc]", "header label"],
)
def test_what_only_a_screen_can_use_is_not_printed(paper, selector):
    assert paper.locator(selector).count() > 0
    assert not any(found.is_visible() for found in paper.locator(selector).all())


@pytest.mark.parametrize("anchor", ["error", "summary", "workarounds", "cause"])
def test_the_error_the_reason_and_the_way_out_are_printed(paper, anchor):
    expect(paper.locator(f"#{anchor}")).to_be_visible()


def test_a_long_error_is_printed_whole(repository, page):
    page.goto(f"{repository.url}claude-code/extra-usage-400/")
    page.emulate_media(media="print")
    hidden = page.locator("#main pre:visible").evaluate_all(
        "blocks => blocks.map(pre => [pre.scrollHeight - pre.clientHeight, pre.scrollWidth - pre.clientWidth])"
    )
    assert len(hidden) > 5
    assert max(pixels for sizes in hidden for pixels in sizes) <= 1


def test_dark_colors_are_not_printed(page, small):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{small.url}acme/port-taken/")
    colors = page.locator("body, #main h1, #main .kb-prose p, #main pre code").evaluate_all(
        "found => [...new Set(found.map(element => getComputedStyle(element).color))]"
    )
    assert all(sum(int(part) for part in color.strip("rgba()").split(",")[:3]) < 3 * 128 for color in colors), colors
