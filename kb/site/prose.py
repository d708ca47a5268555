"""Prose to safe HTML: rendered as on GitHub, sanitised, then given what only the site knows.

The order is what makes it safe: comrak escapes raw HTML, nh3 drops all that isn't on a short list, and only
then are code, links, issue references and placeholders rewritten, by code that escapes what it inserts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape, unescape
from typing import Final, NamedTuple
from urllib.parse import quote

import nh3

from kb.entry import (
    ESCAPED_OPENING,
    ISSUE_REF,
    Entry,
    IssueRef,
    Literal,
    Picture,
    anchors_of,
    definitions_in,
    picture_name,
    readable_parts,
    text_of,
    to_html,
    written_sections,
)
from kb.links import entry_of_target
from kb.match import Hole, Types, inline_pieces, pieces, prose_pieces
from kb.site.highlight import Code, Highlighter
from kb.site.urls import Urls
from kb.words import ENGLISH, Words, marked

_ALERT_CLASSES: Final = {
    f"markdown-alert{kind}" for kind in ("", "-note", "-tip", "-important", "-warning", "-caution")
}
_ALERT_TITLES: Final = (*(marked("Note"), marked("Tip"), marked("Important"), marked("Warning"), marked("Caution")),)
_ALERT_TITLE: Final = re.compile(rf'(<p class="markdown-alert-title">)({"|".join(_ALERT_TITLES)})</p>')
_LANGUAGE: Final = re.compile(r"[\w+#./-]{1,30}")


_CLEANER: Final = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "a"),
        *("table", "thead", "tbody", "tr", "th", "td", "hr", "br", "div", "input", "kbd"),
    },
    attributes={
        "a": {"href"},
        "code": {"class"},
        "input": {"type", "checked", "disabled", "aria-label"},
        "ol": {"start"},
        "td": {"align"},
        "th": {"align"},
    },
    allowed_classes={"div": _ALERT_CLASSES, "p": {"markdown-alert-title"}},
    url_schemes={"http", "https"},
    link_rel="noopener",
)

_IMAGE: Final = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*/?>')
_PICTURE: Final = "\ufdd1"
"""What, before and after a number, holds the place of a picture while HTML is cleaned and rewritten. No text has it."""
_HELD: Final = re.compile(f"{_PICTURE}([0-9]+){_PICTURE}")
_LINKED_IMAGE: Final = re.compile(rf"(<a [^>]*>){_IMAGE.pattern}</a>")
_OUTSIDE_OF_CODE: Final = re.compile(
    r"<(?:code|h[1-6])\b.*?</(?:code|h[1-6])>|&lt;kbd&gt;(?P<key>[^<>&\n]{1,24})&lt;/kbd&gt;", re.DOTALL
)
"""A key as comrak escapes it (`kb.entry.KEY`), where it is no code and no heading."""
_TASK: Final = re.compile(r'<input type="checkbox"')
_CODE_BLOCK: Final = re.compile(r'<pre><code(?: class="language-([^"]+)")?>(.*?)</code></pre>', re.DOTALL)
_CODE: Final = re.compile(r"<pre>.*?</pre>|<code>(?P<inline>.*?)</code>", re.DOTALL)
_HREF: Final = re.compile(r'<a href="([^"]*)"')
_NUMBER: Final = re.compile(r"#[1-9]")
"""What each `ISSUE_REF` has and few texts do. It saves a sixth of the time, 0.2 ms an entry."""
# comrak nests none of these elements in one of its own kind.
_OUTSIDE_OF_LINKS: Final = re.compile(rf"<(?P<inside>a|code|pre)\b.*?</(?P=inside)>|(?:{ISSUE_REF.pattern})", re.DOTALL)
_FLAG: Final = re.compile(r"(?<=[\s(])--?[A-Za-z][\w-]{0,23}")
"""A command's option. Browsers break lines behind a hyphen, also behind the one that it starts with."""
_CODE_OF_FLAGS: Final = re.compile(r"(?<!<pre>)<code>([^<]{0,200}-[^<]{0,200})</code>")
_FLAG_IN_SENTENCE: Final = re.compile(r"(?:(?<=[\s(])|^)--?[A-Za-z][\w-]{0,23}")
_WHOLE_FLAG: Final = r'<span class="kb-flag">\g<0></span>'
_ESCAPED: Final = "\ufdd0"
r"""What stands for `\{{` while Markdown is rendered, which outside of code takes the backslash away. No text has it."""
_ESCAPED_IN_ADDRESS: Final = quote(_ESCAPED)
_SENTINEL: Final = "KBQ"
"""What, before and after a name, stands for a placeholder while code is highlighted: a word, which no lexer splits."""


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """A section of an entry as HTML. `kind` is the model's field: summary, cause, workarounds, …"""

    kind: str
    anchor: str
    title: str
    """Plain text: the workaround's title, or the heading."""
    title_html: str
    html: str
    lang: str = ""
    """Its language, where that is not the page's: a translation lacks it."""


class RenderedProse(NamedTuple):
    """An entry's prose as HTML, section by section."""

    sections: list[RenderedSection]
    slow_code: int | None
    """The block of code that takes too long to highlight, counted from 0, if there is one."""


@dataclass(frozen=True)
class ProseRenderer:
    """Renders the prose of a collection's entries."""

    ids_by_name: Mapping[str, str]
    """File name relative to the entries folder -> entry id."""
    covered: Mapping[IssueRef, str]
    """Key of an issue -> entry id."""
    urls: Urls
    highlighter: Highlighter = field(default_factory=Highlighter)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """File relative to the entries folder -> picture."""
    words: Words = ENGLISH

    def sections(self, entry: Entry, types: Types) -> RenderedProse:
        """The sections of an entry, in the order of its file; `types` as in `html`."""
        definitions = definitions_in(_prepared(entry.body))
        headings, texts = [], []
        for heading, markdown in written_sections(entry):
            title = self._rendered(definitions.before(_prepared(heading.written)), entry.source, types)
            headings.append((heading.field, title.strip().removeprefix("<h2>").removesuffix("</h2>")))
            texts.append(self._rendered(definitions.before(_prepared(markdown)), entry.source, types).strip())
        shown, slow_code = self._highlighted(texts, types)
        anchors = anchors_of(text_of(title) for _, title in headings)
        sections = [
            _section(kind, title, anchor, html)
            for (kind, title), anchor, html in zip(headings, anchors, shown, strict=True)
        ]
        return RenderedProse(sections, slow_code)

    def html(self, markdown: str, source_name: str, types: Types | None = None) -> str:
        """Markdown as safe HTML. Relative links are seen from the file `source_name`.

        `types` has the names that are placeholders, and their types.
        """
        html = self._rendered(_prepared(markdown), source_name, types or {})
        return self._highlighted([html], types or {})[0][0]

    def _rendered(self, markdown: str, source_name: str, types: Types) -> str:
        """Markdown as safe HTML, its blocks of code as they come."""
        pictures: list[str] = []
        held = partial(self._held, source_name, pictures) if self.pictures else None
        html = _HREF.sub(partial(self._href, source_name), safe_html(markdown, held))
        if "{{" in html or _ESCAPED in html:
            html = _marked(types, html)
        if _NUMBER.search(html):
            html = _OUTSIDE_OF_LINKS.sub(partial(self._reference, source_name), html)
        html = _CODE_OF_FLAGS.sub(_with_whole_flags, html)
        if self.words is not ENGLISH:
            html = _ALERT_TITLE.sub(self._alert_title, html.replace('aria-label="done"', self._done))
        # Last, since nothing is to be rewritten in an alternative text.
        return _HELD.sub(lambda found: pictures[int(found[1])], html) if pictures else html

    @cached_property
    def _done(self) -> str:
        """The label of a task that is done, as an attribute."""
        label = self.words.gettext("done")
        return f'aria-label="{escape(label)}"'

    def _alert_title(self, match: re.Match[str]) -> str:
        """The title of an alert, which is its kind."""
        return f"{match[1]}{escape(self.words.gettext(match[2]))}</p>"

    def _held(self, source_name: str, pictures: list[str], match: re.Match[str]) -> str:
        """What holds the place of a picture of the entry, which joins `pictures`; another image as it is."""
        picture = self.pictures.get(picture_name(unescape(match[1]), source_name) or "")
        if picture is None:
            return match[0]
        alt = unescape(match[2]).replace(_ESCAPED, ESCAPED_OPENING[1:])
        pictures.append(picture_html(picture, alt, self.urls))
        return f"{_PICTURE}{len(pictures) - 1}{_PICTURE}"

    def _highlighted(self, texts: Sequence[str], types: Types) -> tuple[list[str], int | None]:
        """The texts of a page with their blocks of code highlighted, and the number of one that takes too long."""
        blocks = [_code_block(types, match) for html in texts for match in _CODE_BLOCK.finditer(html)]
        if not blocks:
            return list(texts), None
        highlighted = self.highlighter.highlighted([block.code for block in blocks])
        shown = iter([_code_html(types, self.words, *each) for each in zip(blocks, highlighted.html, strict=True)])
        return [_CODE_BLOCK.sub(lambda _: next(shown), html) for html in texts], highlighted.slow

    def _href(self, source_name: str, match: re.Match[str]) -> str:
        target = unescape(match[1]).replace(_ESCAPED_IN_ADDRESS, "%7B%7B")
        found = entry_of_target(target, source_name, self.ids_by_name)
        if found:
            entry_id, fragment = found
            target = self.urls.entry(entry_id) + (f"#{fragment}" if fragment else "")
        elif issue := IssueRef.of_url(target):
            target = self._covering(issue, source_name) or target
        return f'<a href="{escape(target)}"'

    def _reference(self, source_name: str, match: re.Match[str]) -> str:
        """A link to what a reference names; a link or code, in which nothing is to be linked, as it is."""
        if match["inside"]:
            return match[0]
        ref = IssueRef.parse(match[0])
        url = self._covering(ref, source_name) or ref.url
        return f'<a href="{escape(url)}">{match[0]}</a>'

    def _covering(self, ref: IssueRef, source_name: str) -> str | None:
        """The address of another entry that is about an issue."""
        entry_id = self.covered.get(ref.key)
        return self.urls.entry(entry_id) if entry_id and entry_id != source_name.rpartition(".")[0] else None


def picture_html(picture: Picture, alt: str, urls: Urls) -> str:
    """A picture with its size, so that nothing moves when it comes; it comes when a reader gets near it."""
    return (
        f'<img src="{urls.page(picture.published)}" alt="{escape(alt)}" width="{picture.width}" '
        f'height="{picture.height}" loading="lazy" decoding="async">'
    )


def safe_html(markdown: str, held: Callable[[re.Match[str]], str] | None = None) -> str:
    """Markdown as sanitised HTML. An image becomes a link to it: pages load nothing from another host.

    But for pictures of the entry itself: `held` gives a text that holds the place of one, and other images as they are.
    """
    html = to_html(markdown)
    if "<img " in html:
        html = _IMAGE.sub(held, html) if held else html
        html = _IMAGE.sub(r'<a href="\1">\2</a>', _LINKED_IMAGE.sub(r"\1\3</a>", html))
    if "&lt;kbd&gt;" in html:
        html = _OUTSIDE_OF_CODE.sub(_with_keys, html)
    if "<input " in html:
        html = _TASK.sub('<input aria-label="done" type="checkbox"', html)
    return _CLEANER.clean(html)


def _with_keys(match: re.Match[str]) -> str:
    return f"<kbd>{match['key']}</kbd>" if match["key"] else match[0]


def signature_html(text: str) -> str:
    r"""A signature as HTML, its placeholders marked; `\{{` stands for a literal `{{`."""
    return "".join(
        escape(part.text) if isinstance(part, Literal) else variable(part.name) for part in readable_parts(text)
    )


def variable(name: str) -> str:
    """A placeholder of a message as HTML."""
    return f'<var class="kb-var" data-kb-var="{name}">{name}</var>'


def hole(part: Hole, types: Types) -> str:
    """A placeholder of prose or a command as HTML, with what a script needs to fill in a reader's value."""
    kinds = " ".join(types.get(part.name, ()))
    place = escape(str(part.place))
    return (
        f'<var class="kb-var" data-kb-var="{part.name}" data-kb-type="{kinds}" data-kb-place="{place}">'
        f"{escape(part.unfilled, quote=False)}</var>"
    )


def _prepared(markdown: str) -> str:
    """Markdown with what stands for an escaped placeholder while it is rendered."""
    return markdown.replace(_ESCAPED, "\ufffd").replace(_PICTURE, "\ufffd").replace(ESCAPED_OPENING, _ESCAPED)


def _section(kind: str, heading_html: str, anchor: str, html: str) -> RenderedSection:
    heading = text_of(heading_html)
    title = heading.partition(":")[2]
    title_html = heading_html.partition(":")[2] if title else heading_html
    return RenderedSection(kind, anchor, (title or heading).strip(), title_html.strip(), html)


def _with_whole_flags(match: re.Match[str]) -> str:
    """Code inside of a sentence with each option kept on one line."""
    return f"<code>{_FLAG_IN_SENTENCE.sub(_WHOLE_FLAG, match[1])}</code>"


class _CodeBlock(NamedTuple):
    """A block of code, ready to be highlighted."""

    code: Code
    sentinel: str
    """What stands around the numbers of placeholders; empty where there are none."""
    holes: list[Hole]


def _code_block(types: Types, match: re.Match[str]) -> _CodeBlock:
    language = match[1] if match[1] and _LANGUAGE.fullmatch(match[1]) else "text"
    code = _as_written(unescape(match[2]))
    if "{{" not in code:
        return _CodeBlock(Code(language, code), "", [])
    sentinel = _SENTINEL
    while sentinel in code:
        sentinel += "Q"
    holes: list[Hole] = []
    marked = "".join(_sentineled(pieces(code, language, types), sentinel, holes))
    return _CodeBlock(Code(language, marked), sentinel, holes)


def _as_written(code: str) -> str:
    """Code as the entry has it: Markdown leaves a backslash in code alone, so it was not to be taken for noise."""
    return code.replace(_ESCAPED, ESCAPED_OPENING)


def _code_html(types: Types, words: Words, block: _CodeBlock, html: str) -> str:
    language, code = block.code
    if block.sentinel:
        found = re.compile(f"{block.sentinel}([0-9]+){block.sentinel}")
        html = found.sub(lambda each: hole(block.holes[int(each[1])], types), html)
    if "-" in code:
        html = _FLAG.sub(_WHOLE_FLAG, html)
    copy = words.gettext("Copy")
    return (
        f'<div class="kb-code highlight" data-kb-language="{escape(language)}">'
        f'<button class="kb-copy" type="button" data-kb-copy hidden>{escape(copy)}</button>'
        f'<pre tabindex="0"><code>{html}</code></pre></div>'
    )


def _sentineled(parts: Iterable[str | Hole], sentinel: str, holes: list[Hole]) -> Iterator[str]:
    """Code with a word in place of each placeholder, which is added to `holes`."""
    for part in parts:
        if isinstance(part, Hole):
            holes.append(part)
            yield f"{sentinel}{len(holes) - 1}{sentinel}"
        else:
            yield part


def _marked(types: Types, html: str) -> str:
    """HTML with its placeholders marked, but not in code blocks: there it is done together with highlighting.

    No attribute that the cleaner leaves can hold one: braces in addresses are percent-encoded.
    """
    out: list[str] = []
    at = 0
    for code in _CODE.finditer(html):
        out.append(_with_holes(prose_pieces(html[at : code.start()], types), types))
        at = code.end()
        inline = code["inline"]
        if inline is None or ("{{" not in inline and _ESCAPED not in inline):
            out.append(code[0])
        else:
            parts = inline_pieces(_as_written(unescape(inline)), types)
            escaped = [part if isinstance(part, Hole) else escape(part, quote=False) for part in parts]
            out.append(f"<code>{_with_holes(escaped, types)}</code>")
    return "".join((*out, _with_holes(prose_pieces(html[at:], types), types)))


def _with_holes(parts: Iterable[str | Hole], types: Types) -> str:
    """HTML in which placeholders stand among tags and escaped text."""
    return "".join(hole(part, types) if isinstance(part, Hole) else part.replace(_ESCAPED, "{{") for part in parts)
