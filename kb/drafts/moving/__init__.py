"""Moving in: old pages of a wiki, a table, a forum or a folder of runbooks as entries and drafts."""

from kb.drafts.moving.discussions import pages_of_discussions
from kb.drafts.moving.files import ExportError
from kb.drafts.moving.headings import HeadingError, own_headings
from kb.drafts.moving.ledger import LedgerError
from kb.drafts.moving.mover import KINDS, Moved, Mover, Wishes
from kb.drafts.moving.page import Found, Page, Parts, Unreadable
from kb.drafts.moving.runbooks import pages_of_folder
from kb.drafts.moving.table import Table, table_of
from kb.drafts.moving.teams import questions_in

__all__ = [
    "KINDS",
    "ExportError",
    "Found",
    "HeadingError",
    "LedgerError",
    "Moved",
    "Mover",
    "Page",
    "Parts",
    "Table",
    "Unreadable",
    "Wishes",
    "own_headings",
    "pages_of_discussions",
    "pages_of_folder",
    "questions_in",
    "table_of",
]
