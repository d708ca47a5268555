"""An issue and the issues around it: collected, read, and written as a report. The twin of `assets/js/report/`."""

from kb.github.report.analysis import analyse, text_to_match
from kb.github.report.collection import Bounds, Problem, Source, collect
from kb.github.report.inert import fenced
from kb.github.report.inert import markdown as as_inert_markdown
from kb.github.report.markdown import to_markdown
from kb.github.report.model import Edge, Known, Node, Report, Snapshot, known_of
from kb.github.report.texts import NamedText, pulls_of, text_of_files, texts_of

__all__ = [
    "Bounds",
    "Edge",
    "Known",
    "NamedText",
    "Node",
    "Problem",
    "Report",
    "Snapshot",
    "Source",
    "analyse",
    "as_inert_markdown",
    "collect",
    "fenced",
    "known_of",
    "pulls_of",
    "text_of_files",
    "text_to_match",
    "texts_of",
    "to_markdown",
]
