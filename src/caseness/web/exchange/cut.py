"""What an export gives: its months, and whether what people wrote in words goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from caseness.web.caseload.models import Contact, Referral, Score
from caseness.web.exchange.arriving import months_imported
from caseness.web.exchange.months import month_named, months_between
from caseness.web.services.models import Service


@dataclass(frozen=True)
class Cut:
    """The months of an export. Those up to `imported` came by import, and are given back as they were sent."""

    service: Service
    months: tuple[str, ...]
    imported: str
    with_words: bool
    now: datetime

    def after_import(self) -> tuple[str, ...]:
        """The months that are made from what the application holds."""
        return tuple(month for month in self.months if month > self.imported)


def cut_for(service: Service, now: datetime, with_words: bool) -> Cut:
    """From the first month of which anything is known, to the last that was imported or in which anything happened since."""
    imported = sorted(months_imported(service))
    happened = [month_named(day) for day in _days(service, now)]
    known = [*imported, *happened]
    months = months_between(min(known), max(known)) if known else ()
    return Cut(service, months, imported[-1] if imported else "", with_words, now)


# The first and last days on which something happened. What is booked has not happened.
def _days(service: Service, now: datetime):
    today = now.date()
    of = {"referral__service": service}
    rows = (
        (Referral.objects.filter(service=service, received__lte=today), "received"),
        (Referral.objects.filter(service=service, ended__lte=today), "ended"),
        (Contact.objects.filter(day__lte=today, **of).exclude(attendance=""), "day"),
        (Score.objects.filter(day__lte=today, **of), "day"),
    )
    for found, name in rows:
        for place in (name, f"-{name}"):
            day = found.order_by(place).values_list(name, flat=True).first()
            if day:
                yield day
