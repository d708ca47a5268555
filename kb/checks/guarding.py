"""Text that a program printed, made fit to stand in an entry by the rules that guard examples."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from kb.checks.edit import apply_edits
from kb.checks.registry import all_rules
from kb.checks.rule import Family, Finding, Inspection
from kb.entry import CoverageCatalog, ProductCatalog, SynonymCatalog, ToolCatalog, YamlDocument, parse_source

_GUARDS: Final = ("KB501", "KB502", "KB503", "KB504", "KB505")
"""Secrets, addresses, home folders, characters that nobody sees."""
_MOST_ROUNDS: Final = 3


def guarded(text: str) -> str | None:
    """The text with what would give somebody away replaced; None where that takes a person to do."""
    for _ in range(_MOST_ROUNDS):
        found = _found(text)
        if not found:
            return text
        if not all(finding.edits for finding in found):
            return None
        text, _ = apply_edits(text, [finding.edits for finding in found])
    return None if _found(text) else text


def objections(markdown: str) -> tuple[str, ...]:
    """What the rules of safety say against a piece of prose or code that stands alone, without anybody's warning."""
    source = parse_source(Path("x/x.md"), "x/x.md", f"---\ntitle: A text\n---\n\n## Workaround: Do it\n\n{markdown}\n")
    rules = (rule for rule in all_rules().values() if rule.family is Family.SAFETY and rule.in_source)
    looks = ((rule.code, rule.in_source) for rule in rules)
    found = (f"{code}, {finding.message}" for code, look in looks if look for finding in look(source, _alone()))
    return tuple(dict.fromkeys(found))


def _found(text: str) -> list[Finding]:
    source = parse_source(Path("x/x.md"), "x/x.md", text)
    looks = (all_rules()[code].in_source for code in _GUARDS)
    return [finding for look in looks if look for finding in look(source, _alone())]


@cache
def _alone() -> Inspection:
    """What the rules look at besides: nothing."""
    nothing = (Path(), "", YamlDocument(None), ())
    named = ProductCatalog(*nothing, {}), ToolCatalog(*nothing, ()), SynonymCatalog(*nothing, {})
    catalogs = *named, CoverageCatalog(*nothing, {})
    return Inspection(Path(), (), lambda _: parse_source(Path(), "x/x.md", ""), *catalogs, date.min)
