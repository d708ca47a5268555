"""Addresses that lead to an entry: its former ones (aliases), and a short one that follows from its issue."""

from collections.abc import Iterator
from html import escape
from typing import Final

from kb.site.model import Site, short_path

_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
<p>This page is at <a href="{target}">{title}</a>.</p>
</html>
"""


def redirect_pages(site: Site) -> Iterator[tuple[str, str]]:
    """File name in the site and content of every redirect. Each works in any browser, without a script."""
    base = (site.options.site_url or "").rstrip("/")
    for entry in site.collection.entries:
        for alias in entry.aliases:
            yield _redirect(f"{alias}/", entry.id, entry.title, base)
        if entry.issue and site.links.covered[entry.issue.ref.casefold()] == entry.id:
            # GitHub takes owner and name in any case; a static server does not.
            for ref in dict.fromkeys((entry.issue.ref, entry.issue.ref.lower())):
                yield _redirect(short_path(ref), entry.id, entry.title, base)


def _redirect(path: str, entry_id: str, title: str, base: str) -> tuple[str, str]:
    target = "../" * path.count("/") + f"{entry_id}/"
    canonical = f"{base}/{entry_id}/" if base else target
    return f"{path}index.html", _PAGE.format(title=escape(title), canonical=escape(canonical), target=escape(target))
