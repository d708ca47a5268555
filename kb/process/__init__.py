"""Processes, caches, locks and garbage collection: what changes or outlives a process, for commands and the plugin."""

from kb.process.asked import AskedProgram

__all__ = ["AskedProgram"]
