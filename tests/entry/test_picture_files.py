"""Which files an entry can show as pictures, and what stands for them where none are shown."""

import base64
from pathlib import Path

import pytest

from kb.entry import PictureError, read_picture, without_pictures

LOSSLESS = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
"""One pixel."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'


def riff(chunk: bytes, data: bytes) -> bytes:
    body = b"WEBP" + chunk + len(data).to_bytes(4, "little") + data
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def extended(flags: int, width: int, height: int) -> bytes:
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return riff(b"VP8X", bytes([flags, 0, 0, 0]) + sizes)


def read(tmp_path: Path, content: bytes | str, name: str = "git/lock/a.webp"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_picture(tmp_path, name, "git/lock.md")[0]


def drawn(tmp_path: Path, content: str = "", size: str = 'width="40" height="20px"'):
    return read(tmp_path, SVG.format(size=size, content=content), "git/lock/a.svg")


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (LOSSLESS, (1, 1)),
        (riff(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + b"\x80\x02\x68\x41" + b"\0" * 8), (640, 360)),
        (extended(0x10, 2000, 77), (2000, 77)),
    ],
    ids=["lossless", "lossy", "extended"],
)
def test_the_size_of_a_webp_is_read_from_its_header(tmp_path, content, size):
    picture = read(tmp_path, content)
    assert (picture.width, picture.height) == size


def test_a_pictures_address_changes_with_its_bytes(tmp_path):
    first, second = read(tmp_path, LOSSLESS), read(tmp_path, extended(0, 1, 1))
    assert first.published.startswith("git/lock/a.")
    assert first.published.endswith(".webp")
    assert first.published != second.published


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "is no WebP picture"),
        (b"", "is no WebP picture"),
        (LOSSLESS + b"x", "something behind its end"),
        (extended(0x02, 9, 9), "moves"),
        (extended(0x08, 9, 9), "metadata"),
        (extended(0, 2001, 9), "2001 by 9 pixels"),
        (riff(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + b"\0" * 12), "0 by 0 pixels"),
        (riff(b"ABCD", b"\0" * 20), "is no WebP picture that browsers show"),
        (riff(b"VP8L", b"\x2f" + b"\0" * 150_000), "has 150 kB"),
    ],
)
def test_what_is_no_small_still_webp_is_refused(tmp_path, content, why):
    with pytest.raises(PictureError, match=why) as raised:
        read(tmp_path, content)
    assert raised.value.hint


@pytest.mark.parametrize("size", ['width="40" height="20px"', 'viewBox="0 0 40 20"'])
def test_an_svg_that_only_draws_has_a_size(tmp_path, size):
    gradient = '<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><text font-size="12">E042</text>'
    picture = drawn(tmp_path, gradient, size)
    assert (picture.width, picture.height) == (40, 20)


@pytest.mark.parametrize(
    "content",
    [
        "<script>void 0</script>",
        '<rect onload="void 0"/>',
        "<foreignObject/>",
        '<a href="https://example.org/"/>',
        '<image href="https://example.org/a.png"/>',
        '<use href="#g"/>',
        "<style>@import 'https://example.org/a.css'</style>",
        '<rect style="fill: red"/>',
        '<rect fill="url(https://example.org/a.svg#g)"/>',
        '<rect fill="URL ( https://example.org/ )"/>',
        '<rect fill="\\75rl(https://example.org/)"/>',
        '<animate attributeName="x"/>',
        "<svg/>",
        '<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>',
        "<rect>&undefined;</rect>",
        "<rect>",
        "<g>" * 50 + "</g>" * 50,
    ],
)
def test_an_svg_that_does_more_than_draw_is_refused_with_its_line(tmp_path, content):
    with pytest.raises(PictureError, match=r"^line 1: ") as raised:
        drawn(tmp_path, content)
    assert raised.value.hint


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE svg [<!ENTITY a "b">]>', '<?xml-stylesheet href="a.css"?>'],
)
def test_an_svg_defines_no_entity_and_loads_no_stylesheet(tmp_path, head):
    with pytest.raises(PictureError, match="line 1: a "):
        read(tmp_path, head + SVG.format(size='width="1" height="1"', content=""), "git/lock/a.svg")


@pytest.mark.parametrize("size", ["", 'width="100%" height="20"', 'viewBox="0 0"', 'width="0" height="0"'])
def test_an_svg_without_a_fitting_size_is_refused(tmp_path, size):
    with pytest.raises(PictureError, match=r"how large|0 by 0"):
        drawn(tmp_path, size=size)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("git/other/a.webp", "another folder"),
        ("git/lock/deep/a.webp", "another folder"),
        ("../secret.webp", "another folder"),
        ("git/lock/a.png", "another format"),
        ("git/lock/Ä b.webp", "can't be a part of an address"),
        ("git/lock/none.webp", "is not there"),
    ],
)
def test_a_picture_lies_in_the_folder_of_its_entry(tmp_path, name, why):
    with pytest.raises(PictureError, match=why):
        read_picture(tmp_path, name, "git/lock.md")


def test_a_link_in_the_place_of_a_picture_is_not_followed(tmp_path):
    read(tmp_path, LOSSLESS)
    (tmp_path / "git/lock/b.webp").symlink_to("a.webp")
    with pytest.raises(PictureError, match="not simply a file"):
        read_picture(tmp_path, "git/lock/b.webp", "git/lock.md")


def test_where_no_pictures_are_shown_their_texts_stand():
    prose = "Ü: ![The *big* dialog](lock/a.webp) and\n\n- ![it](lock/b.svg)\n\n```\n![code](c)\n```\n"
    said = "Ü: (picture: The big dialog) and\n\n- (picture: it)\n\n```\n![code](c)\n```\n"
    assert without_pictures(prose) == said
