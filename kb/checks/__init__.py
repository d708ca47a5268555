"""What can be wrong with entries: rules, and diagnostics for those who write entries."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
