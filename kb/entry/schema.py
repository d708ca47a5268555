"""JSON Schemas of the files that people write, generated from the model, for editors and other programs."""

from typing import Any

from pydantic import TypeAdapter

from kb.entry.model import EntryText, FrontMatter, Product, SynonymMeanings, SynonymWord, Tool
from kb.entry.values import Slug

JsonSchema = dict[str, Any]


def schemas(base_url: str) -> dict[str, JsonSchema]:
    """File name -> schema, each with its own address under `base_url` (which ends with `/`, or is empty)."""
    found: dict[str, JsonSchema] = {
        "front-matter.schema.json": FrontMatter.model_json_schema(),
        "entry.schema.json": EntryText.model_json_schema(),
        "products.schema.json": TypeAdapter(dict[Slug, Product]).json_schema(),
        "tools.schema.json": TypeAdapter(list[Tool]).json_schema(),
        "synonyms.schema.json": TypeAdapter(dict[SynonymWord, SynonymMeanings]).json_schema(),
    }
    for name, schema in found.items():
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["$id"] = f"{base_url}schema/{name}"
    return found
