"""An appointment, and what was done in it."""

from __future__ import annotations

import uuid

from django.db import models

from caseness.web.caseload.models.referral import Referral
from caseness.web.caseload.models.strikeable import Strikeable
from caseness.web.services.models import Membership


class StandingContacts(models.Manager["Contact"]):
    """The appointments that were not struck out."""

    def get_queryset(self) -> models.QuerySet[Contact]:
        """Those alone: one that was struck out is in no list, no course and no count."""
        return super().get_queryset().filter(struck__isnull=True)


class Contact(Strikeable):
    """Table IDS201CareContact. While `attendance` is blank the appointment is booked, and nobody recorded what became of it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="contacts")
    # `CareContactId`.
    care_contact_id = models.CharField(max_length=20)
    day = models.DateField()
    time = models.TimeField(null=True, blank=True)
    # `AttendOrDNACode`, `AppType`, `ConsMechanism`, `PsychMed`: codes of the data set.
    attendance = models.CharField(max_length=2, blank=True)
    appointment_type = models.CharField(max_length=2, blank=True)
    medium = models.CharField(max_length=2, blank=True)
    # Whether the client took psychotropic medication, as of this appointment.
    psychotropic_medication = models.CharField(max_length=2, blank=True)
    planned = models.CharField(max_length=1, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    therapist = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")
    # The other columns of IDS201CareContact, by their names, as they came.
    other_columns = models.JSONField(default=dict, blank=True)

    # What is asked of a referral's `contacts` is asked of the first. Few may ask for those that were struck out too.
    objects = StandingContacts()
    every = models.Manager["Contact"]()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("referral", "care_contact_id"), name="one_contact_of_an_identifier"),
        )
        indexes = (models.Index(fields=("referral", "day")),)
        ordering = ("day", "time", "id")

    def __str__(self) -> str:
        return f"Contact on {self.day:%-d %B %Y}"


class Activity(models.Model):
    """Table IDS202CareActivity: what was done in a contact, such as a therapy, by whom."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="activities")
    # `CareActId`.
    care_activity_id = models.CharField(max_length=20)
    care_person_id = models.CharField(max_length=20, blank=True)
    # `CodeProcAndProcStatus`: the therapy, in SNOMED CT.
    procedure = models.CharField(max_length=56, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    other_columns = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("contact", "care_activity_id"), name="one_activity_of_an_identifier"),
        )

    def __str__(self) -> str:
        return self.care_activity_id
