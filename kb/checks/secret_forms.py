"""Tokens that detect-secrets 1.5 does not know: by the form that a provider gave them, or by the name before them."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Form(NamedTuple):
    """A pattern of a token, and a part that each has: a line without it need not be searched."""

    kind: str
    part: str
    pattern: re.Pattern[str]


_HEX: Final = "[a-f0-9]"
_UUID: Final = "[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"
_BY_START: Final = (
    ("Airtable token", "pat", rf"[A-Za-z0-9]{{14}}\.{_HEX}{{64}}"),
    ("Anthropic key", "sk-ant-", r"[a-z0-9]{2,12}-[\w-]{20,200}"),
    ("Atlassian token", "ATATT3", r"[\w=-]{100,300}"),
    ("Bitbucket password", "ATBB", r"[A-Za-z0-9]{32}"),
    ("Brevo key", "xkeysib-", rf"{_HEX}{{64}}-\w{{16}}"),
    ("Buildkite token", "bk", r"[a-z]{2}_[a-f0-9]{40}"),
    ("Cloudflare CA key", "v1.0-", rf"{_HEX}{{24}}-{_HEX}{{146}}"),
    ("Contentful token", "CFPAT-", r"[\w-]{43}"),
    ("crates.io token", "cio", r"[A-Za-z0-9]{32}"),
    ("Databricks token", "dapi", rf"{_HEX}{{32}}"),
    ("Deno Deploy token", "ddp_", r"[A-Za-z0-9]{36}"),
    ("DigitalOcean token", "do", rf"[opr]_v1_{_HEX}{{64}}"),
    ("Docker Hub token", "dckr_", r"[op]at_[\w-]{27,40}"),
    ("Doppler token", "dp.", r"(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,80}"),
    ("Dynatrace token", "dt0", r"[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}"),
    ("Facebook token", "EAA", r"[A-Za-z0-9]{60,300}"),
    ("Figma token", "figd_", r"[\w-]{40}"),
    ("GitHub token", "github_pat_", r"[A-Za-z0-9]{22}_[A-Za-z0-9]{40,80}"),
    ("Google API key", "AIza", r"[\w-]{35}"),
    ("Google OAuth secret", "GOCSPX-", r"[\w-]{28}"),
    ("Google OAuth token", "ya29.", r"[\w-]{30,400}"),
    ("Grafana token", "glsa_", rf"[A-Za-z0-9]{{32}}_{_HEX}{{8}}"),
    ("Grafana Cloud token", "glc_", r"[A-Za-z0-9+/=]{32,400}"),
    ("Groq key", "gsk_", r"[A-Za-z0-9]{52}"),
    ("Heroku key", "HRKU-", r"[\w-]{36,70}"),
    ("HubSpot token", "pat-", rf"(?:na|eu|ap)\d-{_UUID}"),
    ("Hugging Face token", "hf_", r"[A-Za-z0-9]{30,60}"),
    ("LangSmith key", "lsv2_", rf"(?:pt|sk)_{_HEX}{{32}}_{_HEX}{{10}}"),
    ("Linear key", "lin_", r"(?:api|oauth)_[A-Za-z0-9]{32,64}"),
    ("Mailgun key", "key-", rf"{_HEX}{{32}}"),
    ("Netlify token", "nfp_", r"[A-Za-z0-9]{36}"),
    ("New Relic key", "NRAK-", r"[A-Z0-9]{27}"),
    ("Notion token", "ntn_", r"[A-Za-z0-9]{40,50}"),
    ("Notion token", "secret_", r"[A-Za-z0-9]{43}"),
    ("npm token", "npm_", r"[A-Za-z0-9]{36}"),
    ("NVIDIA key", "nvapi-", r"[\w-]{60,70}"),
    ("OpenAI key", "sk-", r"(?:(?:proj|svcacct|admin)-[\w-]{40,200}|[A-Za-z0-9]{48})"),
    ("OpenRouter key", "sk-or-v1-", rf"{_HEX}{{64}}"),
    ("Perplexity key", "pplx-", r"[A-Za-z0-9]{40,60}"),
    ("PlanetScale token", "pscale_", r"(?:tkn|pw|oauth)_[\w.=-]{32,64}"),
    ("Postman key", "PMAK-", rf"{_HEX}{{24}}-{_HEX}{{34}}"),
    ("Pulumi token", "pul-", rf"{_HEX}{{40}}"),
    ("Replicate token", "r8_", r"[A-Za-z0-9]{37}"),
    ("Resend key", "re_", r"[A-Za-z0-9]{8}_[A-Za-z0-9]{24}"),
    ("RubyGems key", "rubygems_", rf"{_HEX}{{48}}"),
    ("Sentry token", "sntry", r"[su]_[A-Za-z0-9+/=_-]{60,300}"),
    ("Shopify token", "shp", r"(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("Slack app token", "xapp-", rf"\d-[A-Z0-9]{{8,14}}-\d{{8,16}}-{_HEX}{{48,80}}"),
    ("SonarQube token", "sq", rf"[upa]_{_HEX}{{40}}"),
    ("Square token", "sq0", r"(?:atp|csp|idp)-[\w-]{22,43}"),
    ("Stripe webhook secret", "whsec_", r"[A-Za-z0-9+/]{32,64}"),
    ("Supabase token", "sbp_", rf"{_HEX}{{40}}"),
    ("Tailscale key", "tskey-", r"(?:auth|api|client|scim)-\w{8,20}-\w{20,50}"),
    ("Vault token", "hv", r"[sbr]\.[\w-]{24,300}"),
    ("xAI key", "xai-", r"[A-Za-z0-9]{70,90}"),
    ("age key", "AGE-SECRET-KEY-1", r"[0-9A-Z]{58}"),
)
_BY_PART: Final = (
    ("Azure client secret", "Q~", r"(?<![\w.~-])[\w~.]{3}[78]Q~[\w~.-]{31,34}(?![\w.~-])"),
    ("Discord webhook", "/api/webhooks/", r"/api/webhooks/\d{17,20}/[\w-]{60,80}"),
    ("Terraform token", ".atlasv1.", r"(?<![\w-])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}(?![\w-])"),
)
FORMS: Final = (
    *(
        Form(kind, start, re.compile(rf"(?<![\w-]){re.escape(start)}{rest}(?![\w-])"))
        for kind, start, rest in _BY_START
    ),
    *(Form(kind, part, re.compile(pattern)) for kind, part, pattern in _BY_PART),
)

_IS: Final = r"\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?"
"""What stands between a name and its value, in settings, JSON and JSON inside of a text."""
_NAMED: Final = re.compile(
    r"(?i:api[_-]?key|access[_-]?key|secret[_-]?key|client[_-]?secret|(?:auth|access|private|api|bot)[_-]?token"
    rf"|passw(?:or)?d){_IS}([A-Za-z0-9+_~-]{{16,200}}={{0,2}})(?![\w./+({{\[-])"
    rf"|(?i:authorization){_IS}(?i:bearer|basic|token)\s{{1,3}}([A-Za-z0-9+/_.~-]{{16,400}}={{0,2}})"
    rf"|(?i:aws\w{{0,20}}secret\w{{0,20}}){_IS}([A-Za-z0-9+/]{{40}})(?![\w/+=])"
)
_WORD: Final = re.compile(r"pa[s5$]{2}|secret|token|key", re.IGNORECASE)
_FEWEST: Final = 10
"""Different characters in what somebody's machine has drawn by lot."""


def named_secrets(line: str) -> Iterator[str]:
    """What a line calls a key, token or password, where it looks drawn by lot: digits, and letters of both cases."""
    for found in _NAMED.finditer(line):
        value = next(filter(None, found.groups()))
        kinds = (str.isdigit, str.islower, str.isupper)
        is_hex = len(value) in (32, 40, 64) and all(character in "0123456789abcdef" for character in value)
        if (
            len(set(value)) >= _FEWEST
            and not _WORD.search(value)
            and (is_hex or all(any(map(kind, value)) for kind in kinds))
        ):
            yield value
