"""What can be wrong with entries: rules, and diagnostics for those who write entries."""

from kb.checks.diagnostic import Diagnostic, to_report, to_text
from kb.checks.edit import Edit
from kb.checks.formats import to_github, to_json, to_sarif
from kb.checks.guarding import guarded
from kb.checks.mending import MOST_ROUNDS, Mended, mend, mended_text, write_mended
from kb.checks.published import Published
from kb.checks.registry import all_rules
from kb.checks.rule import Rule
from kb.checks.run import Checking, Looked, check, checking_in, checking_of
from kb.checks.shown import json_text, visible

__all__ = [
    "MOST_ROUNDS",
    "Checking",
    "Diagnostic",
    "Edit",
    "Looked",
    "Mended",
    "Published",
    "Rule",
    "all_rules",
    "check",
    "checking_in",
    "checking_of",
    "guarded",
    "json_text",
    "mend",
    "mended_text",
    "to_github",
    "to_json",
    "to_report",
    "to_sarif",
    "to_text",
    "visible",
    "write_mended",
]
