"""Links to other sites: asking, politely, whether they still lead somewhere."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
