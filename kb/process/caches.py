"""Where this program keeps what it can make again, and how much of it: the user's own cache folder."""

from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """The folder, which may not be there, or not be one that can be written."""
    return user_cache_path("known-fixes", appauthor=False)


def keep_newest(folder: Path, pattern: str, count: int) -> None:
    """Of the files that fit the pattern, drop all but so many, those first that nobody has touched for longest."""
    for path in sorted(folder.glob(pattern), key=lambda each: each.stat().st_mtime_ns)[:-count]:
        path.unlink(missing_ok=True)
