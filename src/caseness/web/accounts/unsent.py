"""A button that was pressed after its session had ended. Nothing was changed; whoever signs in again is told so, where the button stood."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from caseness.web.accounts.kept_forms import LEFT
from caseness.web.accounts.models import User

# Where a session holds that something was sent too late, with the key of whoever was signed in; blank where that is not known.
UNSENT = "unsent"
SIGN_IN = "You were signed out before this was sent. Nothing was changed. Sign in, and you come back to the page."
TOLD = "You had been signed out when you pressed a button. Nothing was changed: press it again if it is still right."
_OURS = "caseness.web"


def is_for_members(view: Any) -> bool:
    """A view of ours that asks who reads. Those of allauth see to it themselves."""
    return view.__module__.startswith(_OURS) and not getattr(view, "is_for_anyone", False)


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which leads on to where the button stood, and not to an address that only takes what is sent."""
    request.session[UNSENT] = request.session.get(LEFT, {}).get("user", "")
    messages.warning(request, SIGN_IN)
    return redirect_to_login(page_of_form(request))


def page_of_form(request: HttpRequest) -> str:
    """The page on which the form was, as the browser says; else its own address, where that is a page too; else the start page."""
    said = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(said if own else "")
    before = f"{parts.path}?{parts.query}" if parts.query else parts.path
    found = next(filter(is_page, (before, request.get_full_path())), None)
    return found or resolve_url(settings.LOGIN_REDIRECT_URL)


def is_page(address: str) -> bool:
    """It can be looked at by somebody who is signed in."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    return is_for_members(view) and not getattr(view, "is_only_sent", False)


def tell_unsent(request: HttpRequest, user: User) -> None:
    """Say on the next page that nothing was changed, to the person who pressed the button."""
    whose = request.session.pop(UNSENT, None)
    if whose in ("", str(user.key)):
        # Who is signed in by a program, and not by a page, is told nothing.
        messages.warning(request, TOLD, fail_silently=True)
