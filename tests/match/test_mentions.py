"""Where a message is only mentioned, it is no error; where it stands as it was printed, it is."""

import pytest

from kb.match import Matcher

MATCHER = Matcher.from_signatures(
    [
        ("git/unrelated", "fatal: refusing to merge unrelated histories"),
        ("python/none", "TypeError: 'NoneType' object is not subscriptable"),
        ("python/module", "No module named {{module:quoted}}"),
        ("node/in-use", "Error: listen EADDRINUSE: address already in use {{address}}"),
        ("ruby/no-method", "undefined method {{name:quoted}} for nil"),
    ]
)

MENTIONED = {
    "grep": "docs/faq.md:40:fatal: refusing to merge unrelated histories",
    "grep, indented source": "src/errors.py:12:    raise ModuleNotFoundError(\"No module named 'requests'\")",
    "grep in Windows": "C:\\src\\faq.md:40:fatal: refusing to merge unrelated histories",
    "ripgrep's column": "docs/faq.md:40:>fatal: refusing to merge unrelated histories",
    "a changelog": "- Fixed: `TypeError: 'NoneType' object is not subscriptable` when the list is empty (#123)",
    "a changelog in bold": "* **Fix** TypeError: 'NoneType' object is not subscriptable",
    "a numbered list of changes": "1. Handle Error: listen EADDRINUSE: address already in use :::3000",
    "a commit's message": "fix(server): Error: listen EADDRINUSE: address already in use :::3000 at start",
    "git log --oneline": "3f2a1b9 Fix TypeError: 'NoneType' object is not subscriptable in totals",
    "a test that passes": "PASS tests/merge.test.js > fatal: refusing to merge unrelated histories",
    "a test in Node's TAP": "ok 12 - fatal: refusing to merge unrelated histories",
    "a test's name": "  it('says fatal: refusing to merge unrelated histories', () => {",
    "a line of Python": "        raise ImportError(\"No module named 'requests'\")",
    "a line of JavaScript": "  throw new Error('Error: listen EADDRINUSE: address already in use :::3000');",
    "a line that is added": "+    raise ImportError(\"No module named 'requests'\")",
    "a comment": "// fatal: refusing to merge unrelated histories",
    "a comment of C": "/* TypeError: 'NoneType' object is not subscriptable */",
    "an assertion": "    assert str(error) == \"TypeError: 'NoneType' object is not subscriptable\"",
    "an expectation": "    expect(message).toBe('fatal: refusing to merge unrelated histories')",
    "what grep is asked for": "$ grep -rn 'fatal: refusing to merge unrelated histories' docs",
    "a merge's message": "Merge pull request #7 from topic: fatal: refusing to merge unrelated histories",
    "a patch's subject": "Subject: [PATCH] say fatal: refusing to merge unrelated histories",
    "a release's heading": "v1.4.0 (2026-02-03): no more Error: listen EADDRINUSE: address already in use :::3000",
    "a task": "- [x] fatal: refusing to merge unrelated histories",
    "a case of a test": "tests/test_a.py::test_b[TypeError: 'NoneType' object is not subscriptable] PASSED",
    "logging": '  console.error("fatal: refusing to merge unrelated histories");',
}
PRINTED = {
    "alone": "fatal: refusing to merge unrelated histories",
    "in a list": "- fatal: refusing to merge unrelated histories",
    "after a prompt's line": "$ git merge topic\nfatal: refusing to merge unrelated histories",
    "in a list that says to fix it": "- fix this: fatal: refusing to merge unrelated histories",
    "after a compiler's place": "src/a.py:12: TypeError: 'NoneType' object is not subscriptable",
    "with a column": "src/a.py:12:5: TypeError: 'NoneType' object is not subscriptable",
    "in pytest's summary": "FAILED tests/test_a.py::test_b - TypeError: 'NoneType' object is not subscriptable",
    "in a test that fails": "E   TypeError: 'NoneType' object is not subscriptable",
    "after a line with grep": "$ docker logs web | grep fatal\nfatal: refusing to merge unrelated histories",
    "after a prompt that greps": "$ make 2>&1 | grep TypeError: 'NoneType' object is not subscriptable",
    "after a version": "app 1.4.0: TypeError: 'NoneType' object is not subscriptable",
    "from Ruby": "app.rb:12:in 'Object#total': undefined method 'name' for nil (NoMethodError)",
    "from a logger": "app.py:40:ERROR fatal: refusing to merge unrelated histories",
    "as a heading": "### Error: listen EADDRINUSE: address already in use :::3000",
    "after the line that raised it": "    raise ImportError(\"No module named 'x'\")\nImportError: No module named 'y'",
    "after a mention": "// fatal: refusing to merge unrelated histories\nfatal: refusing to merge unrelated histories",
}


@pytest.mark.parametrize("text", MENTIONED.values(), ids=MENTIONED)
def test_a_mention_is_no_error(text):
    assert MATCHER.match(f"first\n{text}\nlast") == []


@pytest.mark.parametrize("text", PRINTED.values(), ids=PRINTED)
def test_what_was_printed_is_an_error(text):
    assert [answer.tier for answer in MATCHER.match(f"first\n{text}\nlast")] == ["exact"]
