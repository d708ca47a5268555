"""A key, token or password that somebody uses."""

from collections.abc import Iterator

from kb.checks.data_files import in_data_files
from kb.checks.places import place_of
from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.checks.secrets import secrets_in
from kb.entry import Catalog, Source


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    return _look(source)


def _look(source: Source | Catalog) -> Iterator[Finding]:
    for secret in secrets_in(source.text):
        start = source.text[secret.start : secret.start + 4]
        message = f"{start}… looks like a secret that somebody uses ({secret.kind})"
        yield Finding(place_of(source.text, secret.start), message, _HINT)


_HINT = "Revoke it where it was made, since it is public now; write a stand-in such as ghp_EXAMPLE here."

RULE = Rule(
    code="KB501",
    name="secret",
    family=Family.SAFETY,
    summary="The text holds a key, token or password that looks real.",
    why=(
        "A pull request is public from its first minute, and its history for ever. Programs look for tokens in new "
        "commits and use them within seconds."
    ),
    fix="Revoke the secret first. Then put a stand-in in its place that says what it is: `<token>`, `ghp_EXAMPLE`.",
    bad="fatal: unable to access 'https://alice:kT9w2LqZ@git.acme-corp.com/'",
    good="fatal: unable to access 'https://user:<token>@git.acme-corp.com/'",
    in_source=_check,
    in_collection=in_data_files(_look),
    firm="a secret that is public is lost, whatever a knowledge base says of it",
)
