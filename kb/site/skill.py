"""`SKILL.md`: how a coding agent uses this knowledge base, published with it. `kb init` writes the same text."""

from importlib.resources import files
from typing import Final

from kb.site.model import Site
from kb.site.sharing import markdown_text

_FILE: Final = "starter/skills/known-fixes/SKILL.md.in"


def skill_text(site: Site) -> str:
    """The file's content, with this site's name and address."""
    text = files("kb").joinpath(_FILE).read_text("utf-8")
    blanks = {"@@name_text": markdown_text(site.options.site_name), "@@site_url_text": site.options.root_url}
    for blank, value in blanks.items():
        text = text.replace(blank, value)
    return text
