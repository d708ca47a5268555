"""The signature language, through `parse_signature` and `Signature.find`."""

import pytest

from kb.entry import Literal, Placeholder, SignatureError
from kb.match import parse_signature


def test_a_signature_is_literals_and_placeholders():
    signature = parse_signature("port {{port:int}} is used by {{name}}")
    assert signature.parts == (
        Literal("port "), Placeholder("port", "int"), Literal(" is used by "), Placeholder("name"),
    )  # fmt: skip
    assert signature.placeholders == ("port", "name")


def test_an_escaped_brace_is_literal():
    assert parse_signature(r"unexpected \{{ here").find("Unexpected {{ here")


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("open {{file", 5, "never closed"),
        ("open {{File}} now", 7, "no name"),
        ("open {{}} now", 7, "no name"),
        ("open {{file:pth}} now", 12, "did you mean `path`"),
        ("open {{a}}{{b}} now", 10, "something between"),
        ("{{a}}: {{b}}", 0, "literal word"),
        ("{{a}}ms", 0, "literal word"),
        ("", 0, "literal word"),
        ("open {{n:int}} and {{n:hex}}", 21, "of type `int`"),
        ("x" * 5000, 4000, "at most 4000"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(text, column, said):
    with pytest.raises(SignatureError, match=said) as caught:
        parse_signature(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("kind", "accepted", "rejected"),
    [
        ("int", ["0", "-12", "65535"], ["abc", "1.5x", "0x1f", "12a"]),
        ("hex", ["0xdead", "ff", "4087ACF82C7F0000"], ["0xzz", "xyz"]),
        ("word", ["a", "feature/x", "a.b-c"], ["two words"]),
        ("path", ["/a/b", r"C:\Program Files\x", "src/main.rs", "./a b"], ["two words", "a<b"]),
        ("url", ["https://example.com/a?b=c", "unix:///run/x.sock"], ["example.com", "https:// x"]),
        ("quoted", ["'a b'", '"x"', "`x`", "“x”"], ["a b", "'x", "x'"]),
    ],
)
def test_a_typed_placeholder_takes_what_is_of_its_type_only(kind, accepted, rejected):
    signature = parse_signature(f"value {{{{value:{kind}}}}} was refused")
    for value in accepted:
        match = signature.find(f"value {value} was refused")
        assert match is not None, value
        assert match.captures == {"value": value}
    for value in rejected:
        assert signature.find(f"value {value} was refused") is None, value


def test_an_untyped_placeholder_stays_on_its_line():
    signature = parse_signature("open '{{file}}' failed")
    assert signature.find("open 'a b' failed").captures == {"file": "a b"}
    assert signature.find("open 'a'\n\nthat worked\n\nclose 'b' failed") is None


def test_rest_goes_to_the_end_of_the_line_and_lines_to_the_next_literal():
    assert parse_signature("failed: {{why:rest}}").find("x failed: no space left\nnext").captures == {
        "why": "no space left"
    }
    files = parse_signature("these files: {{files:lines}} Please move them")
    assert files.find("these files:\n\ta.txt\n\tb.txt\nPlease move them").captures == {"files": "a.txt\nb.txt"}


def test_the_same_name_twice_means_the_same_value():
    signature = parse_signature("{{a:word}} is not {{b:word}}, said {{a:word}} again")
    assert signature.find("x is not y, said x again")
    assert signature.find("x is not y, said z again") is None


def test_a_signature_begins_and_ends_at_words():
    signature = parse_signature("error in file")
    assert signature.find("terror in file") is None
    assert signature.find("error in files") is None
    assert signature.find("(error in file)")


def test_positions_are_in_the_text_as_pasted():
    text = "x \x1b[31mDisk &amp; tape\x1b[0m are   full now"
    match = parse_signature("disk & tape are full").find(text)
    assert text[match.start : match.end] == "Disk &amp; tape\x1b[0m are   full"


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (r"cannot read src\new\table.ts: gone", r"src\new\table.ts"),
        (r"cannot read ..\..\next\run.py: gone", r"..\..\next\run.py"),
        (r'{"error": "cannot read src\\new\\table.ts: gone"}', r"src\new\table.ts"),
        (r"cannot read one\ntwo\nmain.ts: gone", None),
        (r"cannot read a.b\r\nc.d: gone", None),
    ],
)
def test_a_relative_windows_path_keeps_its_backslashes(text, file):
    found = parse_signature("cannot read {{file:path}}: gone").find(text)
    assert (found and found.captures["file"]) == file
