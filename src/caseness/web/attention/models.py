"""A signal that was raised, the plan that followed, and risk that somebody has to answer."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from caseness.web.caseload.models import Referral, Score
from caseness.web.services.models import Membership, Service

USER = settings.AUTH_USER_MODEL


class RaisedSignal(models.Model):
    """A signal of `caseness.feedback`, kept as it was told when it was raised: once for each time it begins to hold."""

    NO_LONGER, NEVER_HELD, REFERRAL_ENDED = "no_longer", "never_held", "referral_ended"
    WHY_ENDED = (
        (NO_LONGER, "It holds no longer"),
        (NEVER_HELD, "A correction showed that it never held"),
        (REFERRAL_ENDED, "The referral ended"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=40)
    instrument_id = models.CharField(max_length=16)
    urgency = models.CharField(max_length=16)
    # The day on which it began to hold, by the course.
    since = models.DateField()
    raised = models.DateTimeField()
    # The score whose saving raised it. Null: time did, as for somebody not seen.
    score = models.ForeignKey(Score, on_delete=models.PROTECT, null=True, blank=True, related_name="signals")
    # What was told: title, why, what it rests on, its accuracy, what to consider.
    told = models.JSONField()
    # It no longer holds: a later score, contact or ending ended it, or a correction showed that it never held.
    ended = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=16, choices=WHY_ENDED, blank=True)
    acknowledged = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The risk alert with whose closing it was acknowledged. What was done stands there.
    answered_with = models.ForeignKey(
        "RiskAlert", on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_signals"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "kind", "instrument_id", "since"), name="a_signal_is_raised_once"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged__isnull=False, acknowledged_by__isnull=False),
                name="an_acknowledgement_has_a_name",
            ),
        )
        indexes = (models.Index(fields=("referral",), condition=Q(ended__isnull=True), name="signals_that_hold"),)

    def __str__(self) -> str:
        return self.kind


class Plan(models.Model):
    """What client and therapist agreed after a signal, over the five domains of clinical support, and when they look again."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    signal = models.ForeignKey(RaisedSignal, on_delete=models.CASCADE, related_name="plans")
    made = models.DateTimeField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    # Domain -> what was talked about and agreed. A domain that was not talked about is absent.
    domains = models.JSONField()
    was_made_with_client = models.BooleanField()
    review_on = models.DateField()
    # What happened next, so that the signal can be audited.
    reviewed = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_happened = models.CharField(max_length=24, blank=True)
    review_note = models.TextField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return f"Plan of {self.made:%-d %B %Y}"


class RiskAlert(models.Model):
    """A risk item that was answered above 0. It has an owner until somebody acknowledges it and says what was done."""

    NEW, INCREASED, UNCHANGED, DECREASED = "new", "increased", "unchanged", "decreased"
    CHANGES = (
        (NEW, "New: the answer before was 0, or there was none"),
        (INCREASED, "It has risen"),
        (UNCHANGED, "It is unchanged"),
        (DECREASED, "It has fallen, and is still above 0"),
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="risk_alerts")
    score = models.OneToOneField(Score, on_delete=models.PROTECT, related_name="risk_alert")
    # How the answer lies beside the one before it, and the answer.
    change = models.CharField(max_length=16, choices=CHANGES)
    answer = models.PositiveSmallIntegerField()
    fired = models.DateTimeField()
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="risk_alerts")
    escalate_at = models.DateTimeField()
    escalated = models.DateTimeField(null=True, blank=True)
    escalated_to = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_was_done = models.TextField(max_length=2000, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=("escalate_at",), condition=Q(acknowledged__isnull=True), name="alerts_that_wait"),
        )

    def __str__(self) -> str:
        return f"Risk item: {self.change}"


class AlertAccount(models.Model):
    """What else was done about a risk alert, by whoever had more to say once it was closed. The first account closed it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    alert = models.ForeignKey(RiskAlert, on_delete=models.CASCADE, related_name="accounts")
    written = models.DateTimeField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    what_was_done = models.TextField(max_length=2000)

    class Meta:
        ordering = ("written", "pk")

    def __str__(self) -> str:
        return f"Account of {self.written:%-d %B %Y}"


class Cover(models.Model):
    """Who answers for somebody who is away, from a day to a day."""

    away = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="covered")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="covers")
    first = models.DateField()
    last = models.DateField()

    def __str__(self) -> str:
        return f"Cover from {self.first:%-d %B} to {self.last:%-d %B %Y}"


class ServiceNorms(models.Model):
    """The file of norms that a service uses, as `caseness norms` wrote it: enabled there by a named safety officer."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="norms")
    file = models.JSONField()
    added = models.DateTimeField()
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return "Norms"


class Message(models.Model):
    """A mail that waits to be sent, or was. It names no client: it says that there is something to look at."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    # What makes it one of a kind, so that no worker writes it twice: a digest has its week, an alert its key.
    about = models.CharField(max_length=80, unique=True)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    written = models.DateTimeField()
    # A worker that sends it says so first. If it dies, another takes the mail over after a while.
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.subject


class SignalAudit(models.Model):
    """What became of the signals of a service, counted by the worker: figures that were let out for the service's own use."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="signal_audit")
    counted = models.DateTimeField()
    content = models.JSONField()

    def __str__(self) -> str:
        return f"Signals as of {self.counted:%-d %B %Y}"
