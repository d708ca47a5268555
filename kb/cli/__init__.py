"""The command `kb`. Each verb is in a module here: it parses arguments, calls a stage, and prints."""

from kb.cli.main import main

__all__ = ["main"]
