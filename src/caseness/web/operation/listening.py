"""Whether pages can be served at an address, asked before anything is started there."""

from __future__ import annotations

import errno
import socket
import sys

from caseness.errors import NotReady, UnsafeSetting
from caseness.web.environment import LAST_PORT, read_bind

_USUAL = 8000
_WHY = {
    errno.EADDRINUSE: "another program is using it",
    errno.EACCES: "this user may not use it",
    errno.EADDRNOTAVAIL: "it is no address of this machine",
}


def require_free(bind: str) -> None:
    """Refuse an address and port that cannot be served. A socket of the file system is taken as it comes.

    Raises
    ------
    NotReady
        If another program is using it, or it cannot be used here.
    """
    if bind.startswith("unix:"):
        return
    host, _, port = bind.rpartition(":")
    try:
        family, kind, *_, place = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as one:
            # As the server asks for it: a port that was given back a moment ago is free.
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(place)
    except OSError as problem:
        raise NotReady(_told(bind, host, int(port), problem)) from None


def _told(bind: str, host: str, port: int, problem: OSError) -> str:
    why = _WHY.get(problem.errno or 0, problem.strerror or str(problem))
    other = port + 1 if _USUAL <= port < LAST_PORT else _USUAL
    return (
        f"Nothing can be served at {bind}: {why}. Nothing was started. "
        f"Choose another address or port, such as CASENESS_WEB_BIND={host}:{other}"
    )


def main(bind: str) -> None:
    """End with the sentence and the exit code where it is no address or not free, for a script that starts the server later."""
    try:
        require_free(read_bind(bind))
    except (NotReady, UnsafeSetting) as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(problem.exit_code)


if __name__ == "__main__":
    main(sys.argv[1])
