"""Commands in processes of their own that have nothing to import: each is forked from one that has imported it all.

To import is most of what a short command does: half a second of a processor for `kb`, and as much again for MkDocs. The
tests start some hundred. `started("kb")` begins a list for `subprocess` as the console script would: the same
arguments, folder, environment, input, outputs and exit code. What gets signals, or looks at its parent or its terminal,
is started for real, as in tests/test_run.py. So is, by itself, what is told another hash seed, module path or language.
"""

import atexit
import json
import os
import runpy
import select
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

CLIENT = """\
import json, os, socket, sys
address, *command = sys.argv[1:]
asked = json.dumps([command, os.getcwd(), dict(os.environ)]).encode()
with socket.socket(socket.AF_UNIX) as server:
    server.connect(address)
    socket.send_fds(server, [len(asked).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(asked)
    code = int(server.makefile().read() or 70)
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
"""
"""Hands a command and its own input and outputs on, and ends as it ended."""


def really_started(program: str) -> list[str]:
    """The beginning of a command that starts it for real: a console script (`kb`, `mkdocs`) or a file for Python."""
    return [sys.executable, program] if program.endswith(".py") else [str(Path(sys.executable).with_name(program))]


def started(program: str) -> list[str]:
    """The beginning of a command; the program's arguments come after it."""
    if sys.platform != "linux":  # elsewhere a fork of what uses the system's libraries may hang
        return really_started(program)
    return [sys.executable, "-I", "-S", "-c", CLIENT, _server(), program]


@cache
def _server() -> str:
    """The address of this process's server, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="kb-warm-")
    address = f"{folder.name}/socket"
    # Notices of other software are not kept out: what is imported later must do that by itself.
    environment = {name: value for name, value in os.environ.items() if not name.endswith("MKDOCS_2_WARNING")}
    process = subprocess.Popen(
        [sys.executable, __file__, address],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    atexit.register(folder.cleanup)
    atexit.register(process.communicate)  # closes its input, and waits for its end
    return address


def _serve(address: str) -> None:
    """Fork once for each command, until the input ends. Returns in the process that is to be the command."""
    _import_all()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(100)
    os.write(1, b"ready\n")
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        client = listener.accept()[0]
        if os.fork() == 0:
            listener.close()
            return _keep(client)
        client.close()
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
    os._exit(0)


def _import_all() -> None:
    from kb.checks import all_rules
    from kb.cli.main import VERBS

    all_rules()
    for name in (*(f"kb.cli.{verb}" for verb in VERBS), "mkdocs.__main__", "mkdocs.commands.build", "kb.site.plugin"):
        import_module(name)


def _keep(client: socket.socket) -> None:
    """Fork the command and tell the client its exit code. Returns in the command alone."""
    size, files, _, _ = socket.recv_fds(client, 4, 3)
    command, folder, environment = json.loads(client.makefile("rb").read(int.from_bytes(size, "big")))
    child = os.fork()
    if child:
        for file in files:
            os.close(file)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with suppress(BrokenPipeError):
            client.sendall(str(code).encode())
        os._exit(0)
    client.close()
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    os.chdir(folder)
    if _of_python(environment) != _of_python(AT_START):
        program = really_started(command[0])
        os.execve(program[0], [*program, *command[1:]], environment)
    set_by_imports = {name: value for name, value in os.environ.items() if name not in AT_START}
    os.environ.clear()
    os.environ.update(set_by_imports | environment)
    sys.argv = command


def _of_python(environment: dict[str, str]) -> dict[str, str]:
    """What Python reads of an environment when it starts, and never again."""
    return {name: value for name, value in environment.items() if name.startswith(("PYTHON", "LC_", "LANG", "TZ"))}


AT_START = dict(os.environ)
if __name__ == "__main__":
    del sys.path[0]  # the folder of the tests: a command is not to find its modules
    _serve(sys.argv[1])
    if sys.argv[0] == "kb":
        import_module("kb.cli").main()
    elif sys.argv[0] == "mkdocs":
        import_module("mkdocs.__main__").cli()
    else:
        sys.path.insert(0, str(Path(sys.argv[0]).parent))
        runpy.run_path(sys.argv[0], run_name="__main__")
