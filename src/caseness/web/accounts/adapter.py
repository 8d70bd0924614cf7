"""What allauth asks of us."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.dispatch import Signal
from django.http import HttpRequest

from caseness.web.accounts.factor_secrets import seal, unseal
from caseness.web.accounts.mail import identify
from caseness.web.accounts.middleware import BEGAN

# Sent with `request` and `email`, which is empty where a code was tried and not a password.
locked_out = Signal()

_OF_RECOVERY = frozenset({"mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"})


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator invites."""

    error_messages = {  # noqa: RUF012 - as allauth declares it
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account was ended. Ask the administrator of your service.",
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_code": "The code is not right. If it was used already, wait for the next.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "This is not your password until now.",
        "too_many_login_attempts": "Too many sign-ins failed. Wait a quarter of an hour, or ask for a new password.",
        "rate_limited": "Too much was asked in a short time. Wait a quarter of an hour.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """A mail with an identifier of ours."""
        return identify(super().render_mail(*args, **kwargs))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; remember for whom, should it be one too many."""
        self.email = credentials.get("email", "")
        super().pre_authenticate(request, **credentials)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The words of a refusal, and an event of a lockout, by password or by code."""
        if code == "too_many_login_attempts":
            locked_out.send(type(self), request=context.request, email=getattr(self, "email", ""))
        return super().validation_error(code, *args)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Whoever signed in within five minutes has just shown who they are, but for what signs in somebody else for good.

        Recovery codes outlive a session that was left open. They are shown unasked once only: when they were just made.
        """
        request: Any = context.request
        if (
            request.resolver_match
            and request.resolver_match.url_name in _OF_RECOVERY
            and not _has_unseen_codes(request)
        ):
            return True
        return time.time() - request.session.get(BEGAN, 0) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _has_unseen_codes(request: HttpRequest) -> bool:
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    return found is not None and not RecoveryCodes(found).did_view


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys."""

    error_messages = {  # noqa: RUF012 - as allauth declares it
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": "Set up a second factor first.",
    }

    def encrypt(self, text: str) -> str:
        """A secret as it lies in the database."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name
        """The first and further passkeys of a person."""
        number = 1 + sum(kind == type for kind, _ in user.authenticators)
        return "My passkey" if number == 1 else f"My passkey {number}"
