"""An address that is longer than the server reads, such as a search for thousands of letters, leads to a page and not to an error."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any

from gunicorn.http.errors import LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

# The page where everybody begins, which then says why one is there (`services.views.start`).
ELSEWHERE = "/start?was=too-long"
ANSWER = f"HTTP/1.1 303 See Other\r\nLocation: {ELSEWHERE}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class PoliteWorker(ThreadWorker):
    """One process of the server. Nothing of an address that is too long is kept or logged."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Lead on whoever asked too much at once. Any other request that cannot be read is refused as gunicorn does."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        # Whoever has gone meanwhile is told nothing.
        with suppress(OSError):
            write_nonblock(client, ANSWER.encode("ascii"))
