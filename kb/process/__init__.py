"""Forks, caches, locks and garbage collection: what changes or outlives a process. For commands and the site alone."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
