"""Events of signing in and out. Each service to which somebody belongs is told, so that its administrator sees it."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from caseness.web.accounts.adapter import locked_out
from caseness.web.accounts.kept_forms import give_back
from caseness.web.accounts.middleware import BEGAN, SEEN
from caseness.web.accounts.models import User, find_user
from caseness.web.accounts.unsent import tell_unsent
from caseness.web.events.models import Kind, record_event
from caseness.web.services.reader import memberships_on

# What failed is told after the page and its transaction, so that it stays told whatever the page does.
AFTERWARDS = "told_afterwards"


def tell_of(user: User | None, kind: Kind, what: str, **details: Any) -> None:
    """An event for each service to which somebody belongs today, or for none where nobody is known."""
    held = memberships_on(user, timezone.localdate()) if user else []
    for service in {each.service.key for each in held} or {None}:
        record_event(kind, what, service=service, by=user.key if user else None, **details)


def tell_afterwards(request: Any, user: User | None, kind: Kind, what: str) -> None:
    """The same, once the page is made."""
    vars(request).setdefault(AFTERWARDS, []).append((user, kind, what))


def tell_what_waits(request: Any) -> None:
    """Write what was to be told afterwards."""
    for user, kind, what in vars(request).pop(AFTERWARDS, []):
        tell_of(user, kind, what)


@receiver(user_logged_in)
def begin_session(request: Any, user: User, **_: Any) -> None:
    """From now on the session's age and idle time are counted. What was kept for this person is theirs again."""
    request.session[BEGAN] = request.session[SEEN] = now = time.time()
    give_back(request.session, user, now)
    tell_unsent(request, user)
    tell_of(user, Kind.SIGNED_IN, "session")


@receiver(user_logged_out)
def tell_signed_out(user: User | None, **_: Any) -> None:
    """By a button, or by the end of a session."""
    if user:
        tell_of(user, Kind.SIGNED_OUT, "session")


@receiver(user_login_failed)
def tell_failed(credentials: dict[str, str], request: Any = None, **_: Any) -> None:
    """A password that was not right. What was typed is not kept: it may be a password in the wrong field."""
    tell_afterwards(request, find_user(credentials.get("email", "")), Kind.SIGN_IN_FAILED, "password")


@receiver(authentication_failed)
def tell_code_failed(request: Any, user: User, **_: Any) -> None:
    """A code that was not right, or was used."""
    tell_afterwards(request, user, Kind.SIGN_IN_FAILED, "second factor")


@receiver(locked_out)
def tell_locked_out(request: Any, email: str, **_: Any) -> None:
    """Too many failed for one address or one account."""
    stage = getattr(request, "_login_stage", None)
    user = find_user(email) or (stage.login.user if stage else None)
    tell_afterwards(request, user, Kind.LOCKED_OUT, "password" if email else "second factor")


@receiver([password_changed, password_set, password_reset])
def tell_password_changed(user: User, **_: Any) -> None:
    """By its holder, or by a link that was mailed."""
    tell_of(user, Kind.PASSWORD_CHANGED, "user")


@receiver(post_save, sender=Authenticator)
def tell_factor_added(instance: Authenticator, created: bool, **_: Any) -> None:
    """In the transaction that adds it."""
    if created:
        tell_of(instance.user, Kind.SECOND_FACTOR_CHANGED, "added", type=instance.type)


@receiver(post_delete, sender=Authenticator)
def tell_factor_removed(instance: Authenticator, **_: Any) -> None:
    """In the transaction that removes it."""
    tell_of(instance.user, Kind.SECOND_FACTOR_CHANGED, "removed", type=instance.type)


@receiver([authenticator_added, authenticator_removed, authenticator_reset], sender=Authenticator)
def keep_only_this_session(request: Any, user: User, **_: Any) -> None:
    """A second factor changed: this session goes on under a new key, and all others of the person have ended."""
    user.forget_authenticators()
    update_session_auth_hash(request, user)
