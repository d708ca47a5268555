"""The search index, made by Pagefind from the finished pages."""

import re
import subprocess
from pathlib import Path
from typing import Final

from pagefind.service import get_executable

from kb.site.search_files import put_in_order

_COUNT: Final = re.compile(r"Indexed (\d+) pages?")


class SearchIndexError(Exception):
    """Pagefind could not be run, or failed; the text says why."""


def index_site(site_dir: Path) -> int:
    """Index the built site in `site_dir` (into `pagefind/` there). Returns the number of pages indexed.

    Only pages with a `data-pagefind-body` are indexed: the entries. Raises SearchIndexError.
    """
    executable = get_executable()
    if executable is None:
        raise SearchIndexError("Pagefind is not installed: pip install 'pagefind[bin]'")
    command = [str(executable), "--site", str(site_dir), "--include-characters", "_"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own binary
    if finished.returncode:
        raise SearchIndexError(f"Pagefind failed: {(finished.stderr or finished.stdout).strip()[-800:]}")
    put_in_order(site_dir / "pagefind")
    count = _COUNT.search(finished.stdout)
    return int(count[1]) if count else 0
