"""Which pages the site itself has besides entries, and what each is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kb.checks import all_rules
from kb.entry import order_formula
from kb.links import trending_formula
from kb.process import digest_of
from kb.site.api import API_FILES
from kb.site.coverage import coverage_of
from kb.site.facets import choices_of, facets_of
from kb.site.forms import hosted
from kb.site.render import ContentRenderer, Pager, contribute_steps, example_entry, sample_messages
from kb.site.shelf import lately_proven, of_home, shelf_groups
from kb.words import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kb.entry import Entry
    from kb.site.model import Site


_TRENDING: Final = marked("By what readers and reporters say of them, the latest first.")
_WITHOUT_VOTES: Final = marked("By reports on GitHub, then by date: no reader has voted yet.")
_PROVEN: Final = marked("The last proven first; of one day, what was proven with most versions.")
_NEEDED: Final = marked("Proven ones first, then by readers' votes and by what is reported.")
"""What lists are ordered by, for a reader."""


class SitePageSpec(NamedTuple):
    """A page of the site itself."""

    name: str
    """The file's name without ending."""
    title: str
    description: str
    make: Callable[[], str]
    """Makes the content."""
    key: str = ""
    """A digest of all that the content follows from; none where it is made in each build."""


def site_pages(site: Site, renderer: ContentRenderer) -> Iterator[SitePageSpec]:
    """Every page of the site itself."""
    links, name, say = site.links, site.options.site_name, site.words.gettext
    named = {"site": name}

    def page(template: str, depth: int, **values: Any) -> Callable[[], str]:
        return lambda: renderer.page(template, depth, **values)

    groups, proven = shelf_groups(site), lately_proven(site)
    lists = [
        (say("Trending"), "trending/", say("All by trend"), of_home(links.trending) if site.has_votes else ()),
        (say("Proven lately"), "proven/", say("All that are proven"), of_home(proven)),
        (say("Newest"), "newest/", say("All by date"), of_home(links.newest)),
    ]
    home = page("home.html", 0, samples=sample_messages(links.trending), lists=lists, groups=groups)
    yield SitePageSpec("index", name, site.options.site_description, home)
    yield SitePageSpec(
        "match", say("Match an error"), say("Paste an error or a log and land on its fix."), page("match.html", 1)
    )
    yield SitePageSpec(
        "search", say("Search"), say("All that a search finds on %(site)s.") % named, page("search.html", 1)
    )
    yield SitePageSpec(
        "report",
        say("Issue report"),
        hosted(
            say("What is known of a GitHub issue, and of the issues and pull requests around it."), site.options.forge
        ),
        page("report.html", 1),
    )
    products = page("products.html", 1, groups=groups)
    yield SitePageSpec("products", say("Products"), say("Every product with fixes on %(site)s.") % named, products)
    yield SitePageSpec("tags", say("Tags"), say("Every tag of the fixes on %(site)s.") % named, page("tags.html", 1))
    yield SitePageSpec(
        "codes", say("Error codes"), say("Every error code with a fix on %(site)s.") % named, page("codes.html", 1)
    )
    yield SitePageSpec("tools", say("Tools"), say("Tools that help when something breaks."), page("tools.html", 1))
    yield SitePageSpec(
        "contribute",
        say("Contribute a fix"),
        say("How to add an error and its fix."),
        page(
            "contribute.html",
            1,
            example=example_entry(site.options.site_url),
            steps=contribute_steps(),
            order=order_formula(),
        ),
    )
    data = say("The entries of %(site)s as JSON, Markdown and a feed.") % named
    yield SitePageSpec("api", say("Data"), data, _api_page(site, renderer))
    rules = page("rules.html", 1, rules=all_rules())
    yield SitePageSpec("rules", say("Rules for entries"), say("What the checks ask of an entry."), rules, "rules")
    order = hosted(say(_TRENDING if site.has_votes else _WITHOUT_VOTES), site.options.forge)
    yield from _list(
        site, renderer, "trending", say("Trending"), links.trending, order=order, note=say(trending_formula())
    )
    yield from _list(site, renderer, "proven", say("Proven"), proven, order=say(_PROVEN))
    yield from _list(site, renderer, "newest", say("Newest"), links.newest)
    for tag, entries in links.tags.items():
        yield from _list(site, renderer, f"tags/{tag}", say("Tag: %(tag)s") % {"tag": tag}, entries)
    for slug, (code, entries) in site.codes.items():
        if len(entries) > 1:
            yield from _list(site, renderer, f"codes/{slug}", say("Error code %(code)s") % {"code": code}, entries)
    for product in links.products:
        title = say("%(product)s errors") % {"product": site.product_name(product)}
        entries = site.needed(product)
        yield from _list(
            site, renderer, product, title, entries, more=f"products/{product}", product=product, order=say(_NEEDED)
        )
    for code, rule in all_rules().items():
        title = f"{code} {rule.name}"
        yield SitePageSpec(f"rules/{code.lower()}", title, rule.summary, _rule_page(renderer, code), code)


def _api_page(site: Site, renderer: ContentRenderer) -> Callable[[], str]:
    example = next(iter(site.links.trending), None)
    files = [each for each in API_FILES if "<product>/<slug>" not in each[0] or not site.options.few_files]
    return lambda: renderer.page("api.html", 1, files=files, example=example)


def _rule_page(renderer: ContentRenderer, code: str) -> Callable[[], str]:
    return lambda: renderer.rule(all_rules()[code], 2)


def _list(
    site: Site,
    renderer: ContentRenderer,
    name: str,
    title: str,
    entries: Sequence[Entry],
    *,
    more: str | None = None,
    product: str | None = None,
    order: str = "",
    note: str = "",
) -> Iterator[SitePageSpec]:
    """The pages of one list: the first at `name`, the others at `more/2`, `more/3`, …

    `order` says by what it is ordered, `note` how in detail. The list of a `product` can be filtered.
    """
    more = more or name
    choices = choices_of(site, entries) if product else None
    coverage = coverage_of(site, product, entries) if product else None

    def make(part: Pager, depth: int) -> Callable[[], str]:
        return lambda: renderer.page(
            "list.html",
            depth,
            title=title,
            name=name,
            more=more,
            part=part,
            total=len(entries),
            product=product,
            order=order,
            note=note,
            choices=choices,
            coverage=coverage,
            has_feed=bool(site.options.site_url) and (product is not None or name.startswith("tags/")),
        )

    for part in Pager.split(entries, site.options.page_size):
        page_name = name if part.number == 1 else f"{more}/{part.number}"
        page_title = title
        if part.number > 1:
            page_title = site.words.gettext("%(title)s, page %(number)s") % {"title": title, "number": part.number}
        text = site.words.gettext("%(title)s: %(count)s with causes and workarounds on %(site)s.")
        description = text % {"title": page_title, "count": len(entries), "site": site.options.site_name}
        shown = [str(len(entries)), str(part.pages), order, note, *map(site.card_text, part)]
        if product:
            shown += (repr(site.product(product)), repr(choices), repr(coverage))
            shown += (repr(facets_of(entry, site.proven(entry))) for entry in part)
        key = digest_of(site.options.language.digest, page_title, more, description, *shown)
        yield SitePageSpec(page_name, page_title, description, make(part, page_name.count("/") + 1), key)
