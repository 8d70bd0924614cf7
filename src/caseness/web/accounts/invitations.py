"""The link by which somebody who was invited sets their first password: for a week, and once."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from caseness.web.accounts.models import User

_SALT = "caseness.invitation"
SECONDS_VALID = 7 * 24 * 60 * 60
# A password that nobody has set is drawn at random. Its end is in the link, so that a later invitation, or a password
# that was set, ends an earlier link.
_SEAL = 16


def make_invitation(user: User) -> str:
    """A link's last part. Whoever has a password already is not invited anew."""
    return signing.dumps({"user": str(user.key), "seal": user.password[-_SEAL:]}, salt=_SALT)


def read_invitation(token: str) -> User | None:
    """Who was invited by it; None where it was forged, used or replaced, is too old, or the account was ended."""
    try:
        told = signing.loads(token, salt=_SALT, max_age=SECONDS_VALID)
    except signing.BadSignature:
        return None
    user = User.objects.filter(key=UUID(told["user"]), is_active=True).first()
    is_open = user and not user.has_usable_password() and user.password.endswith(told["seal"])
    return user if is_open else None
