"""Bring the database to the shape that this version needs."""

import click
from django.conf import settings
from django.core.management import call_command


@click.command("migrate")
def command() -> None:
    """Bring the database to the shape that this version needs.

    Rows are kept. Write a backup first, and stop the application.
    """
    settings.ENVIRONMENT.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False)
    call_command("createcachetable")
