"""A service, its teams, and who belongs to it from when to when."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import F, Q

from caseness.web.services.roles import Role


class Service(models.Model):
    """One provider. All that the application holds belongs to exactly one."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    # Of the NHS Organisation Data Service; it stands in the header of a submission.
    provider_code = models.CharField(max_length=6)
    # Nobody in it is real. Every page and file says so.
    is_made_up = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of a service."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("service", "code"), name="one_team_of_a_code"),)
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


def holding_on(day: date) -> Q:
    """Of memberships: had begun by that day, and had not ended by it. `Membership.holds_on` says the same of one."""
    return Q(started__lte=day) & (Q(ended__isnull=True) | Q(ended__gt=day))


# Whoever was invited has a password that nobody knows, until they set one.
HAS_ACCESS = Q(user__is_active=True) & ~Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)


class Membership(models.Model):
    """Somebody's role in a service, and in one of its teams where the role is of a team, from a day to a day."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices())
    # `CarePersLocalId` of the record. Empty: this person gives no therapy.
    care_person_id = models.CharField(max_length=20, blank=True)
    started = models.DateField()
    # The first day on which it holds no more, so that one can end at once. Null: nobody has ended it.
    ended = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("started")), name="a_membership_ends_after_it_starts"
            ),
        )
        ordering = ("started", "id")

    def __str__(self) -> str:
        return f"{self.user}, {self.role}"

    def holds_on(self, day: date) -> bool:
        """It had begun by that day, and had not ended by it."""
        return self.started <= day and (self.ended is None or self.ended > day)

    @property
    def last(self) -> date | None:
        """The last day on which it holds, if there is one."""
        return self.ended - timedelta(days=1) if self.ended else None
