"""What an entry is: its model, and how it is read from a file."""

from kb.entry.catalog import Catalog, ProductCatalog, ToolCatalog
from kb.entry.collection import Collection, load_collection
from kb.entry.files import entry_files
from kb.entry.markdown import (
    SECTION_HEADING,
    Link,
    Outline,
    Section,
    anchor_of,
    anchors_of,
    outline,
    readable_text,
    text_of,
    to_html,
)
from kb.entry.model import (
    Affects,
    Entry,
    EntryText,
    ErrorSignature,
    FrontMatter,
    Issue,
    Product,
    Pull,
    Status,
    Tool,
    Votes,
    Workaround,
)
from kb.entry.prose import PROSE_HEADINGS
from kb.entry.reading import Source, parse_source, read_source, read_sources
from kb.entry.schema import schemas
from kb.entry.source import START, Defect, DefectKind, KeyPath, Position
from kb.entry.yaml_document import YamlDocument, parse_yaml

__all__ = [
    "PROSE_HEADINGS",
    "SECTION_HEADING",
    "START",
    "Affects",
    "Catalog",
    "Collection",
    "Defect",
    "DefectKind",
    "Entry",
    "EntryText",
    "ErrorSignature",
    "FrontMatter",
    "Issue",
    "KeyPath",
    "Link",
    "Outline",
    "Position",
    "Product",
    "ProductCatalog",
    "Pull",
    "Section",
    "Source",
    "Status",
    "Tool",
    "ToolCatalog",
    "Votes",
    "Workaround",
    "YamlDocument",
    "anchor_of",
    "anchors_of",
    "entry_files",
    "load_collection",
    "outline",
    "parse_source",
    "parse_yaml",
    "read_source",
    "read_sources",
    "readable_text",
    "schemas",
    "text_of",
    "to_html",
]
