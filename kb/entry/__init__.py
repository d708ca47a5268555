"""What an entry is: its model, and how it is read from a file and written to one."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
