"""What a command does that a person has to be asked about first, as the rules of the checks find it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

from kb.checks import all_rules
from kb.checks.rule import Inspection
from kb.entry import CoverageCatalog, ProductCatalog, SynonymCatalog, ToolCatalog, YamlDocument, parse_source

Mark = Literal["destroys", "runs-what-it-fetches", "switches-a-safeguard-off"]

_RULES: Final[dict[str, Mark]] = {
    "KB507": "destroys",
    "KB508": "runs-what-it-fetches",
    "KB509": "switches-a-safeguard-off",
}
"""Rule -> what it finds. They look for commands without a warning: here the command stands alone, so all are found."""

_FENCES: Final = re.compile(r"`{3,}")
_SHELL: Final = "sh"


@lru_cache(maxsize=256)
def marks_of(code: str) -> tuple[Mark, ...]:
    """What is dangerous about a block of code, in a fixed order; nothing where no rule knows it."""
    fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(code)), default=0))
    text = f"---\ntitle: A command\n---\n\n## Workaround: Run it\n\n{fence}{_SHELL}\n{code.rstrip()}\n{fence}\n"
    source = parse_source(Path("x/x.md"), "x/x.md", text)
    looks = ((mark, all_rules()[rule].in_source) for rule, mark in _RULES.items())
    return tuple(mark for mark, look in looks if look and next(iter(look(source, _alone())), None))


@cache
def _alone() -> Inspection:
    """What the rules look at besides: nothing."""
    nothing = (Path(), "", YamlDocument(None), ())
    named = ProductCatalog(*nothing, {}), ToolCatalog(*nothing, ()), SynonymCatalog(*nothing, {})
    nobody = parse_source(Path("x/x.md"), "x/x.md", "")
    return Inspection(Path(), (), lambda _: nobody, *named, CoverageCatalog(*nothing, {}), date.min)
