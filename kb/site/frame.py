"""The frame: the theme around a page, evaluated once for all pages that are alike and not once for each.

Pages are alike if they are of one kind and lie at one depth of address. In `on_env`, `main.html` is rendered with a
mark in place of everything that differs from page to page (the holes). What comes out, split at the marks, becomes a
template of a few literal pieces, and MkDocs renders the pages with that. Because another plugin or an overridden
template may make the frame depend on the page in ways that are not holes, each build compares the two for a sample
of the pages, and stays with the full template where they differ.

A build of 1,000 entries takes 7.3 s of processor time with frames and 10.1 s without; one of 92 takes 2.6 s with both.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

import jinja2

FEWEST_ALIKE: Final = 8
"""Alike pages for which a frame pays: making and comparing one takes as long as some full pages."""

FULL_TEMPLATE: Final = "main.html"
# Scripts that run: not those of a file, and not data blocks of a JSON type.
_INLINE_SCRIPT: Final = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(?:ld\+)?json\")[^>]*>(.*?)</script>", re.DOTALL
)
_MARK: Final = re.compile("\ue000([a-z]+)\ue001")
CSP_MARK: Final = "\ue000csp\ue001"


class Holes(NamedTuple):
    """What differs from page to page, as HTML that is ready to stand where it goes."""

    title: str
    """Escaped text for the document's title."""
    description: str
    """Escaped text for an attribute."""
    head: str
    """Elements for the head: canonical address, alternates."""
    content: str
    toc: str
    csp: str = CSP_MARK
    """The Content-Security-Policy element: marked here and filled in last, since it depends on the frame's scripts."""


MARKED: Final = Holes(*(f"\ue000{name}\ue001" for name in Holes._fields))


def frame_name(key: str) -> str:
    """The name under which MkDocs finds the frame of the pages with this key."""
    return f"kb-frame-{key}.html"


def make_frame(full_html: str, csp: Callable[[str], str]) -> str:
    """The source of a template, from `main.html` rendered with `MARKED`.

    Raises ValueError where a hole is missing from the HTML: the theme's template does not show it.
    """
    pieces = _MARK.split(full_html)
    missing = set(Holes._fields) - set(pieces[1::2])
    if missing:
        raise ValueError(f"{FULL_TEMPLATE} shows no {', '.join(sorted(missing))}")
    policy = csp(full_html)
    source = [_literal(pieces[0])]
    for name, literal in zip(pieces[1::2], pieces[2::2], strict=True):
        source.append(_literal(policy) if name == "csp" else f"{{{{ hole.{name} }}}}")
        source.append(_literal(literal))
    return "".join(source)


def _literal(text: str) -> str:
    """Text as template source that renders to itself."""
    return "".join(
        f"{{{{ {part!r} }}}}" if part in ("{{", "{%", "{#") else part for part in re.split(r"(\{\{|\{%|\{#)", text)
    )


def add_frames(env: jinja2.Environment, frames: Mapping[str, str]) -> None:
    """Let `env` find the frames by name, before its own templates."""
    loader = jinja2.DictLoader(dict(frames))
    env.loader = jinja2.ChoiceLoader([loader, env.loader] if env.loader else [loader])


def content_security_policy(html: str, connects: str = "", collector: str = "", counting: Iterable[str] = ()) -> str:
    """The policy for a page, as an element: own host only, and of the inline scripts only those that stand there.

    `connects` is the one other server that the page may ask, where it may, and `collector` the one that counts votes,
    which go there from a script or, without one, from a form. `counting` are servers of a script that counts visits.
    Everything else is refused: no inline handler, no `eval`, no plug-in, no other host. See https://www.w3.org/TR/CSP3/.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in sorted(set(_INLINE_SCRIPT.findall(html))))
    policy = "; ".join(
        (
            "default-src 'none'",
            " ".join(filter(None, ("script-src 'self'", hashes, *counting))),
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            " ".join(filter(None, ("connect-src 'self'", connects, collector, *counting))),
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action " + (collector or "'none'"),
        )
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def fill_policy(html: str, csp: Callable[[str], str]) -> str:
    """A page that was rendered with the full template, with its policy filled in."""
    return html.replace(CSP_MARK, csp(html), 1) if CSP_MARK in html else html
