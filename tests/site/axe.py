"""What axe-core finds on a page that keeps somebody from reading or using it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page, part: str | None = None, *, rules: tuple[str, ...] = ()) -> str:
    """axe-core's report on a page, or on the part that a selector names; empty where it finds nothing.

    By `rules`, or by all there are. What passes is not put together: that takes as long as to find out.
    """
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    results = Axe().run(page, context=part, options=options)
    return results.generate_report() if results.violations_count else ""
