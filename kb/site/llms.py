"""`llms.txt`: what a language model finds here, and how it gets to it (https://llmstxt.org/)."""

from collections.abc import Iterator

from kb.site.api import API
from kb.site.llms_full import LLMS_FULL, MOST_BYTES
from kb.site.model import Site, counted
from kb.site.sharing import markdown_text


def llms_text(site: Site, *, has_match: bool) -> str:
    """The file's content. It stays short however many entries there are: each product's list names its entries."""
    return "\n".join(_lines(site, has_match)) + "\n"


def _lines(site: Site, has_match: bool) -> Iterator[str]:
    options, root = site.options, site.options.root_url
    count = len(site.collection.entries)
    yield f"# {markdown_text(options.site_name)}"
    if options.site_description:
        yield from ("", f"> {markdown_text(options.site_description)}")
    yield from ("", f"{count:,} {'error' if count == 1 else 'errors'} with cause and workarounds, one page each.")
    if not options.few_files:
        yield "Each error's page, and each product's, is there as Markdown, too: put `index.md` behind its address."
    if proven := sum(site.proven(entry).day is not None for entry in site.collection.entries):
        has = "has" if proven == 1 else "have"
        yield f"{proven:,} {has} a workaround that a machine has proven: `proven` in the data is the day it last did."
    if drafted := sum(bool(entry.unreviewed) for entry in site.collection.entries):
        has = "has" if drafted == 1 else "have"
        yield f"{drafted:,} {has} text that a model drafted and nobody has reviewed: `unreviewed` in the data names it."
    yield "`{{name}}` in a text stands for what varies in the message."
    if has_match:
        yield f"`kb match --site {root}` reads a log from standard input and prints the entries that it shows."
    yield f"`{root}r/OWNER/NAME/NUMBER/`, in lower case, leads from a GitHub issue to the entry about it."
    # What its lists hold has to begin with a link.
    yield from ("", "## From a message to its fix", "")
    if has_match:
        yield f"- [Match an error]({root}match/): a person pastes a message or a log, and nothing leaves their browser"
    yield f"- [Lists by code]({root}{API}codes.json): error codes, each with a file of its entries"
    yield from ("", "## Data", "")
    yield f"- [How the data is laid out]({root}api/): the API in a page"
    yield f"- [The API's root]({root}{API}index.json): every address, as JSON"
    yield f"- [All entries]({root}{API}entries.json): id, title, product, status, codes, tags, issues, proven"
    yield f"- [Entries whole]({root}{LLMS_FULL}): as many as {MOST_BYTES // 1000} kB hold, those needed most first"
    if options.site_url:
        yield f"- [SKILL.md]({root}SKILL.md): how a coding agent uses all this"
    yield from ("", "## Products", "")
    page = "" if options.few_files else "index.md"
    for product, entries in site.links.products.items():
        found = site.product(product)
        about = f" {markdown_text(found.summary)}" if found and found.summary else ""
        number = counted(len(entries), "error")
        yield f"- [{markdown_text(site.product_name(product))}]({root}{product}/{page}): {number}.{about}"
