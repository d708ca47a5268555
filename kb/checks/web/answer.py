"""What another site answers for an address that entries link, and which addresses those are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kb.entry import Source


class Outcome(StrEnum):
    """Where a link leads to."""

    FINE = "fine"
    MOVED = "moved"
    """To another address, for good."""
    GONE = "gone"
    """Nowhere: the site says so, or there is no such site."""
    FAILED = "failed"
    """Nobody knows: the site failed or did not answer, twice."""
    UNKNOWN = "unknown"
    """Nobody knows, and that is no fault of the link: the site turns programs away, or is none of the public web."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What became of asking for an address: the outcome, why, and the address that it moved to."""

    outcome: Outcome
    why: str = ""
    moved_to: str = ""


def web_addresses(sources: Iterable[Source]) -> list[str]:
    """The addresses on other sites that entries link, without fragments, each once, sorted."""
    found = {without_fragment(link.target) for source in sources for link in source.outline.links}
    return sorted(address for address in found if address.startswith(("https://", "http://")))


def without_fragment(target: str) -> str:
    """An address without what comes after its `#`: servers never see that."""
    return target.partition("#")[0]
