"""The start of a knowledge base of somebody's own: what fills the blanks of `kb/starter`, and its files written."""

from kb.starting.choices import Choices, blanks_of, pages_of
from kb.starting.files import write_starter
from kb.starting.generator import generator_from, running_generator

__all__ = ["Choices", "blanks_of", "generator_from", "pages_of", "running_generator", "write_starter"]
