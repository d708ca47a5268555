"""The same words find the same entries in Python and in JavaScript, with the same scores."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kb.match.search import search

from .conftest import load_queries

MUTATED = 800
STRANGE = (
    *("", " ", "?", "'", "it's", "ISN\u2019T", "\u2018quoted\u2019 word", "caf\xe9", "\u7aef\u53e3 3000"),
    *("\u0130stanbul", "\U0001f600 docker", "a" * 70, "docker\u00a0daemon", "err_ossl_evp_unsupported"),
    *("constructor", "__proto__", "tag:ports", "README.md", "x=1;y=2", "\x1b[31mred\x1b[0m"),
    *("line one\nline two", "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "stra\xdfe"),
)
FILTERS = ({}, {}, {}, {"product": "git"}, {"tag": "tls"}, {"status": "workaround"}, {"product": "no", "tag": "no"})


def mutated(texts: list[str]) -> Iterator[str]:
    """Texts as fingers make them: letters swapped, left out and doubled, words joined, exchanged and cut off."""
    random = Random(45048)
    words = sorted({word for text in texts for word in text.split()})
    for _ in range(MUTATED):
        text = random.choice(texts)
        for _ in range(random.randrange(1, 4)):
            at = random.randrange(len(text) or 1)
            text = random.choice(
                (
                    text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
                    text[:at] + text[at + 1 :],
                    text[:at] + text[at : at + 1] + text[at:],
                    text[: at + 1],
                    text.replace(" ", "", 1),
                    f"{text} {random.choice(words)}",
                    " ".join(random.sample(text.split(), len(text.split()))),
                    text.upper(),
                    text.replace("'", "\u2019"),
                )
            )
        yield text


@pytest.fixture(scope="module")
def asked() -> list[dict[str, object]]:
    """Queries with filters, some of them as if they were still being typed."""
    texts = [str(case["query"]) for name in ("queries.jsonl", "queries_unseen.jsonl") for case in load_queries(name)]
    all_texts = [*texts, *STRANGE, *mutated(texts)]
    return [
        {"query": text, "only": FILTERS[number % len(FILTERS)], "typed": number % 3 == 0}
        for number, text in enumerate(all_texts)
    ]


def in_python(asked, index) -> list[object]:
    found = []
    for each in asked:
        answer = search(each["query"], index, only=each["only"], is_typed=each["typed"])
        results = [[result.shown["id"], result.score, result.share] for result in answer.results]
        known = {"isKnown": answer.is_known, "total": answer.total, "unknown": list(answer.unknown)}
        found.append(known | {"found": results, "corrected": [list(pair) for pair in answer.corrected]})
    return found


def test_javascript_finds_what_python_finds(search_files, search_index, asked, tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node isn't installed")
    for name, content in search_files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    queries = tmp_path / "queries.jsonl"
    queries.write_text("".join(f"{json.dumps(each)}\n" for each in asked), "utf-8")
    script = Path(__file__).parent / "conformance.mjs"
    run = subprocess.run([node, script, tmp_path, queries], check=True, capture_output=True, encoding="utf-8")
    in_javascript = [json.loads(line) for line in run.stdout.splitlines()]
    pairs = zip(asked, in_python(asked, search_index), in_javascript, strict=True)
    assert [(each, ours, theirs) for each, ours, theirs in pairs if ours != theirs] == []
