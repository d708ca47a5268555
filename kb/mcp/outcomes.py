"""The tool `report_outcome`: whether a workaround helped, told to a collector that counts such reports apart.

    POST <address>/v1/outcomes  {"entry", "workaround": NUMBER, "helped": true | false, "version", "from": "agent"}

It is an address of its own, and no vote: `kb votes serve` counts these reports apart. A collector that does not know it
answers 404.
"""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Final
from urllib.request import Request

from kb.match.fetching import open_address, why_unread

SECONDS: Final = 10
LONGEST_VERSION: Final = 80


class OutcomeError(Exception):
    """The collector did not take a report; the text says why."""


def report_outcome(collector: str, entry: str, workaround: int, version: str, *, helped: bool) -> None:
    """Tell the collector at an address. Raises OutcomeError."""
    said = {"entry": entry, "workaround": workaround, "helped": helped, "version": version[:LONGEST_VERSION]}
    request = Request(  # noqa: S310 - http: and https: alone are opened
        f"{collector.rstrip('/')}/v1/outcomes",
        json.dumps({**said, "from": "agent"}).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        with open_address(request, timeout=SECONDS):
            return
    except (OSError, HTTPException, ValueError) as error:
        raise OutcomeError(f"the collector did not take it: {why_unread(error)}") from None
