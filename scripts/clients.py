"""Other people's clients of `kb mcp`: each lists its tools and calls every one, over standard input and over HTTP.

    .venv/bin/python scripts/clients.py [--keep FOLDER]

The protocol's own inspector (its `--cli`), and the command lines of agents, come from npm into a folder that is deleted
afterwards, and start with a home folder of their own, so nobody's account or settings are looked at. What an agent's
model would say, a stand-in on loopback says: it calls each tool that it is offered, once. So this shows that a client
starts the server, understands its schemas and passes its answers on. It shows nothing of what a model makes of them.

Exit code 1 where a client did not call all tools. Not one of the tests: it takes two minutes and 600 MB.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
KB: Final = Path(sys.executable).with_name("kb")
PACKAGES: Final = ("@modelcontextprotocol/inspector@2.12.0", "opencode-ai@1.18.33", "@openai/codex@0.171.0")
SECONDS: Final = 120

ENTRY: Final = "node/eaddrinuse"
CALLS: Final[dict[str, dict[str, Any]]] = {
    "match_error": {"text": "Error: listen EADDRINUSE: address already in use :::3000"},
    "search_fixes": {"words": "port in use"},
    "get_fix": {"id": ENTRY},
    "propose_fix": {"product": "python", "error": "FrobError: no frob for quux", "fix": "Install the frob."},
    "report_outcome": {"id": ENTRY, "workaround": 1, "helped": True},
}


def main(arguments: list[str]) -> int:
    """Try each client over each transport, print a line for each, and return 1 where one did not call all tools."""
    parser = argparse.ArgumentParser(prog="clients.py", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--keep", type=Path, help="Install the clients here, and leave them there.")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, collector() as votes:
        folder = Path(name)
        programs = installed(options.keep or folder / "clients")
        asking = [str(KB), "mcp", "--drafts", str(folder / "drafts"), "--votes-url", votes]
        with over_http(asking) as address:
            failed = 0
            for client, ask in CLIENTS.items():
                for transport, server in (("stdio", asking), ("HTTP", [address])):
                    home = folder / f"{client}-{transport}"
                    home.mkdir()
                    called = ask(programs, server, home)
                    missing = [tool for tool in CALLS if tool not in called]
                    failed += bool(missing)
                    said = f"did not call {', '.join(missing)}" if missing else f"called all {len(CALLS)} tools"
                    print(f"{client:<10} {transport:<6} {said}", flush=True)
    return int(failed > 0)


def installed(folder: Path) -> Path:
    """The folder of the clients' programs, installed from npm."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *PACKAGES]
    subprocess.run(command, check=True)
    return folder / "node_modules/.bin"


def by_inspector(programs: Path, server: list[str], home: Path) -> set[str]:
    """The tools that the inspector listed, called, and got an answer of that is no error."""
    target = [*server, "--transport", "http"] if len(server) == 1 else server
    command = [str(programs / "mcp-inspector"), "--cli", *target, "--method"]
    listed = json.loads(output_of([*command, "tools/list"], home))
    called = set()
    for tool in (tool["name"] for tool in listed["tools"]):
        given = [f"--tool-arg={name}={_shown(value)}" for name, value in CALLS[tool].items()]
        answer = json.loads(output_of([*command, "tools/call", "--tool-name", tool, *given], home))
        if answer.get("structuredContent") and not answer.get("isError"):
            called.add(tool)
    return called


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def by_opencode(programs: Path, server: list[str], home: Path) -> set[str]:
    """The tools that opencode called for a stand-in model."""
    with stand_in(chat_answer) as (address, called):
        model = {"npm": "@ai-sdk/openai-compatible", "name": "Stand-in", "models": {"m": {"name": "m"}}}
        model["options"] = {"baseURL": f"{address}/v1", "apiKey": "none"}
        is_remote = len(server) == 1
        fixes = {"type": "remote", "url": server[0]} if is_remote else {"type": "local", "command": server}
        config = {"provider": {"stand-in": model}, "mcp": {"known-fixes": fixes}}
        (home / "opencode.json").write_text(json.dumps(config), "utf-8")
        output_of([str(programs / "opencode"), "run", "-m", "stand-in/m", "Explain the error"], home)
        return called


def by_codex(programs: Path, server: list[str], home: Path) -> set[str]:
    """The tools that Codex called for a stand-in model."""
    with stand_in(responses_answer) as (address, called):
        is_remote = len(server) == 1
        fixes = (
            f'url = "{server[0]}"'
            if is_remote
            else f"command = {json.dumps(server[0])}\nargs = {json.dumps(server[1:])}"
        )
        (home / ".codex").mkdir()
        (home / ".codex/config.toml").write_text(
            f'model = "m"\nmodel_provider = "stand-in"\n\n[mcp_servers.known-fixes]\n{fixes}\n'
            'required = true\ndefault_tools_approval_mode = "approve"\n\n'
            f'[model_providers.stand-in]\nname = "Stand-in"\nbase_url = "{address}/v1"\nwire_api = "responses"\n',
            "utf-8",
        )
        output_of([str(programs / "codex"), "exec", "--skip-git-repo-check", "Explain the error"], home)
        return called


CLIENTS: Final[Mapping[str, Callable[[Path, list[str], Path], set[str]]]] = {
    "inspector": by_inspector,
    "opencode": by_opencode,
    "codex": by_codex,
}


def output_of(command: list[str], home: Path) -> str:
    """What a client prints, started in a home folder of its own. Nobody's keys are handed on."""
    environment = {name: value for name, value in os.environ.items() if not re.search(r"KEY|TOKEN|SECRET", name)}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PWD": str(home)}
    if not (home / "entries").exists():
        (home / "entries").symlink_to(ROOT / "entries")
    finished = subprocess.run(
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return finished.stdout


@contextmanager
def over_http(asking: list[str]) -> Iterator[str]:
    """The address of `kb mcp --http`."""
    command = [*asking, "--http", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None  # noqa: S101 - it was asked for a pipe
            yield process.stderr.readline().strip()
        finally:
            process.terminate()


@contextmanager
def collector() -> Iterator[str]:
    """The address of a collector that takes every outcome."""
    with serving(lambda _: ("application/json", b"{}")) as address:
        yield address


@contextmanager
def stand_in(answer: Callable[[Any, set[str]], bytes]) -> Iterator[tuple[str, set[str]]]:
    """The address of a model that calls each tool once, and the tools whose results it was given."""
    called: set[str] = set()
    with serving(lambda asked: ("text/event-stream", answer(asked, called))) as address:
        yield address, called


@contextmanager
def serving(answer: Callable[[Any], tuple[str, bytes]]) -> Iterator[str]:
    """The address of a server that answers what is posted to it, as JSON."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kind, content = answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def chat_answer(asked: Any, called: set[str]) -> bytes:
    """A turn of OpenAI's chat completions, streamed: the next tool that was not tried yet, or that it is done."""
    results = {each["tool_call_id"]: str(each["content"]) for each in asked["messages"] if each["role"] == "tool"}
    called.update(tool for tool, text in results.items() if _is_answer(text))
    names = [tool["function"]["name"] for tool in asked.get("tools", ())]
    offered = {name.rpartition("known-fixes_")[2]: name for name in names}
    delta: dict[str, Any] = {"role": "assistant", "content": "Done."}
    if tool := _next(offered, results):
        function = {"name": offered[tool], "arguments": json.dumps(CALLS[tool])}
        delta["tool_calls"] = [{"index": 0, "id": tool, "type": "function", "function": function}]
    chunk = {"id": "c", "object": "chat.completion.chunk", "model": "m"}
    choices: tuple[dict[str, Any], ...] = (
        {"delta": delta, "finish_reason": None},
        {"delta": {}, "finish_reason": "tool_calls" if tool else "stop"},
    )
    chunks = (chunk | {"choices": [{"index": 0} | choice]} for choice in choices)
    return b"".join(f"data: {json.dumps(each)}\n\n".encode() for each in chunks) + b"data: [DONE]\n\n"


def responses_answer(asked: Any, called: set[str]) -> bytes:
    """The same of OpenAI's responses."""
    results = {each["call_id"]: str(each["output"]) for each in asked["input"] if "output" in each}
    called.update(tool for tool, text in results.items() if _is_answer(text))
    spaces = [tool for tool in asked["tools"] if tool["type"] == "namespace" and "known" in tool["name"]]
    said: dict[str, Any] = {"type": "message", "role": "assistant"}
    said["content"] = [{"type": "output_text", "text": "Done."}]
    if tool := _next({tool["name"] for space in spaces for tool in space["tools"]}, results):
        said = {"type": "function_call", "call_id": tool, "namespace": spaces[0]["name"], "name": tool}
        said["arguments"] = json.dumps(CALLS[tool])
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    events: tuple[dict[str, Any], ...] = (
        {"type": "response.created", "response": {"id": "r"}},
        {"type": "response.output_item.done", "output_index": 0, "item": said},
        {"type": "response.completed", "response": {"id": "r", "usage": usage}},
    )
    return b"".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)


def _next(offered: Container[str], tried: Container[str]) -> str | None:
    return next((tool for tool in CALLS if tool in offered and tool not in tried), None)


def _is_answer(text: str) -> bool:
    """Whether a client passes an answer of ours on: its words, or its data as JSON."""
    return any(sign in text for sign in ("DATA ", "Counted.", '"counted":true'))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
