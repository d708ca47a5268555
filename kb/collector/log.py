"""The log: a JSON object a line, on standard error. What a request holds never gets into it, nor whom it came from."""

from __future__ import annotations

import json
import logging
import sys
import time


def log(event: str, **fields: str | int | float) -> None:
    """Write a line: `event` is a word of ours, `fields` are numbers and short texts of ours."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    print(json.dumps({"time": stamp, "event": event, **fields}), file=sys.stderr, flush=True)  # noqa: T201


class ServerLog(logging.Handler):
    """What the HTTP server says: its own fixed texts and the kind of an exception, never what an exception holds."""

    def emit(self, record: logging.LogRecord) -> None:
        failure = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        log("server", level=record.levelname, said=str(record.msg).partition("\n")[0][:100], failure=failure)
