"""A folder for which `products.yml` has no product."""

from collections.abc import Iterator
from difflib import get_close_matches

from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import START


def _check(inspection: Inspection) -> Iterator[Located]:
    catalog = inspection.product_catalog
    if not isinstance(catalog.document.value, dict):
        return  # the file itself is reported
    products = catalog.document.value
    reported: set[str] = set()
    for claims in inspection.claims:
        folder, separator, _ = claims.name.partition("/")
        if claims.has_bad_name:
            continue
        if not separator or folder in products or folder in reported:
            continue
        reported.add(folder)
        close = get_close_matches(folder, products, n=1)
        guess = f"Did you mean {close[0]!r}? If not, add" if close else "Add"
        hint = f"{guess} `{folder}: {{name: …, home: …, repository: …, category: …}}` to products.yml."
        yield Located(inspection.read(claims.name), Finding(START, f"product {folder!r} is not in products.yml", hint))


RULE = Rule(
    code="KB205",
    name="unknown-product",
    family=Family.CONTENT,
    summary="The entry's folder is not a product of `products.yml`.",
    why="A product has a name, a home and a repository that its pages show. A misspelt folder would be a new product.",
    fix="Move the file into the right folder, or add the product to `products.yml`.",
    bad="entries/postgress/deadlock-detected.md",
    good="entries/postgres/deadlock-detected.md",
    in_collection=_check,
)
