"""Secrets in text, found with the detectors of detect-secrets, without those that guess."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from kb.checks.prefilter import Prefilter
from kb.checks.secret_forms import FORMS, named_secrets

if TYPE_CHECKING:
    from detect_secrets.plugins.base import RegexBasedDetector

_BY_FORM: Final = (
    ("artifactory", "ArtifactoryDetector"),
    ("aws", "AWSKeyDetector"),
    ("azure_storage_key", "AzureStorageKeyDetector"),
    ("cloudant", "CloudantDetector"),
    ("discord", "DiscordBotTokenDetector"),
    ("github_token", "GitHubTokenDetector"),
    ("gitlab_token", "GitLabTokenDetector"),
    ("ibm_cloud_iam", "IbmCloudIamDetector"),
    ("ibm_cos_hmac", "IbmCosHmacDetector"),
    ("jwt", "JwtTokenDetector"),
    ("mailchimp", "MailchimpDetector"),
    ("npm", "NpmDetector"),
    ("openai", "OpenAIDetector"),
    ("pypi_token", "PypiTokenDetector"),
    ("sendgrid", "SendGridDetector"),
    ("slack", "SlackDetector"),
    ("softlayer", "SoftlayerDetector"),
    ("square_oauth", "SquareOAuthDetector"),
    ("stripe", "StripeDetector"),
    ("telegram_token", "TelegramBotTokenDetector"),
    ("twilio", "TwilioKeyDetector"),
)
"""Module and class of each detector that knows a token by its form.

Left out are those that guess: by entropy (every checksum in a log has that) and by a word such as `password =`
before any text. Private keys are looked for below: detect-secrets takes the mere first line of one, which is what
error messages about keys quote.
"""

_BASIC_AUTH: Final = ("basic_auth", "BasicAuthDetector")
_RUN: Final = "[A-Za-z0-9_+=~-]"
_WORD: Final = "(?:[A-Z]{1,15}[0-9]{0,4}|[a-z]{1,15}[0-9]{0,4}|[0-9]{1,6})"
_AT_DIGEST: Final = "|".join(rf"(?<=\n  {key}: {quote})" for key in ("recipe", "seal") for quote in ("", '"'))
_NO_SECRETS: Final = (
    rf"(?!{_WORD}(?:[-_]{_WORD}){{1,15}}(?!{_RUN}))"
    rf'(?!(?:{_AT_DIGEST})[a-f0-9]{{20}}"?\n)'
)
"""What is long, has a digit, and stands in nearly every entry: names, as `ERR_HTTP2_STREAM_ERROR`, and the two digests
of a record that `kb prove` wrote. The detectors take 0.3 s to load: these are no reason for that.
"""

_CANDIDATE: Final = re.compile(
    rf"(?<!{_RUN})(?=[A-Za-z_+=~-]{{0,60}}[0-9])(?={_RUN}{{20}}){_NO_SECRETS}"
    r"|AccountKey=|hooks\.slack|_authToken|hf_[A-Za-z]|AKC[a-zA-Z0-9]{10}|AP[0-9A-F][a-zA-Z0-9]{8}|[aA][wW][sS].{1,50}['\"]|[0-9]{8}:[A-Za-z0-9_-]{35}"
)
"""What a line has of which a detector takes a part: a long run of letters and digits, or a telling word."""

_BEFORE_DIGIT: Final = "[A-Za-z_+=~-]"
_TELLING: Final = (
    r"AccountKey=|hooks\.slack|_authToken|hf_[A-Za-z]|AKC[a-zA-Z0-9]{10}|AP[0-9A-F][a-zA-Z0-9]{8}"
    r"|[0-9]{8}:[A-Za-z0-9_-]{35}"
)
_CANDIDATE_PREFILTER: Final = Prefilter(
    # Without the start of the run, each of its characters could be one, and the automaton have a million states.
    r"(?:\A|[^A-Za-z0-9_+=~-])(?:"
    + "|".join(f"{_BEFORE_DIGIT}{{{before}}}[0-9]{_RUN}{{{19 - before}}}" for before in range(20))
    + f"|{_BEFORE_DIGIT}{{20,60}}[0-9])|{_TELLING}|(?i:aws)"
)
"""The same in RE2's syntax, which has no way to say that a digit stands somewhere in a run."""

_PASSWORD_IN_ADDRESS: Final = re.compile(r"://[^\s/@]{0,200}:[^\s@]{1,200}@")
_PASSWORD_PREFILTER: Final = Prefilter(r"://[^\s/@]*:[^\s@]+@")

_PRIVATE_KEY: Final = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s|[>|]){1,40}"
    r"(?:[\w-]{1,30}: [^\n]{0,100}\n\s{0,40}){0,4}([A-Za-z0-9+/=]{40,80})"
)
_FEWEST: Final = 12
"""Different characters in the first line of a key."""

_LONGEST_LINE: Final = 1_000
"""Characters of a line that detectors see at once: some take the square of its length."""

_KNOWN_EXAMPLES: Final = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI", "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c")
"""Parts of tokens that their makers' documentation shows: AWS, jwt.io."""

_STAND_IN: Final = re.compile(
    r"example|placeholder|redacted|your[-_]?|dummy|changeme|(.)\1{5}|[*•…]{3}|\.\.\.|<|\{|\$|0123456|1234567|abcdef",
    re.IGNORECASE,
)
"""What nobody's secret has in it."""

_WORDS_FOR_PASSWORD: Final = re.compile(
    r"(?:my|the)?[-_]?(?:password|passwd|pass|pwd|pw|secret|token|x-oauth-basic|api[-_]?key|key|pat|user|guest|admin"
    r"|postgres|root|test|mysql|foo|bar|x|s3cret|p4ssw0rd|hunter2)\d{0,3}|[A-Z_]{2,30}|\W{1,20}|%\w{1,20}%",
    re.IGNORECASE,
)


_NOBODY_S_HOST: Final = re.compile(
    r"localhost|127\.|0\.0\.0\.0|\[::1\]|(?:[\w-]{1,63}\.){0,5}example\b|(?:host|db)(?![\w.-])"
)
"""Hosts at which a password opens nothing of anybody's."""


class Secret(NamedTuple):
    """A secret in a text: what it is, and where it starts and ends in characters from 0."""

    kind: str
    start: int
    end: int


def secrets_in(text: str) -> Iterator[Secret]:
    """Every secret of a text, in its order."""
    if "PRIVATE KEY" in text:
        for found in _PRIVATE_KEY.finditer(text):
            # Every key of OpenSSH starts with a run of A, which stands for zero bytes.
            if len(set(found[1])) >= _FEWEST and not _is_stand_in(found[1].replace("A", "")):
                yield Secret("private key", found.start(), found.end())
    at = 0
    while _CANDIDATE_PREFILTER.lets_pass(text) and (candidate := _CANDIDATE.search(text, at)):
        place = candidate.start()
        start = max(text.rfind("\n", 0, place) + 1, place - _LONGEST_LINE // 2)
        end = text.find("\n", place)
        # What is left of the line is looked at with it.
        at = min(end if end >= 0 else len(text), start + _LONGEST_LINE)
        yield from _in_line(text[start:at], start)
    for address in _PASSWORD_IN_ADDRESS.finditer(text) if _PASSWORD_PREFILTER.lets_pass(text) else ():
        if _NOBODY_S_HOST.match(text, address.end()):
            continue
        # Redis takes a password without a name before it.
        named = address[0].replace("://:", "://default:", 1)
        for kind, value in _values(named, (_BASIC_AUTH,)):
            password = value.rstrip("@").rpartition(":")[2]
            if not _is_stand_in(password) and not _WORDS_FOR_PASSWORD.fullmatch(password):
                yield Secret(kind, address.end() - 1 - len(password), address.end() - 1)


def _in_line(line: str, start: int) -> Iterator[Secret]:
    """The secrets of a line that starts at `start`; of those that share characters the first."""
    found: dict[int, Secret] = {}
    newer = ((kind, match[0]) for kind, part, form in FORMS if part in line for match in form.finditer(line))
    named = (("told by the name before it", value) for value in named_secrets(line))
    for kind, value in (*newer, *_values(line, _BY_FORM), *named):
        at = line.find(value)
        if at >= 0 and not _is_stand_in(value) and not (kind.startswith("Artifactory") and not _is_mixed(value)):
            found.setdefault(at, Secret(kind, start + at, start + at + len(value)))
    end = start
    for _, secret in sorted(found.items()):
        if secret.start >= end:
            yield secret
            end = secret.end


def _values(text: str, detectors: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """What the detectors find: the kind of secret, and the secret."""
    for detector in _loaded(detectors):
        for pattern in detector.denylist:
            for found in pattern.finditer(text):
                # Only a detector itself knows whether what has the form of a token is one.
                if any(True for _ in detector.analyze_string(found[0])):
                    yield str(detector.secret_type), found[0].strip(" \t\"'=:")


@cache
def _loaded(detectors: tuple[tuple[str, str], ...]) -> tuple["RegexBasedDetector", ...]:
    """Detectors, imported late: detect-secrets loads slowly, and few entries need it.

    They are asked for what a text holds and never to `verify`, which would send the secret over the network.
    """
    modules = ((import_module(f"detect_secrets.plugins.{module}"), name) for module, name in detectors)
    return tuple(getattr(module, name)() for module, name in modules)


def _is_mixed(value: str) -> bool:
    """Whether a text is no word or name: it has digits, and letters of both cases."""
    return any(map(str.isdigit, value)) and any(map(str.islower, value)) and any(map(str.isupper, value))


def _is_stand_in(value: str) -> bool:
    return any(known in value for known in _KNOWN_EXAMPLES) or _STAND_IN.search(value) is not None
