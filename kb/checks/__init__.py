"""What can be wrong with entries: rules, and diagnostics for those who write entries."""

from kb.checks.diagnostic import Diagnostic, to_report, to_text, visible
from kb.checks.registry import all_rules
from kb.checks.rule import Family, Rule
from kb.checks.run import check

__all__ = ["Diagnostic", "Family", "Rule", "all_rules", "check", "to_report", "to_text", "visible"]
