"""The preview while an entry has problems: it goes on with the last good site until they are mended.

MkDocs lets a browser wait for the next build that succeeds. Entries are checked before the site's folder is emptied,
so what stands there is whole.
"""

import logging
from collections.abc import Callable

from mkdocs.exceptions import PluginError

log = logging.getLogger(f"mkdocs.plugins.{__name__}")


class EntryProblemsError(PluginError):
    """Entries have problems, and nothing was changed."""


def keep_last_good(rebuild: Callable[[], None]) -> Callable[[], None]:
    """`rebuild` for the preview's server, which returns as usual when entries have problems."""

    def attempt() -> None:
        try:
            rebuild()
        except SystemExit as error:  # what MkDocs and ProperDocs make of a plugin's error
            if not isinstance(error.__context__, EntryProblemsError):
                raise
            log.warning("The preview shows the last good site until this is mended.")

    return attempt
