"""One bad record of a published site is missing, and hides no other: in the index, and among the fixes."""

import json
from collections.abc import Callable

import pytest

from kb.match import Matcher, SourceError, build_index, fix_files, from_site, read_fix
from kb.match.fixes import shard_of
from kb.match.shards import Index

SIGNATURES = [
    ("git/a", "fatal: the zorble of the quux could not be opened"),
    ("git/b", "error: a frobnicated wibble stands in the way"),
]
BAD_SHARDS: dict[str, Callable[[list], object]] = {
    "another type": lambda listed: [1, 2],
    "no list": lambda listed: None,
    "no record": lambda listed: [None, 7, "x"],
    "a short record": lambda listed: [each[:2] for each in listed],
    "another number": lambda listed: [["x", *each[1:]] for each in listed],
    "a signature that is none": lambda listed: [[number, name, "{{", weights] for number, name, _, weights in listed],
    "weights that are none": lambda listed: [[number, name, text, "?!"] for number, name, text, _ in listed],
}
BAD_FIXES = {
    "no JSON": b"{",
    "a list": b"[]",
    "no record": b'{"git/a": 7}',
    "a part is missing": b'{"git/a": {"title": "T"}}',
    "a part of another type": b'{"git/a": {"id": "git/a", "title": 1, "product": "", "summary": "", "step": "",'
    b' "markdown": "", "html": ""}}',
}


def spoilt(files: dict[str, bytes], entry: str, spoil: Callable[[list], object]) -> dict[str, bytes]:
    """An index whose records of one entry are bad."""
    made = dict(files)
    for name, content in files.items():
        if not name.startswith("shards/"):
            continue
        shard = json.loads(content)
        for key, listed in shard.items():
            if any(each[1] == entry for each in listed):
                shard[key] = spoil(listed)
        made[name] = json.dumps(shard).encode()
    return made


@pytest.mark.parametrize("spoil", BAD_SHARDS.values(), ids=BAD_SHARDS)
def test_a_bad_record_of_the_index_is_no_signature(spoil):
    files = spoilt(build_index(SIGNATURES), "git/a", spoil)
    matcher = Matcher(Index(files.__getitem__))
    text = "\n".join(text for _, text in SIGNATURES)
    assert [answer.id for answer in matcher.match(text) if answer.id != "git/a"] == ["git/b"]
    alone = Matcher(Index(spoilt(build_index(SIGNATURES), "nothing", spoil).__getitem__))
    assert [answer.id for answer in alone.match(SIGNATURES[1][1])] == ["git/b"]


def test_that_nothing_is_known_is_no_answer_where_a_part_of_the_index_can_not_be_read():
    files = {name: b"{" if "shards/" in name else content for name, content in build_index(SIGNATURES).items()}
    matcher = Matcher(Index(files.__getitem__))
    assert matcher.match("all is well") == []
    with pytest.raises(ValueError, match="none of ours"):
        matcher.match(SIGNATURES[0][1])


@pytest.mark.parametrize("content", BAD_FIXES.values(), ids=BAD_FIXES)
def test_a_bad_fix_is_none(content):
    files = {"root.json": b'{"version": 1, "shards": 1}', "0.json": content}
    assert read_fix("git/a", files.__getitem__) is None


@pytest.mark.parametrize("root", [b"{", b"[]", b'{"shards": 0}', b'{"shards": "x"}'])
def test_fixes_without_a_sound_root_are_none(root):
    assert read_fix("git/a", {"root.json": root}.__getitem__) is None


def test_a_good_fix_beside_a_bad_one_is_read():
    fix = dict.fromkeys(("title", "product", "summary", "step", "markdown", "html"), "x")
    fix |= {"id": "git/b", "types": {}, "platforms": []}
    files = fix_files([fix])
    shard = f"{shard_of('git/b', 1)}.json"
    files[shard] = json.dumps(json.loads(files[shard]) | {"git/a": None}).encode()
    assert read_fix("git/b", files.__getitem__) == fix | {
        "number": 0,
        "types": {},
        "platforms": (),
        "proven": (),
        "versions": None,
        "drafted": None,
        "symptom": None,
    }
    assert read_fix("git/a", files.__getitem__) is None


def test_the_platforms_of_a_fix_are_read_as_they_were_written():
    fix = dict.fromkeys(("title", "product", "summary", "step", "markdown", "html"), "x")
    files = fix_files([fix | {"id": "git/a", "types": {}, "platforms": ("linux", "macos")}])
    assert read_fix("git/a", files.__getitem__)["platforms"] == ("linux", "macos")


@pytest.mark.parametrize("root", ["{", "[]", "7", "{}", '{"version": 1}'])
def test_a_site_without_a_sound_index_is_said_to_have_none(tmp_path, root):
    (tmp_path / "match/index").mkdir(parents=True)
    (tmp_path / "match/index/root.json").write_text(root)
    with pytest.raises(SourceError, match="has no index of errors"):
        from_site(str(tmp_path)).matcher.match("error: it is so")
