"""From a reader's own words to entries: the index, and the ranking of what a query finds."""

from kb.match.search.document import Document, Shown
from kb.match.search.evaluate import Query, QueryEvaluation, evaluate_queries
from kb.match.search.index import build_search
from kb.match.search.line import is_pasted, telling_line
from kb.match.search.ranking import Found, Result, search
from kb.match.search.reading import SearchIndex
from kb.match.search.synonyms import Synonyms

__all__ = [
    "Document",
    "Found",
    "Query",
    "QueryEvaluation",
    "Result",
    "SearchIndex",
    "Shown",
    "Synonyms",
    "build_search",
    "evaluate_queries",
    "is_pasted",
    "search",
    "telling_line",
]
