"""What a reader asks for: the body of a request, as JSON or as a form, read into taps.

    POST /v1/votes    {"entry", "signal", "on", "workaround"?, "token", "receipt"?}
    POST /v1/helpful  {"entry", "helpful": true | false | null, "token", "receipt"?}
    POST /v1/missing  {"skeleton", "token"}
    POST /v1/outcomes {"entry", "workaround": number, "helped": true | false, "version"?}

`token` is random and the device's own. `receipt` is what an earlier vote was answered with: it lets the device take
that vote back on a later day, when nobody can know the reader any more.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl

from kb.collector.refusals import Refusal
from kb.entry import FEEDBACK_SIGNALS, VOTE_SIGNALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.collector.catalog import Catalog, Known

MOST_BYTES: Final = 1024
"""Of a body."""
SIGNALS: Final = frozenset(signal.name for signal in VOTE_SIGNALS)
HELPFUL, UNHELPFUL = (signal.name for signal in FEEDBACK_SIGNALS)
OF_WORKAROUNDS: Final = "works"
"""The signal that a workaround takes: "This one worked"."""
JSON_TYPE: Final = "application/json"
FORM_TYPE: Final = "application/x-www-form-urlencoded"

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_RECEIPT: Final = re.compile(r"[0-9a-f]{32}")
_VERSION: Final = re.compile(r"[A-Za-z0-9 ._+~:=,/-]{0,80}")


class Tap(NamedTuple):
    """One thing that a reader says, or takes back. `workaround` is a key, empty for the entry as a whole."""

    entry: str
    workaround: str
    signal: str
    on: bool


class Asked(NamedTuple):
    """A request that can be kept: its taps in order, of which the first one is what was asked, and by whom."""

    taps: tuple[Tap, ...]
    known: Known
    token: str
    receipt: str


class Outcome(NamedTuple):
    """What a coding agent reports of a workaround that it tried. `workaround` is a key."""

    entry: str
    workaround: str
    version: str
    helped: bool


def fields_of(body: bytes, kind: str) -> Mapping[str, object]:
    """The fields of a body. Raises Refusal."""
    if kind == FORM_TYPE:
        try:
            return dict(parse_qsl(body.decode("ascii"), max_num_fields=10, errors="strict"))
        except ValueError:
            raise Refusal(400, "bad-form", "The form can't be read.") from None
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "bad-json", "The body is no JSON.") from None
    if not isinstance(fields, dict):
        raise Refusal(400, "bad-json", "The body is no JSON object.")
    return fields


def read_vote(fields: Mapping[str, object], catalog: Catalog, *, is_form: bool) -> Asked:
    """The vote that somebody casts or takes back. Raises Refusal."""
    known = catalog.find(_text(fields, "entry"))
    signal = _text(fields, "signal")
    workaround = _text(fields, "workaround", "")
    if signal not in SIGNALS or (workaround and signal != OF_WORKAROUNDS):
        raise Refusal(400, "unknown-signal", "There is no such signal.")
    if workaround and workaround not in known.workarounds:
        raise Refusal(404, "unknown-workaround", "The entry has no such workaround.")
    on = fields.get("on", "true") != "false" if is_form else fields.get("on")
    if not isinstance(on, bool):
        raise Refusal(400, "bad-on", "`on` has to be true or false.")
    return Asked((Tap(known.id, workaround, signal, on),), known, *_reader(fields, is_form=is_form))


def read_helpful(fields: Mapping[str, object], catalog: Catalog, *, is_form: bool) -> Asked:
    """The answer to "Did this help?": one a reader, so that yes takes a no back. Raises Refusal."""
    known = catalog.find(_text(fields, "entry"))
    answer = fields.get("helpful", "missing")
    if is_form:
        answer = {"true": True, "false": False, "null": None}.get(str(answer), "missing")
    if answer is not None and not isinstance(answer, bool):
        raise Refusal(400, "bad-helpful", "`helpful` has to be true, false or null.")
    said, other = (UNHELPFUL, HELPFUL) if answer is False else (HELPFUL, UNHELPFUL)
    taps = (Tap(known.id, "", said, answer is not None), Tap(known.id, "", other, on=False))
    return Asked(taps, known, *_reader(fields, is_form=is_form))


def read_missing(fields: Mapping[str, object]) -> tuple[str, str]:
    """The text of an error that nothing was found for, and the device's token. Raises Refusal."""
    return _text(fields, "skeleton"), _reader(fields, is_form=False)[0]


def read_outcome(fields: Mapping[str, object], catalog: Catalog) -> Outcome:
    """What an agent reports. Raises Refusal."""
    known = catalog.find(_text(fields, "entry"))
    number, helped = fields.get("workaround"), fields.get("helped")
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(known.workarounds):
        raise Refusal(404, "unknown-workaround", "The entry has no such workaround.")
    if not isinstance(helped, bool):
        raise Refusal(400, "bad-helped", "`helped` has to be true or false.")
    version = _text(fields, "version", "").strip()
    if not _VERSION.fullmatch(version):
        raise Refusal(400, "bad-version", "`version` has to be 80 letters, digits and signs of versions at most.")
    return Outcome(known.id, known.workarounds[number - 1], version, helped)


def _reader(fields: Mapping[str, object], *, is_form: bool) -> tuple[str, str]:
    """Token and receipt. A form has no token: without JavaScript a device can't keep one."""
    token = "" if is_form else _text(fields, "token")
    if token and not _TOKEN.fullmatch(token):
        raise Refusal(400, "bad-token", "`token` has to be 16 to 64 letters, digits, `-` or `_`.")
    receipt = _text(fields, "receipt", "")
    if receipt and not _RECEIPT.fullmatch(receipt):
        raise Refusal(400, "bad-receipt", "`receipt` has to be what a vote was answered with.")
    return token, receipt


def _text(fields: Mapping[str, object], name: str, default: str | None = None) -> str:
    value = fields.get(name, default)
    if not isinstance(value, str) or (default is None and not value):
        raise Refusal(400, f"bad-{name}", f"`{name}` has to be a text.")
    return value
