"""Asking other hosts, within bounds that hold whatever they do."""

from kb.web.deadline import OverdueError, within

__all__ = ["OverdueError", "within"]
