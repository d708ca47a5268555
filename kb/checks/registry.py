"""The registry: every rule there is, by code. A new module in `kb.checks.rules` is in it by being there."""

import importlib
import pkgutil
from functools import cache

from kb.checks import rules
from kb.checks.rule import Rule


@cache
def all_rules() -> dict[str, Rule]:
    """Code -> rule, in the order of the codes. Raises ValueError where two rules claim one code."""
    found: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(rules.__path__), key=lambda module: module.name):
        rule: Rule = importlib.import_module(f"{rules.__name__}.{module.name}").RULE
        if rule.code in found:
            raise ValueError(f"{module.name}: {rule.code} is {found[rule.code].name} already")
        found[rule.code] = rule
    return dict(sorted(found.items()))
