"""The verb `fmt`: entries in canonical form."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from kb.checks import Diagnostic, all_rules, to_text
from kb.cli.diffs import diff_of
from kb.entry import DATA_FILES, Source, entry_files, formatted, read_source, write_whole

MOST_PROBLEMS: Final = 20
"""Problems of one file that are shown; `kb check` shows all."""

DEFAULT_FOLDER: Final = Path("entries")
_PATH: Final = click.Path(exists=True, path_type=Path)


@click.command("fmt")
@click.argument("paths", nargs=-1, type=_PATH)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
def fmt_command(paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Put entries into canonical form: files, or folders of them (default: entries).

    Keys and sections are put in order, long lines of plain text are wrapped, and text that YAML 1.1 and 1.2 read
    differently gets quotes; what an entry says, its comments and
    every other line stay as they are. Files that can't be read are named and left alone; then it exits with 1.
    """
    if not paths and not DEFAULT_FOLDER.is_dir():
        raise click.UsageError(f"there is no folder '{DEFAULT_FOLDER}' here. Name files or folders: `kb fmt PATHS`.")
    read = changed = broken = 0
    for path in _files(paths or (DEFAULT_FOLDER,)):
        file = path.absolute()
        source = read_source(file, file.parent.parent)
        read += 1
        if source.entry is None and source.translation is None:
            broken += 1
            click.echo("\n".join(map(to_text, _problems(source, path)[:MOST_PROBLEMS])), err=True)
            continue
        text = formatted(source)
        if text == source.text:
            continue
        changed += 1
        if diff:
            click.echo(diff_of(path, source.text, text), nl=False)
        if not diff and not check and not _is_written(path, text):
            broken += 1
            continue
        if not diff:
            click.echo(f"{'would change' if check else 'changed'} {path}")
    verb = "would change" if check or diff else "changed"
    click.echo(f"{changed} of {read} {'entry' if read == 1 else 'entries'} {verb}.", err=True)
    sys.exit(1 if broken or (check and changed) else 0)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The entries among files, and in folders, each once."""
    seen: set[Path] = set()
    for path in paths:
        for file in entry_files(path) if path.is_dir() else [path]:
            if file.name not in DATA_FILES and file not in seen:
                seen.add(file)
                yield file


def _is_written(path: Path, text: str) -> bool:
    try:
        write_whole(path, text)
    except OSError as error:
        click.echo(f"{path}: can't be written: {error.strerror}. Check the file and its rights.", err=True)
        return False
    return True


def _problems(source: Source, path: Path) -> list[Diagnostic]:
    """What stands in the way of reading a file, as `kb check` says it."""
    codes = {kind: rule.code for rule in all_rules().values() for kind in rule.defects}
    lines = source.text.split("\n")
    return [
        Diagnostic(
            path,
            defect.position,
            codes.get(defect.kind, "KB108"),
            defect.message,
            lines[defect.position.line - 1] if defect.position.line <= len(lines) else "",
            defect.hint,
        )
        for defect in source.defects
    ]
