"""A file that has no place in the entries folder."""

from kb.checks.rule import Family, Rule
from kb.entry import DefectKind

RULE = Rule(
    code="KB110",
    name="stray-file",
    family=Family.FORMAT,
    summary="The file is neither an entry, nor a picture of one, nor a data file such as `products.yml`.",
    why=(
        "The folder holds the content and nothing else. MkDocs publishes any other file as it is: a page or a "
        "script from a stranger would run on the site. An entry with a misspelt ending would be lost."
    ),
    fix="Give an entry an ending in lower case (`.md`, `.yml`, `.yaml`), and keep all else outside of the folder.",
    bad="entries/git/index-lock.markdown",
    good="entries/git/index-lock.md",
    defects=frozenset({DefectKind.STRAY}),
)
