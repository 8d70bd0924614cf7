"""The events that an administrator sees: those of the service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseness.web.events.models import Event
from caseness.web.services.reader import Reader


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. What is None is not asked about."""

    person: UUID | None = None
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    client: UUID | None = None

    def only(self, **given: object) -> Wanted:
        """The same with more asked about."""
        return replace(self, **{name: value for name, value in given.items() if value})


def events_of(reader: Reader, wanted: Wanted) -> QuerySet[Event]:
    """The events of the reader's service that answer to it, the newest first."""
    asked = {
        "by": wanted.person,
        "kind": wanted.kind,
        "at__gte": _midnight(wanted.first),
        "at__lt": _midnight(wanted.last, days=1),
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return Event.objects.filter(_of_client(wanted.client), service=reader.service.key, **given)


# A page of many is one event, which lists the keys of all clients whom it shows.
def _of_client(client: UUID | None) -> Q:
    return Q(client=client) | Q(client__isnull=True, details__clients__icontains=str(client)) if client else Q()


# A day at the end of the calendar has none after it, and none of its hours in another time zone.
_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(min(max(day, _FIRST), _LAST), time()) + timedelta(days=days))
