"""A record on its way in or out."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from caseness.web.services.models import Service


class Way(models.TextChoices):
    """Into the service, or out of it."""

    IN = "in", "Import"
    OUT = "out", "Export"


class State(models.TextChoices):
    """How far it has come. Each step begins where the one before ended, so that one that was cut off is done again."""

    ARRIVED = "arrived", "Waits to be read"
    CHECKED = "checked", "Checked: waits for your decision"
    CONFIRMED = "confirmed", "Waits to be written"
    DONE = "done", "Done"
    FAILED = "failed", "Did not work"
    DISCARDED = "discarded", "Discarded"


class Transfer(models.Model):
    """An import or export that somebody asked for. Its files lie in a folder of their own, for a day at most."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="transfers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    state = models.CharField(max_length=16, choices=State.choices, db_index=True)
    # `submission` or `practice`, as `caseness check --profile` has it.
    profile = models.CharField(max_length=16, blank=True)
    # Of the file, as it was sent. It may name nobody, but who knows: it is shown to whoever sent it, and to no log.
    name = models.CharField(max_length=200, blank=True)
    # Of an export: goals, circumstances and notes of endings go with it.
    with_words = models.BooleanField(default=False)
    asked = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    # Findings and counts, never a value of a row.
    told = models.JSONField(default=dict)
    # Why it did not work, as it is told.
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-asked", "-id")
        indexes = (models.Index(fields=("service", "-asked")),)

    def __str__(self) -> str:
        return f"{self.get_way_display()} of {self.asked:%-d %B %Y}"

    @property
    def folder(self) -> Path:
        """Where its files lie: a random name below the folder of the application."""
        return settings.ENVIRONMENT.folder / "exchange" / self.key.hex
