"""Made-up services, staff and clients for the tests of the application."""

from datetime import date, time, timedelta
from decimal import Decimal
from itertools import count

from caseness.instruments import instrument
from caseness.web.accounts.demonstration import give_second_factor
from caseness.web.accounts.models import User
from caseness.web.caseload.models import Activity, Client, Contact, Referral, Score
from caseness.web.services.models import Membership, Service, Team
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

TODAY = date(2026, 3, 20)
PASSWORD = "eleven quiet herons wade"
_number = count(1)


def number_from(first):
    """For a program that adds to a database which another has filled: no identifier is made twice."""
    global _number
    _number = count(first)


def make_service(name="Northmoor", provider_code="ZZ901"):
    """A service with nobody in it."""
    return Service.objects.create(name=name, provider_code=provider_code, is_made_up=True)


def make_team(service, name="Team A"):
    """A team of a service."""
    return Team.objects.create(service=service, name=name, code=f"T{next(_number)}")


def make_member(service, role=Role.THERAPIST, team=None, name=None, password=None, started=date(2020, 1, 1), is_invited=False):  # fmt: skip
    """Somebody with a role. Without a password they have one that nobody can type, and are quick to make."""
    number = next(_number)
    user = User.objects.create_user(f"person{number}@example.org", name or f"Person {number}", password)
    if not password and not is_invited:
        user.password = "made up"
        user.save()
    give_second_factor(user)
    return Membership.objects.create(
        user=user, service=service, team=team, role=role, started=started, care_person_id=f"CP{number}"
    )


def reader_for(membership, today=TODAY):
    """The member as a reader."""
    return Reader(membership.user, membership, today)


def make_referral(service, therapist=None, team=None, received=TODAY - timedelta(days=60), ended=None, name=None):
    """A client with one referral."""
    number = next(_number)
    given, family = (name or f"Client Number{number}").split(" ", 1)
    client = Client.objects.create(
        service=service,
        local_patient_id=f"P{number}",
        given_name=given,
        family_name=family,
        birth_date=date(1990, 1, 1),
    )
    return Referral.objects.create(
        service=service, client=client, service_request_id=f"R{number}", received=received, ended=ended,
        therapist=therapist, team=team or (therapist.team if therapist else None),
    )  # fmt: skip


def make_contact(referral, day, attendance="5", appointment_type="03", procedure="304891004"):
    """An appointment, with the therapy of it."""
    number = next(_number)
    contact = Contact.objects.create(
        referral=referral, care_contact_id=f"C{number}", day=day, time=time(10), attendance=attendance,
        appointment_type=appointment_type, therapist=referral.therapist, minutes=50,
    )  # fmt: skip
    Activity.objects.create(contact=contact, care_activity_id=f"A{number}", procedure=procedure)
    return contact


def make_score(referral, day, total, instrument_id="phq9", contact=None, items=()):
    """A score as it lies in the database. What the application itself does when a score is saved is not done."""
    return Score.objects.create(
        referral=referral, contact=contact, day=day, instrument_id=instrument_id, total=Decimal(total), items=list(items),
        tool_code=instrument(instrument_id).snomed,
    )  # fmt: skip


def make_course(referral, totals, first=TODAY - timedelta(days=42), instrument_id="phq9"):
    """A treatment contact each week with a score at each."""
    for number, total in enumerate(totals):
        day = first + timedelta(weeks=number)
        make_score(referral, day, total, instrument_id, make_contact(referral, day))
    return referral
