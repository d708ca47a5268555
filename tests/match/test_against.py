"""What speaks against an answer: texts under `unless`, and a platform that the entry doesn't name."""

import json
from pathlib import Path

import pytest

from kb.entry import load_collection
from kb.match import Indexed, Matcher, from_entries, platforms_shown, signatures_of

ENTRIES = Path(__file__).parents[2] / "entries"
LINKER = Indexed(
    "cargo/linker", "error: linker `{{linker}}` not found", ("link.exe", "vendor linker"), ("linux", "macos")
)
MATCHER = Matcher.from_signatures([LINKER, ("git/refspec", "error: src refspec {{branch:word}} does not match any")])


@pytest.fixture(scope="module")
def shipped():
    return from_entries(ENTRIES).matcher


def tiers(matcher, text):
    return {answer.id: answer.tier for answer in matcher.match(text)}


@pytest.mark.parametrize(
    "text",
    [
        "error: linker `link.exe` not found",
        "\x1b[31merror\x1b[0m: linker `LINK.EXE` not found",
        "error: linker `cc` not found\n  |\n  = note: the Vendor\n          linker is missing",
        json.dumps({"message": "error: linker `link.exe` not found"}),
    ],
)
def test_a_text_under_unless_rules_the_signature_out(text):
    assert tiers(MATCHER, text) == {}
    assert MATCHER.whole(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "error: linker `cc` not found",
        "error: linker `hlink.exec` not found",
        "error: linker `cc` not found\n" + "note: nothing to see here\n" * 60 + "no vendor linker here",
    ],
)
def test_a_text_that_is_elsewhere_or_only_similar_does_not(text):
    assert tiers(MATCHER, text) == {"cargo/linker": "exact"}


def test_what_rules_one_signature_out_leaves_another_one_alone():
    text = "error: linker `link.exe` not found\nerror: src refspec main does not match any"
    assert tiers(MATCHER, text) == {"git/refspec": "exact"}


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("error: linker `cc` not found", "exact"),
        ("error: linker `cc` not found\n  --> /home/user/app/src/main.rs", "exact"),
        ("C:\\Users\\user\\app> cargo build\nerror: linker `cc` not found", "likely"),
        ("host: x86_64-pc-windows-gnu\nerror: linker `cc` not found", "likely"),
        ("host: x86_64-pc-windows-gnu\nerror: linker `cc` not found in /home/user", "exact"),
    ],
)
def test_another_platform_makes_an_answer_likely_at_most(text, tier):
    found = MATCHER.match(text)
    assert [answer.tier for answer in found] == [tier]
    assert bool(found[0].captures) is (tier == "exact")


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        (r"C:\Program Files\nodejs\node.exe", {"windows"}),
        (r'{"file": "C:\\Users\\user\\app\\a.js"}', {"windows"}),
        ("LNK1181: cannot open input file", {"windows"}),
        ("[WinError 193] %1 is not a valid Win32 application", {"windows"}),
        ("npm ERR! System: Windows_NT 10.0.22631", {"windows"}),
        ("/Users/user/app/a.js", {"macos"}),
        ("file:///Users/user/app/a.js", {"macos"}),
        ("Library not loaded: @rpath/libssl.3.dylib", {"macos"}),
        ("aarch64-apple-darwin", {"macos"}),
        ("/opt/homebrew/bin/python3", {"macos"}),
        ("/home/user/app/a.js", {"linux"}),
        ("libssl.so.3: cannot open shared object file", {"linux"}),
        ("x86_64-unknown-linux-gnu", {"linux"}),
        ("Ubuntu 24.04.1 LTS", {"linux"}),
        ("x86_64-unknown-linux-gnu on x86_64-pc-windows-msvc", {"linux", "windows"}),
        ("file:///C:/Users/user/a.js", {"windows"}),
        ("See the Users/windows chapter, or a:b, in the home/linux docs", set()),
        ("error: E:\nnext", set()),
        ("https://host.example/Users/list and https://host.example/home/", set()),
        ("", set()),
    ],
)
def test_a_platform_is_shown_by_what_only_it_prints(text, platforms):
    assert platforms_shown(text) == platforms


def test_windows_linker_is_not_answered_with_another_systems_packages(shipped):
    text = "error: linker `link.exe` not found\n  |\n  = note: program not found\n"
    assert "cargo/linker-cc-not-found" not in tiers(shipped, text)


@pytest.mark.parametrize("reason", ["certificate has expired", "Hostname mismatch, certificate is not valid for 'a'."])
def test_a_root_certificate_is_no_answer_to_another_fault_of_the_certificate(shipped, reason):
    text = (
        "Could not fetch URL https://index.example/simple/a/: There was a problem confirming the ssl certificate: "
        f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {reason} (_ssl.c:1020) - skipping"
    )
    assert tiers(shipped, text).get("pip/ssl-certificate-verify-failed") != "exact"


def test_an_entry_for_all_platforms_has_nothing_against_any():
    entries = load_collection(ENTRIES).by_id
    assert {one.platforms for one in signatures_of(entries["git/src-refspec"])} == {()}
    assert {one.platforms for one in signatures_of(entries["cargo/linker-cc-not-found"])} == {("linux", "macos")}
