"""What was entered by mistake is struck out and stays."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Strikeable(models.Model):
    """Something that may have been entered by mistake. Then it is struck out: it stays, with the reason, and counts no longer."""

    struck = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_struck = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
