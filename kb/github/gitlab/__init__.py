"""What GitLab says of an issue: its REST API (v4), asked and told as GitHub's is."""

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
