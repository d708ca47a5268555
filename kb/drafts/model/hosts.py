"""Which hosts a draft may lead to: those that the people of a knowledge base lead to themselves."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from kb.drafts.model.sources import SourceText
from kb.entry import Entry, Product

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\"'`]+")


def hosts_of(entry: Entry, product: Product | None, sources: Iterable[SourceText]) -> frozenset[str]:
    """The hosts of a product, of the entry's own issues, and of what entries link. A stranger's link adds none."""
    addresses = [ref.url for ref in entry.refs]
    if product:
        addresses += filter(None, (product.home, product.repository_url))
    for source in sources:
        if source.is_ours:
            addresses += _ADDRESS.findall(source.text)
    return frozenset(host for address in addresses if (host := _host(address)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
