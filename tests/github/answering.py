"""Running what answers on GitHub as a person or a runner does, from its entry point, against the stand-in."""

import contextlib
import io
import os
import runpy
import subprocess
from pathlib import Path
from unittest import mock

import command

SITE = "https://fixes.example/"
TAKEN = "Error: listen EADDRINUSE: address already in use {{host}}:{{port:int}}"
PROSE = """\
## Summary

Another process listens on port {{port}}.

## Cause

It was never stopped.

## Workaround: Stop the other process

Find it on {{host}}, then see [how to stop it](../git/other.md#summary) or [below](#cause):

```sh
lsof -i :{{port}} --host {{host}}
```
"""


def _not_inherited() -> dict[str, None]:
    """What the machine may have set of GitHub's variables and ours, to be taken out."""
    return {name: None for name in os.environ if name.startswith(("GITHUB_", "KB_"))}


def kb(*arguments: str, folder: Path, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command `kb` in a folder, with nothing of GitHub in its environment but what is given."""
    own = {"XDG_CACHE_HOME": str(folder / "cache")}  # answers that another test had are none of this one's
    return command.kb(*arguments, folder=folder, stdin=stdin, **(_not_inherited() | own | environ))


def action(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run what the GitHub Action runs, `python -m kb.cli.action`, in the same way."""
    code: object = 0
    output, errors = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(errors),
    ):
        for name in _not_inherited():
            del os.environ[name]
        os.environ.update(environ)
        try:
            runpy.run_module("kb.cli.action", run_name="__main__", alter_sys=True)
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess("action", code, output.getvalue(), errors.getvalue())
