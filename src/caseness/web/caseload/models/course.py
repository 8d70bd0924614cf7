"""What else is recorded of a course: goals, circumstances, medication, notes."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from caseness.web.caseload.models.referral import Referral
from caseness.web.caseload.models.strikeable import Strikeable


class _Told(models.Model):
    """Something that somebody recorded of a referral on a day."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ("-day", "-id")


class Goal(_Told, Strikeable):
    """Table EXT03Goal: what the client wants, in the client's own words. `day` is that of the wording."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="goals")
    # `GoalId`.
    goal_id = models.CharField(max_length=20)
    wording = models.CharField(max_length=400)
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.wording


class GoalRating(_Told):
    """How far a goal was reached on a day, 0 to 10."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="ratings")
    rating = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.rating)


class Circumstance(_Told, Strikeable):
    """Table EXT05LifeCircumstances: what happens in the client's life, such as debt, a death, a new job."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="circumstances")
    kind = models.CharField(max_length=40)
    note = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return self.kind


class Medication(_Told, Strikeable):
    """A medicine that the client takes, as the client tells it. The record has only whether there is one."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="medication")
    name = models.CharField(max_length=120)
    dose = models.CharField(max_length=80, blank=True)
    stopped = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Note(_Told, Strikeable):
    """A note of the therapist. It is never exported with the record's tables."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=8000)
    written = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Note of {self.day:%-d %B %Y}"
