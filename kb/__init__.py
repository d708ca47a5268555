"""Known Fixes: a knowledge base of error fixes, and the generator that builds its site."""

__version__ = "0.1.0"
