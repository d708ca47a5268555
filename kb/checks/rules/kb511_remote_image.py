"""An image that another host would have to deliver."""

from collections.abc import Iterator

from kb.checks.rule import Family, Finding, Inspection, Rule
from kb.entry import Source


def _check(source: Source, _: Inspection) -> Iterator[Finding]:
    for link in source.outline.links:
        if link.is_image and link.target.lower().startswith(("http:", "https:", "//")):
            message = f"an image of another host: {link.target[:60]!r}"
            hint = "Write the message out as text, so that it can be searched; or link the image: `[name](…)`."
            yield Finding(source.link_position(link), message, hint)


RULE = Rule(
    code="KB511",
    name="remote-image",
    family=Family.SAFETY,
    summary="The prose shows an image of another host.",
    why=(
        "Pages load nothing from other hosts: whoever serves an image learns who reads about which error, can change "
        "it at any time, and takes it along when they go. It is shown as a link. A picture of a message can't be "
        "searched or copied either."
    ),
    fix="Write out as text what the image shows, link it, or put a picture into the folder of the entry (KB513).",
    bad="![The dialog](https://images.example.org/dialog.png)",
    good="The dialog says: `Connection lost (code 7)`",
    in_source=_check,
)
