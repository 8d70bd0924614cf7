"""No test reaches the network. The loopback is allowed, for a browser that a test drives.

`tests/conftest.py` loads this file, and puts its folder on PYTHONPATH so that a process
started by a test loads it too: Python imports `sitecustomize` by itself.
"""

import ipaddress
import sys


class NetworkBlocked(RuntimeError):
    """A test tried to leave the machine."""


def is_loopback(host):
    """An address of this machine, its usual name, or no host at all (a Unix socket's path).

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("203.0.113.1")
    (True, True, False)
    """
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _text(host):
    return host.decode() if isinstance(host, bytes) else host


# A Unix socket's address is a path, so only addresses that are tuples name a host.
def _host_of(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        return _text(arguments[0])
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        return _text(address[0]) if isinstance(address, tuple) else None
    return None


def refuse_to_leave(event, arguments):
    """An audit hook: sees every connection that Python makes, whatever library asks for it."""
    host = _host_of(event, arguments)
    if not is_loopback(host):
        raise NetworkBlocked(f"Tests do not use the network, but {event} asked for {host}.")


# An audit hook cannot be taken away, so a second import must not add a second one.
if not getattr(sys, "caseness_offline", False):
    sys.caseness_offline = True
    sys.addaudithook(refuse_to_leave)
