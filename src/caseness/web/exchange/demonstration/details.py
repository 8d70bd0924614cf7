"""What no record holds: names, notes, medication, goals, and the appointments of the days ahead. All of it made up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from caseness.web.accounts.models import User
from caseness.web.caseload.models import Client, Contact, Goal, GoalRating, Medication, Note, Referral
from caseness.web.exchange.demonstration.trimming import ATTENDED
from caseness.web.exchange.demonstration.words import drawn, made_up_name
from caseness.web.services.models import Service

_HOURS = (9, 10, 11, 13, 14, 15, 16)
_TREATMENT, _FACE_TO_FACE, _VIDEO = "03", "01", "03"


def name_clients(service: Service) -> None:
    """Names that nobody takes for a person's, and no NHS number."""
    clients = list(Client.objects.filter(service=service).order_by("pk"))
    for number, client in enumerate(clients):
        client.given_name, client.family_name, client.nhs_number = "Made-up", made_up_name(number), ""
    Client.objects.bulk_update(clients, ["given_name", "family_name", "nhs_number"], batch_size=500)


def add_details(service: Service, today: date, now: datetime, rng: Random) -> None:
    """Notes, medication, goals and next appointments of those who are in treatment."""
    opened = Referral.objects.filter(service=service, ended=None, therapist__isnull=False)
    for referral in opened.select_related("therapist__user").order_by("pk"):
        assert referral.therapist is not None, "Unhandled referral"
        by = referral.therapist.user
        _add_notes(referral, by, today, rng)
        if rng.random() < 0.4:
            _add_medicine(referral, by, today, rng)
        if rng.random() < 0.5 and not referral.goals.exists():
            _add_goal(referral, by, today, rng)
        if rng.random() < 0.75:
            _book(referral, today, rng)


def _add_notes(referral: Referral, by: User, today: date, rng: Random) -> None:
    seen = referral.contacts.filter(attendance__in=ATTENDED, day__lte=today).order_by("-day")[:3]
    Note.objects.bulk_create(Note(referral=referral, day=one.day, by=by, text=drawn(rng, "notes")) for one in seen)


def _add_medicine(referral: Referral, by: User, today: date, rng: Random) -> None:
    day = max(referral.received, today - timedelta(days=rng.randrange(10, 90)))
    name = drawn(rng, "medicines")
    Medication.objects.create(referral=referral, day=day, by=by, name=name, dose="50 mg a day")


def _add_goal(referral: Referral, by: User, today: date, rng: Random) -> None:
    day = max(referral.received, today - timedelta(days=42))
    goal = Goal.objects.create(referral=referral, day=day, by=by, goal_id="G1", wording=drawn(rng, "goals"))
    days = [day, min(today, day + timedelta(days=14)), today]
    ratings = sorted(rng.randrange(0, 8) for _ in days)
    for when, rating in dict(zip(days, ratings, strict=True)).items():
        GoalRating.objects.create(goal=goal, day=when, by=by, rating=rating)


def _book(referral: Referral, today: date, rng: Random) -> None:
    if referral.contacts.filter(day__gt=today).exists():
        return
    day = today + timedelta(days=rng.randrange(1, 12))
    day += timedelta(days=7 - day.weekday()) if day.weekday() > 4 else timedelta()
    Contact.objects.create(
        referral=referral, care_contact_id=f"DEMO-{referral.pk}", day=day, time=time(rng.choice(_HOURS)),
        appointment_type=_TREATMENT, medium=rng.choice((_FACE_TO_FACE, _VIDEO)), therapist=referral.therapist, planned="Y",
    )  # fmt: skip


def see_today(service: Service, today: date, rng: Random) -> None:
    """Appointments of today, so that a morning has something to do."""
    opened = Referral.objects.filter(service=service, ended=None, therapist__isnull=False).order_by("pk")
    by_therapist: dict[int, int] = {}
    for referral in opened:
        taken = by_therapist.get(referral.therapist_id, 0)
        if taken < 5 and rng.random() < 0.3 and not referral.contacts.filter(day=today).exists():
            by_therapist[referral.therapist_id] = taken + 1
            Contact.objects.create(
                referral=referral, care_contact_id=f"DEMO-T{referral.pk}", day=today, time=time(_HOURS[taken]),
                appointment_type=_TREATMENT, medium=_FACE_TO_FACE, therapist=referral.therapist, planned="Y",
            )  # fmt: skip
