"""The plugin's options, as they stand under `plugins: - kb:` in `mkdocs.yml`."""

import re
from typing import Final

from mkdocs.config import base
from mkdocs.config import config_options as c

from kb.entry import GITHUB

_HOST: Final = re.compile(r"https://([^/@]+)/")
_GITHUB: Final = re.compile(r"https://[^/]+/([^/]+/[^/]+?)(?:\.git)?/?$")


class Colors(base.Config):  # type: ignore[no-untyped-call]
    """The knowledge base's own colors, written like "#08653f". Dark ones are made from the others if not given."""

    accent = c.Optional(c.Type(str))
    """Buttons, numbers, the logo: what can be pressed, or is the knowledge base's own."""
    accent_dark = c.Optional(c.Type(str))
    link = c.Optional(c.Type(str))
    """Links and the ring around what has the keyboard's focus."""
    link_dark = c.Optional(c.Type(str))


class Analytics(base.Config):  # type: ignore[no-untyped-call]
    """A script that counts visits. There is none unless `script` names one, and none in a preview."""

    script = c.Type(str, default="")
    """Its address: `https://plausible.example/js/script.js`. The pages' policy lets it in, and lets it send there."""

    attributes = c.Type(dict, default={})
    """Its attributes: `{data-domain: fixes.example.org}`."""

    hosts = c.ListOfItems(c.Type(str), default=[])
    """Other servers that it sends to: `[https://events.example]`."""


class KbConfig(base.Config):  # type: ignore[no-untyped-call]
    """Options of the plugin `kb`. Whatever belongs to one knowledge base and not to the generator is here."""

    search = c.Type(bool, default=True)
    """Publish the indexes by which words and pasted errors are found."""

    votes_url = c.Type(str, default="")
    """The address of the collector of readers' taps (`kb votes serve`). Without one, votes go through forms."""

    vote_form = c.Type(str, default="vote.yml")
    """The issue form, under `.github/ISSUE_TEMPLATE/`, that a vote opens."""

    report_form = c.Type(str, default="wrong-fix.yml")
    """The issue form that "Report a mistake" opens."""

    new_form = c.Type(str, default="new-fix.yml")
    """The issue form that "Add this error" opens."""

    feedback_url = c.Type(str, default="")
    """The repository whose issue forms take votes, mistakes and new errors, if it is not `repo_url`."""

    rules = c.Optional(c.Type(dict))
    """The levels of rules that are no errors here: `{KB206: warning, KB512: {level: off, because: …}}`."""

    colors = c.SubConfig(Colors)
    """Colors of the design that differ from its own; checked for contrast."""

    analytics = c.SubConfig(Analytics)
    """A script that counts visits, off by default."""

    github_api = c.Type(str, default="")
    """The API that the issue report page asks, when a reader wants a report. Default: that of `repo_url`'s host."""

    few_files = c.Type(bool, default=False)
    """Leave out what is there a second time: entries as JSON and Markdown, and the pages at the addresses of their
    issues, which the page for missing addresses looks up. 10,000 entries make some 20,000 files then, and not 55,000.
    """

    words = c.Type(str, default="")
    """A catalogue of one's own, as `words/fr.po` beside `mkdocs.yml`: for a language that does not come with the
    generator, or for other words in one that does. The language is the theme's (`theme: {name: kb, language: fr}`).
    """

    page_size = c.Type(int, default=100)
    """Entries on one page of a list (a tag's, a code's, a product's)."""


def api_of(repo_url: str | None) -> str:
    """The address of the API of the host that a repository is on: GitHub's, or that of its Enterprise editions.

    https://docs.github.com/en/enterprise-server@latest/rest/using-the-rest-api/getting-started-with-the-rest-api
    """
    found = _HOST.match(repo_url or "")
    host = found[1].lower() if found else GITHUB
    if host == GITHUB or host.endswith(".ghe.com"):
        return f"https://api.{host}"
    return f"https://{host}/api/v3"


def repository_of(repo_url: str | None) -> str | None:
    """The address of the repository whose issue forms take votes, without a slash at its end; None if there is none."""
    return repo_url.rstrip("/").removesuffix(".git") if repo_url and _GITHUB.match(repo_url) else None


def edit_base(repo_url: str | None, edit_uri: str | None) -> str | None:
    """The address that a file's path is appended to for editing, from MkDocs' two settings; None if they give none."""
    if not edit_uri:
        return None
    if "://" in edit_uri:
        return f"{edit_uri.rstrip('/')}/"
    return f"{repo_url.rstrip('/')}/{edit_uri.strip('/')}/" if repo_url else None
