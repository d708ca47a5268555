"""A reader sees the error and the first step of its first workaround without scrolling, and scrolls no page sideways.

An entry is opened once, in a frame that has the sizes of both screens in turn.
"""

import pytest
from playwright.sync_api import Page
from shelf import some

pytestmark = pytest.mark.browser

MOST = 60
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
        width: document.documentElement.scrollWidth - innerWidth,
    };
}"""
"""How many pixels the error and the first step (its first two lines, if it is long) end below the screen's edge, and
how many the page ends beside it."""

OPEN = """address => new Promise(resolve => {
    const frame = Object.assign(document.createElement("iframe"), {src: address, onload: resolve});
    document.body.replaceChildren(frame);
})"""

SIZE = "size => Object.assign(document.querySelector('iframe'), size)"


@pytest.fixture(scope="module")
def measured(reader: Page, repository) -> dict[tuple[str, str, str], int]:
    """Screen, part and address -> pixels out of sight, for entries of the repository."""
    host = f"{repository.url}frame"
    reader.route(
        host, lambda route: route.fulfill(body="<!doctype html><title>Frame</title>", content_type="text/html")
    )
    reader.goto(host)
    reader.unroute(host)
    found = {}
    for address in some(repository.entries(), MOST):
        reader.evaluate(OPEN, repository.url + address)
        for screen, (width, height) in SCREENS.items():
            reader.evaluate(SIZE, {"width": width, "height": height})
            for part, pixels in reader.frames[1].evaluate(BELOW).items():
                found[screen, part, address] = pixels
    return found


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("part", ["error", "step"])
def test_no_scrolling_is_needed_to_see_the(measured, screen, part):
    below = {key[2]: pixels for key, pixels in measured.items() if key[:2] == (screen, part) and pixels > 0}
    assert below == {}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_entry_is_wider_than_the(measured, screen):
    wider = {key[2]: pixels for key, pixels in measured.items() if key[:2] == (screen, "width") and pixels > 0}
    assert wider == {}
