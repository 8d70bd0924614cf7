"""A second factor that everybody may know, for people who do not exist."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.conf import settings

from caseness.errors import UnsafeSetting
from caseness.web.accounts.models import User

# Made up, in the alphabet of RFC 4648 (base 32). An authenticator app takes it as it stands.
SECRET = "CASENESSDEMONSTRATIONSECRET23456"
PERIOD = 30


def give_second_factor(user: User) -> str:
    """Set up an authenticator app with the secret of the demonstration, which is given back.

    Raises
    ------
    UnsafeSetting
        In production, where a secret that is printed in a manual guards nothing.
    """
    if settings.IS_PRODUCTION:
        raise UnsafeSetting("CASENESS_WEB_MODE", "is 'production'", "give demonstration sign-ins in a demonstration")
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(SECRET)}}
    )
    user.forget_authenticators()
    return SECRET


def code_now(at: float | None = None, steps: int = 0) -> str:
    """The six figures that an app would show at a moment, or some periods of 30 seconds later.

    >>> code_now(at=0)
    '949447'
    """
    moment = time.time() if at is None else at
    return format_hotp_value(hotp_value(SECRET, int(moment) // PERIOD + steps))
