"""Events of signing in and out. Each service to which somebody belongs is told, so that its administrator sees it."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from caseness.web.accounts.middleware import BEGAN, SEEN


@receiver(user_logged_in)
def begin_session(request: Any, **_: Any) -> None:
    """From now on the session's age and idle time are counted."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


@receiver([authenticator_added, authenticator_removed, authenticator_reset], sender=Authenticator)
def keep_only_this_session(request: Any, user: Any, **_: Any) -> None:
    """A second factor changed: this session goes on under a new key, and all others of the person have ended."""
    user.forget_authenticators()
    update_session_auth_hash(request, user)
