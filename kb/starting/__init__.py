"""The start of a knowledge base of somebody's own, or of its collector: what fills blanks, and the files written."""

from kb.starting.choices import Choices, blanks_of, forge_of_choice, pages_of
from kb.starting.files import PLACES, write_starter
from kb.starting.generator import generator_from, running_generator
from kb.starting.hosting import HOSTS, write_host

__all__ = [
    "HOSTS",
    "PLACES",
    "Choices",
    "blanks_of",
    "forge_of_choice",
    "generator_from",
    "pages_of",
    "running_generator",
    "write_host",
    "write_starter",
]
