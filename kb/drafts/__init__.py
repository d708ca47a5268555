"""Drafts of entries: from an error, a form or an issue to a file that passes the checks."""

from kb.drafts.book import EntriesBook, open_book
from kb.drafts.checked_entry import Checking, Written, placed, problems_of, write_entry
from kb.drafts.draft import Draft, DraftError, draft_entry, telling_error, with_changes
from kb.drafts.environment import Environment, environment_of, environment_said
from kb.drafts.from_form import usable, write_form
from kb.drafts.guesses import find_product, free_slug_of, knowing_entries, slug_problem
from kb.drafts.importing import Importer, Outcome
from kb.drafts.issue_form import read_form
from kb.drafts.piped import both_ends
from kb.drafts.rewording import RefusedError, Rewording, reworded
from kb.drafts.signature import draft_signature
from kb.drafts.telling import error_blocks

__all__ = [
    "Checking",
    "Draft",
    "DraftError",
    "EntriesBook",
    "Environment",
    "Importer",
    "Outcome",
    "RefusedError",
    "Rewording",
    "Written",
    "both_ends",
    "draft_entry",
    "draft_signature",
    "environment_of",
    "environment_said",
    "error_blocks",
    "find_product",
    "free_slug_of",
    "knowing_entries",
    "open_book",
    "placed",
    "problems_of",
    "read_form",
    "reworded",
    "slug_problem",
    "telling_error",
    "usable",
    "with_changes",
    "write_entry",
    "write_form",
]
