"""A referral, and what the client came with."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseness.web.caseload.models.client import Client
from caseness.web.services.models import Membership, Service, Team


class Referral(models.Model):
    """Table IDS101Referral, and who has it: a team, and a therapist of the team."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The client's. It stands here too, so that a caseload is one lookup.
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="referrals")
    # `ServiceRequestId`.
    service_request_id = models.CharField(max_length=20)
    commissioner = models.CharField(max_length=6, blank=True)
    received = models.DateField()
    source_of_referral = models.CharField(max_length=3, blank=True)
    # `OnsetDate`, a month such as 2024-04.
    onset_month = models.CharField(max_length=7, blank=True)
    was_diagnosed_before = models.CharField(max_length=2, blank=True)
    end_code = models.CharField(max_length=3, blank=True)
    ended = models.DateField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    therapist = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("service", "service_request_id"), name="one_referral_of_an_identifier"),
        )
        indexes = (
            models.Index(fields=("therapist",), condition=Q(ended__isnull=True), name="open_of_a_therapist"),
            models.Index(fields=("service", "received")),
        )
        ordering = ("-received", "-id")

    def __str__(self) -> str:
        return f"Referral received on {self.received:%-d %B %Y}"

    def is_open_on(self, day: date) -> bool:
        """It had been received by that day, and not ended before it."""
        return self.received <= day and (self.ended is None or self.ended > day)


class Problem(models.Model):
    """Table IDS603PresentingComplaints: what the client came with, the problem descriptor."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="problems")
    scheme = models.CharField(max_length=2)
    code = models.CharField(max_length=18)
    significance = models.CharField(max_length=2, blank=True)
    recorded = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class Reopening(models.Model):
    """An end that was taken back: what it was, why, and by whom. The referral goes on as if it had not ended.

    Rows are never changed. A referral may end and be opened again more than once.
    """

    # That of the form, so that one that is sent twice opens once.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="reopenings")
    # The end as it was recorded.
    ended = models.DateField()
    end_code = models.CharField(max_length=3, blank=True)
    why = models.CharField(max_length=200)
    reopened = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-reopened", "-id")

    def __str__(self) -> str:
        return f"The end of {self.ended:%-d %B %Y} was taken back"
