"""From a reader's own words to entries: the index, and the ranking of what a query finds."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
