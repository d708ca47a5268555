"""Entries and errors whose text tries to give orders: nothing of it leaves the fence, and nothing is hidden in it."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from mcp import Client
from mcp_base import ENTRY, connected, write_base

from kb.match import from_entries
from kb.mcp import Drafts, EntriesFolder, server_of

CANARY = "KANARY"
ATTEMPTS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[1] / "data/injections.jsonl").read_text("utf-8").splitlines()
]
"""What an author might write. Each is put into an entry's title, summary, cause, workaround, and the error itself."""

_FENCE = re.compile(r"<<<DATA ([0-9a-f]{16})\n(.*)\nDATA \1>>>", re.DOTALL)
_NEWER = ("\u034f", "\u115f", "\u1160", "\u3164", "\uffa0")


def hostile(number: int) -> str:
    """The text of an entry that tries something in every place."""
    attempt = ATTEMPTS[number]
    line = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", " ".join(attempt.split()))[:80]
    quoted = line.replace("\\", "\\\\").replace('"', '\\"')
    prose = "\n".join(f"{CANARY} {part}" for part in attempt.replace("\0", "").split("\n"))  # YAML takes no NUL
    fix = f"{prose}\n\n```sh\necho {CANARY}; {line.replace('`', '')}\n```"
    return ENTRY.format(
        title=f"{CANARY} {quoted}",
        signature=f"HostileError{number}: the thing number {number} went wrong",
        summary=prose,
        cause=prose,
        step=f"{CANARY} {line.replace('{{', '')}",
        fix=fix,
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """All that a client is told of the hostile entries: (answer in words, answer as data or None)."""
    entries = {f"hostile-{number}": hostile(number) for number in range(len(ATTEMPTS))}
    folder = write_base(tmp_path_factory.mktemp("hostile"), **entries)
    base = EntriesFolder(folder / "entries", from_entries)
    drafts = Drafts(folder / "drafts", folder / "entries", frozenset())

    found = []
    with connected(Client(server_of(base, drafts))) as client:
        for number, attempt in enumerate(ATTEMPTS):
            entry = f"python/hostile-{number}"
            text = f"HostileError{number}: the thing number {number} went wrong\n{CANARY} {attempt}"
            calls = [("match_error", {"text": text}), ("search_fixes", {"words": f"HostileError{number} thing"})]
            calls += [("get_fix", {"id": entry, "section": each}) for each in ("", "cause", "workaround 1")]
            for name, arguments in calls:
                answer = client.call_tool(name, arguments)
                found.append((answer.content[0].text, answer.structured_content))
            prompt = client.get_prompt("explain_and_fix", {"error": text})
            found.append((prompt.messages[0].content.text, None))
            page = client.read_resource(f"known-fixes://{entry}")
            found.append((page.contents[0].text, None))
        assert not (folder / "drafts").exists()  # no tool was called by what another one answered
        for attempt in ATTEMPTS[::8]:
            said = {"product": "python", "error": f"{CANARY}: {attempt}", "fix": f"{CANARY} {attempt}"}
            answer = client.call_tool("propose_fix", said)
            found.append((answer.content[0].text, answer.structured_content))
    return found


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("match_error", {"text": f"{CANARY} " * 70_000}),
        ("match_error", {"text": "x", "platform": CANARY}),
        ("search_fixes", {"words": f"{CANARY} " * 999, "top": CANARY}),
        ("get_fix", {"id": f"{CANARY} " * 99}),
        ("get_fix", {"id": f"{CANARY}/x", "section": CANARY}),
        ("get_fix", {"id": "python/port-in-use", "section": CANARY}),
        ("propose_fix", {"product": CANARY, "error": CANARY, "fix": CANARY}),
    ],
)
def test_an_argument_that_is_refused_is_not_repeated(tmp_path, tool, arguments):
    base = EntriesFolder(write_base(tmp_path) / "entries", from_entries)
    drafts = Drafts(tmp_path / "drafts", tmp_path / "entries", frozenset())
    with connected(Client(server_of(base, drafts))) as client:
        answer = client.call_tool(tool, arguments)
    assert answer.is_error
    assert CANARY.lower() not in _FENCE.sub("", answer.content[0].text).lower()


def test_sixty_attempts_are_read(told):
    assert len(ATTEMPTS) == 60
    assert sum(CANARY in words for words, _ in told) >= 6 * len(ATTEMPTS)


def test_no_word_of_an_entry_stands_outside_of_the_fence(told):
    for words, _ in told:
        assert CANARY.lower() not in _FENCE.sub("", words).lower()


def test_the_marks_of_a_fence_occur_once(told):
    for words, _ in told:
        if found := _FENCE.search(words):
            assert words.count(found[1]) == 2


def test_fields_of_an_answer_hold_no_word_of_an_entry_but_data(told):
    for _, fields in told:
        if fields is not None:
            assert CANARY.lower() not in json.dumps(fields | {"data": ""}).lower()


def test_nothing_is_hidden_in_an_answer(told):
    def is_hidden(letter):
        return letter != "\n" and (
            unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"}
            or letter in _NEWER
            or 0xFE00 <= ord(letter) <= 0xFE0F
        )

    assert [repr(words) for words, _ in told if any(map(is_hidden, words))] == []
