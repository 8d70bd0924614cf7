"""A person who can sign in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property


class UserManager(BaseUserManager["User"]):
    """Makes people."""

    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """One person. Without a password nobody can sign in until one is set by a reset."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A member of staff. What they may see depends on their membership of a service, never on this row."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, as others see it."""
        return self.name

    @cached_property
    def authenticators(self) -> list[tuple[str, int]]:
        """The kind and number of each second factor and set of recovery codes, as they were first looked up."""
        return sorted(self.authenticator_set.values_list("type", "pk"))

    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey is set up. Recovery codes alone are none."""
        return any(kind != Authenticator.Type.RECOVERY_CODES for kind, _ in self.authenticators)

    def forget_authenticators(self) -> None:
        """Look them up anew when they are next asked for: one was added or removed."""
        self.__dict__.pop("authenticators", None)

    # Every session holds this. Once the password or a second factor changes it fits no more, and the session ends.
    def get_session_auth_hash(self) -> str:
        """What all sessions of this person must hold."""
        return salted_hmac("caseness.session", f"{super().get_session_auth_hash()} {self.authenticators}").hexdigest()


def find_user(email: str) -> User | None:
    """Whoever signs in with an address, if anybody does."""
    return User.objects.filter(email=email.lower()).first() if email else None
