"""Drafts of entries: from an error, a form or an issue to a file that passes the checks."""

from kb.drafts.book import EntriesBook, open_book
from kb.drafts.checked_entry import Checking, Written, placed, problems_of, write_entry
from kb.drafts.draft import Draft, DraftError, draft_entry, telling_error, with_changes
from kb.drafts.environment import Environment, environment_of, environment_said
from kb.drafts.guesses import find_product, is_known, known_answers
from kb.drafts.importing import Importer, Outcome
from kb.drafts.issue_form import Filled, read_form
from kb.drafts.signature import draft_signature
from kb.drafts.telling import error_blocks

__all__ = [
    "Checking",
    "Draft",
    "DraftError",
    "EntriesBook",
    "Environment",
    "Filled",
    "Importer",
    "Outcome",
    "Written",
    "draft_entry",
    "draft_signature",
    "environment_of",
    "environment_said",
    "error_blocks",
    "find_product",
    "is_known",
    "known_answers",
    "open_book",
    "placed",
    "problems_of",
    "read_form",
    "telling_error",
    "with_changes",
    "write_entry",
]
