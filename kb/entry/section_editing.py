"""Edits of an entry's prose that leave the other sections as they are."""

from collections.abc import Iterator, Mapping, Sequence

from kb.entry.editing import edit_front_matter, front_matter_span
from kb.entry.markdown import outline
from kb.entry.prose import PROSE_HEADINGS, WORKAROUND
from kb.entry.prose_layout import with_ordered_sections

SectionText = str | Sequence[Mapping[str, str]]
"""A section's Markdown; of workarounds, the `title` and `body` of each."""


def with_sections(text: str, name: str, sections: Mapping[str, SectionText]) -> str:
    """An entry's text with some sections, named by their fields, replaced or added; `name` ends in `.md` or `.yml`.

    Raises EditError where its front matter can't be read.
    """
    if not name.endswith(".md"):
        return edit_front_matter(text, name, sections)
    end = text.index("\n", front_matter_span(text, name)[1] + 1) + 1 if sections else 0
    head, body = text[:end], text[end:]
    return f"{head}\n{_with_sections(body, sections)}\n" if sections else text


def _with_sections(body: str, sections: Mapping[str, SectionText]) -> str:
    replaced = {PROSE_HEADINGS[field] for field in sections}
    lines = body.split("\n")
    held = outline(body).sections
    ends = [*(section.line - 1 for section in held[1:]), len(lines)]
    kept = ["\n".join(lines[: held[0].line - 1]).strip("\n")] if held else [body.strip("\n")]
    kept += [
        "\n".join(lines[section.line - 1 : end]).strip("\n")
        for section, end in zip(held, ends, strict=True)
        if section.heading.partition(":")[0].strip() not in replaced
    ]
    kept += (part for field, text in sections.items() for part in _parts(field, text))
    return with_ordered_sections("\n\n".join(part for part in kept if part))


def _parts(field: str, text: SectionText) -> Iterator[str]:
    if isinstance(text, str):
        yield f"## {PROSE_HEADINGS[field]}\n\n{text}"
    else:
        yield from (f"## {WORKAROUND}: {step['title']}\n\n{step['body']}" for step in text)
