"""Real servers on loopback that answer badly: byte by byte, where no single read ever takes long, or not as HTTP."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

PAUSE: Final = 0.02
LASTS: Final = 10.0
"""Seconds after which an answer ends all the same, so that a client without a deadline fails a test and hangs none."""
HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n"


def _answer(client: socket.socket, parts: Iterable[bytes]) -> None:
    with client, suppress(OSError):
        client.recv(65536)
        for part in parts:
            client.sendall(part)


@contextmanager
def dripping(where: str) -> Iterator[str]:
    """The address of a server that drips in the `head` or in the `body` of its answers."""
    over = threading.Event()

    def parts() -> Iterator[bytes]:
        yield HEAD + (b"X-Slow: " if where == "head" else b"\r\n")
        for _ in range(int(LASTS / PAUSE)):
            if over.wait(PAUSE):
                return
            yield b" "

    with answering(parts) as url:
        try:
            yield url
        finally:
            over.set()


@contextmanager
def answering(parts: Callable[[], Iterable[bytes]]) -> Iterator[str]:
    """The address of a server that sends these parts, whatever it is asked, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    threading.Thread(target=_answer, args=(client, parts()), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
