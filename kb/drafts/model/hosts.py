"""Which hosts a draft may lead to: those that its entry, its issues and its product lead to already."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from kb.drafts.model.sources import SourceText
from kb.entry import Entry, Product

_ADDRESS: Final = re.compile(r"https?://[^\s<>()\"'`]+")


def hosts_of(entry: Entry, product: Product | None, own: SourceText) -> frozenset[str]:
    """The hosts of a product, of the entry's issues, and of what the entry itself links, which is a source of its own.

    A link in an issue, or in another entry, adds none.
    """
    addresses = [ref.url for ref in entry.refs]
    if product:
        addresses += filter(None, (product.home, product.repository_url))
    return hosts_in([*addresses, *_ADDRESS.findall(own.text)])


def hosts_in(addresses: Iterable[str]) -> frozenset[str]:
    """The hosts of addresses."""
    return frozenset(host for address in addresses if (host := _host(address)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
