"""Issues in, answers out: what GitHub or GitLab knows of an error, and what the knowledge base says to it."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
