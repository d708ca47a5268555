#!/usr/bin/env python3
"""Run every test, the browser's too: set up what they need (once), find or install Chromium, call pytest.

python3 scripts/test.py                    all tests, on several processors
python3 scripts/test.py tests/entry -x     pytest's own arguments; in one process, where a debugger works
python3 scripts/test.py --fuzz SECONDS     no tests, but the fuzzer for so long (tests/fuzz/session.py)
python3 scripts/test.py --proofs           no tests, but all recipes of entries/, as if nothing were recorded
"""

import os
import subprocess
import sys

from environment import ROOT, SetupError, ensure, ensure_fuzzer, find_browser, node_folder

# The tests of a file stay together: they share what is set up for them. Files come in the order of tests/conftest.py,
# the longest first. More processes than a small machine has processors: many tests wait for a browser or a server.
SPREAD = ["--numprocesses", "4", "--dist", "loadscope", "--no-loadscope-reorder"]


def main() -> int:
    """Returns the exit code of pytest or of the fuzzer, or 1 where the set-up fails."""
    try:
        python = ensure("test")
        if sys.argv[1:2] == ["--fuzz"]:
            ensure_fuzzer(python)
            session = [str(python), "tests/fuzz/session.py", *sys.argv[2:]]
            return subprocess.run(session, cwd=ROOT, check=False).returncode
        if sys.argv[1:2] == ["--proofs"]:
            prove = [str(python), "-c", "from kb.cli import main; main()", "prove", "--again", *sys.argv[2:]]
            return subprocess.run(prove, cwd=ROOT, check=False).returncode
        browser = find_browser(python)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    # What is compiled is kept, whatever this shell says: each of the many processes would compile it anew.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {
        **inherited,
        # Last, so that a machine's own Node.js comes first: it has an `npm` beside it that works.
        "PATH": os.pathsep.join((os.environ.get("PATH", os.defpath), str(node_folder(python)))),
        "KB_CHROMIUM": browser,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    command = [str(python), "-m", "pytest", *(sys.argv[1:] or SPREAD)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
