"""What follows from all entries together: related entries, backlinks, groups, tools, trending."""

from kb.links.addresses import Address, addresses, by_entry, by_key, covered_issues, short_path
from kb.links.graph import Links, compute_links
from kb.links.moves import Move, moves
from kb.links.references import ISSUE_REF, entry_of_target
from kb.links.tools import ToolRanking
from kb.links.trending import score, trending, trending_formula

__all__ = [
    "ISSUE_REF",
    "Address",
    "Links",
    "Move",
    "ToolRanking",
    "addresses",
    "by_entry",
    "by_key",
    "compute_links",
    "covered_issues",
    "entry_of_target",
    "moves",
    "score",
    "short_path",
    "trending",
    "trending_formula",
]
