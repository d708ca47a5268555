"""A file name that can't be an address, or that only differs in case from another."""

from collections.abc import Iterator

from kb.checks.rule import UNBUILDABLE, Family, Finding, Inspection, Located, Rule
from kb.entry import LONGEST_SLUG, START


def _check(inspection: Inspection) -> Iterator[Located]:
    lowered: dict[str, list[str]] = {}
    for name in inspection.names:
        lowered.setdefault(name.lower(), []).append(name)
    for claims in inspection.claims:
        if not claims.has_bad_name:
            continue
        twins = [name for name in lowered[claims.name.lower()] if name != claims.name]
        message = f"{claims.name!r} is not `product/slug` in lower case"
        if twins:
            message += f", and differs from {twins[0]!r} only in case"
        hint = "Rename it to lower-case words joined by hyphens, in a product's folder: `pip/hash-mismatch.md`."
        if max(map(len, claims.id.split("/"))) > LONGEST_SLUG:
            message = f"a part of the name has more than {LONGEST_SLUG} characters"
            hint = "Shorten it to the words that tell the error from others."
        yield Located(inspection.read(claims.name), Finding(START, message, hint))


RULE = Rule(
    code="KB108",
    name="file-name",
    family=Family.FORMAT,
    summary="The file is not called `<product>/<slug>` in lower case.",
    why=(
        "The file's name is the page's address for ever, so it has to be easy to say and type. Two names that "
        "differ in case are one file on Windows and macOS."
    ),
    fix="Rename it to lower-case words joined by hyphens, in the folder of a product.",
    bad="entries/Git/Index Lock.md",
    good="entries/git/index-lock.md",
    in_collection=_check,
    firm=UNBUILDABLE,
)
