"""What a change does to the knowledge base: to its entries and addresses, and how that is said on a pull request."""

from kb.review.comment import SECONDS, CommentError, comment_of_run, write_comment
from kb.review.compare import compare
from kb.review.git import GitError, uncommitted
from kb.review.published import published_at
from kb.review.report import Report, ReportError, read_report
from kb.review.text import Places, to_markdown

__all__ = [
    "SECONDS",
    "CommentError",
    "GitError",
    "Places",
    "Report",
    "ReportError",
    "comment_of_run",
    "compare",
    "published_at",
    "read_report",
    "to_markdown",
    "uncommitted",
    "write_comment",
]
