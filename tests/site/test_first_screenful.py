"""A reader sees the error and the first step of its first workaround without scrolling."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCREENS = {"laptop": (1280, 800), "phone": (390, 844)}

BELOW = """() => {
    const workaround = document.querySelector("#workarounds").parentElement.querySelector("h3").parentElement;
    const step = [...workaround.querySelectorAll("p, li, pre, tr")].find(
        (element) => element.tagName !== "LI" || ![...element.children].some((child) => child.matches("p, pre"))
    );
    const line = parseFloat(getComputedStyle(step).lineHeight);
    const {top, bottom} = step.getBoundingClientRect();
    const error = document.querySelector("#error").parentElement.getBoundingClientRect();
    return {
        error: Math.ceil(error.bottom) - innerHeight,
        step: Math.ceil(Math.min(bottom, top + 2 * line)) - innerHeight,
    };
}"""
"""How many pixels the error and the first step (its first two lines, if it is long) end below the screen's edge."""


@pytest.fixture(scope="module")
def measured(reader: Page, repository) -> dict[tuple[str, str, str], int]:
    """Screen, part and address -> pixels below the edge, for every entry of the repository."""
    found = {}
    for address in repository.entries():
        reader.goto(repository.url + address, wait_until="domcontentloaded")
        for screen, (width, height) in SCREENS.items():
            reader.set_viewport_size({"width": width, "height": height})
            for part, pixels in reader.evaluate(BELOW).items():
                found[screen, part, address] = pixels
    return found


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("part", ["error", "step"])
def test_no_scrolling_is_needed_to_see_the(measured, screen, part):
    below = {key[2]: pixels for key, pixels in measured.items() if key[:2] == (screen, part) and pixels > 0}
    assert below == {}
