"""Files from strangers, broken by accident or on purpose: each gives one clear diagnostic, and nothing is lost."""

import os
from datetime import date

import pytest

from kb.checks import check

TODAY = date(2026, 6, 1)
ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{this}: &{this} [{', '.join([f'*{last}'] * 9)}]\n" for last, this in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture
def problems(folder):
    """Code, file and message of everything that is wrong with the folder."""

    def find() -> list[tuple[str, str, str]]:
        return [
            (found.code, found.path.relative_to(folder.root).as_posix(), found.message)
            for found in check(folder.load(), TODAY)
        ]

    return find


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"", "KB101", "the file is empty"),
        (b"\n\n", "KB101", "the file is empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "KB101", "a binary file (it has a zero byte)"),
        (b"---\ntitle: caf\xe9\n---\n", "KB101", "not UTF-8: byte 0xe9"),
        (b"---\ntitle: a: b\n---\n\n## Summary\n", "KB102", "mapping values are not allowed in this context"),
        (b"---\n" + b"[" * 900_000 + b"\n---\n", "KB106", "nested more than 12 levels deep"),
        (f"---\n{ALIAS_BOMB}---\n".encode(), "KB106", "YAML anchor &a is not allowed"),
        (
            b"---\na: 1\n" + b"- x\n" * 10 + b"---\n",
            "KB102",
            "did not find expected key, while parsing a block mapping",
        ),
        (b"---\nlist: [" + b"1," * 100_000 + b"]\n---\n", "KB106", "more than 20,000 values"),
    ],
    ids=[
        "empty",
        "blank",
        "binary",
        "Latin-1",
        "broken YAML",
        "deep nesting",
        "alias bomb",
        "list inside of a mapping",
        "endless list",
    ],
)
def test_a_bad_file_gives_one_diagnostic(folder, problems, content, code, message):
    folder.file("git/a.md", content)
    assert problems() == [(code, "git/a.md", message)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- a\n", "expected keys, found a list"),
        ("a\n", "expected keys, found only a value"),
        ("1\n", "expected keys, found only a value"),
    ],
)
def test_a_yaml_entry_that_has_no_keys_gives_one_diagnostic(folder, problems, content, message):
    folder.file("git/a.yml", content)
    assert problems() == [("KB105", "git/a.yml", message)]


@pytest.mark.parametrize("name", ["products.yml", "tools.yml"])
@pytest.mark.parametrize(("content", "message"), [(None, "the file is missing"), (b"", "the file is empty")])
def test_a_data_file_without_content_gives_one_diagnostic_that_says_what_it_holds(folder, name, content, message):
    file = folder.file(name, b"")
    if content is None:
        file.unlink()
    [problem] = check(folder.load(), TODAY)
    assert (problem.path.name, problem.code, problem.message) == (name, "KB101", message)
    assert name.removesuffix(".yml") in problem.hint


def test_a_file_of_50_megabytes_gives_one_diagnostic(folder, problems):
    with folder.file("git/a.md", b"").open("wb") as file:
        file.truncate(50_000_000)
    assert problems() == [("KB101", "git/a.md", "50.0 MB; the limit is 1 MB")]


def test_prose_that_nests_too_deep_gives_one_diagnostic(folder, problems):
    """Quotes inside of quotes: rendering takes the square of their number, two minutes for 400,000."""
    folder.entry("git/a.md", f"## Summary\n\nS\n\n## Cause\n\n{'>' * 3000}x\n\n## Workaround: W\n\nB\n")
    assert [file for _, file, _ in problems()] == ["git/a.md"]


def test_a_link_out_of_the_folder_gives_one_diagnostic(folder, problems):
    folder.file("../secret.md", "secret")
    folder.file("git/b.md", "x").unlink()
    (folder.root / "git/a.md").symlink_to("../../secret.md")
    assert problems() == [("KB107", "git/a.md", "a symbolic link that leads out of entries/")]


def test_a_linked_folder_gives_one_diagnostic(folder, problems):
    """MkDocs follows links to folders, and would publish whatever lies there."""
    folder.entry("../elsewhere/a.md")
    (folder.root / "pip").symlink_to("../elsewhere")
    assert [code for code, *_ in problems()] == ["KB107"]


def test_a_link_to_itself_gives_one_diagnostic(folder, problems):
    folder.file("git/b.md", "x").unlink()
    (folder.root / "git/a.md").symlink_to("a.md")
    assert [code for code, *_ in problems()] == ["KB101"]


def test_two_files_that_differ_in_case_give_one_diagnostic(folder, problems):
    folder.entry("git/index-lock.md")
    folder.entry("git/Index-Lock.md")
    if len(list((folder.root / "git").iterdir())) == 1:
        pytest.skip("this file system does not tell upper from lower case")
    message = (
        "'git/Index-Lock.md' is not `product/slug` in lower case, and differs from 'git/index-lock.md' only in case"
    )
    assert problems() == [("KB108", "git/Index-Lock.md", message)]


@pytest.mark.parametrize("name", ["Git/a.md", "git/A.md", "git/a b.md", "a.md", "git/a/b.md", "git/é.md"])
def test_a_file_that_is_called_wrong_gives_one_diagnostic(folder, problems, name):
    folder.entry(name)
    assert [(code, file) for code, file, _ in problems()] == [("KB108", name)]


def test_a_name_that_is_no_text_gives_one_diagnostic(folder, problems):
    folder.file(os.fsdecode(b"git/\xff.md"), folder.entry("git/a.md").read_bytes().replace(b"git-a", b"other"))
    assert [code for code, *_ in problems()] == ["KB108"]


@pytest.mark.parametrize(
    "name",
    [
        "git/a.html",
        "git/a.svg",
        "git/a.js",
        "git/a.markdown",
        "git/a.MD",
        "git/a.YML",
        "git/a.txt",
        "git/a",
        "notes.txt",
    ],
)
def test_a_file_that_is_no_entry_gives_one_diagnostic(folder, problems, name):
    """`entries/` is the content and nothing else: MkDocs would publish any other file as it is, scripts too."""
    folder.file(name, folder.entry("git/good.md").read_bytes().replace(b"good", b"other"))
    assert [file for _, file, _ in problems()] == [name]


@pytest.mark.parametrize("name", [".gitkeep", "git/.DS_Store", "git/.a.md.swp"])
def test_hidden_files_of_other_programs_are_nobody_s_business(folder, problems, name):
    folder.file(name, b"\0")
    assert problems() == []


def test_a_file_that_is_no_entry_takes_no_address(folder, problems):
    """The entry beside it has the same name but for the ending."""
    folder.entry("git/a.md")
    folder.file("git/a.html", "x")
    assert [(code, file) for code, file, _ in problems()] == [("KB110", "git/a.html")]


def test_a_file_that_is_no_entry_is_not_read(folder, problems):
    folder.file("git/shot.png", b"\x89PNG\0")
    assert [code for code, *_ in problems()] == ["KB110"]


def test_a_good_file_beside_a_bad_one_is_not_lost(folder, problems):
    folder.file("git/a.md", b"\0")
    folder.entry("git/b.md")
    assert [entry.id for entry in folder.load().entries] == ["git/b"]
    assert [file for _, file, _ in problems()] == ["git/a.md"]


@pytest.mark.parametrize(
    ("products", "code"),
    [("", "KB101"), ("[", "KB102"), ("- a\n", "KB105"), ("git: {name: Git}\n", "KB201")],
    ids=["empty", "broken", "a list", "a product without its home"],
)
def test_bad_products_are_not_taken_for_missing_ones(folder, problems, products, code):
    """A product that can't be used is no unknown product: that would send its contributor to the wrong file."""
    folder.file("products.yml", products)
    folder.entry("git/a.md")
    assert {found for found, *_ in problems()} == {code}


def test_a_number_of_thousands_of_digits_gives_one_diagnostic(folder, problems):
    good = folder.entry("git/a.md").read_text()
    folder.file("git/a.md", good.replace("updated:", f"codes: [0x{'f' * 5000}]\nupdated:"))
    assert [file for _, file, _ in problems()] == ["git/a.md"]
