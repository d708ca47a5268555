"""What axe-core finds on a page that keeps somebody from reading or using it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NEXT_FRAME = "() => new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown)))"


def violations(page: Page, part: str | None = None, *, rules: tuple[str, ...] = ()) -> str:
    """axe-core's report on a page, or on the part that a selector names; empty where it finds nothing.

    By `rules`, or by all there are. What passes is not put together: that takes as long as to find out.
    """
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    results = Axe().run(page, context=part, options=options)
    return results.generate_report() if results.violations_count else ""


def violations_by_scheme(page: Page, part: str | None = None, *, rules: tuple[str, ...] = ()) -> dict[str, str]:
    """What axe-core finds on a page as it is, in light and in dark colors, where it finds anything.

    To load a page again takes half as long as to look at it, and gives it the same colors (test_color_schemes.py).
    """
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(NEXT_FRAME)  # the theme hears of it, and repaints
        found[scheme] = violations(page, part, rules=rules)
    return {scheme: report for scheme, report in found.items() if report}
