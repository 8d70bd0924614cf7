"""Who works in the demonstration: those whom anybody may sign in as, and the record's other therapists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.crypto import get_random_string

from caseness.web.accounts.demonstration import give_second_factor
from caseness.web.accounts.models import User
from caseness.web.exchange.demonstration.words import made_up_name, words
from caseness.web.services.models import Membership, Service, Team
from caseness.web.services.roles import Role

# Printed where the demonstration is started. It guards nothing: nobody in it is real.
PASSWORD = "made up people only"
_SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class SignIn:
    """Somebody whom anybody may sign in as."""

    email: str
    name: str
    role: str
    team: str = ""


def sign_ins() -> tuple[SignIn, ...]:
    """Those of every demonstration."""
    return tuple(SignIn(**each) for each in words()["staff"])


def make_staff(service: Service, therapists: Iterable[tuple[str, str]]) -> str:
    """Teams, the people whom one may sign in as, and everybody else who gives therapy in the record.

    Parameters
    ----------
    service : where they work
    therapists : of each care professional of the record, the identifier and the team

    Returns
    -------
    str
        The secret of the second factor, the same for all of them.
    """
    teams = {one["code"]: Team.objects.create(service=service, **one) for one in words()["team"]}
    # One hash for all: it is slow by design.
    hashed, secret = make_password(PASSWORD), ""
    # The others can be given clients, which asks for a password. Nobody knows it.
    unknown = make_password(get_random_string(32))
    waiting = sorted(therapists)
    for one in sign_ins():
        person = _first_of(waiting, one.team) if one.role == Role.THERAPIST else ""
        user = _member(service, one, teams.get(one.team), hashed, person)
        secret = give_second_factor(user)
    for number, (person, code) in enumerate(waiting):
        family = made_up_name(number)
        other = SignIn(f"therapist.{number + 3}@example.org", f"Therapist {family}", Role.THERAPIST)
        _member(service, other, teams.get(code), unknown, person)
    return secret


def _first_of(waiting: list[tuple[str, str]], team: str) -> str:
    found = next((each for each in waiting if each[1] == team), waiting[0])
    waiting.remove(found)
    return found[0]


def _member(service: Service, one: SignIn, team: Team | None, hashed: str, person: str) -> User:
    user = User.objects.create(email=one.email, name=one.name, password=hashed)
    Membership.objects.create(
        user=user, service=service, team=team, role=one.role, started=_SINCE, care_person_id=person
    )
    return user
