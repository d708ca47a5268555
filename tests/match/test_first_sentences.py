"""Whoever pastes the first sentence of a message, or its first line, lands on its entry, in both languages."""

from dataclasses import asdict

import pytest

from kb.match import Matcher, build_index

from .in_node import HERE, in_node, laid

DEPTH = (
    "Maximum update depth exceeded. This can happen when a component calls setState inside useEffect, but useEffect "
    "either doesn't have a dependency array, or one of the dependencies changes on every render."
)
"""Of a long message the first sentence is a small share."""
SOCKET = (
    'connection to server on socket "{{socket}}" failed: {{reason}}\n'
    "    Is the server running locally and accepting connections on that socket?"
)
SIGNATURES = [
    ("react/depth", DEPTH),
    ("postgres/refused", SOCKET),
    ("node/module", "Cannot find module '{{package}}' from '{{file}}'"),
    ("swift/scope", "cannot find '{{name}}' in scope of that declaration"),
    ("postgres/column", 'column "{{column}}" of relation "{{table}}" does not exist'),
    ("go/version", "go: module {{module:path}} requires go >= {{wanted:word}} (running go {{running:word}})"),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """A function that gives the answers to a text, which are the same in both languages."""
    index = laid(build_index([*SIGNATURES, *others()]), tmp_path_factory.mktemp("index"))

    def of(text):
        ours = [asdict(answer) for answer in Matcher.from_files(index).match(text, 5)]
        asked = tmp_path_factory.mktemp("asked")
        assert in_node(HERE / "conformance.mjs", index, [{"text": text}], asked) == [ours]
        return [(answer["id"], answer["tier"]) for answer in ours]

    return of


def others():
    """So many signatures that a shelf of a thousand entries is no smaller: each has few keys then."""
    return [
        (f"other/n{number}", f"Frobnicator n{number} of shelf k{number % 97} was never put back in place")
        for number in range(4_000)
    ]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Error: Maximum update depth exceeded.", "react/depth"),
        (
            'psql: error: connection to server on socket "/run/pg/.s.PGSQL.1" failed: Connection refused',
            "postgres/refused",
        ),
        ("Error: Cannot find module 'express'", "node/module"),
    ],
)
def test_a_first_sentence_leads_to_its_entry(answers, text, entry):
    assert answers(text)[:1] == [(entry, "likely")]


@pytest.mark.parametrize(
    "text",
    [
        'column "total" of relation "orders" already exists',
        "go: module example.com/api: dependency cycle detected in workspace",
    ],
)
def test_one_that_goes_on_otherwise_behind_a_value_is_another_message(answers, text):
    assert answers(text) == []
