"""Two things that claim one address."""

from collections.abc import Iterator

from kb.checks.rule import UNBUILDABLE, Family, Finding, Inspection, Located, Rule
from kb.entry import START


def _check(inspection: Inspection) -> Iterator[Located]:
    owner: dict[str, str] = {}
    addresses: list[tuple[str, str, int | None]] = [(each.id, each.name, None) for each in inspection.claims]
    addresses += [(alias, each.name, index) for each in inspection.claims for index, alias in enumerate(each.aliases)]
    for address, name, index in addresses:
        problem = _problem(address, owner, inspection)
        if problem:
            source = inspection.read(name)
            position = START if index is None else source.key_position("aliases", index)
            yield Located(source, Finding(position, *problem))
        owner.setdefault(address, name)


def _problem(address: str, owner: dict[str, str], inspection: Inspection) -> tuple[str, str] | None:
    """What is wrong with an address, and what to do; `owner` has the file of each that was claimed before."""
    if address in owner:
        message = f"the address /{address}/ belongs to {owner[address]} already"
        return message, "Rename one of the two, or remove the alias."
    folder = address.partition("/")[0]
    if folder in inspection.reserved:
        return f"/{folder}/ is a page of the site itself", f"Use another product id than {folder!r}."
    if address.endswith("/index"):
        return f"/{address}/ is the address of the product's own page", "Name the file after the error."
    return None


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
    firm=UNBUILDABLE,
)
