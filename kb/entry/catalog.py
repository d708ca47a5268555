"""The data files beside the entries: `products.yml`, `tools.yml` and, where there is one, `synonyms.yml`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from kb.entry.coverage import Coverage
from kb.entry.defects import describe_validation
from kb.entry.files import read_text
from kb.entry.model import Product, SynonymMeanings, SynonymWord, Tool
from kb.entry.source import START, Defect, DefectKind
from kb.entry.yaml_document import YamlDocument, parse_yaml

_PRODUCT_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WORD: Final[TypeAdapter[str]] = TypeAdapter(SynonymWord)
_MEANINGS: Final[TypeAdapter[tuple[str, ...]]] = TypeAdapter(SynonymMeanings)
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Catalog:
    """A data file as it was read: what it holds, and what was wrong with it."""

    path: Path
    text: str
    document: YamlDocument
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class ProductCatalog(Catalog):
    """`products.yml`: products by id, which is the name of their folder."""

    products: dict[str, Product]


@dataclass(frozen=True, slots=True)
class ToolCatalog(Catalog):
    """`tools.yml`: tools in the file's order."""

    tools: tuple[Tool, ...]


@dataclass(frozen=True, slots=True)
class SynonymCatalog(Catalog):
    """`synonyms.yml`: what else entries may call what readers type, by the word that they type."""

    synonyms: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CoverageCatalog(Catalog):
    """`coverage.yml`: what products print by their own lists and what is asked for, by product."""

    coverage: dict[str, Coverage]


def read_products(root: Path) -> ProductCatalog:
    """Read `<root>/products.yml`. A bad product is left out and stands in `defects`."""
    path, text, document, defects = _read(root, "products.yml", dict, "products by id: `pip: {name: pip, …}`")
    products: dict[str, Product] = {}
    if isinstance(document.value, dict):
        for key, value in document.value.items():
            if not _PRODUCT_ID.fullmatch(key):
                hint = "Lower-case words joined by hyphens: it is the name of a folder, and a part of addresses."
                defects.append(
                    Defect(DefectKind.WRONG_TYPE, document.position((key,)), f"{key!r} is no product id", hint)
                )
                continue
            product = _validate(Product, value, (key,), document, defects)
            if product:
                products[key] = product
    return ProductCatalog(path, text, document, tuple(defects), products)


def read_tools(root: Path) -> ToolCatalog:
    """Read `<root>/tools.yml`. A bad tool is left out and stands in `defects`."""
    path, text, document, defects = _read(root, "tools.yml", list, "a list of tools: `- name: …`")
    tools: list[Tool] = []
    if isinstance(document.value, list):
        for index, value in enumerate(document.value):
            tool = _validate(Tool, value, (index,), document, defects)
            if tool:
                tools.append(tool)
    return ToolCatalog(path, text, document, tuple(defects), tuple(tools))


def read_synonyms(root: Path) -> SynonymCatalog:
    """Read `<root>/synonyms.yml`, which may be missing. A bad synonym is left out and stands in `defects`."""
    path = root / "synonyms.yml"
    if not path.exists() and not path.is_symlink():
        return SynonymCatalog(path, "", YamlDocument(None), (), {})
    path, text, document, defects = _read(root, path.name, dict, "lists of words by a word: `k8s: [kubernetes]`")
    synonyms: dict[str, tuple[str, ...]] = {}
    if isinstance(document.value, dict):
        for word, meanings in document.value.items():
            try:
                _WORD.validate_python(word)
                synonyms[word] = _MEANINGS.validate_python(meanings)
            except ValidationError:
                message = f"{word!r} is no word with a list of what it may mean"
                hint = "One word without spaces, and a list of 1 to 20 short texts: `k8s: [kubernetes]`."
                defects.append(Defect(DefectKind.WRONG_TYPE, document.position((word,)), message, hint))
    return SynonymCatalog(path, text, document, tuple(defects), synonyms)


def read_coverage(root: Path) -> CoverageCatalog:
    """Read `<root>/coverage.yml`, which may be missing. A bad product is left out and stands in `defects`."""
    path = root / "coverage.yml"
    if not path.exists() and not path.is_symlink():
        return CoverageCatalog(path, "", YamlDocument(None), (), {})
    path, text, document, defects = _read(root, path.name, dict, "lists by product: `pip: {lists: […], wanted: […]}`")
    coverage: dict[str, Coverage] = {}
    if isinstance(document.value, dict):
        for product, value in document.value.items():
            if read := _validate(Coverage, value, (product,), document, defects):
                coverage[product] = read
    return CoverageCatalog(path, text, document, tuple(defects), coverage)


def _read(root: Path, name: str, kind: type, expected: str) -> tuple[Path, str, YamlDocument, list[Defect]]:
    path = root / name
    content = read_text(path, root.resolve())
    if isinstance(content, Defect):
        return path, "", YamlDocument(None), [_absent(path, expected) or content]
    document = parse_yaml(content)
    defects = list(document.defects)
    if not defects and not isinstance(document.value, kind):
        defects.append(Defect(DefectKind.WRONG_TYPE, START, f"expected {expected}"))
    return path, content, document, defects


def _absent(path: Path, expected: str) -> Defect | None:
    """What to do where the file is not there, or holds nothing: unlike an entry, it is needed."""
    is_missing = not path.exists() and not path.is_symlink()
    if is_missing or (path.is_file() and path.stat().st_size == 0):
        message = "the file is missing" if is_missing else "the file is empty"
        return Defect(DefectKind.UNREADABLE, START, message, f"Write {expected}.")
    return None


def _validate(
    model: type[_Model], value: object, path: tuple[str | int, ...], document: YamlDocument, defects: list[Defect]
) -> _Model | None:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        defects += describe_validation(error, model, lambda *inner: document.position((*path, *inner)), path)
        return None
