"""What a reviewer of a pull request is told: which entries it changes, and how that is said on the pull request."""

from kb.cli.review.compare import compare
from kb.cli.review.conversation import CommentError, comment_on_run
from kb.cli.review.git import GitError
from kb.cli.review.report import Report, ReportError, read_report
from kb.cli.review.text import Places, to_markdown

__all__ = [
    "CommentError",
    "GitError",
    "Places",
    "Report",
    "ReportError",
    "comment_on_run",
    "compare",
    "read_report",
    "to_markdown",
]
