"""Forks, caches, locks and garbage collection: what changes or outlives a process. For commands and the site alone."""

from kb.process.asked import AskedProgram
from kb.process.caches import cache_folder
from kb.process.collector import collect_seldom
from kb.process.forks import (
    Fork,
    WorkerDiedError,
    end_with_caller,
    ending_with_this_process,
    map_forked,
)
from kb.process.once import Once
from kb.process.replacing import Replacement, ReplacingError
from kb.process.threads import in_threads

__all__ = [
    "AskedProgram",
    "Fork",
    "Once",
    "Replacement",
    "ReplacingError",
    "WorkerDiedError",
    "cache_folder",
    "collect_seldom",
    "end_with_caller",
    "ending_with_this_process",
    "in_threads",
    "map_forked",
]
