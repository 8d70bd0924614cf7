"""Each request as one line of the log and one count of the metrics, without saying whose page it was."""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import Histogram

from caseness.web.operation.logs import log

NO_ROUTE = "none"
SECONDS = Histogram(
    "caseness_request_seconds",
    "How long requests took, by method, page and status.",
    ("method", "route", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class RequestsAreToldMiddleware:
    """Gives each request an id, and tells of it when it is answered: the name of its page, never its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer carries the id, so that somebody can quote it."""
        began, name = time.perf_counter(), uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-ID"] = name
        seconds = time.perf_counter() - began
        method, route = method_of(request), route_of(request)
        SECONDS.labels(method, route, response.status_code).observe(seconds)
        log().info(
            "request", method=method, route=route, status=response.status_code, milliseconds=round(seconds * 1000),
            request=name, reader=reader_on(request, timezone.localdate()),
        )  # fmt: skip
        return response


def method_of(request: HttpRequest) -> str:
    """The method, or `other`: what a stranger sends as one is not repeated."""
    return request.method if request.method in _METHODS else "other"


def route_of(request: HttpRequest) -> str:
    """The name of the page, which holds no key."""
    return request.resolver_match.view_name if request.resolver_match else NO_ROUTE


def reader_on(request: HttpRequest, day: date) -> str:
    """Who asked, so that the lines of one day can be read together, and those of two days cannot. Empty: nobody."""
    reader = getattr(request, "reader", None)
    return hashed(str(reader.user.key), day) if reader else ""


def hashed(key: str, day: date) -> str:
    """A key that stands for another on one day."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{day}:{key}".encode(), hashlib.sha256).hexdigest()[:16]
