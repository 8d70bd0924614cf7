"""A made-up service of any size, put into the database in bulk: for measuring speed, and for nothing else.

Its scores are drawn, and mean nothing. What the application itself would do when a score is saved is not done.
"""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db import connection

from caseness.instruments import instrument
from caseness.web.accounts.demonstration import give_second_factor
from caseness.web.accounts.models import User
from caseness.web.caseload.models import Activity, Client, Contact, Referral, Score
from caseness.web.services.models import Membership, Service, Team
from caseness.web.services.roles import Role

CASELOAD = 60
# Two questionnaires a session.
QUESTIONNAIRES = ("phq9", "gad7")
_BATCH = 5_000


def fill(referrals: int, scores: int, today: date, now: datetime, seed: int = 1) -> list[User]:
    """Make the service, and give its therapists: one for each 60 open referrals, a third of the referrals being open."""
    draw = random.Random(seed)
    service = Service.objects.create(name="Speed", provider_code="ZZ999", is_made_up=True)
    open_ones = referrals // 3
    members = _staff(service, max(1, open_ones // CASELOAD))
    made = _referrals(service, members, referrals, open_ones, today, draw)
    sessions = max(1, scores // (referrals * len(QUESTIONNAIRES)))
    for start in range(0, len(made), 1_000):
        _courses(made[start : start + 1_000], sessions, draw)
    _learn_sizes()
    return [member.user for member in members]


# Nobody signs in by a password here, so that none is made slowly.
def _staff(service: Service, therapists: int) -> list[Membership]:
    password = make_password(None)
    people = User.objects.bulk_create(
        User(email=f"therapist{number}@example.org", name=f"Therapist {number}", password=password)
        for number in range(therapists)
    )
    for one in people:
        give_second_factor(one)
    teams = Team.objects.bulk_create(
        Team(service=service, code=f"T{n}", name=f"Team {n}") for n in range(1 + therapists // 10)
    )
    return Membership.objects.bulk_create(
        Membership(user=one, service=service, team=teams[number // 10], role=Role.THERAPIST, started=date(2020, 1, 1),
                   care_person_id=f"CP{number}")
        for number, one in enumerate(people)
    )  # fmt: skip


def _referrals(
    service: Service, members: list[Membership], count: int, open_ones: int, today: date, draw: random.Random
) -> list[Referral]:
    clients = Client.objects.bulk_create(
        (
            Client(service=service, local_patient_id=f"P{number}", given_name=f"Given{number}", family_name=f"Family{number}",
                   birth_date=date(1980, 1, 1))
            for number in range(count)
        ), batch_size=_BATCH,
    )  # fmt: skip
    return Referral.objects.bulk_create(
        (
            _referral(service, client, members[number % len(members)], number, number < open_ones, today, draw)
            for number, client in enumerate(clients)
        ),
        batch_size=_BATCH,
    )


def _referral(
    service: Service, client: Client, member: Membership, number: int, is_open: bool, today: date, draw: random.Random
) -> Referral:
    weeks = draw.randrange(8, 20) if is_open else draw.randrange(40, 200)
    received = today - timedelta(weeks=weeks)
    return Referral(
        service=service, client=client, service_request_id=f"R{number}", received=received, therapist=member, team=member.team,
        ended=None if is_open else received + timedelta(weeks=30),
    )  # fmt: skip


def _courses(referrals: list[Referral], sessions: int, draw: random.Random) -> None:
    contacts = Contact.objects.bulk_create(
        (
            Contact(referral=one, care_contact_id=f"C{number}", day=one.received + timedelta(weeks=number + 1),
                    attendance="5", appointment_type="03", therapist=one.therapist, minutes=50)
            for one in referrals for number in range(sessions)
            if one.ended or number + 1 < 8
        ), batch_size=_BATCH,
    )  # fmt: skip
    Activity.objects.bulk_create(
        (Activity(contact=one, care_activity_id="A", procedure="304891004") for one in contacts), batch_size=_BATCH
    )
    Score.objects.bulk_create(
        (_score(one, name, draw) for one in contacts for name in QUESTIONNAIRES), batch_size=_BATCH
    )


def _score(contact: Contact, name: str, draw: random.Random) -> Score:
    questionnaire = instrument(name)
    items = [draw.choice((0, 1, 1, 2, 2, 3)) for _ in questionnaire.items]
    # The item about risk says nothing, so that no alert waits.
    if name == "phq9":
        items[8] = 0
    return Score(
        referral_id=contact.referral_id, contact=contact, day=contact.day, instrument_id=name, tool_code=questionnaire.snomed,
        total=Decimal(sum(items)), items=items, entry=uuid.UUID(int=draw.getrandbits(128)),
    )  # fmt: skip


# A database that has just been filled does not know yet how large its tables are.
def _learn_sizes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
