"""Waivers: an entry says of a rule, with a reason, that what the rule finds in it is meant so.

A waiver takes away what the rule finds in that one file. One that takes nothing away is told (KB216), and so is one of
a rule that is firm. What a look at one file finds is waived there, in any process; the rest at the end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kb.checks.claims import Claims, Waiver
from kb.checks.diagnostic import Diagnostic
from kb.checks.registry import all_rules


def without_waived(problems: Iterable[Diagnostic], claims: Claims) -> tuple[tuple[Diagnostic, ...], Claims]:
    """The problems of a file that it does not waive, and its claims, in which the waivers that served are marked."""
    found = tuple(problems)
    if not claims.waivers:
        return found, claims
    codes = {each.code for each in claims.waivers if can_be_waived(each.code)}
    served = codes & {problem.code for problem in found}
    waivers = tuple(each._replace(has_served=each.has_served or each.code in served) for each in claims.waivers)
    return tuple(each for each in found if each.code not in codes), replace(claims, waivers=waivers)


def unused(claims: Claims, ran: Mapping[str, bool]) -> list[Waiver]:
    """The waivers of a file that served nothing. `ran` says of each rule's code whether it was looked for at all."""
    return [each for each in claims.waivers if not each.has_served and can_be_waived(each.code) and ran[each.code]]


def can_be_waived(code: str) -> bool:
    """Whether there is such a rule, and an entry may waive it."""
    rule = all_rules().get(code)
    return rule is not None and not rule.firm
