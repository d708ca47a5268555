"""The preview shows an entry as soon as it is saved, and the last good site while an entry has problems."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from built_sites import KNOWLEDGE_BASES

PATIENCE = 60
"""Seconds; a build takes three or so, more where the machine has other things to do."""

RUN = "import sys; del sys.argv[0]; runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"


@dataclass(frozen=True)
class Preview:
    """A running preview of a copy of the small knowledge base."""

    project: Path
    url: str
    output: Path
    server: subprocess.Popen[bytes]

    def page(self) -> str:
        with urllib.request.urlopen(f"{self.url}acme/quiet-exit/", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def replace(self, old: str, new: str) -> None:
        entry = self.project / "entries/acme/quiet-exit.md"
        entry.write_text(entry.read_text("utf-8").replace(old, new, 1), "utf-8")


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(params=["mkdocs", "properdocs"])
def preview(request, tmp_path: Path) -> Iterator[Preview]:
    project = tmp_path / "project"
    shutil.copytree(KNOWLEDGE_BASES / "small", project)
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    output = tmp_path / "output"
    # Whoever runs the tests may take no notice of Ctrl+C; a preview does.
    begin = f"import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler); {RUN}"
    command = [sys.executable, "-c", begin, request.param, "serve", "--livereload", "--dev-addr", address]
    command += ["--config-file", str(project / "mkdocs.yml")]
    with output.open("w") as log, subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as server:
        try:
            wait_for(lambda: "Serving on" in output.read_text() or server.poll() is not None)
            yield Preview(project, f"http://{address}/known-fixes/", output, server)
        finally:
            server.terminate()


def test_a_saved_entry_is_shown(preview):
    preview.replace("## Cause\n", "## Cause\nA sentence that was just written.\n")
    wait_for(lambda: "A sentence that was just written." in preview.page())


def test_the_last_good_page_stays_until_a_problem_is_mended(preview):
    preview.replace("status: wontfix", "status: whatever")
    wait_for(lambda: "shows the last good site until this is mended" in preview.output.read_text())
    assert "acme/quiet-exit.md:6:1: KB105" in preview.output.read_text()
    wait_for(lambda: 'role="alert"' in preview.page())
    page = unescape(preview.page())
    assert "Won't be fixed" in page
    assert "acme/quiet-exit.md:6:1: KB105" in page
    preview.replace("status: whatever", "status: open")
    wait_for(lambda: "kb-status--open" in preview.page())
    assert 'role="alert"' not in preview.page()


def test_a_save_that_changes_nothing_leaves_the_preview_as_it_is(preview):
    (preview.project / "entries/acme/quiet-exit.md").touch()
    wait_for(lambda: "nothing has changed" in preview.output.read_text())
    assert "kb-entry__title" in preview.page()
    preview.replace("## Cause\n", "## Cause\nA sentence that was just written.\n")
    wait_for(lambda: "A sentence that was just written." in preview.page())
    site = re.search(r"the new site is in (\S+)\.\n", preview.output.read_text())
    assert site
    folder = Path(site[1]) if Path(site[1]).is_absolute() else Path.cwd() / site[1]
    beside = f".{folder.name}-"
    assert list(folder.parent.glob(f"{beside}new-*")) == []
    preview.server.send_signal(signal.SIGINT)
    preview.server.wait(PATIENCE)
    assert list(folder.parent.glob(f"{beside}former*")) == []
