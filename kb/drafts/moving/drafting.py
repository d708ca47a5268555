"""From what an old page says to the fields of an entry, and what the page lacks for one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from kb.drafts.draft import prose_of, step_title, summary_of
from kb.drafts.from_issue import DraftedError
from kb.drafts.guesses import codes_in, title_of
from kb.drafts.guesses import slug_of as slug_of_message
from kb.drafts.moving.errors import errors_of
from kb.drafts.moving.markdown import carried, code_spans, without_markup
from kb.drafts.moving.page import Fix, Page, Parts
from kb.drafts.moving.redacting import without_secrets
from kb.drafts.moving.sections import Said
from kb.entry import MAX_TEXT, Collection, one_line, slug

LONGEST_TITLE: Final = 120
_LONGEST_STEP: Final = 120
_LONGEST_SUMMARY: Final = 600
_LONGEST_SLUG: Final = 60
_MOST_TAGS: Final = 8
_MOST_FIXES: Final = 12
_MOST_HEADINGS: Final = 8
_MOST_LEFT: Final = 40
"""What stayed on the old page, as far as it is listed."""
_TELLING_WORDS: Final = 4
"""Words beside the messages for which an error's section is worth showing as an example."""
_NO_FIX: Final = re.compile(
    r"(?:none|n/?a|unknown|not known|no (?:known )?(?:fix|workaround|solution)s?|not (?:yet )?(?:fixed|solved)"
    r"|tbd|todo|-)(?: (?:yet|known|so far|available))*\W*",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(r"[*_`\[\]<>#|]+")
_ROOM: Final = 200
"""Characters that a section which was cut says about that."""


class Place(NamedTuple):
    """Where an entry is to stand: product, its name as people write it, and the page's own name there."""

    product: str
    name: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """An entry's fields as far as a page has them."""

    slug: str
    fields: dict[str, object]
    errors: tuple[DraftedError, ...]
    missing: tuple[str, ...]
    """What no entry can be without, and is not there."""
    told: tuple[str, ...]
    """What a keeper is to know: what was cut, redacted or left."""

    @property
    def is_empty(self) -> bool:
        """Whether the page is about no error at all."""
        return not self.errors and "workarounds" not in self.fields

    def with_errors(self, errors: tuple[DraftedError, ...]) -> dict[str, object]:
        """The fields with other signatures."""
        told = [{"text": one.text} | ({"examples": [one.example]} if one.example else {}) for one in errors]
        return {"title": self.fields["title"], "signatures": told} | self.fields

    def variants(self) -> Iterator[dict[str, object]]:
        """The fields with all errors that were found, and with less of them, for where checks refuse a part."""
        bare = tuple(DraftedError(error.text, "") for error in self.errors)
        singles = ((error,) for error in self.errors)
        for errors in dict.fromkeys((self.errors, *singles, bare, bare[:1])):
            yield self.with_errors(errors)


def drafted(page: Page, said: Said, place: Place, collection: Collection, today: date) -> Drafted:
    """What an entry can be made of. `said` is what the page says of one error."""
    parts, kinds = without_secrets(_together(page, said))
    title = one_line(parts.title or page.title, LONGEST_TITLE)
    left: dict[str, None] = dict.fromkeys(page.left_out)

    def as_entry_has_it(text: str) -> str:
        text, stayed = carried(text, page.relative_to)
        left.update(dict.fromkeys(stayed))
        return text

    message, parts = parts.message, replace(parts, title="", message="").each(as_entry_has_it)
    errors = errors_of(replace(parts, message=message), title)
    title = title or (title_of(errors[0].text) if errors else one_line(page.key, LONGEST_TITLE))
    fixes, is_open = _fixes(parts.fixes)
    told = [f"{_counted(len(left), 'picture or file', 'pictures or files')} not moved"] * bool(left)
    told += [f"a secret is redacted ({kind}): revoke it" for kind in kinds]
    told += ["no cause is said"] * (not parts.cause)
    sections = _sections(parts, fixes, errors, name=place.name, title=title)
    sections["notes"] = "\n\n".join(filter(None, (sections["notes"], _whence(page, title), _left(tuple(left)))))
    cut = [name for name, text in sections.items() if len(text) > MAX_TEXT]
    told += [f"{name} is cut: an entry takes {MAX_TEXT:,} characters" for name in cut]
    steps = list(_steps(fixes, is_open=is_open))
    fields: dict[str, object] = {
        "title": title,
        "codes": list(codes_in("\n".join(error.example or error.text for error in errors), collection)),
        "tags": _tags(page.tags, collection, place.product),
        "status": "open" if is_open else "workaround",
        "updated": min(page.updated, today) if page.updated else today,
        **{name: prose_of(_within(text), ()) for name, text in sections.items()},
        "workarounds": [{"title": step.title, "body": prose_of(_within(step.body), ())} for step in steps],
    }
    fields = {name: value for name, value in fields.items() if value not in ("", [])}
    missing = [] if errors else ["no error message was found: give `signatures`"]
    if not steps:
        others = f" (its headings: {', '.join(said.unknown[:_MOST_HEADINGS])})" if said.unknown else ""
        missing.append(f"no part of it is known as the fix{others}: write `## Workaround: …`")
    return Drafted(_slug(page, title, errors, said.anchor), fields, errors, tuple(missing), tuple(told))


def is_about_error(page: Page, said: Said) -> bool:
    """Whether a page, or a part of one, has an error message or a fix."""
    parts = _together(page, said)
    return bool(parts.fixes) or bool(errors_of(parts, parts.title or page.title))


def _together(page: Page, said: Said) -> Parts:
    """What the export says itself, with what the headings say; the first goes first."""
    one, other = page.said, said.parts
    texts = {
        name: "\n\n".join(filter(None, (getattr(one, name), getattr(other, name))))
        for name in ("error", "cause", "guidance", "example", "notes", "recommendation")
    }
    return Parts(
        title=other.title or one.title,
        message=one.message or other.message,
        fixes=(*one.fixes, *other.fixes),
        summary=one.summary or other.summary,
        **texts,
    )


def _fixes(fixes: Iterable[Fix]) -> tuple[list[Fix], bool]:
    """Those that say something, and whether the page says that there is none."""
    found = [fix for fix in fixes if fix.body.strip() or fix.title.strip()]
    real = [fix for fix in found if not _NO_FIX.fullmatch(fix.body.strip())]
    return real, bool(found) and not real


def _steps(fixes: list[Fix], *, is_open: bool) -> Iterator[Fix]:
    if is_open:
        yield Fix("None known yet", "Nobody has written one down.")
    seen: dict[str, int] = {}
    for fix in fixes[:_MOST_FIXES]:
        title = one_line(_MARKUP.sub("", fix.title), _LONGEST_STEP) or step_title(fix.body)
        seen[title] = seen.get(title, 0) + 1
        yield Fix(f"{title} ({seen[title]})" if seen[title] > 1 else title, fix.body or fix.title)


def _sections(
    parts: Parts, fixes: list[Fix], errors: tuple[DraftedError, ...], *, name: str, title: str
) -> dict[str, str]:
    """The sections but for workarounds. What fits into none of them stands under Notes."""
    summary, notes = parts.summary.strip(), [parts.notes]
    is_short = 0 < len(summary) <= _LONGEST_SUMMARY and "```" not in summary
    is_summary = is_short and summary.casefold() != title.casefold()
    if summary and not is_summary:
        notes.insert(0, summary)
    notes += [f"### {fix.title or 'One more way'}\n\n{fix.body}" for fix in fixes[_MOST_FIXES:]]
    example = parts.example
    if parts.error and _says_more(parts.error, errors):
        example = "\n\n".join(filter(None, (parts.error, example)))
    return {
        "summary": summary if is_summary else _summary(name, fixes),
        "cause": parts.cause or "Why it happens is not known yet.",
        "guidance": parts.guidance,
        "example": example,
        "notes": "\n\n".join(filter(None, notes)),
        "recommendation": parts.recommendation,
    }


def _left(left: tuple[str, ...]) -> str:
    """What stays on the old page, listed."""
    listed = ", ".join(_listed(thing) for thing in left[:_MOST_LEFT])
    more = f" and {len(left) - _MOST_LEFT:,} more" if len(left) > _MOST_LEFT else ""
    return f"On the old page alone: {listed}{more}." if left else ""


def _summary(product: str, fixes: list[Fix]) -> str:
    """What happened and what to do, where the page does not say it in short."""
    return summary_of(product, fixes[0].body) if fixes else f"{product} stops with this error."


def _listed(thing: str) -> str:
    kind, _, name = thing.replace("`", "").partition(" ")
    return f"{kind} `{name}`"


def _whence(page: Page, title: str) -> str:
    words = _MARKUP.sub(" ", page.title or title).strip() or "the old page"
    return f"Moved from [{words}](<{page.address}>)." if page.address else f"Moved from `{page.key.replace('`', '')}`."


def _says_more(error: str, errors: tuple[DraftedError, ...]) -> bool:
    """Whether an error's section says more than its message."""
    if not errors:
        return True
    text = without_markup(error)
    shown = "\n".join(example for each in errors for example in (each.example or each.text).split("\n"))
    rest = [line for line in text.split("\n") if line.strip(" `~>") and line.strip(" `~>") not in shown]
    return sum(len(line.split()) for line in rest) >= _TELLING_WORDS


def _within(text: str) -> str:
    """Text as much as a section takes, cut between paragraphs and outside of code."""
    if len(text) <= MAX_TEXT:
        return text
    end = MAX_TEXT - _ROOM
    inside = next((start for start, stop in code_spans(text) if start < end < stop), end)
    cut = text.rfind("\n\n", 0, inside)
    return f"{text[: cut if cut > 0 else end].rstrip()}\n\nThe rest stands on the old page."


def _tags(named: Iterable[str], collection: Collection, product: str) -> list[str]:
    tags = [tag for name in named if (tag := slug(name, 40))]
    return list(dict.fromkeys(tags))[:_MOST_TAGS] or list(collection.products[product].tags[:2])


def _slug(page: Page, title: str, errors: tuple[DraftedError, ...], anchor: str) -> str:
    found = slug(title, _LONGEST_SLUG)
    if not found and errors:
        found = slug_of_message(title_of(errors[0].text))
    return found or slug(f"{page.key} {anchor}", _LONGEST_SLUG) or "an-error"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"
