"""What follows from all entries together: related entries, backlinks, groups, tools, trending."""

from kb.links.addresses import SHORT_FOLDER, Address, addresses, covered_issues, short_path, shortcuts
from kb.links.features import features_of
from kb.links.graph import Links, by_day, compute_links
from kb.links.moves import Move, moves
from kb.links.needed import by_need, varied
from kb.links.references import Mention, entry_of_target, mentions_of_translations
from kb.links.related import related_entries
from kb.links.trending import score, trending, trending_formula, weighed_votes

__all__ = [
    "SHORT_FOLDER",
    "Address",
    "Links",
    "Mention",
    "Move",
    "addresses",
    "by_day",
    "by_need",
    "compute_links",
    "covered_issues",
    "entry_of_target",
    "features_of",
    "mentions_of_translations",
    "moves",
    "related_entries",
    "score",
    "short_path",
    "shortcuts",
    "trending",
    "trending_formula",
    "varied",
    "weighed_votes",
]
