"""Fill an empty database with people who do not exist."""

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from caseness.errors import UnsafeSetting
from caseness.web.exchange.demonstration import Demonstration, make_demonstration


@click.command("demonstration")
def command() -> None:
    """Fill an empty database with a made-up service: teams, therapists, months of history. It takes about a minute.

    It refuses where the application holds a service already, and in production.
    """
    if settings.IS_PRODUCTION:
        raise UnsafeSetting("CASENESS_WEB_MODE", "is 'production'", "make a demonstration in mode demonstration")
    settings.ENVIRONMENT.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable")
    made = make_demonstration(timezone.now(), lambda step: click.echo(f"{step} ...", err=True))
    click.echo(told(made))


def told(made: Demonstration) -> str:
    """How one signs in to a demonstration, as text."""
    people = [f"  {one.email:<28}{one.name}, {one.role.replace('_', ' ')}" for one in made.sign_ins]
    return "\n".join(
        [
            f"{made.service.name}: made-up people, nobody is real. Sign in as",
            *people,
            f"with the password: {made.password}",
            f"and, in an authenticator app, the secret: {made.secret}",
        ]
    )
