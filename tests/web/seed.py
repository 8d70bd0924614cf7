"""A small made-up service in the database that the environment names, for tests that start a server of their own."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from caseness.web.services.roles import Role  # noqa: E402
from web.caseloads import add_alert, add_life, fill_caseload  # noqa: E402
from web.people import PASSWORD, make_member, make_service, make_team  # noqa: E402

STAFF = {
    "therapist@example.org": (Role.THERAPIST, "Tess Therapist"),
    "supervisor@example.org": (Role.SUPERVISOR, "Sam Supervisor"),
    "lead@example.org": (Role.SERVICE_LEAD, "Lee Lead"),
    "administrator@example.org": (Role.ADMINISTRATOR, "Ada Administrator"),
    "analyst@example.org": (Role.ANALYST, "Ana Analyst"),
}


@transaction.atomic
def seed():
    """A service with a team, somebody of each role, and a caseload after some months; and another service beside it."""
    today = timezone.localdate()
    for service in (make_service(), make_service("Elsewhere", "ZZ902")):
        team = make_team(service)
        for email, (role, name) in STAFF.items():
            member = make_member(service, role, team, name, PASSWORD)
            if service.name == "Northmoor":
                member.user.email = email
                member.user.save()
            if role == Role.THERAPIST:
                referrals = fill_caseload(member, 8, today)
                add_life(referrals[3], today, member.user)
                add_alert(referrals[1], today, member)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    seed()
