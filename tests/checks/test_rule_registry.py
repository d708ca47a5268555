"""The registry of rules: every rule has a code, a name, and an explanation for those who break it."""

import re

import pytest

from kb.checks import all_rules
from kb.checks.rule import Rule
from kb.entry import DefectKind

RULES = [pytest.param(rule, id=code) for code, rule in all_rules().items()]


def test_rules_stand_in_the_order_of_their_codes():
    assert list(all_rules()) == sorted(all_rules())


def test_no_two_rules_have_one_name():
    assert len({rule.name for rule in all_rules().values()}) == len(all_rules())


def test_the_rules_of_a_family_share_the_first_digit_of_their_codes():
    digits = {(rule.family, code[2]) for code, rule in all_rules().items()}
    assert len(digits) == len({family for family, _ in digits}) == len({digit for _, digit in digits})


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_called_by_a_code_and_a_name(rule: Rule):
    assert re.fullmatch(r"KB\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("part", ["summary", "why", "fix"])
def test_a_rule_is_explained_in_sentences(rule: Rule, part):
    assert re.fullmatch(r"[A-Z`].+[.…]`?", getattr(rule, part), re.DOTALL)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_shows_what_is_bad_and_what_is_good(rule: Rule):
    assert rule.bad.strip() != rule.good.strip() != ""


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_looks_for_something(rule: Rule):
    assert rule.defects or rule.in_source or rule.in_collection


@pytest.mark.parametrize("kind", [kind for kind in DefectKind if kind is not DefectKind.FILE_NAME])
def test_every_kind_of_defect_is_reported_by_one_rule(kind):
    assert [kind in rule.defects for rule in all_rules().values()].count(True) == 1
