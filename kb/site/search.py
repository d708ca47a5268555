"""The search index, made by Pagefind from the finished pages."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pagefind.service import get_executable

from kb.process import start_program
from kb.site.search_files import put_in_order

_COUNT: Final = re.compile(r"Indexed (\d+) pages?")


class SearchIndexError(Exception):
    """Pagefind could not be run, or failed; the text says why."""


def start_indexing(site_dir: Path) -> Callable[[], int]:
    """Start to index the built site in `site_dir`, into `pagefind/` there; the HTML must not change meanwhile.

    Returns what waits for the end and gives the number of pages indexed: only those with a `data-pagefind-body`, which
    are the entries. Both raise SearchIndexError.
    """
    executable = get_executable()
    if executable is None:
        raise SearchIndexError("Pagefind is not installed: pip install 'pagefind[bin]'")
    command = [str(executable), "--site", str(site_dir), "--include-characters", "_"]
    process = start_program(command)

    def wait() -> int:
        output, errors = process.communicate()
        if process.returncode:
            raise SearchIndexError(f"Pagefind failed: {(errors or output).strip()[-800:]}")
        put_in_order(site_dir / "pagefind")
        count = _COUNT.search(output)
        return int(count[1]) if count else 0

    return wait
