"""`kb reply`: a reply to an issue, or to a pasted error, as Markdown."""

import re

import pytest
from answering import PROSE, SITE, TAKEN, kb

from kb.entry import to_html

ERROR = "Error: listen EADDRINUSE: address already in use 127.0.0.1:3000"


@pytest.fixture
def base(folder):
    """A knowledge base with one entry about a port in use, and the folder that commands run in."""
    folder.entry("pip/taken.md", PROSE, title="Port *in* use", signatures=[{"text": TAKEN}])
    folder.entry("git/other.md")
    return folder.root.parent


def test_a_reply_has_the_permanent_link_the_workaround_and_how_sure_it_is(base):
    finished = kb("reply", "-", "--url", SITE, folder=base, stdin=ERROR)
    assert finished.returncode == 0
    lines = finished.stdout.splitlines()
    assert lines[0] == (
        "**[Port \\*in\\* use](https://fixes.example/pip/taken/)**: a known error, and the whole message matches."
    )
    assert "### Stop the other process" in lines
    assert lines[-1].endswith(" https://fixes.example/pip/taken/")


def test_the_values_of_the_message_stand_in_the_reply(base):
    reply = kb("reply", "-", "--url", SITE, folder=base, stdin=ERROR).stdout
    assert "Another process listens on port 3000." in reply
    assert "lsof -i :3000 --host 127.0.0.1" in reply


def test_links_between_entries_lead_to_the_site(base):
    reply = kb("reply", "-", "--url", SITE, folder=base, stdin=ERROR).stdout
    assert "[how to stop it](https://fixes.example/git/other/#summary)" in reply
    assert "[below](https://fixes.example/pip/taken/#cause)" in reply


def test_the_address_of_the_site_stands_in_mkdocs_yml(base):
    (base / "mkdocs.yml").write_text('site_name: x\nsite_url: !ENV [NO_SUCH_NAME, "https://ours.example/fixes"]\n')
    assert "(https://ours.example/fixes/pip/taken/)" in kb("reply", "-", folder=base, stdin=ERROR).stdout


def test_a_part_of_the_message_is_said_to_be_likely(base):
    finished = kb("reply", "-", "--url", SITE, folder=base, stdin="listen EADDRINUSE: address already in")
    assert finished.returncode == 0
    assert re.search(r": perhaps this known error: \d\d % of the message's wording matches\.", finished.stdout)


def test_an_unknown_error_gives_no_reply(base):
    finished = kb("reply", "-", folder=base, stdin="nothing that anybody knows")
    assert (finished.returncode, finished.stdout) == (1, "")
    assert "Nothing known" in finished.stderr


LINUX, WINDOWS = "The build runs at /home/me/app\n", "The build runs in C:\\Users\\me\\app\n"
FAR = "a line that says nothing\n" * 500
"""More text than a message's platform is looked for in."""


@pytest.fixture
def on_linux(base, folder):
    """The knowledge base, where the error happens on Linux alone."""
    keys = {"signatures": [{"text": TAKEN}], "affects": {"platforms": ["linux"]}}
    folder.entry("pip/taken.md", PROSE, title="Port in use", **keys)
    return base


@pytest.mark.parametrize("where", ["beside", "far away", "in part"])
def test_a_text_of_another_platform_gets_no_reply(on_linux, where):
    error = "listen EADDRINUSE: address already in" if where == "in part" else ERROR
    text = f"{WINDOWS}{FAR if where == 'far away' else ''}{error}"
    finished = kb("reply", "-", "--url", SITE, folder=on_linux, stdin=text)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr == "The text shows another platform than pip/taken is about: no reply.\n"


@pytest.mark.parametrize("shown", [LINUX, "", LINUX + WINDOWS])
def test_a_text_of_the_same_platform_or_of_none_gets_its_reply(on_linux, shown):
    assert kb("reply", "-", "--url", SITE, folder=on_linux, stdin=f"{shown}{ERROR}").returncode == 0


def test_another_entry_that_fits_the_platform_is_replied_with(on_linux, folder):
    keys = {"signatures": [{"text": TAKEN}], "affects": {"platforms": ["windows"]}}
    folder.entry("pip/zeta.md", PROSE, title="Port in use on Windows", **keys)
    reply = kb("reply", "-", "--url", SITE, folder=on_linux, stdin=f"{WINDOWS}{FAR}{ERROR}").stdout
    assert "Port in use on Windows" in reply


def test_a_folder_without_entries_is_bad_use(tmp_path):
    finished = kb("reply", "-", folder=tmp_path, stdin=ERROR)
    assert finished.returncode == 2
    assert "--site" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_an_error_at_the_end_of_a_long_log_is_found(base):
    log = "".join(f"line {number} of a log that says nothing\n" for number in range(20_000))
    assert kb("reply", "-", "--url", SITE, folder=base, stdin=log + ERROR).returncode == 0


def test_a_site_with_a_broken_index_is_told(base, tmp_path):
    index = tmp_path / "site/match/index"
    index.mkdir(parents=True)
    (index / "root.json").write_text("<!doctype html>")
    (index / "filter.bin").write_bytes(b"x")
    finished = kb("reply", "-", "--site", str(tmp_path / "site"), folder=base, stdin=ERROR)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


def test_an_issue_is_read_from_github(base, github):
    github.add("acme/app#7", title="Does not start", body=f"I get:\n\n```\n{ERROR}\n```")
    finished = kb("reply", "acme/app#7", "--url", SITE, folder=base, GITHUB_API_URL=github.url)
    assert finished.returncode == 0
    assert "--host 127.0.0.1" in finished.stdout
    assert github.calls() == {"GET /repos/acme/app/issues/7": 1}


def test_an_issue_that_is_not_there_is_told(base, github):
    finished = kb("reply", "acme/app#8", folder=base, GITHUB_API_URL=github.url)
    assert finished.returncode == 2
    assert "acme/app#8: not found" in finished.stderr


@pytest.mark.parametrize("ref", ["acme", "https://evil.example/acme/app/issues/1", "../../etc#1", ""])
def test_what_names_no_issue_is_bad_use(base, ref):
    finished = kb("reply", ref, folder=base)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    "host",
    ["@acme/security", "[x](https://evil.example)", "https://evil.example/", "www.evil.example", "`</code><img/src=x>`",
     "<img/src=x>", "#1", "**loud**", "![x](//evil.example/p.png)", "//evil.example/", "$(id)", "';id;'",
     "a/www.evil.example", "x:WWW.evil.example", "GH-1", "a/gh-12"],
)  # fmt: skip
def test_a_value_from_a_stranger_stays_inert(base, host):
    stdin = f"Error: listen EADDRINUSE: address already in use {host}:3000"
    finished = kb("reply", "-", "--url", SITE, folder=base, stdin=stdin)
    assert finished.returncode == 0
    prose = re.sub(r"```.*?```", "", finished.stdout, flags=re.DOTALL)
    html = to_html(prose)
    assert "@acme" not in prose
    assert not re.search(r"\bgh-[0-9]", prose, re.IGNORECASE)
    assert not re.search(r"\bwww\.", prose, re.IGNORECASE)
    assert "<img" not in html
    assert set(re.findall(r'href="(https?://[^/"]+)', html)) == {"https://fixes.example"}
    (command,) = re.findall(r"^lsof.*$", finished.stdout, re.MULTILINE)
    assert not re.search(r"(?<!')\$\(|^[^']*;", command)


def test_what_an_entry_says_notifies_nobody(base, folder):
    prose = PROSE.replace(
        "Another process", "@acme/security and (@someone): another process of `@me`, you@host.example,"
    )
    assert prose != PROSE
    folder.entry("pip/taken.md", prose + "\nSee [it](https://host.example/@them).\n", signatures=[{"text": TAKEN}])
    reply = kb("reply", "-", "--url", SITE, folder=base, stdin=ERROR).stdout
    assert "@&#8203;acme/security and (@&#8203;someone)" in reply
    assert "of `@me`, you@host.example," in reply
    assert "@acme" not in reply
