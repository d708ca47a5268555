"""Models for tests: a real HTTP server on loopback that speaks as OpenAI's API does, and fails as such servers do."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

SECTIONS = ("summary", "cause", "workarounds", "guidance", "example", "notes", "recommendation")


class Reply(NamedTuple):
    """An answer of the server: status, JSON, more headers, seconds before it."""

    status: int
    value: object
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    pause: float = 0


def answer(**sections: object) -> dict:
    """An answer by the schema, with these sections."""
    return {name: [] for name in SECTIONS} | sections


def said(text: str, *sources: str) -> dict:
    """A statement."""
    return {"text": text, "sources": list(sources)}


def step(title: dict, *body: dict) -> dict:
    """A workaround."""
    return {"title": title, "body": list(body)}


def completion(content: object, reason: str = "stop", refusal: str | None = None) -> Reply:
    """An answer as https://platform.openai.com/docs/api-reference/chat/object has it."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text, "refusal": refusal}
    usage = {"prompt_tokens": 1200, "completion_tokens": 80, "total_tokens": 1280}
    return Reply(200, {"choices": [{"index": 0, "message": message, "finish_reason": reason}], "usage": usage})


def sources_in(request: dict) -> list[tuple[str, str]]:
    """Name and text of each source that a model is given."""
    told = next(each["content"] for each in request["messages"] if each["role"] == "user")
    found = re.findall(r"Source \d+ \[([^\]]*)\]\n<<<DATA (\w+)\n(.*?)\nDATA \2>>>", told, re.DOTALL)
    return [(name, data) for name, _, data in found]


_SENTENCE = re.compile(r"[A-Z](?:`[^`]*`|[^`.!?]|[.!?](?=\S)){20,300}[.](?=\s|$)")


def sentences_of(request: dict) -> list[tuple[str, str]]:
    """Name of a source and a whole sentence of it: the first two of each that has any."""
    found = []
    for name, data in sources_in(request):
        prose = re.sub(r"(?s)^```.*?^```$", "", data, flags=re.MULTILINE)
        prose = re.sub(r"^(?:[>|]|    ).*$", "", prose, flags=re.MULTILINE)
        prose = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", prose)
        blocks = [" ".join(block.split()) for block in prose.split("\n\n")]
        told = [one for block in blocks for one in _SENTENCE.findall(block)]
        found += [(name, sentence) for sentence in told[:2]]
    return found


def honest(request: dict) -> Reply:
    """A model that repeats sentences, each with the name of the source that has it."""
    found = [said(sentence, name) for name, sentence in sentences_of(request)]
    return completion(answer(summary=found[:2], cause=found[2:6], notes=found[6:12]))


INVENTED = (
    "Restarting the coffee machine twice brings the office printer back to life.",
    "It was fixed in 97.31.4 by a new release.",
    "Set `frobnicate.enabled=true` in frob.toml first.",
)


def inventing(request: dict) -> Reply:
    """A model that tells the truth once, and then invents sources, facts, commands, and who said what."""
    found = sentences_of(request)
    names = list(dict.fromkeys(name for name, _ in found))
    elsewhere = {name: names[number - 1] for number, name in enumerate(names)}
    true = [said(sentence, name) for name, sentence in found[:1]]
    wrong = [said(sentence, elsewhere[name]) for name, sentence in found if len(names) > 1]
    unknown = [said(sentence, "acme/app#99 comment 7") for _, sentence in found[:2]]
    invented = [said(text, names[0]) for text in INVENTED]
    return completion(answer(summary=true, cause=invented, notes=wrong[:8], recommendation=unknown))


def obeying(request: dict) -> Reply:
    """A model that repeats whatever it reads: each line, and each block, as a statement and as code."""
    found: list[dict] = []
    for name, data in reversed(sources_in(request)):  # strangers come last
        for line in [*data.split("\n"), data]:
            if line.strip():
                found += (said(line, name), said(f"```sh\n{line}\n```", name), said(f"Run {line}", name))
    steps = [step(found[at], *found[at : at + 6]) for at in range(0, min(len(found), 18), 3)]
    return completion(answer(cause=found[:30], workarounds=steps))


@dataclass
class ModelStandIn:
    """A model's server. `replies` are given one after the other, the last one again and again."""

    replies: list[Reply | Callable[[dict], Reply]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str], dict]] = field(default_factory=list)
    url: str = ""

    def reply(self, path: str, headers: dict[str, str], value: dict) -> Reply:
        self.requests.append((path, headers, value))
        found = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return found(value) if callable(found) else found


@contextmanager
def serve_model() -> Iterator[ModelStandIn]:
    """Run a server on a free port of loopback."""
    model = ModelStandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            value = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = model.reply(self.path, dict(self.headers), value)
            time.sleep(found.pause)
            body = json.dumps(found.value).encode()
            try:
                self.send_response(found.status)
                for name, held in {"Content-Type": "application/json", **found.headers}.items():
                    self.send_header(name, held)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()
