"""Claims: what an entry says that concerns others. Rules about the whole collection look at nothing else.

They are made where a source is read and looked at by itself, in any process, and are small enough to be sent and kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from kb.checks.parsed import signature_of
from kb.entry import DefectKind, ErrorSignature, Placeholder, Position, Source
from kb.match import Signature

_WORD: Final = re.compile(r"\w+")
_SPACE: Final = re.compile(r"\s+")
_SAMPLES: Final = {
    "int": "48113",
    "hex": "9f3ac07d41",
    "word": "zylo",
    "path": "/zylo/qux7",
    "url": "https://zylo.example/qux7",
    "quoted": "'zylo'",
}
"""A value of each type that stands in no message; of the other types, any text is one."""


@dataclass(frozen=True, eq=False, slots=True)
class Claim:
    """A signature of an entry, by its number there: that its messages are this error's."""

    entry: str
    name: str
    """The entry's file, relative to the folder."""
    number: int
    text: str
    form: str
    """The signature without what does not count: names of placeholders, case, amounts of white space."""
    words: frozenset[str]
    """Words that each message has."""
    length: int
    """How many words it has, repeated ones counted again."""
    sample: str
    """A message that the signature stands in, with values that mean nothing."""
    examples: tuple[str, ...]
    unless: tuple[str, ...] = ()
    """Texts that rule it out."""

    @property
    def title(self) -> str:
        return f"signature {self.number + 1} of {self.entry}"


class Waiver(NamedTuple):
    """A rule that an entry waives, where it says so, and whether the rule had found something."""

    code: str
    position: Position
    has_served: bool = False


@dataclass(frozen=True, slots=True)
class Claims:
    """All that an entry says that concerns others."""

    name: str
    """The file, relative to the folder."""
    has_bad_name: bool = False
    targets: tuple[str, ...] = ()
    """Links in prose that are not plain addresses of other sites."""
    headings: tuple[str, ...] = ()
    """The headings of the prose's sections."""
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    signatures: tuple[Claim, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def id(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def digestible(self) -> str:
        """All of it as text, which is the same in each process: sets come in the order of their hashes."""
        own = (self.name, self.has_bad_name, self.targets, self.headings, self.codes, self.aliases, self.related)
        signatures = [
            (each.number, each.text, each.form, sorted(each.words), each.length, each.sample, each.examples)
            for each in self.signatures
        ]
        return repr((own, signatures, [each.unless for each in self.signatures], self.waivers))


_ELSEWHERE: Final = re.compile(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9-]*(?::[0-9]{1,4})?(?:[/?#][!-Z^-~]*)?")
"""A plain address of another site: without the brackets and characters that may make it none."""


def claims_of(source: Source) -> Claims:
    """What a source claims."""
    draft = source.draft
    has_bad_name = any(defect.kind is DefectKind.FILE_NAME for defect in source.defects)
    linked = dict.fromkeys(link.target for link in source.outline.links)
    targets = tuple(target for target in linked if not _ELSEWHERE.fullmatch(target))
    headings = tuple(section.heading for section in source.outline.sections)
    if draft is None:
        return Claims(source.name, has_bad_name, targets, headings)
    # A file whose name is wrong may be another's twin but for case: that is KB108's to say.
    own = enumerate(draft.signatures if draft.id == source.id else ())
    signatures = tuple(
        _claim(source, number, parsed, signature)
        for number, signature in own
        if isinstance(parsed := signature_of(signature.text), Signature)
    )
    waivers = tuple(Waiver(code, source.key_position("waive", code)) for code in draft.waive)
    return Claims(
        source.name,
        has_bad_name,
        targets,
        headings,
        draft.codes,
        draft.aliases,
        draft.related,
        signatures,
        waivers,
    )


def _claim(source: Source, number: int, signature: Signature, written: ErrorSignature) -> Claim:
    words = signature.plan.words
    return Claim(
        source.id,
        source.name,
        number,
        signature.text,
        normal_form(signature),
        frozenset(word.text for word in words),
        len(words),
        sample_of(signature),
        written.examples,
        written.unless,
    )


def normal_form(signature: Signature) -> str:
    """A signature without what does not count: names of placeholders, case, amounts of white space."""
    parts = (f"\0{part.type}\0" if isinstance(part, Placeholder) else part.text for part in signature.parts)
    return _SPACE.sub(" ", "".join(parts)).strip().casefold()


def sample_of(signature: Signature) -> str:
    """A message that the signature stands in, with values that mean nothing."""
    return "".join(
        _SAMPLES.get(part.type, "zylo") if isinstance(part, Placeholder) else part.text for part in signature.parts
    )


def words_in(message: str) -> set[str]:
    """The words of a message, in lower case."""
    return set(_WORD.findall(message.lower()))


def all_signatures(claims: Iterable[Claims]) -> list[Claim]:
    """The signatures of all entries, in the order of their ids."""
    return [claim for each in claims for claim in each.signatures]
