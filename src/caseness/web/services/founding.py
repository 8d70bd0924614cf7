"""Founding a service, with its first administrator. Everybody else is invited on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from caseness.errors import BadRequest
from caseness.web.accounts.models import User
from caseness.web.events.models import Event, Kind, record_event
from caseness.web.services.models import Membership, Service
from caseness.web.services.people_actions import find_or_add_person
from caseness.web.services.roles import Role

_CODE = re.compile(r"[A-Z0-9]{3,6}")
_LONGEST_NAME, _LONGEST_ADDRESS = 120, 254


@transaction.atomic
def found_service(
    *, provider: str, name: str, administrator: str, called: str, on: date, is_made_up: bool
) -> Membership:
    """A new service, and whoever manages its people from that day on.

    Parameters
    ----------
    provider : code of the provider, as it stands in the header of a submission
    name : of the service
    administrator : email address of the first administrator. Somebody who has an account keeps it
    called : name of the first administrator; the address stands in for a blank
    on : first day of the administrator
    is_made_up : nobody in it is real, and every page says so

    Raises
    ------
    BadRequest
        If the code is none or is there already, the name is blank or too long, or the address is none.
    """
    code = provider.strip().upper()
    _require(code, name.strip(), administrator.strip(), called.strip())
    service = Service.objects.create(name=name.strip(), provider_code=code, is_made_up=is_made_up)
    tell = _teller(service)
    tell(Kind.ADDED, "service", key=service.key)
    person = find_or_add_person(administrator.strip(), called.strip() or administrator.strip(), tell)
    made = Membership.objects.create(user=person, service=service, role=Role.ADMINISTRATOR, started=on)
    tell(Kind.ADDED, "membership", key=made.key, role=made.role, person=str(person.key))
    return made


@transaction.atomic
def draw_link_anew(service: Service) -> User:
    """The first administrator of a service that nobody manages yet. Links that were made for them end.

    Raises
    ------
    BadRequest
        If somebody manages it, or there is not exactly one who was to: an administrator invites then.
    """
    held = service.memberships.filter(role=Role.ADMINISTRATOR, ended=None, user__is_active=True)
    people = [one.user for one in held.select_related("user")]
    if len(people) != 1 or people[0].has_usable_password():
        raise BadRequest(f"{service.name} has an administrator already, so no link was made. Ask them to invite.")
    people[0].set_unusable_password()
    people[0].save(update_fields=["password"])
    tell_of_link(service, people[0])
    return people[0]


def tell_of_link(service: Service, person: User) -> None:
    """Write that a link was shown to whoever works on the server. The link itself is never written down."""
    _teller(service)(Kind.SENT, "invitation", key=person.key, how="shown on the server")


def _teller(service: Service) -> Callable[..., Event]:
    def tell(kind: Kind, what: str, **more: Any) -> Event:
        return record_event(kind, what, service=service.key, by=None, **more)

    return tell


def _require(code: str, name: str, administrator: str, called: str) -> None:
    if not _CODE.fullmatch(code):
        raise BadRequest(f"{code!r} is no provider code: it has three to six letters and digits. Nothing was made.")
    if Service.objects.filter(provider_code__iexact=code).exists():
        raise BadRequest(f"A service with the provider code {code} is there already. Nothing was made.")
    if not name or max(len(name), len(called)) > _LONGEST_NAME:
        raise BadRequest(f"Give names of one to {_LONGEST_NAME} letters. Nothing was made.")
    try:
        validate_email(administrator)
    except ValidationError as problem:
        raise BadRequest(f"{administrator!r} is no email address. Nothing was made.") from problem
    if len(administrator) > _LONGEST_ADDRESS:
        raise BadRequest(f"The email address is longer than {_LONGEST_ADDRESS} letters. Nothing was made.")
