"""A small made-up service in the database that the environment names, for tests that start a server of their own."""

from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from caseness.web.services.roles import Role  # noqa: E402
from web.people import PASSWORD, make_course, make_member, make_referral, make_service, make_team  # noqa: E402

STAFF = {
    "therapist@example.org": (Role.THERAPIST, "Tess Therapist"),
    "supervisor@example.org": (Role.SUPERVISOR, "Sam Supervisor"),
    "lead@example.org": (Role.SERVICE_LEAD, "Lee Lead"),
    "administrator@example.org": (Role.ADMINISTRATOR, "Ada Administrator"),
    "analyst@example.org": (Role.ANALYST, "Ana Analyst"),
}


@transaction.atomic
def seed():
    """One service, a team, somebody of each role, and six clients of the therapist; and another service beside it."""
    first = timezone.localdate() - timedelta(weeks=7)
    for service in (make_service(), make_service("Elsewhere", "ZZ902")):
        team = make_team(service)
        for email, (role, name) in STAFF.items():
            member = make_member(service, role, team, name, PASSWORD)
            if service.name == "Northmoor":
                member.user.email = email
                member.user.save()
            if role == Role.THERAPIST:
                for number in range(6):
                    referral = make_referral(service, member, received=first - timedelta(days=20))
                    make_course(referral, [17 - number, 16 - number, 18, 12 + number, 10 + 2 * number], first)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    seed()
