"""What an entry is: its model, and how it is read from a file and written to one."""

from kb.entry.catalog import Catalog, ProductCatalog, ToolCatalog
from kb.entry.collection import Collection, Folder, load_collection, open_folder
from kb.entry.editing import EditError, edit_front_matter
from kb.entry.files import DATA_FILES, entry_files
from kb.entry.formatting import formatted
from kb.entry.markdown import (
    SECTION_HEADING,
    CodeBlock,
    Heading,
    Link,
    Outline,
    Section,
    anchor_of,
    anchors_of,
    html_to_look_at,
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
    Feedback,
    FrontMatter,
    Issue,
    IssueRef,
    Product,
    Pull,
    Repository,
    Status,
    Tool,
    Votes,
    Workaround,
)
from kb.entry.new_entry import as_section, new_entry_text, schema_address
from kb.entry.parallel import map_forked, start_forked
from kb.entry.plain import one_line, plain, slug
from kb.entry.prose import PROSE_HEADINGS
from kb.entry.prose_layout import with_ordered_sections
from kb.entry.reading import Source, parse_source, read_source
from kb.entry.schema import schemas
from kb.entry.source import START, Defect, DefectKind, KeyPath, Position
from kb.entry.writing import write_whole
from kb.entry.yaml_document import YamlDocument, parse_yaml

__all__ = [
    "DATA_FILES",
    "PROSE_HEADINGS",
    "SECTION_HEADING",
    "START",
    "Affects",
    "Catalog",
    "CodeBlock",
    "Collection",
    "Defect",
    "DefectKind",
    "EditError",
    "Entry",
    "EntryText",
    "ErrorSignature",
    "Feedback",
    "Folder",
    "FrontMatter",
    "Heading",
    "Issue",
    "IssueRef",
    "KeyPath",
    "Link",
    "Outline",
    "Position",
    "Product",
    "ProductCatalog",
    "Pull",
    "Repository",
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
    "as_section",
    "edit_front_matter",
    "entry_files",
    "formatted",
    "html_to_look_at",
    "load_collection",
    "map_forked",
    "new_entry_text",
    "one_line",
    "open_folder",
    "outline",
    "parse_source",
    "parse_yaml",
    "plain",
    "read_source",
    "readable_text",
    "schema_address",
    "schemas",
    "slug",
    "start_forked",
    "text_of",
    "to_html",
    "with_ordered_sections",
    "write_whole",
]
