"""An error of ours is told as it is told on the command line: in words, without a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from caseness.errors import CasenessError, UnknownName


class ErrorsAreToldMiddleware:
    """Turns a `CasenessError` into a page with its text: 404 where a name is not known, 400 else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page, or None for any other error."""
        if not isinstance(problem, CasenessError):
            return None
        status = 404 if isinstance(problem, UnknownName) else 400
        return render(request, "error.jinja", {"title": "That did not work", "text": str(problem)}, status=status)
