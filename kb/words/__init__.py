"""In which words a site speaks: English stands in the sources, and a catalogue has what it is in another language."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
