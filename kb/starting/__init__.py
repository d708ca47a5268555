"""The start of a knowledge base of somebody's own, or of its collector, and its later upgrades."""

from kb.starting.choices import Choices, blanks_of, pages_of
from kb.starting.elsewhere import InstallError, run_generator
from kb.starting.former import Former
from kb.starting.generator import generator_from, is_version, released_generator, running_generator
from kb.starting.hosting import HOSTS, write_host
from kb.starting.merging import MergeError
from kb.starting.origin import ORIGIN
from kb.starting.pins import generator_in
from kb.starting.renewal import Upgrade, upgrade_of
from kb.starting.start import write_starter
from kb.starting.upgrading import Step

__all__ = [
    "HOSTS",
    "ORIGIN",
    "Choices",
    "Former",
    "InstallError",
    "MergeError",
    "Step",
    "Upgrade",
    "blanks_of",
    "generator_from",
    "generator_in",
    "is_version",
    "pages_of",
    "released_generator",
    "run_generator",
    "running_generator",
    "upgrade_of",
    "write_host",
    "write_starter",
]
