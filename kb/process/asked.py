"""Another Python that answers questions one by one, and is ended when it takes too long or when it has to be quiet."""

import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class AskedProgram:
    """A module that reads a line of JSON for each question, and writes one for each answer.

    `python -m <module> <seconds>` ends by itself when a question takes it more processor time than that, where the
    system has such a timer; it ends with its input too, so no process is left behind by one that was killed. After
    `longest_wait` seconds by the clock it is ended in any case. It is started with the first question, and anew after
    its end.
    """

    def __init__(self, module: str, seconds: float, longest_wait: float) -> None:
        self._module = module
        self._seconds = seconds
        self._longest_wait = longest_wait
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0

    def answer(self, question: object) -> Any | None:
        """The answer to a question, both of what JSON can hold; None where the program ended instead of answering."""
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - it was asked for a pipe
        assert process.stdout is not None  # noqa: S101 - and another
        try:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            with _ended_after(self._longest_wait, process):
                return json.loads(process.stdout.readline())
        except (OSError, ValueError):  # the pipe was closed, at the latest in the middle of the answer
            self.end()
            return None

    def end(self) -> None:
        """End the program, if it runs."""
        if self._process and self._owner == os.getpid():
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _running(self) -> "subprocess.Popen[str]":
        # What a fork inherits is its parent's to talk with.
        if self._process is None or self._owner != os.getpid():
            command = [sys.executable, "-P", "-m", self._module, str(self._seconds)]
            path = os.pathsep.join(filter(None, sys.path))
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                text=True,
            )
            self._owner = os.getpid()
        return self._process


@contextmanager
def _ended_after(seconds: float, process: "subprocess.Popen[str]") -> Iterator[None]:
    """Read what a program writes, which writes it all at once; it is ended if there is nothing after some seconds."""
    if hasattr(select, "poll"):
        # A thread for each question takes more than most answers do: a sixth of what a page takes.
        waiting = select.poll()
        waiting.register(process.stdout or 0, select.POLLIN)
        if not waiting.poll(seconds * 1000):
            process.kill()
        yield
        return
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
