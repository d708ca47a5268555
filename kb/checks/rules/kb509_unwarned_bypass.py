"""A command that switches a safeguard off, without a warning beside it."""

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.commands import commands, programs, short_flags
from kb.checks.prefilter import CodePrefilter
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.unwarned import Harm, unwarned
from kb.entry import Source

_TLS: Final = "takes any server for the right one"
_BYPASSES: Final = {
    what: re.compile("|".join(forms), re.ASCII | re.IGNORECASE)
    for what, forms in {
        _TLS: (
            r"--no-check-certificate\b|--insecure(?:-\S{1,40})?(?:\s|$)|--tls-verify=false|--allow-insecure-\S{1,40}",
            r"--trusted-host\b|\btrusted[-_]host\b\s{0,3}[= ]|\binsecure-registr(?:y|ies)\b",
            r"\b(?:npm_config_)?(?:strict[-_]ssl|enableStrictSsl)\b['\"]?\s{0,3}[=: ]\s{0,3}['\"]?false\b",
            r"\bssl_verify['\"]?\s{0,3}[=: ]\s{0,3}['\"]?(?:no|false)\b",
            r"\bNODE_TLS_REJECT_UNAUTHORIZED\b\W{1,6}0|\brejectUnauthorized\b['\"]?\s{0,3}[:=]\s{0,3}false\b",
            r"\bsslVerify\b['\"]?\s{0,3}[= ]\s{0,3}['\"]?(?:false|0|no)\b|\bGIT_SSL_NO_VERIFY\b\W{1,6}(?:1|true|yes)\b",
            r"\bverify\s{0,3}=\s{0,3}False\b|\b_create_unverified_context\b|\bCERT_NONE\b|\bcheck_hostname\s{0,3}=\s{0,3}False",
            r"\bPYTHONHTTPSVERIFY\b\W{1,6}0|\bInsecureSkipVerify\b\W{1,4}true|\bCURLOPT_SSL_VERIFY\w{4}\b\W{1,4}(?:0|false)",
            r"\bStrictHostKeyChecking\b[= ]{1,3}['\"]?no\b|\bUserKnownHostsFile[= ]{1,3}['\"]?/dev/null",
            r"\bVerify-(?:Peer|Host)\b\W{1,4}false\b|check[-_]revoke\b\W{1,4}false\b|--ssl-no-revoke\b",
            r"\bGOINSECURE=|\bGONOSUM(?:CHECK|DB)=|\bGOSUMDB=off\b|\bGOFLAGS=\S{0,40}-insecure\b",
            r"-SkipCertificateCheck\b|--skip-tls\S{0,20}|--tls-skip-verify\b|--ignore-certificate-errors\b",
            r"\bTrustServerCertificate\s{0,3}=\s{0,3}(?:true|yes)\b|\btlsAllowInvalid\w{1,20}|HOST_KEY_CHECKING\b\W{1,4}false\b",
            r"\b(?:CURL|REQUESTS)_CA_BUNDLE=(?:\"\"|\'\'|\s|$)",
            r"\bdisable-tls\b|\bssl\.insecure=true\b|\bssl_verify_mode\b\W{1,4}0|\bverify_ssl\b\W{1,4}false\b",
        ),
        "installs packages that nobody signed": (
            r"--allow-unauthenticated\b|--no-?gpg-?checks?\b|\[trusted=yes\]|\bgpgcheck=0",
        ),
        "skips what looks at each commit": (r"\bgit\s[^\n|;&]{0,80}?--no-verify\b",),
        "gives a container all rights on the machine": (
            r"\b(?:docker|podman)\s[^\n|;&]{0,200}?--privileged\b|\bprivileged:\s{0,3}true\b",
        ),
        "lets any script run": (r"\b(?:Set-)?ExecutionPolicy\b[^\n]{0,80}?\b(?:Bypass|Unrestricted)\b",),
        "runs code that stands in the file": (r"\bweights_only\s{0,3}=\s{0,3}False\b",),
        "may break what the system itself runs on": (r"--break-system-packages\b",),
        "switches protection off": (
            r"\bsetenforce\s{1,20}0\b|\bufw\s{1,20}disable\b|\biptables\s{1,20}(?:-F|--flush)\b|--(?:master|global)-disable\b",
            r"\bsystemctl\s{1,20}(?:stop|disable|mask)\s[^\n|;&]{0,20}?\b(?:firewalld|ufw|apparmor)\b|\bcsrutil\s{1,20}disable\b",
            r"\biptables\s{1,20}-P\s{1,20}INPUT\s{1,20}ACCEPT\b|--disable-web-security\b",
            r"\bxattr\s{1,20}-\w{0,3}[cd]\w{0,3}\s[^\n]{0,60}?(?:quarantine|\.app\b)|-DisableRealtimeMonitoring\b",
        ),
    }.items()
}
"""What a bypass does -> the forms in which it is written."""

_OPEN_MODE: Final = re.compile(r"0?[0-7]?777|0?666|(?:\w*a\w*|\w*o\w*|)[+=]r?w[xX]?")
_FORCED: Final = frozenset({"--force", "--force-yes", "--overwrite"})


def _curl(words: tuple[str, ...]) -> str | None:
    return _TLS if "k" in short_flags(words) else None


def _chmod(words: tuple[str, ...]) -> str | None:
    return "lets everyone on the machine change the files" if any(map(_OPEN_MODE.fullmatch, words)) else None


def _icacls(words: tuple[str, ...]) -> str | None:
    is_open = any(word.lower().startswith(("everyone:", "*s-1-1-0:")) for word in words)
    return "lets everyone on the machine change the files" if is_open else None


_BYPASSED_BY: Final = {"curl": _curl, "chmod": _chmod, "icacls": _icacls}
"""Program -> what says whether it switches a safeguard off."""

_PREFILTER: Final = CodePrefilter(
    [*_BYPASSES.values(), re.compile("|".join(map(re.escape, _FORCED)), re.ASCII)], _BYPASSED_BY
)


def _harms(line: str) -> Iterator[Harm]:
    for bypass, pattern in _BYPASSES.items():
        for found in pattern.finditer(line):
            yield Harm(found.start(), f"`{found[0].strip()}` {bypass}, and no warning says so")
    for command in commands(line):
        names: list[str] = []
        for name, words in programs(command):
            what = _BYPASSED_BY[name](words) if name in _BYPASSED_BY else None
            if what and not (names and names[-1] in ("git", "docker")):
                yield Harm(command.offset, f"`{name}` here {what}, and no warning says so")
                break
            names.append(name)
        else:
            # Of a compiler it only means that all is built anew.
            if (
                len(command.words) > 1
                and "tsc" not in names
                and _FORCED & set(command.words[1:])
                and "git" not in names
            ):
                yield Harm(command.offset, "`--force` overrides a check, and no warning says so")


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return unwarned(
        source, _PREFILTER, _harms, "Say what the check protects from, in an alert of the same section: `> [!WARNING]`."
    )


RULE = Rule(
    code="KB509",
    name="unwarned-bypass",
    family=Family.SAFETY,
    summary="A command switches a safeguard off (TLS checks, permissions, `--force`), and its section has no warning.",
    why=(
        "Switching the check off makes most errors go away, and the protection with them, often for good: a setting "
        "stays when the error is long forgotten."
    ),
    fix="Show how to meet the check instead. Where there is no other way, say the risk in an alert `> [!WARNING]`.",
    bad="""\
## Workaround: Skip the check

```sh
curl -k https://internal.example/
```
""",
    good="""\
## Workaround: Trust your company's certificate

```sh
curl --cacert company.pem https://internal.example/
```
""",
    in_source=_check,
)
