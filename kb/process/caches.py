"""Where this program keeps what it can make again: the user's own cache folder."""

from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """The folder, which may not be there, or not be one that can be written."""
    return user_cache_path("known-fixes", appauthor=False)
