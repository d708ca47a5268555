"""From a pasted error to its entry: the signature language, the index, the matcher."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
