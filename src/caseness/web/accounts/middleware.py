"""Ends a session that was left alone or is old, and asks for a second factor before any page of ours."""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from caseness.web.accounts.kept_forms import ENTRY, forget_form, forms_left, keep_form, mark_left
from caseness.web.accounts.unsent import is_for_members, lead_to_sign_in

BEGAN, SEEN = "began", "seen"
# A page whose time is up sends what was typed in it with this header, to be kept and never to be saved.
PARTING = "X-Caseness-Parting"
# A session is written anew at most this often, so that reading a page is not a write each time.
SECONDS_BETWEEN_MARKS = 30


class SessionsEndMiddleware:
    """Signs out whoever did nothing for the idle time, or signed in before the longest time of a session.

    A session that does not say when it began has ended. What somebody sends when theirs has is kept for them (`kept_forms`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page goes on as for somebody who is not signed in: the sign-in page leads back to it."""
        if request.user.is_authenticated:
            now = time.time()
            if is_over(request.session, now):
                sign_out(request, now)
            elif now - request.session[SEEN] > SECONDS_BETWEEN_MARKS:
                request.session[SEEN] = now
            is_looking = request.method == "GET" and request.user.is_authenticated
            request.has_kept_forms = bool(is_looking and forms_left(request.session, now))
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST and request.user.is_authenticated:
            forget_form(request.session, request.POST.get(ENTRY, ""))
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], args, kwargs):
        """Keep what was sent too late. It comes after the token against forged posts was looked at."""
        if request.method != "POST" or not is_for_members(view):
            return None
        is_parting = PARTING in request.headers
        if request.user.is_authenticated:
            return HttpResponse(status=HTTPStatus.CONFLICT) if is_parting else None
        is_kept = keep_form(request, time.time())
        if is_parting:
            return HttpResponse(status=HTTPStatus.NO_CONTENT if is_kept else HTTPStatus.GONE)
        if is_kept:
            return redirect("kept-forms")
        return None if getattr(view, "is_asked_by_script", False) else lead_to_sign_in(request)


def sign_out(request: HttpRequest, now: float) -> None:
    """End a session that was left alone. That it was theirs stays known for a while, so that what is sent late is theirs too."""
    user: Any = request.user
    forms = forms_left(request.session, now)
    logout(request)
    mark_left(request.session, user, forms, now)


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
