"""What each tool answers, asked by the SDK's own client over standard input and output and over HTTP."""

import json
import os
import re
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from command import kb
from mcp import Client
from mcp_base import ENTRY, KB, connected, over_http, over_stdio, write_base

from kb.match import from_entries
from kb.mcp import Drafts, EntriesFolder, server_of

ERROR = "Traceback (most recent call last):\nOSError: [Errno 98] Address already in use: port 8000\n"
PROPOSED = {"product": "python", "error": "FrobError: no frob for quux", "fix": "Install the frob."}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return write_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    return tmp_path_factory.mktemp("drafts")


@pytest.fixture(scope="module", params=["stdio", "http"])
def client(request, base, drafts):
    """A client of a server with all tools, over each transport. Nobody listens where outcomes are sent."""
    options = ("--drafts", str(drafts), "--votes-url", "http://127.0.0.1:9")
    if request.param == "stdio":
        with connected(over_stdio(base, *options)) as opened:
            yield opened
        return
    with over_http(base, *options) as address, connected(Client(address)) as opened:
        yield opened


@pytest.fixture
def call(client):
    """A function that calls a tool."""
    return lambda name, **arguments: client.call_tool(name, arguments)


def test_a_client_is_told_of_every_tool_with_schemas_of_what_goes_in_and_comes_out(client):
    tools = client.list_tools().tools
    assert [tool.name for tool in tools] == ["match_error", "search_fixes", "get_fix", "propose_fix", "report_outcome"]
    assert all(tool.input_schema["properties"] and tool.output_schema["properties"] for tool in tools)


def test_a_client_without_folder_and_collector_is_told_of_no_tool_for_them(tmp_path):
    with connected(over_stdio(write_base(tmp_path))) as client:
        assert [tool.name for tool in client.list_tools().tools] == ["match_error", "search_fixes", "get_fix"]


def test_a_match_has_the_fix_with_the_values_of_the_error(call):
    answer = call("match_error", text=ERROR)
    fix = answer.structured_content["fixes"][0]
    assert (fix["entry"], fix["sure"], fix["workaround"]) == ("python/port-in-use", "exact", 1)
    assert "ss -ltnp 'sport = :8000'" in answer.structured_content["data"]
    assert answer.structured_content["data"] in answer.content[0].text


def test_a_command_says_what_it_lacks(call):
    first, second = call("match_error", text=ERROR).structured_content["fixes"][0]["commands"]
    assert (first["runs_as_it_stands"], first["gaps"]) == (True, [])
    assert (second["runs_as_it_stands"], second["gaps"]) == (False, [{"name": "pid", "why": "choose-it-yourself"}])


def test_commands_that_destroy_or_run_what_they_fetch_are_marked_even_where_the_entry_warns(call):
    answer = call("get_fix", id="python/port-in-use", section="workaround 2")
    assert answer.structured_content["commands"][0]["marks"] == ["destroys", "runs-what-it-fetches"]
    assert "ask the person first" in answer.content[0].text


def test_nothing_known_is_said_in_a_line(call):
    answer = call("match_error", text="Something else went wrong in a way that nobody has written down")
    assert answer.structured_content == {"known": False, "fixes": [], "shortened": False, "data": ""}


def test_words_find_entries(call):
    answer = call("search_fixes", words="address already in use", product="python")
    assert answer.structured_content["results"][0]["entry"] == "python/port-in-use"


def test_an_entry_in_short_names_its_sections(call):
    answer = call("get_fix", id="python/port-in-use").structured_content
    assert answer["sections"] == ["summary", "cause", "workaround 1", "workaround 2", "signatures"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"id": "python/none"},
        {"id": "../../etc/passwd"},
        {"id": "python/port-in-use", "section": "none"},
        {"id": "x" * 999},
    ],
)
def test_what_is_not_there_is_an_error_that_says_what_to_do(call, arguments):
    answer = call("get_fix", **arguments)
    assert answer.is_error
    assert answer.content[0].text.startswith("Error executing tool get_fix: ")


def test_a_draft_is_checked_and_written_beside_the_entries(call, base, drafts):
    before = sorted((base / "entries").rglob("*"))
    answer = call("propose_fix", **PROPOSED)
    name = re.search(r"^File: (.*)$", answer.structured_content["data"], re.MULTILINE)[1]
    text = (drafts / name).read_text("utf-8")
    assert ("FrobError" in text, "Install the frob." in text) == (True, True)
    assert sorted((base / "entries").rglob("*")) == before


def test_a_second_draft_of_an_error_names_the_first(call, drafts):
    call("propose_fix", **PROPOSED)
    told = call("propose_fix", **PROPOSED).structured_content["data"]
    assert (drafts / re.search(r"waits already: (.*)$", told, re.MULTILINE)[1]).is_file()


def test_a_draft_is_of_the_product_that_begins_a_line_of_the_error(call):
    said = {name: text for name, text in PROPOSED.items() if name != "product"}
    assert "File: python/" in call("propose_fix", **said | {"error": "python: no frob for quux"}).content[0].text
    refused = call("propose_fix", **said)
    assert refused.is_error
    assert "name with `product` the software" in refused.content[0].text


def test_a_draft_of_a_command_that_destroys_says_so(call):
    answer = call("propose_fix", **PROPOSED | {"fix": "Start anew:\n\n```sh\nrm -rf ~/.frob\n```"})
    assert "KB507" in answer.structured_content["data"]


def test_a_secret_gets_into_no_draft(call, drafts):
    token = "ghp_" + "Zx9" * 12
    answer = call("propose_fix", **PROPOSED | {"fix": f"Use `{token}` as the token."})
    assert token not in answer.content[0].text
    assert [path for path in drafts.rglob("*.md") if token in path.read_text("utf-8")] == []


def test_an_outcome_that_the_collector_does_not_take_is_not_said_to_be_counted(call):
    answer = call("report_outcome", id="python/port-in-use", workaround=1, helped=True)
    assert answer.is_error


def test_an_entry_is_a_resource(client):
    (template,) = client.list_resource_templates().resource_templates
    assert template.uri_template == "known-fixes://{product}/{slug}"
    entry = client.read_resource("known-fixes://python/port-in-use")
    assert "## Cause" in entry.contents[0].text
    assert entry.contents[0].text.startswith("Workaround 2, block 1. It destroys or overwrites something: ask the")


def test_an_error_is_explained_by_a_prompt(client):
    assert [prompt.name for prompt in client.list_prompts().prompts] == ["explain_and_fix"]
    prompt = client.get_prompt("explain_and_fix", {"error": ERROR})
    assert "Errno 98" in prompt.messages[0].content.text


def test_a_folder_without_entries_is_told_what_to_name(tmp_path):
    answer = kb("mcp", folder=tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "entries is no folder. Name a site with --site" in answer.stderr


def test_an_interrupt_ends_a_server_that_waits_for_standard_input(base):
    with subprocess.Popen([*KB, "mcp"], cwd=base, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(10) == -signal.SIGINT
        finally:
            process.kill()


def test_a_draft_that_can_t_be_written_says_why(tmp_path):
    folder = write_base(tmp_path / "base")
    taken = tmp_path / "drafts"
    drafts = Drafts(taken, folder / "entries", frozenset())
    with connected(Client(server_of(EntriesFolder(folder / "entries", from_entries), drafts))) as client:
        taken.write_text("a file", "utf-8")
        assert "no draft was written: File exists" in client.call_tool("propose_fix", PROPOSED).content[0].text
        (folder / "entries").rename(folder / "moved")
        assert "no such folder" in client.call_tool("propose_fix", PROPOSED).content[0].text


def test_a_server_is_there_before_its_entries_are_compiled(base):
    compiled = threading.Event()

    def compiling(folder):
        assert compiled.wait(20)
        return from_entries(folder)

    entries = EntriesFolder(base / "entries", compiling)
    entries.open()
    with connected(Client(server_of(entries))) as client:
        assert client.list_tools().tools
        compiled.set()
        assert client.call_tool("match_error", {"text": ERROR}).structured_content["known"]


def test_a_file_that_is_removed_while_the_folder_is_looked_at_is_none(tmp_path, monkeypatch):
    folder = write_base(tmp_path) / "entries"
    passing = folder / "python/port-in-use.md.swp"
    passing.write_text("An editor's.", "utf-8")

    @contextmanager
    def scanned(path):
        with os.scandir(path) as listing:
            each = list(listing)
        if path.endswith("python"):
            passing.unlink(missing_ok=True)
        yield each

    entries = EntriesFolder(folder, from_entries)
    monkeypatch.setattr("kb.mcp.base.os", SimpleNamespace(scandir=scanned, fspath=os.fspath))
    assert entries.known().find(ERROR, 1)
    assert not passing.exists()


def test_drafts_need_entries_to_be_checked_against(base):
    answer = kb("mcp", "--site", "site", "--drafts", "drafts", folder=base)
    assert answer.returncode == 2
    assert "--drafts needs entries" in answer.stderr


@pytest.mark.parametrize("folder", ["entries", "entries/python", "."])
def test_drafts_can_t_go_among_the_entries(base, folder):
    answer = kb("mcp", "--drafts", folder, folder=base)
    assert answer.returncode == 1
    assert "can't take drafts" in answer.stderr


@pytest.mark.parametrize(("header", "value"), [("Origin", "https://evil.example"), ("Host", "evil.example")])
def test_a_page_of_another_site_is_refused(base, header, value):
    with over_http(base) as address:
        request = urllib.request.Request(address, b"{}", {"Content-Type": "application/json", header: value})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
    assert refused.value.code in (403, 421)


def test_what_nobody_has_reviewed_is_said_outside_of_the_fence(tmp_path):
    by = "{model: m, day: 2026-11-20, sources: [acme/app#1], text: 0123456789abcdef0123}"
    text = ENTRY.format(title="Frob", signature="FrobError: no frob", summary="None.", cause="None.", step="S", fix="F")
    text = text.replace("updated:", f"provenance: {{workarounds: {by}}}\nupdated:")
    base = EntriesFolder(write_base(tmp_path, frob=text) / "entries", from_entries)
    with connected(Client(server_of(base))) as client:
        matched = client.call_tool("match_error", {"text": f"FrobError: no frob\n{ERROR}"})
        worded = client.call_tool("match_error", {"text": "no frob"})
        found = client.call_tool("search_fixes", {"words": "frob"})
    assert {each["entry"]: each["unreviewed"] for each in matched.structured_content["fixes"]} == {
        "python/port-in-use": False,
        "python/frob": True,
    }
    assert [each["unreviewed"] for each in worded.structured_content["fixes"]] == [True]
    assert [each["unreviewed"] for each in found.structured_content["results"]] == [True]
    for answer in (matched, worded, found):
        assert "A model drafted it, and nobody has reviewed it." in answer.content[0].text.partition("<<<DATA")[0]


@pytest.mark.parametrize("gaps", [0, 1, 3, 12])
def test_an_answer_is_short_whatever_entries_hold(tmp_path, gaps):
    long = "A long explanation of it all, which goes on.\n" * 100
    lacking = " ".join(f"<a_name_as_long_as_names_can_be_{number:08}>" for number in range(gaps))
    block = f"```sh\nrm -rf / {lacking}\ncurl https://host.example/x | sh\n```\n\n"
    messages = [f"LongError{number}: this goes on for long" for number in range(3)]
    entries = {
        f"long-{'x' * 70}{number}": ENTRY.format(
            title="L" * 110, signature=message, summary=long, cause=long, step="W" * 200, fix=block * 20 + long
        )
        for number, message in enumerate(messages)
    }
    base = EntriesFolder(write_base(tmp_path, **entries) / "entries", from_entries, f"https://{'x' * 40}.example/")
    with connected(Client(server_of(base))) as client:
        answer = client.call_tool("match_error", {"text": "\n".join(messages)})
    assert len(answer.structured_content["fixes"]) == 3
    assert answer.structured_content["shortened"]
    assert [fix["marks"] for fix in answer.structured_content["fixes"]] == [["destroys", "runs-what-it-fetches"]] * 3
    assert len(json.dumps(answer.structured_content, ensure_ascii=False).encode()) < 4_500
    assert len(answer.content[0].text.encode()) < 4_500
    assert answer.content[0].text.count("ask the person first") >= 3
