"""What a model is asked to answer with: statements for each section, each with the sources that it rests on."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

MOST_STATEMENTS: Final = 30
"""Statements of a section, and steps of a workaround, that are looked at."""
MOST_WORKAROUNDS: Final = 8

_FENCED: Final = re.compile(r"\s*```(?:json)?[ \t]*\n(.*)\n```\s*", re.DOTALL)
"""How models answer that know schemas from their prompt alone."""


class _Part(BaseModel):
    """A part of an answer. Docstrings of parts stand in the schema: a model reads them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Statement(_Part):
    """A sentence, or a block of code, and the names of the sources that say so."""

    text: str
    sources: list[str]


class Step(_Part):
    """A workaround."""

    title: Statement
    body: list[Statement]


class Answer(_Part):
    """All sections; empty where the sources say nothing."""

    summary: list[Statement]
    cause: list[Statement]
    workarounds: list[Step]
    guidance: list[Statement]
    example: list[Statement]
    notes: list[Statement]
    recommendation: list[Statement]

    @property
    def texts(self) -> Iterator[str]:
        """All that it says."""
        for section in SECTIONS:
            for each in getattr(self, section):
                for statement in (each.title, *each.body) if isinstance(each, Step) else (each,):
                    yield statement.text
                    yield from statement.sources


SECTIONS: Final = tuple(Answer.model_fields)
"""The sections that a model drafts, by their fields."""


class WrongAnswerError(ValueError):
    """An answer that does not follow the schema; the text says where, and repeats nothing of it."""


def schema(names: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema of an answer; `names` are those that a source may have, for servers that hold a model to it."""
    found = Answer.model_json_schema()
    if allowed := list(dict.fromkeys(names)):
        found["$defs"]["Statement"]["properties"]["sources"]["items"]["enum"] = allowed
    return found


def read_answer(text: str) -> Answer:
    """An answer from what a model wrote, between fences or not. Raises WrongAnswerError."""
    fenced = _FENCED.fullmatch(text)
    try:
        return Answer.model_validate_json(fenced[1] if fenced else text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        known = {*SECTIONS, "title", "body", "text", "sources"}
        where = ".".join(str(part) if isinstance(part, int) or part in known else "…" for part in first["loc"])
        raise WrongAnswerError(f"{where or 'the whole'}: {first['type'].replace('_', ' ')}") from None
    except RecursionError:
        raise WrongAnswerError("the whole: nested too deep") from None
