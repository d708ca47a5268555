"""A table of errors and fixes: CSV as a spreadsheet, a ticket system or a database writes it."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kb.drafts.moving.files import ExportError, File, content_of, files_in
from kb.drafts.moving.headings import named
from kb.drafts.moving.ledger import digest_of
from kb.drafts.moving.page import Fix, Found, Page, Parts, Unreadable

FIELDS: Final = (
    *("error", "fix", "cause", "product", "title", "summary", "guidance", "example", "notes", "recommendation"),
    *("tags", "link", "updated", "id", "ignore"),
)
"""What a column can stand for."""
_FEW_NAMES: Final = {
    "product": (
        *("product", "service", "application", "app", "system", "component", "configuration item"),
        *("produkt", "dienst", "anwendung", "komponente", "製品", "サービス", "システム"),
    ),
    "title": ("title", "subject", "name", "short description", "headline", "titel", "betreff", "件名", "タイトル"),
    "tags": ("tags", "labels", "keywords", "schlagwörter", "stichwörter", "タグ"),
    "link": ("link", "url", "address", "permalink"),
    "updated": ("updated", "last updated", "modified", "last modified", "updated on", "date"),
    "id": ("id", "number", "key", "ticket", "article number", "kb number"),
}
"""Names of columns that say what they are, besides those that headings have."""
_BY_HEADING: Final = ("error", "cause", "fix", "summary")
_PLAIN: Final = ("notes", "note", "guidance", "diagnosis", "example", "recommendation", "prevention")
"""Columns of other parts that need no name before their text. Under Notes, `Owner` would be lost without one."""
_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 20_000
_LONGEST_CELL: Final = 1_000_000
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HTML: Final = re.compile(r"<(?:p|br|div|ul|ol|li|pre|table|span|strong|b|h[1-6])\b[^<>]{0,300}>", re.IGNORECASE)
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "%b %d, %Y")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows are read one after the other."""

    columns: Mapping[str, str]
    """Column -> what it stands for. A column that is not here goes under Notes."""
    encoding: str
    rows: tuple[Found, ...]


def table_of(
    path: Path, mapping: tuple[str, ...], *, delimiter: str = "", encoding: str = "", has_product: bool = False
) -> Table:
    """The rows of a file of CSV as pages. `mapping` is what the keeper says of columns, `error=Message,fix=…`.

    Raises ExportError, with what to do, where the file as a whole can't be taken.
    """
    (file,) = files_in(path, "")
    content = content_of(file)
    if isinstance(content, Unreadable):
        raise ExportError(f"{content.where}: {content.problem}")
    text, encoding = _decoded(content, file, encoding)
    first, _, rest = text.partition("\n")
    if said := re.fullmatch(r"sep=(.)\r?", first):  # a line of Excel's
        delimiter, text, skipped = delimiter or said[1], rest, 1
    else:
        skipped = 0
    if not text.strip():
        raise ExportError(f"{path.name}: the file is empty")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True)
    try:
        header = list(_told_apart([" ".join(name.split()) for name in next(reader)]))
    except (csv.Error, StopIteration) as error:
        raise ExportError(f"{path.name}:{1 + skipped}: the header row can't be read: {error}") from None
    columns = _columns(header, mapping, path.name)
    if "error" not in columns.values() and "title" not in columns.values():
        shown = ", ".join(f"{name!r}" for name in header[:40])
        raise ExportError(
            f"{path.name}: no column is known as the error. Say which: --map error=COLUMN,fix=COLUMN. Columns: {shown}."
        )
    return Table(columns, encoding, tuple(_rows(reader, header, columns, path.name, skipped)))


def _told_apart(header: list[str]) -> Iterator[str]:
    """Names of columns, of which a second one of the same name gets a number: ticket systems write `Comment` often."""
    seen: Counter[str] = Counter()
    for number, name in enumerate(header, 1):
        seen[name] += 1
        told = f"{name} ({seen[name]})" if name else f"Column {number}"
        yield name if seen[name] == 1 else told


def _decoded(content: bytes, file: File, encoding: str) -> tuple[str, str]:
    """Text and encoding: what is said, what a mark at the start says, UTF-8, or else that of Windows."""
    guessed = next((name for mark, name in _BOMS if content.startswith(mark)), "")
    tried = [encoding] if encoding else [guessed or "utf-8", *([] if guessed else ["cp1252"])]
    for name in tried:
        try:
            return content.decode(name), name
        except LookupError:
            raise ExportError(
                f"--encoding: Python knows no encoding {name!r}; write utf-8, cp1252 or another"
            ) from None
        except UnicodeDecodeError as error:
            line, problem = content.count(b"\n", 0, error.start) + 1, f"byte 0x{content[error.start]:02x}"
    raise ExportError(f"{file.name}:{line}: {problem} is none of {' or '.join(tried)}; say which with --encoding")


def _delimiter(text: str) -> str:
    """What parts the columns: by the header, where several could, else by csv's own guess."""
    header = text.partition("\n")[0]
    counts = {sign: header.count(sign) for sign in _DELIMITERS}
    likely = [sign for sign, count in counts.items() if count]
    if len(likely) == 1:
        return likely[0]
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS).delimiter
    except csv.Error:
        return max(counts, key=lambda sign: counts[sign]) if likely else ","


def _columns(header: list[str], mapping: tuple[str, ...], name: str) -> dict[str, str]:
    """Column -> field: as the keeper says, and of the others those whose name says it."""
    by_name = {column.casefold(): column for column in header if column}
    columns: dict[str, str] = {}
    for pair in (pair for text in mapping for pair in text.split(",") if pair.strip()):
        field, sign, column = (piece.strip() for piece in pair.partition("="))
        if not sign or field not in FIELDS:
            raise ExportError(
                f"--map {pair.strip()!r}: write FIELD=COLUMN, with one of the fields {', '.join(FIELDS)}."
            )
        real = by_name.get(column.casefold())
        if real is None:
            close = get_close_matches(column.casefold(), by_name, 1)
            guess = f" Did you mean {by_name[close[0]]!r}?" if close else ""
            shown = ", ".join(f"{one!r}" for one in header[:40])
            raise ExportError(f"--map: {name} has no column {column!r}.{guess} Columns: {shown}.")
        columns[real] = field
    taken = set(columns.values())
    for column in header:
        field = _named(column)
        if column and column not in columns and field and field not in taken:
            columns[column] = field
            taken.add(field)
    return columns


def _named(column: str) -> str:
    lower = column.casefold().replace("_", " ")
    few = next((field for field, names in _FEW_NAMES.items() if lower in names), "")
    found = named(lower, {})
    is_plain = found is not None and (found.part in _BY_HEADING or lower in _PLAIN)
    return few or (found.part if found and is_plain else "")


def _rows(
    reader: Iterator[list[str]], header: list[str], columns: Mapping[str, str], name: str, skipped: int
) -> Iterator[Found]:
    line = 2 + skipped
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(f"{name}:{line}", f"the row can't be read: {error}. Are its quotes closed?")
            line = skipped + reader.line_num + 1  # type: ignore[attr-defined]
            continue
        where, line = f"{name}:{line}", skipped + reader.line_num + 1  # type: ignore[attr-defined]
        if not any(map(str.strip, row)):
            continue
        if len(row) > len(header):
            wrong = (
                f"{len(row)} cells, and the header has {len(header)}: put quotes around cells that hold the delimiter"
            )
            yield Unreadable(where, wrong)
            continue
        yield _page(dict(zip(header, row, strict=False)), columns, name, where)


def _page(row: Mapping[str, str], columns: Mapping[str, str], name: str, where: str) -> Page:
    held: dict[str, list[str]] = {}
    others: list[str] = []
    for column, cell in row.items():
        text = cell.strip()
        field = columns.get(column, "")
        if not text or field == "ignore":
            continue
        if field:
            held.setdefault(field, []).append(text if field in ("error", "title", "product", "id") else _markdown(text))
        else:
            others.append(f"**{column or 'Column without a name'}:** {_markdown(text)}")
    said = {field: "\n\n".join(texts) for field, texts in held.items()}
    message = _plain(said.get("error", ""))
    key = said.get("id") or digest_of([said.get("product"), message, said.get("title")])
    return Page(
        key=f"{name}/{key}",
        where=where,
        title=_plain(said.get("title", "")),
        said=Parts(
            message=message,
            cause=said.get("cause", ""),
            fixes=tuple(Fix("", text) for text in held.get("fix", [])),
            summary=said.get("summary", ""),
            guidance=said.get("guidance", ""),
            example=said.get("example", ""),
            notes="\n\n".join(filter(None, (said.get("notes", ""), *others))),
            recommendation=said.get("recommendation", ""),
        ),
        products=(said["product"],) if "product" in said else (),
        tags=tuple(tag.strip() for tag in re.split(r"[,;|]", said.get("tags", "")) if tag.strip()),
        address=said.get("link", "") if said.get("link", "").startswith(("http://", "https://")) else "",
        updated=_day(said.get("updated", "")),
    )


def _markdown(cell: str) -> str:
    """A cell as Markdown: many systems keep HTML in them."""
    if _HTML.search(cell):
        from kb.drafts.moving.html import markdown_of_html  # noqa: PLC0415 - an extra's library

        return markdown_of_html(cell)
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _plain(cell: str) -> str:
    if _HTML.search(cell):
        from kb.drafts.moving.html import text_of_html  # noqa: PLC0415 - an extra's library

        return text_of_html(cell)
    return cell


def _day(text: str) -> date | None:
    for form, part in ((form, text.strip()) for form in _DAYS):
        try:
            return datetime.strptime(part[:10] if form.startswith("%Y") else part, form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None
