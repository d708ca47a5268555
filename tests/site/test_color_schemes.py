"""Light and dark: by the system's preference, or by the toggle, which is remembered."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def is_dark(page: Page) -> bool:
    """Whether the page's background is darker than its text."""
    ink, background = page.evaluate(
        """() => {
            const brightness = (color) => color.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0);
            const {color, backgroundColor} = getComputedStyle(document.body);
            return [color, backgroundColor].map(brightness);
        }"""
    )
    return background < ink


def toggle(page: Page) -> str:
    """Press the toggle, and return what it said it would do."""
    button = page.get_by_role("navigation", name="Site").locator("label:visible[title*='olors']")
    name = button.get_attribute("title")
    button.click()
    return name


@pytest.mark.parametrize("preference", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "acme/port-taken/", "tags/", "rules/kb103/"])
def test_a_page_follows_the_systems_preference(reader, small, preference, address):
    reader.emulate_media(color_scheme=preference)
    reader.goto(small.url + address)
    assert is_dark(reader) == (preference == "dark")


def test_a_page_follows_when_the_system_changes_its_mind(page, small):
    page.emulate_media(color_scheme="light")
    page.goto(small.url)
    light = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).not_to_have_css("background-color", light)
    assert is_dark(page)


def test_the_toggle_goes_through_light_dark_and_back_to_the_system(page, small):
    page.emulate_media(color_scheme="dark")
    page.goto(small.url)
    seen = []
    for _ in range(3):
        toggle(page)
        seen.append(is_dark(page))
    assert seen == [False, True, True]


def test_the_choice_is_remembered_on_other_pages(page, small):
    page.emulate_media(color_scheme="dark")
    page.goto(small.url)
    toggle(page)
    page.goto(f"{small.url}acme/port-taken/")
    assert not is_dark(page)


def test_the_choice_outlives_a_change_of_the_system(page, small):
    page.emulate_media(color_scheme="dark")
    page.goto(small.url)
    toggle(page)
    page.emulate_media(color_scheme="light")
    page.reload()
    page.emulate_media(color_scheme="dark")
    assert not is_dark(page)


def test_the_toggle_can_be_used_with_the_keyboard(page, small):
    page.emulate_media(color_scheme="dark")
    page.goto(small.url)
    page.locator("input[name=__palette]").first.focus()
    page.keyboard.press("ArrowRight")
    assert not is_dark(page)
