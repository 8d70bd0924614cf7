"""Ends a session that was left alone or is old, and asks for a second factor before any page of ours."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

BEGAN, SEEN = "began", "seen"
OURS = "caseness.web"
# A session is written anew at most this often, so that reading a page is not a write each time.
SECONDS_BETWEEN_MARKS = 30


def is_for_members(view: Callable[..., HttpResponse]) -> bool:
    """A view of ours that asks who reads. Those of allauth see to it themselves."""
    return view.__module__.startswith(OURS) and not getattr(view, "is_for_anyone", False)


class SessionsEndMiddleware:
    """Signs out whoever did nothing for the idle time, or signed in before the longest time of a session.

    A session that does not say when it began has ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page goes on as for somebody who is not signed in: the sign-in page leads back to it."""
        if request.user.is_authenticated:
            now = time.time()
            if is_over(request.session, now):
                logout(request)
            elif now - request.session[SEEN] > SECONDS_BETWEEN_MARKS:
                request.session[SEEN] = now
        return self.get_response(request)


def is_over(session: dict[str, float], now: float) -> bool:
    """The session was idle too long, or is too old."""
    idle, age = now - session.get(SEEN, 0), now - session.get(BEGAN, 0)
    return idle > settings.IDLE_SECONDS or age > settings.SESSION_COOKIE_AGE


class SecondFactorMiddleware:
    """Leads whoever has no second factor to set one up, before any page of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args, kwargs):
        """The page on which it is set up; None where it is there, is not asked for, or the page is not for members."""
        if not settings.ASKS_SECOND_FACTOR or not is_for_members(view) or not request.user.is_authenticated:
            return None
        return None if request.user.has_second_factor() else redirect("mfa_index")
