"""An event, and the functions that write one or many."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

_AT_ONCE = 1000


class Kind(models.TextChoices):
    """What happened. The words are those that an administrator reads."""

    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
    SIGNED_OUT = "signed_out", "Signed out"
    LOCKED_OUT = "locked_out", "Locked out after failed sign-ins"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    SECOND_FACTOR_CHANGED = "second_factor_changed", "Second factor changed"
    REFUSED = "refused", "Asked for a page or record that is not theirs"
    READ = "read", "Read"
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    CORRECTED = "corrected", "Corrected"
    REMOVED = "removed", "Removed"
    IMPORTED = "imported", "Imported"
    EXPORTED = "exported", "Exported"
    SIGNAL_RAISED = "signal_raised", "Signal raised"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ESCALATED = "escalated", "Escalated"
    SENT = "sent", "Sent"


class Event(models.Model):
    """Something that happened, by keys that say nothing of a person to whoever holds only this table.

    A rule of the database (migration 0002) refuses to change or remove a row. There is no link to another table,
    so that what happened stays told when a client's record is erased after its retention.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    # The keys of the service, of who did it, and of whose record it is. Null: nobody was signed in, or no client's.
    service = models.UUIDField(null=True, db_index=True)
    by = models.UUIDField(null=True, db_index=True)
    client = models.UUIDField(null=True, db_index=True)
    # What was read or changed: the name of a model or page, and its key.
    what = models.CharField(max_length=64)
    key = models.UUIDField(null=True)
    # Names of fields that changed, counts, or the keys of the clients whom a page of many shows. Never a value of a record.
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("service", "-at")),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"


def say_keys(keys: Iterable[uuid.UUID]) -> list[str]:
    """Keys of clients as `details` holds them, each once, in the order in which they are shown."""
    return list(dict.fromkeys(map(str, keys)))


def record_event(
    kind: Kind,
    what: str,
    *,
    service: uuid.UUID | None,
    by: uuid.UUID | None,
    client: uuid.UUID | None = None,
    key: uuid.UUID | None = None,
    at: datetime | None = None,
    **details: Any,
) -> Event:
    """Write one event in the transaction that is open: if it cannot be written, what it tells of did not happen."""
    return Event.objects.create(
        kind=kind, what=what, service=service, by=by, client=client, key=key, details=details, at=at or timezone.now()
    )


def record_events(
    what: str,
    told: Iterable[tuple[Kind, uuid.UUID, dict[str, Any]]],
    *,
    service: uuid.UUID,
    by: uuid.UUID | None,
    at: datetime,
) -> None:
    """Write an event for each of many clients at once: what happened, the key of the client, and details."""
    made = (
        Event(kind=kind, what=what, service=service, by=by, client=client, details=details, at=at)
        for kind, client, details in told
    )
    Event.objects.bulk_create(made, batch_size=_AT_ONCE)
