"""Running what answers on GitHub as a person or a runner does: in a process of its own, against the stand-in."""

import os
import subprocess
import sys
from pathlib import Path

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


def run(program: list[str], folder: Path, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments in a folder, with nothing of GitHub in its environment but what is given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "KB_"))}
    return subprocess.run(
        [sys.executable, *program],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env=inherited | {"PYTHONUTF8": "1", "XDG_CACHE_HOME": str(folder / "cache")} | environ,
        encoding="utf-8",
        check=False,
    )


def kb(*arguments: str, folder: Path, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command `kb`."""
    return run(["-c", "from kb.cli import main; main()", *arguments], folder, stdin, **environ)
