"""A score on a questionnaire, and the one that corrected it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseness.web.caseload.models.contact import Activity, Contact
from caseness.web.caseload.models.referral import Referral


class Score(models.Model):
    """One questionnaire, answered once: tables IDS607 (of an activity) and IDS606 (of a referral).

    Rows are never changed. A correction is a new row that names the one it replaces, and only the last is current.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="scores")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="scores")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="scores")
    day = models.DateField()
    time = models.TimeField(null=True, blank=True)
    # The `id` in `caseness.instruments`; empty for a tool that is kept and not read.
    instrument_id = models.CharField(max_length=16, blank=True)
    # `CodedAssToolType`, in SNOMED CT, as it came or as it is sent. A part of a questionnaire has a code of its own.
    tool_code = models.CharField(max_length=18)
    # Null: too many answers lack for one, and nobody entered one. What was answered stands in `items`.
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    # `PersScore` as it came. Empty: it was entered here, and is sent as `total`.
    as_sent = models.CharField(max_length=12, blank=True)
    # The answers in order, null where one is blank. Empty: only the total is known.
    items = models.JSONField(default=list, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    entered = models.DateTimeField(auto_now_add=True)
    # Drawn when a form is opened: the same form sent twice saves once.
    entry = models.UUIDField(default=uuid.uuid4, unique=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    why_corrected = models.CharField(max_length=200, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("referral", "instrument_id", "day"), condition=Q(is_current=True), name="scores_of_a_course"
            ),
        )
        ordering = ("day", "time", "id")

    def __str__(self) -> str:
        return f"{self.instrument_id or self.tool_code} on {self.day:%-d %B %Y}"
