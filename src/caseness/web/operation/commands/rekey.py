"""Encrypt second factors by another key."""

import click

from caseness.web.accounts.factor_secrets import seal_all


@click.command("rekey")
def command() -> None:
    """Encrypt the secrets of all second factors by the first key of CASENESS_WEB_FACTOR_KEYS.

    Put a new key before the old one, start the application with both, run this, and only then take the old one away. Backups
    that were written before need the old key.
    """
    click.echo(f"Encrypted {seal_all()} second factors by the first key.")
