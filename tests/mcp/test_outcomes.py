"""An outcome goes to an address of its own, marked as an agent's, so that it can't be taken for a reader's vote."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from mcp_base import connected, over_stdio, write_base


def test_a_collector_is_told_which_workaround_helped(tmp_path):
    told = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with connected(
            over_stdio(write_base(tmp_path), "--votes-url", f"http://127.0.0.1:{server.server_port}")
        ) as client:
            said = {"id": "python/port-in-use", "workaround": 1, "helped": True, "version": "python 3.13"}
            answer = client.call_tool("report_outcome", said)
        server.shutdown()
    assert answer.structured_content == {"counted": True}
    fields = {"entry": "python/port-in-use", "workaround": 1, "helped": True, "version": "python 3.13", "from": "agent"}
    assert told == [("/v1/outcomes", fields)]
