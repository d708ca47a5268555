"""What a page's head tells search engines, previews and feed readers: Open Graph, a card, JSON-LD, other formats.

See https://ogp.me/ and https://schema.org/TechArticle. All of it is data: the one image is the site's own.
"""

import json
from html import escape
from typing import Final

from kb.entry import Entry
from kb.site.model import DRAFT_WORDS, Options, Site
from kb.site.tongues import tongues_of
from kb.site.urls import canonical_url

CARD: Final = "assets/card.png"
"""The picture beside a link in a chat or a timeline. Its address stays: those who show it keep it for long."""
CARD_SIZE: Final = 512

_CONTEXT: Final = "https://schema.org"


def entry_head(site: Site, entry: Entry, url: str, description: str, *, is_translation: bool = False) -> str:
    """Elements for the head of an entry's page, or of a translation's, whose formats are linked as seen from there."""
    up = "../" if is_translation else ""
    links = (  # two words: Material takes just `alternate` for another language, and fetches its sitemap
        f'<link rel="alternate describedby" type="text/markdown" href="{up}index.md">'
        f'<link rel="alternate describedby" type="application/json" href="{up}../../api/v1/entries/{entry.id}.json">'
    )
    return (
        ("" if site.options.few_files else links)
        + _in_other_languages(site, entry)
        + _open_graph(site.options, "article", entry.title, description, url)
        + _entry_data(site, entry, url, description)
    )


def _in_other_languages(site: Site, entry: Entry) -> str:
    """The addresses of an entry's pages in all languages, which each of them has. They have to be whole."""
    tongues = tongues_of(site, entry) if site.options.site_url else []
    if not tongues:
        return ""
    found = [*((each.code, each.url) for each in tongues), ("x-default", tongues[0].url)]
    return "".join(f'<link rel="alternate related" hreflang="{code}" href="{escape(url)}">' for code, url in found)


def page_head(options: Options, title: str, description: str, url: str | None) -> str:
    """Elements for the head of a page that is no entry. `url` is its permanent address, if the site has one."""
    if not url:
        return ""
    found = {"@type": "WebPage", "name": title, "description": description, "url": url}
    found["inLanguage"] = options.language.code
    if url == options.site_url:
        found["@type"] = "WebSite"
    return _open_graph(options, "website", title, description, url) + _json_ld(found)


def _open_graph(options: Options, kind: str, title: str, description: str, url: str) -> str:
    """Open Graph's properties, and a card's kind. They want whole addresses: a site that has none goes without."""
    if not options.site_url:
        return ""
    found = (
        ("og:type", kind),
        ("og:site_name", options.site_name),
        ("og:title", title),
        ("og:description", description),
        ("og:url", url),
        ("og:image", options.root_url + CARD),
        ("og:image:width", str(CARD_SIZE)),
        ("og:image:height", str(CARD_SIZE)),
        ("og:image:alt", options.language.words.gettext("The sign of %(site)s") % {"site": options.site_name}),
    )
    properties = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in found if value)
    return f'{properties}<meta name="twitter:card" content="summary">'


def _entry_data(site: Site, entry: Entry, url: str, description: str) -> str:
    """An entry as a TechArticle. Only what the entry knows: nobody has said when it was first published."""
    options, product, say = site.options, site.product(entry.product), site.words.gettext
    software = {"@type": "SoftwareApplication", "name": site.product_name(entry.product)}
    if product:
        software["url"] = product.home
    article: dict[str, object] = {
        "@type": "TechArticle",
        "headline": entry.title,
        "description": description,
        "dateModified": entry.updated.isoformat(),
        "inLanguage": entry.lang or options.language.code,
        "keywords": [*entry.codes, *entry.tags],
        "about": software,
        "isPartOf": {"@type": "WebSite", "name": options.site_name, "url": options.root_url},
        "author": {
            "@type": "Organization",
            "name": say("Contributors to %(site)s") % {"site": options.site_name},
            "url": options.root_url,
        },
    }
    if options.site_url:
        article |= {"url": url, "mainEntityOfPage": url, "image": options.root_url + CARD}
    else:
        del article["isPartOf"], article["author"]
    own = canonical_url(options.site_url, entry)
    if options.site_url and url != own:
        article["translationOfWork"] = {"@type": "TechArticle", "url": own}
    if entry.affects.versions:
        article["dependencies"] = f"{software['name']} {', '.join(entry.affects.versions)}"
    proofs = site.proof_view(entry)
    if proofs.line:
        article["subjectOf"] = {
            "@type": "Report",
            "name": say("Proofs of %(title)s") % {"title": entry.title},
            "abstract": proofs.line,
            "datePublished": proofs.day.isoformat(),
            "url": f"{url}#proofs",
        }
    if entry.unreviewed:
        article["creditText"] = say(DRAFT_WORDS)
    if entry.refs:
        article["discussionUrl"] = entry.refs[0].url
    return _json_ld(article)


def _json_ld(value: dict[str, object] | dict[str, str]) -> str:
    """A value as a block of JSON-LD. No text in it can end the element."""
    text = json.dumps({"@context": _CONTEXT, **value}, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
    return f'<script type="application/ld+json">{text}</script>'
