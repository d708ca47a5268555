"""The public IP address of somebody's machine."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from kb.checks.data_files import in_data_files
from kb.checks.edit import Edit
from kb.checks.places import place_of
from kb.checks.prefilter import Prefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Catalog, Source

_ADDRESS: Final = re.compile(
    r"(?:(?<![\w.:-])|(?<=::ffff:))(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w.]*\d|-\w)|[23][0-9a-fA-F]{3}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:]))"
)
_PREFILTER: Final = Prefilter(r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|[23][0-9a-fA-F]{3}:[0-9a-fA-F]{0,4}:")
_VERSION_BEFORE: Final = re.compile(
    r"(?:\b(?:version|release|build|driver|firmware|upgrade to|downgrade to|since|before|after|until|v)[\s:=]*"
    r"|[=~<>^@(]\s*|[,\[]\s*[\"']|\b(?:pypi|npm)/[\w@/-]{1,30}:\s*[\"']?|\bwith:\s*\{[^}\n]*[\w-]:\s*[\"']?)$",
    re.IGNORECASE,
)
"""What stands before four numbers that are a version: `pkg==2.31.0.6`, `Chrome/120.0.0.0`, `version 1.2.3.4`,
`pypi/pkg: "1.2.3.4"`, `with: {rails: "6.1.7.10"`."""
_WORD_BEFORE: Final = re.compile(r"[A-Za-z]\w*[-_/ ]$")
"""It may be a program, and the numbers its version."""
_HOST_BEFORE: Final = re.compile(
    r"(?:\b(?:to|from|at|host|hosts|address|addr|ip|server|peer|client|inet6?|on|by|ssh|ping|connect|listen|via|dst|src"
    r"|remote|nameserver|gateway|dial|tcp|udp|port|of)[\s:=(\[\"']*|://|[@(\[]\s*)$",
    re.IGNORECASE,
)
_PORT_AFTER: Final = re.compile(r"[\])\"']?(?::\d{2,5}\b|/\d{1,2}\b| port \d)")
_LARGE: Final = 40
_EVERYBODY_S: Final = frozenset(
    {
        *("1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "208.67.222.222", "1.2.3.4", "4.3.2.1", "11.22.33.44"),
        *("2001:4860:4860::8888", "2001:4860:4860::8844", "2606:4700:4700::1111", "2606:4700:4700::1001"),
    }
)
"""Public name servers, and what people type for "some address"."""


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return _look(source)


def _look(source: Source | Catalog) -> Iterator[Finding]:
    text = source.text
    if not _PREFILTER.lets_pass(text):
        return
    for found in _ADDRESS.finditer(text):
        address = _public(found[0])
        if address is None or found[0] in _EVERYBODY_S:
            continue
        before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 12]
        is_host = address.version == 6 or bool(_PORT_AFTER.match(after) or _HOST_BEFORE.search(before))
        if not is_host:
            is_host = _has_no_version_s_numbers(address)
            if _VERSION_BEFORE.search(before) or (_WORD_BEFORE.search(before) and not is_host):
                continue
        stand_in = "192.0.2.1" if address.version == 4 else "2001:db8::1"
        start, end = place_of(text, found.start()), place_of(text, found.end())
        edits = (Edit(start, end, stand_in),)
        if is_host:
            hint = f"Write {stand_in}, which belongs to nobody."
            yield Finding(start, f"{found[0]} is the public address of a machine", hint, edits)
        else:
            hint = f"Write {stand_in}, which belongs to nobody; of a version, say so: `version {found[0]}`."
            yield Finding(start, f"{found[0]} looks like the public address of a machine", hint)


def _has_no_version_s_numbers(address: IPv4Address | IPv6Address) -> bool:
    """Whether the numbers are too large for a version: one of them may be, two hardly ever are."""
    return sum(number >= _LARGE for number in address.packed) > 1


def _public(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return address if address.is_global and not address.is_multicast else None


RULE = Rule(
    code="KB503",
    name="public-address",
    family=Family.SAFETY,
    summary="The text holds the public IP address of a machine.",
    why="An address in a log says whose machine it was, and invites everybody who reads it to try the door.",
    fix=(
        "Write an address that is kept for documentation: 192.0.2.1, 198.51.100.1, 203.0.113.1 (RFC 5737) or "
        "2001:db8::1 (RFC 3849). Private and loopback addresses may stay."
    ),
    bad="connect to 93.184.216.34 port 5432 failed: Connection refused",
    good="connect to 192.0.2.1 port 5432 failed: Connection refused",
    mended="Writes an address kept for documentation in its place, where it can't be a version.",
    in_source=_check,
    in_collection=in_data_files(_look),
)
