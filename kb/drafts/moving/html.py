"""HTML of a wiki as Markdown. The only module that loads the extra's libraries, markdownify and Beautiful Soup."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from kb.checks import language_of
from kb.drafts.moving.headings import named
from kb.entry import one_line

_ALERTS: Final = {"information": "NOTE", "tip": "TIP", "note": "IMPORTANT", "warning": "WARNING", "error": "CAUTION"}
"""Confluence's panels -> the alerts of GitHub's Markdown."""
_DROPPED_TAGS: Final = frozenset({"script", "style", "noscript", "template"})
_DROPPED: Final = frozenset(
    {"toc-macro", "confluence-information-macro-icon", "expand-control-icon", "hidden-print", "client-side-toc-macro"}
)
"""Classes of what only the wiki's own pages have a use for."""
_TITLES: Final = frozenset({"codeHeader", "panelHeader", "expand-control"})
"""Classes of the headers of code, panels and folded parts."""
_SAYS_NOTHING: Final = ("Click here to expand", "Expand source")
"""What the header of a folded part says where nobody wrote one."""
_LANGUAGES: Final = {
    **dict.fromkeys(("bash", "shell", "sh"), "sh"),
    **dict.fromkeys(("powershell", "ps"), "powershell"),
    **dict.fromkeys(("py", "python"), "python"),
    **dict.fromkeys(("sql", "json", "yaml", "xml", "ruby", "groovy", "diff", "css", "php", "perl", "go", "html"), ""),
    **dict.fromkeys(("yml",), "yaml"),
    **dict.fromkeys(("js", "javascript"), "javascript"),
    **dict.fromkeys(("c#", "csharp"), "csharp"),
    **dict.fromkeys(("text", "plain", "none"), "text"),
}
"""A brush of Confluence's code macro -> the language; Java is what it says where nobody chose one, and is no word."""
_BRUSH: Final = re.compile(r"\bbrush:\s*([\w#+-]{1,20})")
_CLASS: Final = re.compile(r"^(?:language|lang|brush|highlight-source)[-:](.+)$")
_BLOCKS: Final = ("pre", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
_MOST_COLUMNS: Final = 60
_LONGEST_NAME: Final = 80
_SPACE: Final = re.compile(r"\s+")
_LINE_START: Final = re.compile(
    r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|>|\d{1,9}(?=[.)]\s)|={3,}\s*$|-{3,}\s*$)", re.MULTILINE
)
_ESCAPED: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*|`|~~|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|\](?=[\[(])|&(?=#?\w+;)")


class _Converter(MarkdownConverter):
    """Markdownify's, with Confluence's panels, languages of code, and no more backslashes than it takes."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = _ESCAPED.sub(r"\\\g<0>", text or "")
        return text if "_inline" in parent_tags else _LINE_START.sub(_escaped_start, text)

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = el.get_text().replace("\r\n", "\n").strip("\n").rstrip()
        if not text:
            return ""
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`{3,}", text)), 3)
        return f"\n\n{fence}{_language(el) or language_of(text)}\n{text}\n{fence}\n\n"

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        text = text.strip("\n").rstrip()
        kind = next((kind for kind in _ALERTS if f"confluence-information-macro-{kind}" in _classes(el)), None)
        if not kind or not text.strip():
            return f"\n\n{text}\n\n" if text.strip() else ""
        lines = "\n".join(f"> {line}".rstrip() for line in text.strip().split("\n"))
        return f"\n\n> [!{_ALERTS[kind]}]\n{lines}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _cell(el, text)

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _cell(el, text)

    def convert_kbd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"`{text.strip()}`" if text.strip() else ""


def markdown_of_html(html: str) -> str:
    """A piece of HTML as Markdown."""
    return markdown_of(BeautifulSoup(html, "html.parser"), {})


def text_of_html(html: str) -> str:
    """The text of a piece of HTML, a line for each of its own."""
    soup = BeautifulSoup(html, "html.parser")
    for one in soup(["br", "p", "div", "li", "pre", "tr"]):
        one.append("\n")
    return re.sub(r"\n\s*\n+", "\n", soup.get_text()).strip()


def markdown_of(root: Tag, own: Mapping[str, str]) -> str:
    """What a part of a page says, as Markdown. `own` are a keeper's headings, which tables may have as labels.

    The part is changed by it. Raises RecursionError for what is nested too deep.
    """
    _prepare(root)
    for table in reversed(root.find_all("table")):
        _lay_out(table, own)
    text = str(_Converter(heading_style="atx", bullets="-", autolinks=False).convert_soup(root))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", _kept_break, text, flags=re.MULTILINE)).strip("\n")


def _kept_break(found: re.Match[str]) -> str:
    """Two blanks at the end of a line break it, unless nothing follows."""
    text, end = found.string, found.end()
    return "  " if len(found[0]) >= 2 and text[end + 1 : end + 2].strip() and text[found.start() - 1].strip() else ""


def _prepare(root: Tag) -> None:
    """Leave out what belongs to the wiki, and write as text what is a picture or a mark of its own."""
    for one in root.find_all(True):
        if one.decomposed:
            continue
        classes = frozenset(_classes(one))
        if one.name in _DROPPED_TAGS or classes & _DROPPED:
            one.decompose()
        elif one.name == "img":
            _name_picture(one, classes)
        elif one.name == "li" and one.parent and "inline-task-list" in _classes(one.parent):
            one.insert(0, NavigableString(f"[{'x' if 'checked' in classes else ' '}] "))
        elif one.name == "br" and one.find_parent("pre"):
            one.replace_with("\n")
        elif "confluence-userlink" in classes:
            one.unwrap()
        elif classes & _TITLES or ("title" in classes and one.name == "p"):
            _title(one)


def _name_picture(image: Tag, classes: frozenset[str]) -> None:
    """A picture that stands for a character as that; any other with its name."""
    if classes & {"emoticon", "emoji"}:
        image.replace_with(str(image.get("data-emoji-fallback") or image.get("alt") or ""))
    else:
        name = image.get("data-linked-resource-default-alias") or image.get("alt")
        image["alt"] = _SPACE.sub(" ", str(name or ""))


def _title(header: Tag) -> None:
    """The header of code, of a panel or of a folded part, as a paragraph of its own."""
    words = _words(header)
    header.clear()
    header.name = "p"
    if words and words.rstrip(".… ") not in _SAYS_NOTHING:
        bold = Tag(name="strong")
        bold.string = words
        header.append(bold)


def _lay_out(table: Tag, own: Mapping[str, str]) -> None:
    """A table that says what is what in its labels as headings; one that Markdown can't hold as paragraphs."""
    rows = [cells for row in _rows(table) if (cells := _cells(row))]
    if not rows:
        table.unwrap()
        return
    is_inside = table.find_parent("table") is not None
    header = rows[0] if len(rows) > 1 and all(cell.name == "th" for cell in rows[0]) else None
    names = [named(_words(cell), own) for cell in rows[0]]
    parts = {name.part for name in names if name}
    if not is_inside and len(rows) > 1 and "fix" in parts and ("error" in parts or "cause" in parts):
        _as_errors(table, rows, [name.part if name else "" for name in names])
    elif not is_inside and _is_labelled(rows, own):
        _replace(table, [one for label, value in rows for one in _section("h6", _words(label), value)])
    elif is_inside or any(map(_holds_blocks, (cell for row in rows for cell in row))) or len(rows[0]) > _MOST_COLUMNS:
        _replace(table, _as_paragraphs(rows, header, is_inside=is_inside))


def _is_labelled(rows: list[list[Tag]], own: Mapping[str, str]) -> bool:
    """Whether a table of two columns has the names of sections in its first."""
    if any(len(row) != 2 for row in rows):
        return False
    found = [named(_words(row[0]), own) for row in rows]
    return sum(name is not None and name.part in ("error", "cause", "fix") for name in found) >= 2


def _as_errors(table: Tag, rows: list[list[Tag]], parts: list[str]) -> None:
    """A table with an error a row, as a heading for each with headings below it."""
    labels = [_words(cell) for cell in rows[0]]
    out: list[Tag] = []
    for row in rows[1:]:
        besides = [
            (label, cell)
            for label, cell, part in zip(labels, row, parts, strict=False)
            if not part and (_words(cell) or cell.find("img")) and not _words(cell).strip("#.").isdigit()
        ]
        others = [_words(cell) for _, cell in besides]
        errors = [_words(cell) for cell, part in zip(row, parts, strict=False) if part == "error"]
        title = next((one for one in (*errors, *others) if len(one) > 2), "")
        if len(rows) > 2:
            out += _section("h5", one_line(title, _LONGEST_NAME) or "One more", None)
        for label, cell, part in zip(labels, row, parts, strict=False):
            if part and (_words(cell) or cell.find("img")):
                out += _section("h6", label, cell)
        if besides:
            out += _section("h6", "Notes", None)
            out += [block for label, cell in besides for block in _labelled(label, cell)]
    _replace(table, out)


def _as_paragraphs(rows: list[list[Tag]], header: list[Tag] | None, *, is_inside: bool) -> list[Tag]:
    labels = [_words(cell) for cell in header] if header else []
    if is_inside:
        items = Tag(name="ul")
        for row in rows[bool(header) :]:
            item = Tag(name="li")
            told = (
                f"{label}: {text}" if label else text
                for text, label in zip(map(_words, row), labels or [""] * len(row), strict=False)
                if text
            )
            item.string = "; ".join(told)
            items.append(item)
        return [items]
    out: list[Tag] = []
    for row in rows[bool(header) :]:
        for number, cell in enumerate(row):
            out += _labelled(labels[number] if number < len(labels) else "", cell)
    return out


def _section(level: str, words: str, cell: Tag | None) -> list[Tag]:
    heading = Tag(name=level)
    heading.string = words
    return [heading, *([_moved(cell)] if cell else [])]


def _labelled(label: str, cell: Tag) -> list[Tag]:
    if not label:
        return [_moved(cell)]
    line, bold = Tag(name="p"), Tag(name="strong")
    bold.string = f"{label}:"
    line.append(bold)
    return [line, _moved(cell)]


def _moved(cell: Tag) -> Tag:
    """What a cell holds, out of its table."""
    block = Tag(name="div")
    for child in list(cell.children):
        block.append(child.extract())
    return block


def _replace(table: Tag, blocks: list[Tag]) -> None:
    around = Tag(name="div")
    for block in blocks:
        around.append(block)
    table.replace_with(around)


def _rows(table: Tag) -> list[Tag]:
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _holds_blocks(cell: Tag) -> bool:
    return cell.find(_BLOCKS) is not None


def _words(one: Tag) -> str:
    return _SPACE.sub(" ", one.get_text(" ")).strip()


def _cell(cell: Tag, text: str) -> str:
    """A cell of a table; one that takes several columns is followed by empty ones."""
    span = str(cell.get("colspan") or "")
    columns = min(int(span), _MOST_COLUMNS) if span.isdecimal() else 1
    words = re.sub(r"(?<!\\)\|", r"\\|", text.strip().replace("\n", " "))
    return f" {words} {'|' * max(columns, 1)}"


def _classes(one: Tag) -> list[str]:
    found: Any = one.get("class") or []
    return [found] if isinstance(found, str) else list(found)


def _language(pre: Tag) -> str:
    """What language a block of code is in, as far as its page says so."""
    brush = _BRUSH.search(str(pre.get("data-syntaxhighlighter-params") or ""))
    inner = pre.find("code")
    marked = (_CLASS.match(name) for one in (pre, *([inner] if inner else [])) for name in _classes(one))
    name = brush[1].lower() if brush else next((found[1].lower() for found in marked if found), "")
    return _LANGUAGES[name] or name if name in _LANGUAGES else ""


def _escaped_start(found: re.Match[str]) -> str:
    if found[2][0].isdigit():
        return f"{found[1]}{found[2]}\\"
    return f"{found[1]}\\{found[2]}"
