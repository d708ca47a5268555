"""The page that a form is answered with, where there is no JavaScript: what was counted, and a way back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from kb.entry import signal_of

if TYPE_CHECKING:
    from kb.collector.asked import Asked

POLICY: Final = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_PAGE: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head>
<body><main><h1>{title}</h1>
<p>{text}</p>
{undo}{back}</main></body></html>
"""
# It goes to the address of the page itself, whatever folder a proxy has it in.
_UNDO: Final = """\
<form method="post">{fields}<button>Take it back</button></form>
"""
_BACK: Final = '<p><a href="{url}">Back to the page</a></p>'


def thanks_page(asked: Asked, receipt: str, action: str) -> str:
    """The page for a vote that was kept. `action` is the path that it was sent to."""
    tap = asked.taps[0]
    signal = signal_of(tap.signal)
    words = signal.words if signal else tap.signal
    if not tap.on:
        return _page("Taken back", f"“{words}” is not counted any more.", asked.known.url, "")
    fields = {"entry": tap.entry, "receipt": receipt}
    if action.endswith("helpful"):
        fields |= {"helpful": "null"}
    else:
        fields |= {"signal": tap.signal, "workaround": tap.workaround, "on": "false"}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
    undo = _UNDO.format(fields=hidden)
    return _page("Thank you", f"“{words}” is counted.", asked.known.url, undo)


def refusal_page(message: str) -> str:
    """The page for a form that was not taken. Where it came from is not known: browsers tell its origin alone."""
    return _page("Not counted", message, "", "")


def _page(title: str, text: str, url: str, undo: str) -> str:
    back = _BACK.format(url=escape(url)) if url.startswith(("https://", "http://")) else ""
    return _PAGE.format(title=escape(title), text=escape(text), undo=undo, back=back)
