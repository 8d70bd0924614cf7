"""The script `caseness-web`: serve, work, back up, restore, check."""

from __future__ import annotations

import os
import sys

import click
from django import setup
from django.core.management import call_command

from caseness.errors import CasenessError


@click.group()
def commands() -> None:
    """Run the practice application."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseness.web.settings")
    setup()


@commands.command()
def migrate() -> None:
    """Bring the database to the shape that this version needs."""
    call_command("migrate", interactive=False)
    call_command("createcachetable")


def main() -> None:
    """Run one command. Errors of ours are told without a traceback."""
    try:
        commands(prog_name="caseness-web")
    except CasenessError as problem:
        click.echo(str(problem), err=True)
        sys.exit(problem.exit_code)


if __name__ == "__main__":
    main()
