"""A picture that an entry can't show, or that no entry shows."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Located, Rule
from kb.entry import (
    MAX_ALT,
    MAX_PICTURES,
    START,
    Link,
    PictureError,
    Source,
    picture_name,
    read_picture,
    unread,
)

_HINT_ALT = "Say what it shows, for who doesn't see it: `![The dialog asks for a token](…)`."


def _in_source(source: Source, inspection: Inspection) -> Iterator[Finding]:
    shown: dict[str, None] = {}
    for link in source.outline.links:
        name = picture_name(link.target, source.home) if link.is_image else None
        if name is None:
            continue
        shown[name] = None
        if len(shown) > MAX_PICTURES:
            hint = "Keep those without which the text is not understood."
            yield Finding(source.link_position(link), f"an entry shows {MAX_PICTURES} pictures at most", hint)
            return
        yield from _findings(source, link, name, inspection)


def _findings(source: Source, link: Link, name: str, inspection: Inspection) -> Iterator[Finding]:
    position = source.link_position(link)
    if not link.alt.strip():
        yield Finding(position, f"the picture {link.target!r} has no alternative text", _HINT_ALT)
    elif len(link.alt) > MAX_ALT:
        message = f"the alternative text has {len(link.alt)} characters; the limit is {MAX_ALT}"
        yield Finding(position, message, "Say in a sentence what it shows, and the rest in the text beside it.")
    try:
        read_picture(inspection.root, name, source.home)
    except PictureError as error:
        yield Finding(position, f"the picture {link.target!r}: {error}", error.hint)


def _in_collection(inspection: Inspection) -> Iterator[Located]:
    if not inspection.pictures:
        return
    said = (*inspection.claims, *inspection.translated)
    shown = {picture_name(target, claims.name) for claims in said for target in claims.targets}
    for name in inspection.pictures:
        if name not in shown:
            folder, _, file_name = name.rpartition("/")
            written = f"![…]({folder.rpartition('/')[2]}/{file_name})"
            hint = f"Show it in {folder}.md with `{written}`, or remove the file."
            yield Located(unread(inspection.root, name), Finding(START, "no entry shows this picture", hint))


RULE = Rule(
    code="KB513",
    name="unfit-picture",
    family=Family.SAFETY,
    summary="A picture can't be shown as it is: no alternative text, not there, too large, or able to run something.",
    why=(
        "A picture comes from a stranger and is shown on the site. It lies in the folder of its entry, is WebP, or an "
        "SVG that only draws: a script, a style, a link, a reference to elsewhere or an entity in it would run, load "
        "or grow in each reader's browser. Its size is known before it is loaded, so that nothing moves when it comes, "
        "and its weight is bounded. Who does not see it, a search, a terminal and an agent have the alternative text."
    ),
    fix=(
        "Put `dialog.webp` into the folder that is called like the entry, and write what it shows. "
        "`cwebp -q 75 -metadata none dialog.png -o dialog.webp` makes one. At most 150 kB and 2,000 pixels a side, "
        "four to an entry. Write an error's words out as text as well: they are what is searched for."
    ),
    bad="![](../../screenshot.png)",
    good="![The dialog asks for the token's scopes](token-scopes/dialog.webp)",
    in_source=_in_source,
    in_collection=_in_collection,
)
