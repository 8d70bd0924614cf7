"""Inviting somebody, and ending that they can sign in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from caseness.web.accounts.mail import send_mail
from caseness.web.accounts.models import User, find_user
from caseness.web.events.models import Kind
from caseness.web.services.membership_actions import end_membership, give_membership
from caseness.web.services.models import Membership, Team
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

WELCOME = """You were invited to Caseness, as {role} of {service}.

Set your password by this link. It works once, and for a week:
{link}

Then you are asked for a second factor: an app on your phone, or a passkey."""
ADDED = """You are now {role} of {service} in Caseness. Sign in as you do already:
{link}"""


@transaction.atomic
def invite(
    *, by: Reader, email: str, name: str, role: Role, team: Team | None, care_person_id: str, first: date,
    last: date | None,
) -> Membership:  # fmt: skip
    """Make somebody a member of the reader's service, and an account for them if there is none.

    An account that was ended is opened again, and its holder sets a new password. The mail is `send_invitation`.
    """
    person = find_or_add_person(email, name, by.tell)
    return give_membership(
        by=by, person=person, role=role, team=team, care_person_id=care_person_id, first=first, last=last
    )


def find_or_add_person(email: str, name: str, tell: Callable[..., Any]) -> User:
    """Whoever signs in with an address: an account that is there, opened again where it was ended, or a new one."""
    person = find_user(email)
    if person is None:
        person = User.objects.create_user(email, name)
        tell(Kind.ADDED, "user", key=person.key)
    elif not person.is_active:
        person.is_active = True
        person.set_unusable_password()
        person.save(update_fields=["is_active", "password"])
        tell(Kind.CHANGED, "user", key=person.key, fields=["is_active"])
    return person


def send_invitation(*, by: Reader, membership: Membership, link: str) -> None:
    """Mail the link by which the first password is set, or by which somebody who has one signs in."""
    person = membership.user
    text = ADDED if person.has_usable_password() else WELCOME
    words = {"role": membership.get_role_display().lower(), "service": by.service.name, "link": link}
    by.tell(Kind.SENT, "invitation", key=person.key)
    send_mail(person.email, f"Caseness: you were invited to {by.service.name}", text.format(**words))


@transaction.atomic
def end_account(*, by: Reader, person: User) -> None:
    """Whatever the person is in the service ends now; and nobody signs in as them who is nothing in another.

    Raises
    ------
    LastAdministrator
        If nobody would be left who manages people.
    """
    for each in Membership.objects.filter(user=person, service=by.service):
        if each.ended is None or each.ended > by.today:
            end_membership(by=by, membership=each, on=by.today)
    if not belongs_elsewhere(by, person):
        person.is_active = False
        person.save(update_fields=["is_active"])
        by.tell(Kind.CHANGED, "user", key=person.key, fields=["is_active"])


@transaction.atomic
def remove_second_factors(*, by: Reader, person: User) -> None:
    """Somebody has lost phone and codes: all sessions end, and the next sign-in leads to setting one up."""
    person.authenticator_set.all().delete()
    by.tell(Kind.SECOND_FACTOR_CHANGED, "removed by an administrator", key=person.key)


def belongs_elsewhere(by: Reader, person: User) -> bool:
    """The person is or will be something in another service, whose administrator then decides as well."""
    others = Membership.objects.filter(user=person).exclude(service=by.service)
    return any(each.ended is None or each.ended > by.today for each in others)
