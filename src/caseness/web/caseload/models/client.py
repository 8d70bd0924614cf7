"""A client, and rows of the record that the application keeps as they came."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from caseness.web.services.models import Service


class Client(models.Model):
    """A person who was referred: table IDS001MPI, and the name, which the record does not hold."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="clients")
    # `LocalPatientId`.
    local_patient_id = models.CharField(max_length=20)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    # `NHSNumber`. Blank in a record that was pseudonymised.
    nhs_number = models.CharField(max_length=10, blank=True)
    gender = models.CharField(max_length=2, blank=True)
    ethnic_category = models.CharField(max_length=3, blank=True)
    preferred_language = models.CharField(max_length=5, blank=True)
    # The other columns of IDS001MPI, by their names, as they came.
    other_columns = models.JSONField(default=dict, blank=True)
    # While it is set, nothing of the record is erased, whatever its age. It holds the reason.
    legal_hold = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("service", "local_patient_id"), name="one_client_of_an_identifier"),
        )
        ordering = ("family_name", "given_name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How the client is called on a page: the identifier where no name is held."""
        return name_of(self.given_name, self.family_name, self.local_patient_id)


def name_of(given_name: str, family_name: str, local_patient_id: str) -> str:
    """How a client is called, for a page of many that fetches no whole client.

    >>> name_of("Ayesha", "Khan", "P1"), name_of("", "", "P1")
    ('Ayesha Khan', 'Client P1')
    """
    return f"{given_name} {family_name}".strip() or f"Client {local_patient_id}"


class ClientChange(models.Model):
    """Details of a client that were changed: what was recorded before, and since, why, and by whom. Rows are never changed."""

    # That of the form, so that one that is sent twice changes once.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="changes")
    # Field -> what was recorded, as text.
    before = models.JSONField()
    since = models.JSONField()
    why = models.CharField(max_length=200)
    changed = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-changed", "-id")

    def __str__(self) -> str:
        return f"Change of {', '.join(self.before)}"


class KeptRow(models.Model):
    """A row of a table that no page of the application changes, kept so that an export gives it back whole.

    `months` are the reporting months in which it was sent.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="kept_rows")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, blank=True, related_name="kept_rows")
    table = models.CharField(max_length=32)
    columns = models.JSONField()
    months = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("service", "table")),)

    def __str__(self) -> str:
        return self.table
