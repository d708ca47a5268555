"""Signatures drafted from errors as printed: what varies is open, the wording stays, and the error is found again."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shelf import some

from kb.drafts import draft_signature, error_blocks
from kb.drafts.guesses import codes_in, slug_of
from kb.entry import SignatureError, load_collection
from kb.match import Matcher, build_index, parse_signature


@pytest.mark.parametrize(
    ("error", "signature"),
    [
        ("OSError: [Errno 98] Address already in use: port 8000",
         "OSError: [Errno 98] Address already in use: port {{port:int}}"),
        ("Error: listen EADDRINUSE: address already in use 127.0.0.1:3000",
         "Error: listen EADDRINUSE: address already in use {{host:word}}:{{port:int}}"),
        ("ModuleNotFoundError: No module named 'numpy'", "ModuleNotFoundError: No module named {{module:quoted}}"),
        ("Error: EACCES: permission denied, open '/etc/hosts'",
         "Error: EACCES: permission denied, open '{{path:path}}'"),
        ("npm ERR! 404 Not Found - GET https://registry.example/foo - Not found",
         "npm ERR! 404 Not Found - GET {{url:url}} - Not found"),
        ("src/app.ts(12,5): error TS2322: Type 'a' is no 'b'.",
         "{{file:path}}({{line:int}},{{column:int}}): error TS2322: Type {{type:quoted}} is no {{name:quoted}}."),
        ("lib/x.py:12:7: error: Name 'a' is not defined",
         "{{file:path}}:{{line:int}}:{{column:int}}: error: Name {{name:quoted}} is not defined"),
        ("fatal: unable to access 'https://git.example/a/b.git/': Could not resolve host: git.example",
         "fatal: unable to access '{{url:url}}': Could not resolve host: {{host:word}}"),
        ("SSL error with host db.example: host db.example is unknown",
         "SSL error with host {{host:word}}: host {{host:word}} is unknown"),
        ("container 3f2a9bd1-1c2d-4e5f-8a9b-0c1d2e3f4a5b exited at 2026-01-02 10:11:12",
         "container {{id:word}} exited at {{time}}"),
        ("image sha256:0123456789abcdef0123456789abcdef not in commit 3c1d9ab2f4e5",
         "image {{digest:word}} not in commit {{hash:hex}}"),
        ("809B1CE5B57F0000:error:1608010C:STORE routines::unsupported",
         "{{id:hex}}:error:1608010C:STORE routines::unsupported"),
        ("certificate expired on 2026-01-02", "certificate expired on {{date:word}}"),
        ("requires numpy>=1.24.3 but version 2.0.0rc1 was installed",
         "requires numpy>={{version:word}} but version {{version2:word}} was installed"),
        ("Tried to allocate 20.00 MiB after 30 s", "Tried to allocate {{size:word}} MiB after {{seconds:int}} s"),
        ("segfault at 0xdeadbeef in /usr/lib/libx.so.1", "segfault at {{address:hex}} in {{path:path}}"),
        (r"C:\Users\ada\app.py:12: SyntaxError: invalid syntax",
         "{{path:path}}:{{line:int}}: SyntaxError: invalid syntax"),
        ("ENOENT: no such file ~/.config/tool/settings.json", "ENOENT: no such file {{file:path}}"),
        ("mail from ada@mail.example was rejected", "mail from {{email:word}} was rejected"),
        ("connect to [::1]:5432 refused for user \"ada\"",
         "connect to {{host:word}}:{{port:int}} refused for user {{user:quoted}}"),
        ("template {{ name }} is undefined", r"template \{{ name }} is undefined"),
    ],
)  # fmt: skip
def test_what_varies_becomes_a_placeholder(error, signature):
    assert draft_signature(error) == signature


@pytest.mark.parametrize(
    "error",
    ["API Error: 400 invalid_request_error", "HTTP 503 Service Unavailable", "HTTP/1.1 404 from upstream",
     "npm ERR! code E404",
     "curl: (60) SSL certificate problem: unable to get local issuer certificate",
     "SQLSTATE 42601: syntax error near FROM",
     "Process exited with code 137", "exit status 1: tests failed", "request failed with status code 502",
     "errno 13: denied",
     "MCP error -32000: Connection closed", "cURL error 35: wrong version number", "'UTF8_ERROR' raised by codec utf-8",
     "can't find it, and don't know why", "the server answered 'this is a whole sentence of its own' to us"],
)  # fmt: skip
def test_words_and_codes_that_tell_which_error_it_is_stay(error):
    assert draft_signature(error) == error


def test_keys_and_values_of_json_stay_and_its_ids_do_not():
    error = '{"type":"error","error":{"type":"overloaded_error"},"request_id":"req_011CZqpMLV2mFDafSPRNAc8Y"}'
    assert draft_signature(error) == error.replace("req_011CZqpMLV2mFDafSPRNAc8Y", "{{id:word}}")


@pytest.mark.parametrize(
    "noise",
    ["\x1b[31m{}\x1b[0m", "2026-01-02T03:04:05.123Z {}", "   │ {}", "web-1  | {}", "[12:30:45] {}\n", "\r\n{}\r\n"],
)
def test_what_a_terminal_or_a_logger_put_around_it_is_not_in_the_draft(noise):
    error = noise.format("error: failed to push some refs to '/srv/a.git'")
    assert draft_signature(error) == "error: failed to push some refs to '{{path:path}}'"


def test_a_draft_finds_the_same_error_of_somebody_else():
    draft = draft_signature('psql: error: connection to server at "db.example" (192.0.2.5), port 5432 failed')
    assert parse_signature(draft).find(
        'psql: error: connection to server at "pg.test" (198.51.100.7), port 6432 failed'
    )


@pytest.mark.parametrize("text", ["", " \n ", "!!!", "{{{{"])
def test_text_without_a_word_is_refused(text):
    with pytest.raises(SignatureError, match="no message"):
        draft_signature(text)


def test_names_are_unique_and_say_what_they_stand_for():
    draft = draft_signature("TypeError: expected 2 arguments, got 3 arguments at line 7 of line 8")
    assert draft == (
        "TypeError: expected {{arguments:int}} arguments, got {{arguments2:int}} arguments "
        "at line {{line:int}} of line {{line2:int}}"
    )


def test_the_examples_of_entries_can_be_drafted_from(repository_root):
    entries = some(load_collection(repository_root / "entries").entries, 250)
    errors = [error for entry in entries for signature in entry.signatures for error in signature.examples]
    drafts = [draft_signature(error) for error in errors]
    assert [error for error, draft in zip(errors, drafts, strict=True) if not parse_signature(draft).find(error)] == []
    matcher = Matcher.from_signatures((str(number), draft) for number, draft in enumerate(drafts))
    assert [error for error in errors if not any(answer.tier == "exact" for answer in matcher.match(error))] == []


PIECES = st.sampled_from(
    ["error", "cannot open", "'a b'", '"x"', "`y`", "/etc/x", "C:\\new\\x", "https://a.example/b?c",
     "127.0.0.1:80", "[::1]:80",
     "12", "3.4", "1.2.3", "0x1f", "2026-01-02", "10:11:12", ":", "(", ")", "{", "}", "{{", "}}", "\\{{", "\n",
     " ", "\t", "\\",
     "\x1b[31m", "é", "日本", "’", "“q”", "req_0123456789abcdef", "3c1d9ab2f4e5", "user@mail.example", "a.b.c",
     "%", "=", "-", "..."]
)  # fmt: skip
ERRORS = st.lists(PIECES, max_size=25).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)


@settings(max_examples=500)
@given(error=ERRORS | st.text(max_size=60))
@example("a" * 5000)
@example("{{name}} " * 60 + "error")
@example("error /a " * 60)
def test_a_draft_is_a_signature_that_matches_the_error_it_came_from(error):
    try:
        draft = draft_signature(error)
    except SignatureError:
        return
    assert parse_signature(draft).find(error)
    assert build_index([("a/b", draft)])


@pytest.mark.parametrize(
    "piece",
    [
        "error ",
        "1.1.",
        "'a ",
        "/a",
        "a.",
        "-a.",
        "0x",
        "https://a",
        "a@",
        "[0:",
        "error: 'x' ",
        "\x1b[3",
        "{{",
        "日",
        "a" * 50 + " ",
    ],
)
def test_a_long_text_takes_no_more_work_than_a_short_one(piece, steps_of):
    def draft(length: int) -> int:
        def work() -> None:
            with suppress(SignatureError):
                draft_signature(("error " + piece * length)[:length])

        return steps_of(work)

    assert draft(200_000) <= 1.5 * draft(20_000) + 1000


TRACEBACK = """\
Traceback (most recent call last):
  File "a.py", line 3, in <module>
    import numpy
ModuleNotFoundError: No module named 'numpy'
"""


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (TRACEBACK, ["ModuleNotFoundError: No module named 'numpy'"]),
        ("\n".join(f"2026-01-02T03:04:05Z {line}" for line in TRACEBACK.splitlines()),
         ["ModuleNotFoundError: No module named 'numpy'"]),
        ("It fails, no error.\n\n```sh\n$ pip install foo\nERROR: No matching distribution found for foo\n```",
         ["ERROR: No matching distribution found for foo"]),
        ("npm ERR! code E404\nnpm ERR! 404 Not Found\nnpm ERR! A complete log of this run can be found in:\n",
         ["npm ERR! code E404", "npm ERR! 404 Not Found"]),
        ("2026-01-02T03:04:05Z info starting\n2026-01-02T03:04:06Z error: it broke\nhint: mend it",
         ["error: it broke"]),
        ("I see `Error: EACCES: permission denied` on start.", ["Error: EACCES: permission denied"]),
        ("panic: runtime error: index out of range [5]\n\ngoroutine 1 [running]:\nmain.main()\n",
         ["panic: runtime error: index out of range [5]"]),
        ('Exception in thread "main" java.io.IOException: full\n\tat a.B.c(B.java:1)\nCaused by: java.io.Inner: x\n',
         ['Exception in thread "main" java.io.IOException: full', "Caused by: java.io.Inner: x"]),
        ("error[E0382]: borrow of moved value: `names`\n --> src/main.rs:4:26\n",
         ["error[E0382]: borrow of moved value: `names`\n--> src/main.rs:4:26"]),
        ("a.c:3:5: error: 'x' undeclared\nwarning: nothing\n", ["a.c:3:5: error: 'x' undeclared"]),
        ("cannot reach it\nfatal: it broke", ["fatal: it broke", "cannot reach it"]),
        ("error: a 1\nerror: a 2\n", ["error: a 1"]),
        ("All 12 tests passed.", []),
        ("", []),
    ],
)  # fmt: skip
def test_the_telling_lines_of_a_log_come_out_the_likeliest_first(text, blocks):
    assert error_blocks(text) == blocks


def traceback(source: str, *message: str) -> str:
    """What Python prints where a line of source raises an error with a message."""
    lines = (
        "Traceback (most recent call last):",
        '  File "a.py", line 3, in load',
        f"    {source}",
        "    ^^^^",
        *message,
    )
    return "\n".join((*lines, ""))


SOURCES = {
    "an escape in a line of a traceback": (
        traceback(r'rows = parse("a\nb\n"); print("not found\n")', "TypeError: no rows in str"),
        "TypeError: no rows in str",
    ),
    "a message in a line of a traceback": (
        traceback(r'raise Lost("no eel in\nerror: the barrel is not found")', "Lost: no eel in", "error: it"),
        "Lost: no eel in",
    ),
    "an escape in the message itself": (
        traceback("int(text)", r"ValueError: invalid literal for int() with base 10: '12\nx'"),
        r"ValueError: invalid literal for int() with base 10: '12\nx'",
    ),
    "a syntax error": (
        '  File "a.py", line 2\n    print("a\\nerror: not found)\n          ^\nSyntaxError: unterminated string\n',
        "SyntaxError: unterminated string",
    ),
    "an uncaught error of Node.js": (
        'a.js:3\n    throw new Error("no eel\\nerror: not found");\n    ^\n\nError: no eel\n    at load (a.js:3:9)\n',
        "Error: no eel",
    ),
    "a compiler": (
        'cannot build eels\n |\n2 | let error = "a\\nerror: it is not found";\n  |             ^^^\n',
        "cannot build eels",
    ),
    "a log of JSON": (
        '{"msg": "it starts"}\n{"msg": "it stops", "stack": "main\\nError: no eel is there\\n    at a.js"}\n',
        "Error: no eel is there",
    ),
}


@pytest.mark.parametrize(("text", "message"), SOURCES.values(), ids=SOURCES)
def test_lines_of_a_source_file_beside_a_message_are_none(text, message):
    assert error_blocks(text)[0] == message


@settings(max_examples=300)
@given(
    text=st.lists(
        PIECES | st.sampled_from(["```", "~~~~", "Traceback (most recent call last):", '  File "a"']), max_size=40
    ).map("".join)
)
def test_any_text_has_telling_lines_or_none(text):
    for block in error_blocks(text):
        assert block.strip()


@pytest.mark.parametrize(
    "piece", ["error ", "a\n", "error: x\n", "`", "```\n", " ", "~~~\n  x\n", "error:\n", "\\n", "failed\\n\n"]
)
def test_the_telling_lines_of_a_log_are_found_in_linear_time(piece, steps_of):
    short, long = steps_of(lambda: error_blocks(piece * 5_000)), steps_of(lambda: error_blocks(piece * 20_000))
    assert long <= 5 * short + 1000


@pytest.mark.parametrize(
    ("error", "codes"),
    [
        ("ENGINE-1001: cannot start module 'fuel' (code 0x80070005)", ("ENGINE-1001", "0x80070005")),
        ("AADSTS50011: The redirect URI is not one of those registered", ("AADSTS50011",)),
        ("ORA-00942: table or view does not exist", ("ORA-00942",)),
        ("E-1234 pump 7 failed after 30 s", ("E-1234",)),
        ("exited with 0xC0000005 while loading the plug-in", ("0xC0000005",)),
        ("INC-CORE-0042: the journal is behind", ("INC-CORE-0042",)),
        ("ENGINE-3: small disk gone", ()),
        ("decoding UTF-16 failed, expected ISO-8859-1 or SHA-256, see CVE-2024-1234", ()),
        ("read at 0x7ffd1234 and 0x80 of the segment failed", ()),
    ],
)
def test_a_companys_own_codes_are_kept_literally_and_listed(error, codes, tmp_path):
    assert codes_in(error, load_collection(tmp_path)) == codes
    drafted = draft_signature(error)
    assert [code for code in codes if code not in drafted] == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("ENGINE-6: Größe überschritten", "engine-6-grosse-uberschritten"),
        ("Datei läuft über Straße", "datei-lauft-uber-strasse"),
        ("ENGINE-1001: 容量が足りません", "engine-1001"),
        ("ENGINE-7: volume data has no room left at …", "volume-data-has-no-room-left"),
        ("timeout after … s", "timeout-after"),
        ("Out of", "out-of"),
    ],
)
def test_a_proposed_slug_spells_letters_and_ends_with_a_word_that_says_something(title, slug):
    assert slug_of(title) == slug
