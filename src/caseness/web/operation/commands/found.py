"""Found a service, with its first administrator."""

from __future__ import annotations

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caseness.errors import BadRequest
from caseness.web.accounts.invitations import make_invitation
from caseness.web.accounts.models import User
from caseness.web.attention.configuration import address_of
from caseness.web.operation.readiness import require_ready
from caseness.web.services.founding import draw_link_anew, found_service, tell_of_link
from caseness.web.services.models import Service
from caseness.web.services.named import find_service


@click.command("found")
@click.option("--provider", required=True, metavar="CODE", help="The provider code, as it stands in a submission.")
@click.option("--name", metavar="TEXT", help="What the service is called on every page.")
@click.option("--administrator", metavar="ADDRESS", help="The email address of the first administrator.")
@click.option("--administrator-name", "called", default="", metavar="TEXT", help="Their name, instead of the address.")
@click.option("--new-link", is_flag=True, help="Of a service that is there: a new link for who was to manage it.")
def command(provider: str, name: str | None, administrator: str | None, called: str, new_link: bool) -> None:
    """Found a service, and print the link by which its first administrator sets a password.

    The link is shown once and written nowhere. It works once, and for a week. No mail is sent: hand it over yourself. The
    administrator then adds teams and invites everybody else. A service that is founded in mode demonstration is made up,
    and is refused in production.
    """
    require_ready()
    if new_link:
        service = find_service(provider.strip().upper())
        click.echo(told(service, draw_link_anew(service)))
        return
    if not name or not administrator:
        raise BadRequest("Give --name and --administrator as well. Nothing was made.")
    with transaction.atomic():
        made = found_service(
            provider=provider, name=name, administrator=administrator, called=called, on=timezone.localdate(),
            is_made_up=not settings.IS_PRODUCTION,
        )  # fmt: skip
        if not made.user.has_usable_password():
            tell_of_link(made.service, made.user)
    click.echo(f"Founded {made.service.name} ({made.service.provider_code}).")
    click.echo(told(made.service, made.user))


def told(service: Service, person: User) -> str:
    """How the first administrator signs in, as text."""
    if person.has_usable_password():
        return f"{person.email} manages it, and signs in as before: {address_of(reverse('account_login'))}"
    link = address_of(reverse("accept-invitation", args=[make_invitation(person)]))
    return f"{person.email} sets a password by this link, which works once and for a week:\n{link}"
