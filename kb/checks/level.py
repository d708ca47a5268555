"""The levels that a problem can have."""

from enum import StrEnum


class Level(StrEnum):
    """What a problem does: an error stops a build and a check, a warning is told, and what is off is not."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"
