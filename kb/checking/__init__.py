"""Checks of a whole folder: on all processors, mended again and again, with what is known from earlier runs."""

from kb.checking.kept_answers import NothingReachedError, link_answers
from kb.checking.kept_results import Result
from kb.checking.whole import checked, loaded, mended, problems_of

__all__ = ["NothingReachedError", "Result", "checked", "link_answers", "loaded", "mended", "problems_of"]
