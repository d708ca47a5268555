"""Target `yaml`: front matter, entries in YAML and data files, whatever their YAML is."""

import json

import corpus
import yaml
from expectations import FORMS, formatted_once, mended_stays_readable, same_twice, told
from folder_of_one import loaded
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import mutants

from kb.entry import EditError, EntryText, Source, edit_front_matter, parse_source

MARKS = st.sampled_from(
    ("---\n", "...\n", "- ", "? ", ": ", ":", ", ", "[", "]", "{", "}", "\n", "\n  ", "\n\t", " #", "|\n", "|-2\n",
     ">-\n", "'", '"', "\\", "&a ", "*a", "<<: ", "!!int ", "!x ", "%YAML 1.2\n", "=", "~", "@", "`", "\r\n", "\r")
)  # fmt: skip
SCALARS = st.sampled_from(
    ("no", "on", "1.10", "0x1F", "0b1", "1:30", "08006", "1e400", ".inf", ".nan", "2026-13-45", "2026-01-02", "null",
     "", "-", "a/b#1", "git/a", "9" * 40, "\ufeff", "\u2028", "\x85", "\x00", "\x1b[2J", "\u202e", "\U0001f600",
     "e\u0301", "{{x}}", "{{x:int}}", "\\{{", "{{{x}}}", "https://example.org/", "open", "x" * 300)
)  # fmt: skip
KEYS = st.sampled_from(
    (*EntryText.model_fields, "text", "examples", "ref", "state", "versions", "works", "comments", "timeline", "nope")
)
PIECES = MARKS | SCALARS | KEYS.map("{}: ".format) | st.sampled_from(corpus.payloads()) | st.text(max_size=6)

VALUES = st.recursive(
    SCALARS | st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
FRONTS = corpus.parsed_fronts()[:60]
PROSE = "---\n\n## Summary\n\nS\n\n## Cause\n\nC\n\n## Workaround: W\n\nB\n"


@st.composite
def dumped(draw: st.DrawFn) -> str:
    """A real front matter with some values replaced, written in one of the ways that YAML has."""
    front = draw(st.sampled_from(FRONTS))
    front = dict(front) if isinstance(front, dict) else {"title": front}
    front |= draw(st.dictionaries(KEYS, VALUES, max_size=3))
    if draw(st.booleans()):
        return json.dumps(front, indent=draw(st.sampled_from((None, 1)))) + "\n"
    return yaml.safe_dump(
        front,
        default_flow_style=draw(st.sampled_from((None, True, False))),
        default_style=draw(st.sampled_from((None, "'", '"', "|", ">"))),
        allow_unicode=draw(st.booleans()),
        width=draw(st.sampled_from((20, 80, 1000))),
        sort_keys=False,
    )


FILES = st.one_of(
    st.tuples(
        st.just("git/a.md"),
        (mutants(corpus.front_matters(), PIECES) | dumped()).map(lambda front: f"---\n{front}{PROSE}"),
    ),
    st.tuples(st.just("git/a.yml"), mutants(corpus.yaml_entries(), PIECES)),
    st.sampled_from(corpus.data_files()).flatmap(lambda file: st.tuples(st.just(file[0]), mutants((file[1],), PIECES))),
)


@settings(max_examples=40)
@given(file=FILES, day=st.dates(), form=st.sampled_from(FORMS))
def test_any_yaml_is_read_told_mended_and_edited_in_its_own_lines(file, day, form):
    collection = loaded(*file)
    mended_stays_readable(collection, told(collection, form))
    for source in collection.sources:
        same_twice(source)
        formatted_once(source)
        edited(source, day.isoformat())


def edited(source: Source, day: str) -> None:
    """An edit changes what it names, and nothing else; or says why not."""
    if source.entry is None:
        return
    try:
        text = edit_front_matter(source.text, source.name, {"updated": day})
    except EditError:
        return
    again = parse_source(source.path, source.name, text)
    assert again.entry is not None, again.defects
    assert again.entry.updated.isoformat() == day
    assert again.entry.model_dump(exclude={"updated"}) == source.entry.model_dump(exclude={"updated"})
