"""Forms for issues that a link fills in: of GitHub, where a form is a file, and of GitLab, where it is a text.

GitLab has no issue forms. A link carries the whole description there, headings and all: where it names a template
beside it, newer versions take one of the two and older ones both
(https://docs.gitlab.com/user/project/issues/create_issues/#using-a-url-with-prefilled-values). The last line is a quick
action that puts the label on, where the sender may do so.
"""

from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlencode

from kb.entry import Forge
from kb.site.urls import ID_MARK

_DESCRIPTIONS: Final = {
    "vote": "### Entry\n\n{entry}\n\n### Signal\n\n{signal}\n\n### Anything to add?\n\n\n\n/label ~vote\n",
    "mistake": "### Entry\n\n{entry}\n\n### What is wrong?\n\n\n\n### Version and platform\n\n\n\n/label ~mistake\n",
    "new-fix": "### Product\n\n\n\n### The error, as it is printed\n\n```text\n\n```\n\n### Why it happens\n\n\n\n"
    "### What got you past it\n\n\n\n### Version and platform\n\n\n\n/label ~new-fix\n",
}
"""A form's label -> what its issues consist of: the headings that GitHub's forms make, which `kb` reads."""

_ON_GITLAB: Final = {
    "GitHub": "GitLab",
    "GITHUB_": "GITLAB_",
    "owner/name#": "group/project#",
    "pull request": "merge request",
    "Pull Request": "Merge Request",
    "プルリクエスト": "マージリクエスト",
}
"""What the words of a page call things on GitHub, in each language that comes along -> what GitLab calls them."""


@lru_cache(maxsize=64)
def form_url(forge: Forge, repository: str, form: tuple[str, str], title: str, **fields: str) -> str:
    """The address of a form, filled in for an entry: its title, its field `entry`, and more `fields`.

    `form` is its label, and its file on GitHub. The entry's id is to be put where `ID_MARK` stands in it: an id
    consists of letters, digits, hyphens and a slash, which a query may hold unquoted (RFC 3986, 3.4). GitHub fills in
    fields of the types `input` and `textarea`, found by their ids; with a parameter for a `dropdown` it may show an
    empty editor in place of the form.
    https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
    """
    label, file = form
    if forge is Forge.GITLAB:
        return _on_gitlab(repository, title, description_of(label, {"entry": ID_MARK, **fields}))
    return _address(f"{repository}/issues/new", {"template": file, "title": title, "entry": ID_MARK, **fields})


def empty_form_url(forge: Forge, repository: str, form: tuple[str, str], title: str) -> str:
    """The address of a form of which no field is filled in: a script does that."""
    label, file = form
    if forge is Forge.GITLAB:
        return _on_gitlab(repository, title, description_of(label, {}))
    return f"{repository}/issues/new?template={file}"


def hosted(words: str, forge: Forge | str) -> str:
    """Words of the catalogue, which say GitHub, of the host that a base is on. Markup stays markup."""
    if forge == Forge.GITLAB:
        for on_github, on_gitlab in _ON_GITLAB.items():
            words = words.replace(on_github, on_gitlab)
    return words


def description_of(label: str, fields: dict[str, str]) -> str:
    """What an issue of a form consists of on GitLab."""
    text = _DESCRIPTIONS[label]
    for name in ("entry", "signal"):
        text = text.replace(f"{{{name}}}", fields.get(name, ""))
    return text


def _on_gitlab(repository: str, title: str, description: str) -> str:
    return _address(f"{repository}/-/issues/new", {"issue[title]": title, "issue[description]": description})


def _address(page: str, query: dict[str, str]) -> str:
    return f"{page}?{urlencode(query, quote_via=quote, safe=ID_MARK)}"
