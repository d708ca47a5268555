"""A draft: what can be said of an entry in spite of its defects, so that one of them hides no other."""

from datetime import date
from typing import Final

from pydantic import ValidationError

from kb.entry.model import Entry

_STAND_INS: Final[dict[str, object]] = {
    "id": "x/x",
    "source": "",
    "body": "",
    "title": "x",
    "signatures": [{"text": "x"}],
    "updated": date.min,
    "summary": "x",
    "cause": "x",
    "workarounds": [{"title": "x", "body": "x"}],
}
"""What lets an entry pass that lacks the part."""

_NOTHING: Final[dict[str, object]] = {"title": "", "signatures": (), "summary": "", "cause": "", "workarounds": ()}
"""What then takes the stand-in's place, so that no rule takes it for something that the file says."""


def draft_of(fields: dict[str, object], error: ValidationError) -> Entry:
    """The entry that `fields` would be without the ones that `error` is about."""
    broken = {details["loc"][0] for details in error.errors(include_url=False, include_context=False)}
    sound = {name: value for name, value in fields.items() if name not in broken}
    absent = _STAND_INS.keys() - sound.keys()
    draft = Entry.model_validate({**{name: _STAND_INS[name] for name in absent}, **sound})
    return draft.model_copy(update={name: _NOTHING[name] for name in absent & _NOTHING.keys()})
