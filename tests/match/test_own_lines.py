"""A line of its own after a message never becomes part of a value: stack frames, markers, messages, indented output."""

import pytest

from kb.match import Matcher, parse_signature

IN_USE = "Error: listen EADDRINUSE: address already in use {{address}}:{{port:int}}"
MATCHER = Matcher.from_signatures([("node/in-use", IN_USE)])
OWN_LINES = {
    "Node": "    at Server.setupListenHandle [as _listen2] (node:net:1450:21)",
    "Node without an indent": "at Server.setupListenHandle [as _listen2] (node:net:1450:21)",
    "Node, only the place": "(node:net:1450:21)",
    "Node, a file": "    at file:///srv/app/server.js:12:9",
    "Node, a warning": "(node:4711) Warning: the port is 80",
    "Python": '  File "/srv/app/server.py", line 12, in main',
    "Python, a traceback": "Traceback (most recent call last):",
    "Java": "\tat sun.nio.ch.Net.bind(Net.java:461)",
    "Java, a cause": "Caused by: java.net.BindException: in use:80",
    "Java, more": "\t... 12 more:80",
    "Rust": "  12: std::panicking::begin_panic at /rustc/library/std/src/panicking.rs:12:5",
    "Rust, a place": " --> src/main.rs:12:9",
    "Rust, a panic": "thread 'main' panicked at src/main.rs:12:9",
    "Go": "goroutine 1 [running]:80",
    "Go, a function": "main.main(0xc000012345, 0x1):80",
    "Go, a file": "/srv/app/main.go:12 +0x1d",
    "Ruby": "\tfrom /srv/app/server.rb:12:in 'listen'",
    "Ruby, the first": "/srv/app/server.rb:12:in `listen'",
    "PHP": "#0 /srv/app/server.php(12): listen:80",
    ".NET": "   at App.Server.Listen(Int32 port) in /srv/app/Server.cs:line 12",
    "Elixir": "    (app 1.0.0) lib/server.ex:12: Server.listen/1",
    "gdb": "#0  0x00007f in main () at server.c:12",
    "a caret": "        ^:80",
    "a message": "error: the port is:80",
    "npm": "npm ERR! code ELIFECYCLE:80",
    "a log line": "2026-01-02T03:04:05Z listening on:80",
    "indented output": "      the server was told to use:80",
}
SOCKET = "Error: listen EADDRINUSE: address already in use /tmp/app.sock"


@pytest.mark.parametrize("line", OWN_LINES.values(), ids=OWN_LINES)
@pytest.mark.parametrize("before", ["", "web-1  | ", "2026-01-02T03:04:05Z "], ids=["plain", "container", "CI"])
def test_a_line_of_its_own_gives_no_value(line, before):
    answers = MATCHER.match(f"{before}{SOCKET}\n{before}{line}\n{before}{line}\n")
    assert [answer.tier for answer in answers] != ["exact"]


@pytest.mark.parametrize("line", OWN_LINES.values(), ids=OWN_LINES)
def test_a_line_of_its_own_does_not_lengthen_a_value(line):
    signature = parse_signature("cannot open the socket file of the server: {{file:rest}}")
    found = signature.find(f"cannot open the socket file of the server: /srv/application/run/x.sock\n{line}")
    assert found.captures == {"file": "/srv/application/run/x.sock"}


@pytest.mark.parametrize(
    "line", [line for name, line in OWN_LINES.items() if name not in ("indented output", "a log line", "a caret")]
)
def test_a_line_of_its_own_is_no_value_of_the_line_after(line):
    signature = parse_signature("cannot open the socket file of the server: {{file}} is there")
    assert signature.find(f"cannot open the socket file of the server:\n{line}\nis there") is None


def test_a_block_of_lines_ends_where_a_stack_begins():
    signature = parse_signature("Require stack:\n{{files:lines}}")
    found = signature.find(
        "Require stack:\n- /srv/app/a.js\n- /srv/app/b.js\n    at Module._load (node:internal:1:2)\n"
    )
    assert found.captures == {"files": "- /srv/app/a.js\n- /srv/app/b.js"}


@pytest.mark.parametrize("columns", [40, 60, 72])
def test_a_wrapped_value_still_goes_on(columns):
    text = "Error: listen EADDRINUSE: address already in use /srv/application/run/a-long-name-of-a-host:8080"
    wrapped = "\n".join(text[at : at + columns] for at in range(0, len(text), columns))
    assert MATCHER.match(wrapped)[0].captures == {
        "address": "/srv/application/run/a-long-name-of-a-host",
        "port": "8080",
    }
