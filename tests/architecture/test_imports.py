"""The rules of the house: which part of `kb` may know which. Read from the source, so nothing has to run."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parents[2] / "kb"

MAY_IMPORT = {
    "words": set(),
    "entry": {"words"},
    "web": set(),
    "checks": {"entry", "links", "match", "web"},
    "links": {"entry"},
    "match": {"entry", "web", "words"},
    "proofs": {"entry", "match", "checks"},
    "github": {"entry", "web", "match"},
    "drafts": {"entry", "match", "checks", "github", "web"},
    "review": {"entry", "links", "match", "checks", "github"},
    "votes": {"entry", "github"},
    "collector": {"entry", "match"},
    "mcp": {"entry", "match", "checks", "drafts"},
    "starting": {"entry", "words"},
    "process": set(),
    "checking": {"entry", "checks", "process"},
    "site": {"entry", "checks", "links", "match", "github", "process", "words"},
    "cli": {"entry", "web", "checks", "links", "match", "proofs", "github", "drafts", "review", "votes"}
    | {"collector", "mcp", "starting", "process", "checking", "site", "words"},
}
"""Part -> the parts that it may import, besides itself."""

STAGES = (
    "words",
    "entry",
    "web",
    "checks",
    "links",
    "match",
    "proofs",
    "github",
    "drafts",
    "review",
    "votes",
    "starting",
)

READS_FILES = {
    "checks/ordinary.py",
    "drafts/book.py",
    "drafts/checked_entry.py",
    "drafts/moving/files.py",  # those of an export
    "drafts/moving/mover.py",  # drafts, and what was moved before
    "entry/files.py",
    "entry/picture.py",
    "entry/writing.py",
    "github/answers.py",
    "match/matcher.py",
    "match/listed.py",
    "match/sources.py",
    "starting/files.py",
    "starting/generator.py",  # of what is installed
    "starting/merging.py",  # what is laid out for git
    "proofs/from_command.py",  # those that a command names
    "proofs/sandbox/laying.py",  # what is laid out for a sandbox
    "proofs/sandbox/bubblewrap.py",
    "proofs/sandbox/landlock.py",
    "proofs/sandbox/podman.py",
    "proofs/sandbox/unguarded.py",
    "proofs/sandbox/watching.py",  # /proc
    "proofs/tools/nodes.py",
    "proofs/tools/packages_of_node.py",
    "proofs/tools/packages_of_python.py",
    "proofs/tools/pythons.py",
    "proofs/tools/rusts.py",
    "proofs/tools/shop.py",  # packages that were fetched
    "words/language.py",  # the catalogue that a site speaks by
    "review/archive.py",  # of an archive that is in memory
}
"""Where a stage opens files: entries and their data files, and (outside of a build) an index that was published."""

FILE_ACCESS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "walk", "scandir"),
    *("unlink", "mkdir", "rename", "replace_file", "touch", "symlink_to", "rmtree", "copyfile", "listdir"),
}


class Import(NamedTuple):
    """An import statement: the module that it names and, for `from … import …`, the name."""

    file: str
    line: int
    module: str
    name: str = ""

    def __str__(self) -> str:
        return f"kb/{self.file}:{self.line} imports {self.module}" + (f".{self.name}" if self.name else "")


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def part_of(path: Path) -> str:
    """The part of the house that a module belongs to: its folder in `kb`, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[Import]:
    """Every import of a module, those inside of functions and for type checkers too."""
    file = path.relative_to(PACKAGE).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"kb/{file}:{node.lineno}: relative imports hide where a name comes from"
            yield from (Import(file, node.lineno, node.module or "", alias.name) for alias in node.names)


def imported_part(found: Import) -> str | None:
    """The part of `kb` that an import reaches, if any: `from kb import entry` reaches `entry` too."""
    root, *rest = found.module.split(".")
    if root != "kb":
        return None
    return rest[0] if rest else found.name if found.name in MAY_IMPORT else None


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every method that a module calls, and of `open`: `path.read_text()` is `read_text`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield node.lineno, "open"


def test_every_part_of_the_house_has_its_rule():
    assert {part_of(path) for path in modules()} - {"__init__"} <= MAY_IMPORT.keys()


@pytest.mark.parametrize("part", sorted({part_of(path) for path in modules()} & MAY_IMPORT.keys()))
def test_a_part_imports_only_those_that_it_may_know(part):
    allowed = {part, None} | MAY_IMPORT[part]
    found = [each for path in modules() if part_of(path) == part for each in imports(path)]
    assert [str(each) for each in found if imported_part(each) not in allowed] == []


def test_the_package_itself_imports_no_part():
    assert [str(each) for each in imports(PACKAGE / "__init__.py") if imported_part(each)] == []


def test_only_the_site_imports_mkdocs():
    found = [each for path in modules() if part_of(path) != "site" for each in imports(path)]
    assert [str(each) for each in found if each.module.split(".")[0] in ("mkdocs", "material", "properdocs")] == []


def test_what_holds_for_a_whole_process_stands_in_one_room():
    """A library call changes nothing for whoever calls it: no collector, no exit handler, no fork."""
    whole = {"gc", "atexit", "multiprocessing", "concurrent", "fcntl", "msvcrt", "ctypes"}
    found = [each for path in modules() if part_of(path) != "process" for each in imports(path)]
    assert [str(each) for each in found if each.module.split(".")[0] in whole] == []


def test_a_stage_uses_another_by_its_public_names():
    def is_public(found: Import) -> bool:
        module = found.module
        return module.count(".") == 1 and found.name in import_module(module).__all__

    foreign = [
        each
        for path in modules()
        if part_of(path) in STAGES
        for each in imports(path)
        if imported_part(each) not in (None, part_of(path))
    ]
    assert [str(each) for each in foreign if not is_public(each)] == []


def test_a_stage_s_public_names_exist():
    parts = {part_of(path) for path in modules()} & set(STAGES)
    public = [
        (import_module(f"kb.{part}"), name) for part in sorted(parts) for name in import_module(f"kb.{part}").__all__
    ]
    assert [f"{module.__name__}.{name}" for module, name in public if not hasattr(module, name)] == []


def test_stages_are_functions_from_values_to_values():
    """No stage reads a file that another wrote: the one reader of files in a build is `entry`."""
    found = [
        f"kb/{path.relative_to(PACKAGE).as_posix()}:{line} calls {name}"
        for path in modules()
        if part_of(path) in STAGES and path.relative_to(PACKAGE).as_posix() not in READS_FILES
        for line, name in calls(path)
        if name in FILE_ACCESS
    ]
    assert found == []


def test_a_build_reads_no_published_index():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in modules()
        for line, name in calls(path)
        if name == "from_files"
    ]
    assert [place for place in found if not place.startswith(("cli/", "match/sources.py"))] == []


def test_the_reader_of_entries_writes_nothing():
    names = {name for _, name in calls(PACKAGE / "entry/files.py")}
    assert names & {"write_text", "write_bytes", "unlink", "mkdir", "rename", "touch", "symlink_to"} == set()


def test_a_source_is_made_by_reading_alone():
    """So that each has its text: who has none hands on an `EntryFile`, or says that the file is gone."""
    made = re.compile(r"(?<![\w.])Source\(")
    found = [
        f"kb/{path.relative_to(PACKAGE).as_posix()}"
        for path in modules()
        if made.search(path.read_text("utf-8").replace("class Source(", ""))
    ]
    assert set(found) == {"kb/entry/reading.py", "kb/entry/collection.py"}


def test_what_depends_on_the_theme_below_stands_in_one_folder():
    """So that another theme can take Material's place."""
    names = re.compile(r"\bmd-|--md-|data-md-|assets/(?:stylesheets|javascripts)/")
    found = [
        f"kb/{path.relative_to(PACKAGE).as_posix()}:{number}"
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in {".py", ".css", ".js", ".html", ".yml"} and "site/theme" not in path.as_posix()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if names.search(line)
    ]
    assert found == []
