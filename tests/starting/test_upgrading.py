"""What an upgrade makes of each file: by what was written, what is there, and what is written now."""

import hashlib
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from kb.starting.changes import changes_since
from kb.starting.generator import generator_from, released_generator, renewed_generator
from kb.starting.hashes import hashed_versions
from kb.starting.merging import MergeError
from kb.starting.pins import renewed_pins, with_extras
from kb.starting.upgrading import Step, steps_of

WRITTEN = "name: Pages\non: push\njobs:\n  build:\n    timeout: 10\n    steps: [a, b]\n"
NEWER = WRITTEN.replace("[a, b]", "[a, b, c]")
EDITED = WRITTEN.replace("name: Pages", "name: Our pages")
BOTH = NEWER.replace("name: Pages", "name: Our pages")
CLASHING = WRITTEN.replace("[a, b]", "[a, mine]")


def step(written: str | None, present: str | None, new: str | None, path: str = "pages.yml", **more: object) -> Step:
    """The one step of an upgrade of one file; `left` without words where there is none."""
    texts = [{path: text} if text is not None else {} for text in (written, present, new)]
    steps = steps_of(*texts, version="9.0", **more)
    assert len(steps) <= 1
    return steps[0] if steps else Step("left", path)


@pytest.mark.parametrize(
    ("written", "present", "new", "kind", "text"),
    [
        (WRITTEN, WRITTEN, WRITTEN, "left", None),
        (WRITTEN, WRITTEN, NEWER, "renewed", NEWER),
        (WRITTEN, NEWER, NEWER, "left", None),
        (WRITTEN, EDITED, WRITTEN, "left", None),
        (WRITTEN, EDITED, NEWER, "merged", BOTH),
        (None, None, NEWER, "new", NEWER),
        (None, EDITED, NEWER, "left", None),
        (None, NEWER, NEWER, "left", None),
        (WRITTEN, None, NEWER, "left", None),
        (WRITTEN, WRITTEN, None, "removed", None),
        (WRITTEN, EDITED, None, "left", None),
        (WRITTEN, None, None, "left", None),
    ],
)
def test_what_was_not_edited_is_renewed_and_what_was_is_merged_or_stays(written, present, new, kind, text):
    found = step(written, present, new)
    assert (found.kind, found.text) == (kind, text)
    assert found.writes == (() if kind == "left" else ("pages.yml",))


def test_where_both_changed_a_line_both_stand_between_marks():
    found = step(WRITTEN, CLASHING.replace("name: Pages", "name: Our pages"), NEWER)
    assert (found.kind, found.lines) == ("conflict", (6,))
    lines = found.text.split("\n")
    assert lines[0] == "name: Our pages"
    assert lines[5:] == [
        "<<<<<<< yours",
        "    steps: [a, mine]",
        "||||||| as it was written",
        "    steps: [a, b]",
        "=======",
        "    steps: [a, b, c]",
        ">>>>>>> kb 9.0",
        "",
    ]


def test_marks_of_an_upgrade_that_was_broken_off_stand_as_they_are():
    first = step(WRITTEN, CLASHING, NEWER)
    again = step(WRITTEN, first.text, NEWER)
    assert (again.kind, again.lines, again.text) == ("conflict", first.lines, first.text)
    # As did the rest of the file, if it was renewed.
    edited = CLASHING.replace("name: Pages", "name: Our pages")
    marked = step(WRITTEN, edited, NEWER.replace("timeout: 10", "timeout: 20"))
    assert step(WRITTEN, marked.text, NEWER.replace("timeout: 10", "timeout: 20")).text == marked.text


def test_marks_of_an_earlier_upgrade_want_a_choice_before_the_next():
    marked = step(WRITTEN, CLASHING, NEWER).text
    with pytest.raises(MergeError, match=r"pages\.yml:6 has the marks of an earlier upgrade"):
        step(NEWER, marked, NEWER.replace("[a, b, c]", "[a, b, c, d]"))


def test_in_prose_the_keepers_words_stand_where_both_changed():
    """A README with marks of a conflict helps no reader; what else is new comes in."""
    written = "# Fixes\n\nOne.\n\nTwo.\n\nThree.\n"
    present = written.replace("One.", "My one.\nAnd more.").replace("Three.", "My three.")
    new = written.replace("One.", "New one.").replace("Two.", "New two.").replace("Three.", "New three.")
    found = step(written, present, new, "README.md")
    assert found.text == "# Fixes\n\nMy one.\nAnd more.\n\nNew two.\n\nMy three.\n"
    assert (found.kind, [found.text.split("\n")[line - 1] for line in found.lines]) == (
        "merged",
        ["My one.", "My three."],
    )
    nothing_else = step(written, present, written.replace("One.", "New one."), "README.md")
    assert (nothing_else.kind, nothing_else.lines, nothing_else.writes) == ("left", (3,), ())


@pytest.mark.parametrize(("present", "text"), [(WRITTEN, NEWER), (EDITED, BOTH)])
def test_a_file_that_has_another_name_now_is_followed_with_its_edits(present, text):
    (found,) = steps_of(
        {"old.yml": WRITTEN}, {"old.yml": present}, {"new.yml": NEWER}, version="9.0", renamed={"old.yml": "new.yml"}
    )
    assert (found.path, found.former, found.text) == ("new.yml", "old.yml", text)
    assert found.writes == ("old.yml", "new.yml")
    assert "was old.yml" in found.said


def test_a_file_with_another_name_that_is_there_already_or_was_removed_stays_so():
    renamed = {"old.yml": "new.yml"}
    assert steps_of({"old.yml": WRITTEN}, {"new.yml": NEWER}, {"new.yml": NEWER}, version="9.0", renamed=renamed) == []
    (found,) = steps_of({"old.yml": WRITTEN}, {}, {"new.yml": NEWER}, version="9.0", renamed=renamed)
    assert (found.kind, found.said) == ("left", "removed by you")


def test_what_is_no_text_is_left_alone():
    (found,) = steps_of({"a": "1\n"}, {}, {"a": "2\n"}, version="9.0", unreadable=frozenset({"a"}))
    assert found.kind == "left"


WAS = "# Pins.\nmkdocs==1.6.0\nnh3==0.3.0\nold-one==1.0\nPygments==2.19\n"
NOW = "# Pins, renewed.\nfresh==2.0\nmkdocs==1.6.1\nnh3==0.3.2\nPygments==2.20\n"


@pytest.mark.parametrize(
    ("present", "text", "said"),
    [
        (
            "# Mine.\nmkdocs==1.6.0\nnh3==0.3.0\nold-one==1.0\nPygments==2.19\n",
            "# Mine.\nmkdocs==1.6.1\nnh3==0.3.2\nPygments==2.20\nfresh==2.0\n",
            "mkdocs 1.6.0 -> 1.6.1",
        ),
        (
            "mkdocs==1.6.0  # hi\nnh3==0.3.1\nold-one==2.0\nPygments==2.18\nmy-plugin==4\n",
            "mkdocs==1.6.1\nnh3==0.3.2\nold-one==2.0\nPygments==2.18\nmy-plugin==4\nfresh==2.0\n",
            "Pygments==2.18 stays",
        ),
        ("# Emptied.\n", "# Emptied.\nfresh==2.0\nmkdocs==1.6.1\nnh3==0.3.2\nPygments==2.20\n", "fresh is new"),
    ],
)
def test_pins_are_renewed_package_by_package_and_a_keepers_own_stay(present, text, said):
    found = renewed_pins(WAS, present, NOW)
    assert found.text == text
    assert said in "; ".join(found.said)


def test_what_is_pinned_is_not_let_loose_by_an_environment_that_lacks_it():
    pins = "uv==0.9.1\n"
    for present in (pins, f"{pins}# Mine.\n"):
        assert renewed_pins(pins, present, "uv>=0.9\n").text == present
        assert renewed_pins(pins, present, "uv>=1.0\n").text == present.replace("==0.9.1", ">=1.0")


def test_a_file_of_pins_that_nobody_edited_gets_new_comments_too():
    renewed = renewed_pins(WAS, WAS, NOW)
    assert renewed.text == NOW
    assert renewed.said == (
        "fresh is new",
        "mkdocs 1.6.0 -> 1.6.1",
        "nh3 0.3.0 -> 0.3.2",
        "pygments 2.19 -> 2.20",
        "old-one is needed no more",
    )


def test_pins_with_digests_are_renewed_with_theirs():
    was = "nh3==0.3.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\nmkdocs==1.6.0 --hash=sha256:02\n"
    now = "mkdocs==1.6.0 \\\n    --hash=sha256:02\nnh3==0.3.2 \\\n    --hash=sha256:03\n"
    found = renewed_pins(was, was, now)
    assert found.text == "nh3==0.3.2 \\\n    --hash=sha256:03\nmkdocs==1.6.0 \\\n    --hash=sha256:02\n"
    assert found.said == ("nh3 0.3.0 -> 0.3.2",)


def test_digests_of_new_versions_come_from_the_index(tmp_path, monkeypatch):
    wheel = "a_package-1.0-py3-none-any.whl"
    folder = tmp_path / "simple/a-package"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / wheel, "w") as archive:
        info = "a_package-1.0.dist-info"
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: a-package\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256((folder / wheel).read_bytes()).hexdigest()
    (folder / "index.html").write_text(f'<a href="{wheel}#sha256={digest}">{wheel}</a>')
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/simple/")
        monkeypatch.setenv("UV_NO_CONFIG", "1")
        text = hashed_versions("# Pins.\na-package==1.0\n")
        with pytest.raises(ValueError, match="uv finds none"):
            hashed_versions("a-package==2.0\n")
        server.shutdown()
    assert text == f"# Pins.\na-package==1.0 \\\n    --hash=sha256:{digest}\n"


INDEX, HERE = "known-fixes==0.1.0", "known-fixes @ file:///home/me/known-fixes"
TAG, COMMIT = (f"known-fixes @ git+https://git@host.example/a/b@{revision}" for revision in ("v0.1.0", "3f2a91c"))


@pytest.mark.parametrize(
    ("present", "running", "renewed"),
    [
        (INDEX, "known-fixes==0.2.0", "known-fixes==0.2.0"),
        (COMMIT, TAG, TAG),
        (INDEX, HERE, "known-fixes==0.2.0"),
        (TAG, HERE, TAG.replace("0.1.0", "0.2.0")),
        (COMMIT, HERE, COMMIT),
        (HERE, HERE, HERE),
        (None, HERE, HERE),
    ],
)
def test_the_generator_is_pinned_to_what_runs_from_where_others_have_it(present, running, renewed):
    assert renewed_generator(present, running, "0.2.0") == renewed


def test_a_generator_may_be_a_wheel_that_lies_here(tmp_path):
    wheel = tmp_path / "known_fixes-0.2.0-py3-none-any.whl"
    wheel.touch()
    assert generator_from(str(wheel)) == f"known-fixes @ {wheel.as_uri()}"
    with pytest.raises(ValueError, match="is no folder, no wheel"):
        generator_from(str(wheel.with_name("other.whl")))


def test_a_release_comes_from_where_the_generator_came_from():
    assert released_generator("0.2.0", INDEX) == "known-fixes==0.2.0"
    assert released_generator("0.2.0", COMMIT) == "known-fixes @ git+https://git@host.example/a/b@v0.2.0"
    assert released_generator("0.2.0", HERE) == "known-fixes==0.2.0"


def test_extras_of_the_generator_are_kept():
    assert with_extras("known-fixes==0.2.0", "# x\nKnown_Fixes[votes,mcp]==0.1.0\n") == "known-fixes[mcp,votes]==0.2.0"


CHANGES = """\
## Unreleased

- D.

## 0.10.0 (2027-03-04)

- C
  c.

## 0.9.0 (2027-02-03)

## 0.2.0 (2027-01-02)

- A.
"""


def test_changes_are_those_since_the_release_that_wrote_the_base():
    assert changes_since("0.10.0", CHANGES) == ["D."]
    assert changes_since("0.9.0", CHANGES) == ["D.", "C c."]
    assert changes_since(None, CHANGES) == ["D.", "C c.", "A."]
