"""A real web server on the loopback that answers as badly as it is told to."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """How one address answers. `script` holds a behaviour for each request; the last one stays.

    A behaviour is a dict: status, headers, cut (bytes sent before the connection is dropped), stall (the same,
    but the connection is left silent), said (a Content-Length that may be a lie), ranges (False: Range is ignored),
    shift (a 206 begins so many bytes too late), body (another content from now on), chunked.
    """

    body: bytes = b""
    script: list = field(default_factory=lambda: [{}])
    etag: str | None = '"one"'
    last_modified: str | None = None
    asked: list = field(default_factory=list)

    def next_behaviour(self):
        behaviour = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if "body" in behaviour:
            self.body = behaviour["body"]
            self.etag = behaviour.get("etag", self.etag)
        return behaviour


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Nothing is logged."""

    def do_GET(self):
        page = self.server.pages.get(self.path)
        if page is None:
            self._send(404, {}, b"not here")
            return
        page.asked.append(dict(self.headers))
        self._answer(page, page.next_behaviour())

    def _answer(self, page, behaviour):
        marks = {"ETag": page.etag, "Last-Modified": page.last_modified}
        headers = {name: mark for name, mark in marks.items() if mark} | behaviour.get("headers", {})
        status = behaviour.get("status", 200)
        if status != 200:
            self._send(status, headers, behaviour.get("text", b""))
        elif self.headers.get("If-None-Match") == page.etag and page.etag:
            self._send(304, headers, None)
        else:
            self._send_file(page, behaviour, headers)

    def _send_file(self, page, behaviour, headers):
        first = self._first_byte(page, behaviour)
        if first is not None and first >= len(page.body):
            self._send(416, {"Content-Range": f"bytes */{len(page.body)}"}, b"")
            return
        body = page.body
        if first is not None:
            first += behaviour.get("shift", 0)
            headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
            body = body[first:]
        self._send(206 if first is not None else 200, headers, body, behaviour)

    def _first_byte(self, page, behaviour):
        wanted = self.headers.get("Range")
        is_same = self.headers.get("If-Range") in (page.etag, page.last_modified)
        if not wanted or not is_same or not behaviour.get("ranges", True):
            return None
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def _send(self, status, headers, body, behaviour=None):
        behaviour = behaviour or {}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if behaviour.get("chunked"):
            self.send_header("Transfer-Encoding", "chunked")
        elif body is not None and behaviour.get("said") != "nothing":
            self.send_header("Content-Length", str(behaviour.get("said", len(body))))
        self.end_headers()
        self._send_body(body or b"", behaviour)

    def _send_body(self, body, behaviour):
        keep = behaviour.get("cut", behaviour.get("stall", len(body)))
        piece = body[:keep]
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(piece), piece) if behaviour.get("chunked") else piece)
        self.wfile.flush()
        if "stall" in behaviour:
            self.server.wake.wait(5)
        if behaviour.keys() & {"cut", "stall", "said"}:
            self.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """A client that went away is no error here."""


@contextmanager
def serving(pages):
    """Serve pages by path, and give the address that stands before the paths."""
    server = Server(("127.0.0.1", 0), Handler)
    server.pages, server.wake = pages, threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.wake.set()
        server.shutdown()
        server.server_close()
        thread.join()
