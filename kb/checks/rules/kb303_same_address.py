"""Two things that claim one address."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import START, Position, Source


def _check(inspection: Inspection) -> Iterator[Located]:
    owner: dict[str, str] = {}
    claims: list[tuple[str, Source, Position]] = [
        (source.id, source, START) for source in inspection.collection.sources
    ]
    claims += [
        (alias, source, source.key_position("aliases", index))
        for source in inspection.collection.sources
        if source.draft
        for index, alias in enumerate(source.draft.aliases)
    ]
    for address, source, position in claims:
        if address in owner:
            message = f"the address /{address}/ belongs to {owner[address]} already"
            yield Located(source, Finding(position, message, "Rename one of the two, or remove the alias."))
        elif address.partition("/")[0] in inspection.reserved:
            folder = address.partition("/")[0]
            message = f"/{folder}/ is a page of the site itself"
            yield Located(source, Finding(position, message, f"Use another product id than {folder!r}."))
        elif address.endswith("/index"):
            message = f"/{address}/ is the address of the product's own page"
            yield Located(source, Finding(position, message, "Name the file after the error."))
        owner.setdefault(address, source.name)


RULE = Rule(
    code="KB303",
    name="same-address",
    family=Family.LINKS,
    summary="Two entries or aliases claim one address, or an entry claims that of a site page.",
    why="One of the two would overwrite the other, and links that people posted would lead to the wrong error.",
    fix="Rename the newer file, or remove the alias.",
    bad="entries/git/index-lock.md and entries/git/index-lock.yml",
    good="entries/git/index-lock.md and entries/git/shallow-lock.yml",
    in_collection=_check,
)
