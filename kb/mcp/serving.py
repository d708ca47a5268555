"""Serving: over standard input and output, or over HTTP on this machine alone."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from starlette.applications import Starlette

LOOPBACK: Final = "127.0.0.1"
PATH: Final = "/mcp"


def serve_stdio(server: MCPServer[None]) -> None:
    """Serve until standard input ends, or SIGINT or SIGTERM comes.

    A thread waits for standard input and can't be woken: with a handler of Python's, SIGINT would wait for it in vain.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    server.run("stdio")


def listener_on(port: int) -> socket.socket:
    """A socket that takes connections from this machine alone; port 0 is a free one. Raises OSError."""
    return socket.create_server((LOOPBACK, port))


def serve_http(server: MCPServer[None], listener: socket.socket) -> None:
    """Serve on a socket until SIGINT or SIGTERM."""
    import uvicorn  # noqa: PLC0415 - not needed over standard input

    port = listener.getsockname()[1]
    config = uvicorn.Config(http_app(server, port), log_level="warning", timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[listener])


def http_app(server: MCPServer[None], port: int) -> Starlette:
    """The server as an application: each request by itself, so that no session is kept.

    A page that a browser shows may send requests to this machine, or let a name of its own lead here (DNS rebinding).
    So `Host` has to be this machine's, and `Origin`, which browsers send, this server's own.
    """
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415 - as above

    hosts = [f"{name}:{port}" for name in (LOOPBACK, "localhost")]
    security = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[f"http://{host}" for host in hosts])
    return server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, transport_security=security
    )
