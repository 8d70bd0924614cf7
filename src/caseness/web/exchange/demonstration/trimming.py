"""The record ends with its month, and the demonstration with today: what lies ahead is booked, or has not happened."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from caseness.web.caseload.models import (
    Activity,
    Circumstance,
    Client,
    Contact,
    Goal,
    GoalRating,
    Referral,
    Score,
)
from caseness.web.services.models import Service

_DAYS_WITHOUT = (17, 24, 33, 45)
_ONE_IN = 8
NOT_ATTENDED, ATTENDED = "3", ("5", "6")


def end_today(service: Service, today: date) -> None:
    """Take out what would be known only later. Appointments of the days ahead stay, as booked."""
    later = Contact.objects.filter(referral__service=service, day__gt=today)
    _forget(later)
    later.update(attendance="", minutes=None, psychotropic_medication="")
    Score.objects.filter(referral__service=service, day__gt=today).delete()
    GoalRating.objects.filter(goal__referral__service=service, day__gt=today).delete()
    Goal.objects.filter(referral__service=service, day__gt=today).delete()
    Circumstance.objects.filter(referral__service=service, day__gt=today).delete()
    referrals = Referral.objects.filter(service=service)
    referrals.filter(received__gt=today).delete()
    referrals.filter(ended__gt=today).update(ended=None, end_code="")
    Client.objects.filter(service=service, referrals=None).delete()


def miss_some(service: Service, today: date, rng: Random) -> None:
    """Let some people who are in treatment miss their last appointments, so that they were not seen for 15 or 30 days."""
    chosen = [one.pk for one in Referral.objects.filter(service=service, ended=None).order_by("pk")]
    chosen = [pk for pk in chosen if rng.randrange(_ONE_IN) == 0]
    for pk in chosen:
        since = today - timedelta(days=rng.choice(_DAYS_WITHOUT))
        missed = Contact.objects.filter(referral=pk, day__gt=since, day__lte=today, attendance__in=ATTENDED)
        _forget(missed)
        missed.update(attendance=NOT_ATTENDED)


# What was done in a contact, and what was answered, is not there where nobody came.
def _forget(contacts) -> None:
    keys = list(contacts.values_list("pk", flat=True))
    for start in range(0, len(keys), 1000):
        piece = keys[start : start + 1000]
        Score.objects.filter(contact__in=piece).delete()
        Activity.objects.filter(contact__in=piece).delete()
