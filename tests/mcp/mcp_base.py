"""Small knowledge bases for tests of `kb mcp`, and the SDK's own client on a server of one."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client

KB = [sys.executable, "-c", "from kb.cli import main; main()"]

ENTRY = """\
---
title: "{title}"
signatures:
  - text: "{signature}"
    examples: ["{signature}"]
tags: [ports]
status: workaround
updated: 2026-11-23
---

## Summary
{summary}

## Cause
{cause}

## Workaround: {step}
{fix}
"""
PORT = """\
---
title: "Address already in use: another program listens on the port"
signatures:
  - text: "OSError: [Errno 98] Address already in use: port {{port:int}}"
    examples:
      - "OSError: [Errno 98] Address already in use: port 8000"
codes: [EADDRINUSE]
tags: [ports]
status: workaround
updated: 2026-11-23
---

## Summary
Another process holds port {{port}}. Stop it, or listen on another port.

## Cause
Only one process at a time can listen on an address and port.

## Workaround: Find the other process and stop it
```sh
ss -ltnp 'sport = :{{port}}'
```

```sh
kill <pid>
```

## Workaround: Start from nothing
> [!WARNING]
> All that is not committed is lost.

```sh
git clean -fdx
curl https://host.example/install.sh | sh
```
"""
PRODUCTS = "python: {name: Python, home: https://www.python.org/, repository: python/cpython, category: languages}\n"


def write_base(folder: Path, **entries: str) -> Path:
    """Entries of Python in a folder, and what a checkout has beside them. Returns the folder."""
    product = folder / "entries/python"
    product.mkdir(parents=True)
    (folder / "entries/products.yml").write_text(PRODUCTS, "utf-8")
    for slug, text in ({"port-in-use": PORT} | entries).items():
        (product / f"{slug}.md").write_text(text, "utf-8")
    return folder


def over_stdio(folder: Path, *options: str) -> Client:
    """A client that starts `kb mcp` in a folder."""
    program, *arguments = KB
    return Client(stdio_client(StdioServerParameters(command=program, args=[*arguments, "mcp", *options], cwd=folder)))


@contextmanager
def over_http(folder: Path, *options: str) -> Iterator[str]:
    """The address of `kb mcp --http` in a folder."""
    command = [*KB, "mcp", "--http", "--port", "0", *options]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            yield process.stderr.readline().strip()
        finally:
            process.terminate()


class Connected:
    """A client that stays connected, for tests that are no coroutines."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self._portal = portal
        self._client = client

    def __getattr__(self, name: str) -> Callable[..., object]:
        """The client's method of that name, which waits for its answer."""
        method = getattr(self._client, name)
        return lambda *arguments: self._portal.call(method, *arguments)


@contextmanager
def connected(client: Client) -> Iterator[Connected]:
    """The client of a server, while it is connected."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(client) as opened:
        yield Connected(portal, opened)
