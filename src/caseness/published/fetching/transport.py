"""One question to a web server: connections, retries and redirects.

urllib3 connects, checks certificates, tries again and waits as long as it is told to.
Redirects are followed here, one by one, because none may leave the web or give up encryption.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    LocationValueError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from caseness import __version__
from caseness.published.fetching.failures import RUN_AGAIN, Refused, Unreachable

BUSY = (429, 500, 502, 503, 504)
MAX_REDIRECTS = 5
# A server that asks for a longer wait than this (seconds) is taken at its word: later, not now.
LONGEST_WAIT = 120
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Patience:
    """How long to wait (seconds) without a byte, how often to try, and the first pause between tries."""

    timeout: float = 30.0
    attempts: int = 5
    pause: float = 1.0


@dataclass(frozen=True, eq=False)
class Answer:
    """What came back, and the address that it came from in the end."""

    response: urllib3.BaseHTTPResponse
    url: str


class _Retry(urllib3.Retry):
    """Heeds Retry-After up to a limit, and passes over one that says nothing."""

    def get_retry_after(self, response: urllib3.BaseHTTPResponse) -> float | None:
        try:
            seconds = super().get_retry_after(response)
        except InvalidHeader:
            return None
        if seconds is not None and seconds > LONGEST_WAIT:
            raise Refused(
                f"the server is busy (status {response.status}) and asks to wait {seconds:,.0f} seconds",
                "Run the command again after that time.",
            )
        return seconds


@dataclass(frozen=True, eq=False)
class Line:
    """A line to web servers, shared by all threads."""

    pool: urllib3.PoolManager
    patience: Patience
    proxies: Mapping[str, urllib3.ProxyManager]

    def ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Ask for an address, and follow where it leads.

        Raises
        ------
        Refused
            If no answer comes, or it leads where it may not.
        """
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            response = self._request(asked, headers)
            onward = response.get_redirect_location()
            if not onward:
                return Answer(response, asked)
            response.close()
            asked = _follow(asked, str(onward))
        raise Refused(
            f"the address redirects more than {MAX_REDIRECTS} times, last to {asked}",
            "The publisher's site may be at fault: try again later, or open the address in a browser.",
        )

    def _request(self, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        try:
            pool = self._pool_for(url)
            return pool.request(
                "GET",
                url,
                headers={**pool.headers, **headers},
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        except MaxRetryError as problem:
            raise _explain(problem.reason or problem, url, self.patience) from problem
        except (HTTPError, LocationValueError) as problem:
            raise _explain(problem, url, self.patience) from problem

    def _pool_for(self, url: str) -> urllib3.PoolManager:
        parts = urlsplit(url)
        if parts.hostname in _LOOPBACK or urllib.request.proxy_bypass(parts.netloc):
            return self.pool
        return self.proxies.get(parts.scheme, self.pool)


def open_line(patience: Patience, workers: int) -> Line:
    """A line with as many connections as there are workers. Proxies are those of the environment."""
    settings = {
        "num_pools": 8,
        "maxsize": workers,
        "timeout": urllib3.Timeout(connect=patience.timeout, read=patience.timeout),
        "retries": _Retry(
            total=patience.attempts - 1,
            status_forcelist=BUSY,
            backoff_factor=patience.pause / 2,
            backoff_max=LONGEST_WAIT,
            raise_on_status=False,
            allowed_methods=("GET",),
        ),
        # What is counted, resumed and hashed is the file itself, not a compressed form of it.
        "headers": {"User-Agent": f"caseness/{__version__}", "Accept-Encoding": "identity"},
    }
    proxies = {
        scheme: urllib3.ProxyManager(address, **settings)
        for scheme, address in urllib.request.getproxies().items()
        if scheme in ("http", "https") and address.startswith(("http://", "https://"))
    }
    return Line(urllib3.PoolManager(**settings), patience, proxies)


def _follow(url: str, location: str) -> str:
    try:
        onward = urljoin(url, location)
        parts = urlsplit(onward)
        host = parts.hostname
    except ValueError:
        raise _astray(location[:200]) from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise _astray(onward[:200])
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise Refused(
            f"the address redirects from https to http ({onward}), where anybody on the way could change the file",
            "It was not followed. Tell the publisher, or give a mirror with --base.",
        )
    return onward


def _astray(location: str) -> Refused:
    return Refused(
        f"the address redirects to {location!r}, which is no plain web address",
        "It was not followed. Open the publisher's page, and see where the file is now.",
    )


def _explain(reason: Exception, url: str, patience: Patience) -> Refused:
    host = urlsplit(url).netloc
    network = "See that this machine has a connection, and whether a proxy is needed (HTTPS_PROXY)."
    if isinstance(reason, NameResolutionError):
        return Unreachable(host, f"the host {host} is not known to the network", network)
    if isinstance(reason, ProxyError):
        return Unreachable(host, f"the proxy gives no way to {host}", "See HTTPS_PROXY, HTTP_PROXY and NO_PROXY.")
    if isinstance(reason, SSLError):
        advice = "Nothing is fetched from a host that cannot prove its name. If a proxy of yours signs for it, name its certificate in SSL_CERT_FILE."
        return Unreachable(host, f"the certificate of {host} cannot be trusted, or it speaks no TLS", advice)
    if isinstance(reason, NewConnectionError):
        return Unreachable(host, f"no connection to {host} could be made", network)
    if isinstance(reason, ConnectTimeoutError):
        return Unreachable(host, f"{host} did not answer within {patience.timeout:g} seconds", network)
    times = f"{patience.attempts} times"
    if isinstance(reason, ReadTimeoutError):
        return Refused(f"{host} fell silent for {patience.timeout:g} seconds, {times}", RUN_AGAIN)
    return Refused(f"{host} gave no answer that can be read ({type(reason).__name__})", RUN_AGAIN)
