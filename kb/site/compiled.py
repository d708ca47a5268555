"""Templates compiled to Python, kept from one build to the next.

It saves a build 0.3 s of processor time at any number of entries: 0.1 s for the contents, 0.2 s for the theme's.

They are kept in the user's own cache folder, as Python keeps its own compiled modules, and Jinja takes one only for
the very source that it was made from.
"""

from functools import cache
from importlib.metadata import version

from jinja2 import FileSystemBytecodeCache

from kb.entry import remove_stale
from kb.process import cache_folder


@cache
def compiled_templates(environment: str) -> FileSystemBytecodeCache | None:
    """Where an environment keeps what it compiled; None where nothing can be kept.

    Jinja tells templates apart by name and source alone, so each kind of `environment`, each with settings of its own,
    has a folder of its own, and so has each version of Jinja.
    """
    folder = cache_folder() / "templates" / f"{environment}-{version('jinja2')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "writable").touch()
        remove_stale(folder, "*.tmp")
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))
