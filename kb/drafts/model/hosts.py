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
    return hosts_in(addresses, sources)


def hosts_in(addresses: Iterable[str], sources: Iterable[SourceText]) -> frozenset[str]:
    """The hosts of addresses, and of what entries among the sources link."""
    found = list(addresses)
    for source in sources:
        if source.is_ours:
            found += _ADDRESS.findall(source.text)
    return frozenset(host for address in found if (host := _host(address)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
