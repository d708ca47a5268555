"""The server: uvicorn on a socket, with bounds for connections that send slowly, and one log without addresses."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import socket
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kb.collector.log import ServerLog, log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from starlette.applications import Starlette

REQUEST_SECONDS: Final = 10
"""In which a request has to be there as a whole, after its connection or the request before."""
MOST_CONNECTIONS: Final = 2_000
_GRACE: Final = 10
"""Seconds that a stop waits for requests that have begun."""


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 for which nobody has to wait: a head or a body that does not come ends its connection."""

    _overdue: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        # Else a body waits for 40 ms, until its head is acknowledged: https://github.com/Kludex/uvicorn/issues/3149
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wait()
        if len(self.connections) > MOST_CONNECTIONS:
            transport.write(_raw_answer(503, "Service Unavailable", "unavailable", "There are too many connections."))
            transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._overdue:
            self._overdue.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_raw_answer(400, "Bad Request", "bad-request", "That is no HTTP."))
        self.transport.close()

    def _wait(self) -> None:
        if self._overdue:
            self._overdue.cancel()
        self._overdue = self.loop.call_later(REQUEST_SECONDS, self._end_if_idle)

    def _end_if_idle(self) -> None:
        is_asked = self.cycle is not None and not self.cycle.response_complete
        if is_asked and not self.cycle.more_body:
            self._wait()  # a request is being answered
        elif not self.transport.is_closing():
            if is_asked:
                self.transport.write(_raw_answer(408, "Request Timeout", "too-slow", "The body did not come in time."))
            self.transport.close()


def _raw_answer(status: int, phrase: str, word: str, message: str) -> bytes:
    body = json.dumps({"error": word, "message": message})
    head = f"HTTP/1.1 {status} {phrase}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n{body}".encode()


class _Server(uvicorn.Server):
    """A server after whose end the program goes on; uvicorn's own ends it by the signal once more.

    It wakes once a second, for the date of answers, and at a signal; uvicorn's own looks ten times a second for one.
    """

    _wake: Callable[[], object] | None = None

    async def main_loop(self) -> None:
        stop = asyncio.Event()
        self._wake = partial(asyncio.get_running_loop().call_soon_threadsafe, stop.set)
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._wake:
            self._wake()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(app: Starlette, listener: socket.socket) -> bool:
    """Serve until SIGTERM or SIGINT; what was begun is finished. False where the application could not start."""
    handler = ServerLog()
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = ([handler] if name == "uvicorn" else []), name != "uvicorn"
        logger.setLevel(logging.WARNING)
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=REQUEST_SECONDS,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config)
    host, port = listener.getsockname()[:2]
    log("listening", host=host, port=port)
    server.run(sockets=[listener])
    log("stopped")
    return server.started
