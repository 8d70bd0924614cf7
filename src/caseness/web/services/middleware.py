"""Looks up, at each request, as what somebody reads today, and refuses what is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from caseness.web.accounts.models import User
from caseness.web.accounts.unsent import is_for_members
from caseness.web.events.models import Kind, record_event
from caseness.web.services.reader import reader_of
from caseness.web.services.signing import tell_afterwards, tell_what_waits

CHOSEN = "membership"
_REFUSALS = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class ReaderMiddleware:
    """Sets `request.reader`: None where nobody is signed in, or whoever is belongs to no service today.

    A page of ours that states no permission is refused to all: what was forgotten is closed, not open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Membership is looked up anew at each request, so that one that ended counts for nothing at once."""
        user = request.user
        is_one_of_ours = isinstance(user, User)
        request.reader = reader_of(user, timezone.localdate(), request.session.get(CHOSEN)) if is_one_of_ours else None
        response = self.get_response(request)
        # After the page and its transaction: a refusal rolls back nothing that tells of it.
        if response.status_code in _REFUSALS and is_one_of_ours:
            tell_refusal(request, user)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            tell_afterwards(request, user if is_one_of_ours else None, Kind.LOCKED_OUT, "address")
        tell_what_waits(request)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args, kwargs) -> None:
        """Refuse, before the page does anything, what the reader's role does not allow."""
        if not is_for_members(view):
            return
        permission = getattr(view, "permission", False)
        if permission is False or request.reader is None:
            raise PermissionDenied
        if permission is not None and not request.reader.may(permission):
            raise PermissionDenied


def tell_refusal(request: HttpRequest, user: User) -> None:
    """Write that somebody asked for a page or a record that is not there for them."""
    reader, match = request.reader, request.resolver_match
    record_event(
        Kind.REFUSED,
        match.url_name or "" if match else "",
        service=reader.service.key if reader else None,
        by=user.key,
    )
