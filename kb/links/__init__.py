"""What follows from all entries together: related entries, backlinks, groups, tools, trending."""

from kb.links.graph import Links, compute_links
from kb.links.references import ISSUE_REF, ISSUE_URL, covered_issues, entry_of_target
from kb.links.tools import ToolRanking
from kb.links.trending import score, trending, trending_formula

__all__ = [
    "ISSUE_REF",
    "ISSUE_URL",
    "Links",
    "ToolRanking",
    "compute_links",
    "covered_issues",
    "entry_of_target",
    "score",
    "trending",
    "trending_formula",
]
