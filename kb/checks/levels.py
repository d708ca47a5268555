"""How much a rule counts in a knowledge base: an error, a warning, or nothing. Keepers say so in `mkdocs.yml`.

Levels are applied to what a check found, and not in it: what is kept of a check serves whatever the levels are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kb.checks.level import Level
from kb.checks.registry import all_rules
from kb.checks.rule import Family, Rule, closest

if TYPE_CHECKING:
    from kb.checks.diagnostic import Diagnostic

_FORM: Final = "error, warning, off, or {level: off, because: …}"


class LevelError(ValueError):
    """What is said of rules can't be so; the text says why."""


@dataclass(frozen=True)
class Levels:
    """The levels of rules that are not errors."""

    by_code: Mapping[str, Level] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object) -> "Levels":
        """What `rules:` says: `{KB206: warning, KB512: {level: off, because: …}}`. Raises LevelError."""
        if value is None:
            return cls()
        if not isinstance(value, dict):
            raise LevelError("rules must be codes with levels: `{KB206: warning}`")
        return cls({_rule(code).code: _level(_rule(code), told) for code, told in value.items()})

    def applied(self, problems: Iterable["Diagnostic"]) -> list["Diagnostic"]:
        """The problems with their levels, without those of rules that are off."""
        if not self.by_code:
            return list(problems)
        levelled = (replace(each, level=self.by_code.get(each.code, each.level)) for each in problems)
        return [each for each in levelled if each.level is not Level.OFF]


def errors_of(problems: Iterable["Diagnostic"]) -> list["Diagnostic"]:
    """Those that stop a build."""
    return [each for each in problems if each.level is Level.ERROR]


def _rule(code: object) -> Rule:
    rules = all_rules()
    if isinstance(code, str) and code in rules:
        return rules[code]
    near = closest(str(code).upper(), list(rules))
    raise LevelError(f"there is no rule {code!r}" + (f"; did you mean {near}?" if near else ""))


def _level(rule: Rule, told: object) -> Level:
    """The level that is told for a rule. Raises LevelError where it can't have it."""
    keys: dict[str, object] = told if isinstance(told, dict) else {"level": told}
    if keys.keys() - {"level", "because"}:
        raise LevelError(f"{rule.code} has to be {_FORM}")
    named, reason = keys.get("level"), str(keys.get("because") or "").strip()
    if named is False:  # what YAML reads for `off`
        named = "off"
    if named not in tuple(Level):
        raise LevelError(f"{rule.code} has to be {_FORM}, and not {named!r}")
    level = Level(str(named))
    if level is not Level.ERROR and rule.firm:
        raise LevelError(f"{rule.code} ({rule.name}) stays an error: {rule.firm}")
    if level is Level.OFF and rule.family is Family.SAFETY and not reason:
        raise LevelError(
            f"{rule.code} ({rule.name}) keeps readers safe, so off needs a reason: "
            f"`{rule.code}: {{level: off, because: …}}`"
        )
    return level
