"""The preview while an entry has problems: it goes on with the last good site until they are mended, and says so.

MkDocs lets a browser wait for the next build that succeeds. Entries are checked before anything of the site is changed,
so what stands there is whole; only its pages, as they are served, begin with what is wrong.
"""

import logging
import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any, Final, cast

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger(f"mkdocs.plugins.{__name__}")

LONGEST: Final = 4_000
"""Characters of a report that a page shows; the terminal has all of it."""

_BODY: Final = re.compile(rb"<body\b[^>]*>")
# In colors of its own, whatever the page's are: black on white would be taken for a part of it.
_NOTE: Final = """<div role="alert" style="padding:1rem;background:#7a1212;color:#fff;font:16px/1.5 sans-serif">
<strong>The last good site is shown until this is mended.</strong>
<pre tabindex="0" style="margin:.5rem 0 0;overflow:auto;white-space:pre-wrap;font-size:14px;color:#fff">{report}</pre>
</div>"""

_Start = Callable[..., Any]
_App = Callable[[dict[str, Any], _Start], Iterable[bytes]]
"""A WSGI application (PEP 3333)."""


class EntryProblemsError(PluginError):
    """Entries have problems, and nothing was changed."""


class LastGood:
    """What a preview's server shows while entries have problems."""

    def __init__(self, server: "LiveReloadServer") -> None:
        self._report = ""
        self._rebuild = server.builder
        self._app = cast("_App", server.get_app())
        server.builder = self.rebuild
        server.set_app(self.serve)

    def rebuild(self) -> None:
        """Build again; return as usual when entries have problems, so that browsers reload and show them."""
        try:
            self._rebuild()
        except SystemExit as error:  # what MkDocs and ProperDocs make of a plugin's error
            if not isinstance(error.__context__, EntryProblemsError):
                raise
            self._report = str(error.__context__)
            log.warning("The preview shows the last good site until this is mended.")
        else:
            self._report = ""

    def serve(self, environ: dict[str, Any], start_response: _Start) -> Iterable[bytes]:
        """Answer a request as the server would, a page with what is wrong on top."""
        begun: list[Any] = []
        body = self._app(environ, lambda status, headers, *_: begun.extend((status, headers)))
        try:
            content = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        status, headers = begun
        # MkDocs answers when the build that goes on has ended: what is wrong is known now.
        report = self._report
        if report and any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers):
            content = _with_note(content, report)
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
            headers.append(("Content-Length", str(len(content))))
        start_response(status, headers)
        return [content]


def _with_note(page: bytes, report: str) -> bytes:
    shown = report if len(report) <= LONGEST else f"{report[:LONGEST]}…\n\nThe terminal has all of it."
    note = _NOTE.format(report=escape(shown)).encode("utf-8", "replace")
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + note + page[at:]
