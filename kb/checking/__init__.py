"""Checks of a whole folder: on all processors, mended again and again, with what is known from earlier runs."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
