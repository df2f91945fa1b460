"""
Serves the functions on a port of loopback (the first argument; 0 for a free one). Says on a line of JSON when it is ready, and ends when its
standard input does.
"""

import json
import os
import sys
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from statefun import RequestReplyHandler, StatefulFunctions

import greeter
import model
import sink

functions = StatefulFunctions()
functions.register(greeter.TYPENAME, greeter.greet, greeter.SPECS)
functions.register(model.TYPENAME, model.model)
functions.register(sink.TYPENAME, sink.sink, sink.SPECS)
handler = RequestReplyHandler(functions)


class FunctionEndpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one packet.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["content-length"]))
        try:
            self.answer(200, "application/octet-stream", handler.handle_sync(request))
        except Exception:
            traceback.print_exc()
            self.answer(500, "text/plain; charset=utf-8", traceback.format_exc().encode(errors="replace"))

    def answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args) -> None:
        pass


def end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), FunctionEndpoint)
threading.Thread(target=end_with_input, daemon=True).start()
print(json.dumps({"event": "ready", "port": server.server_port}), flush=True)
server.serve_forever()
