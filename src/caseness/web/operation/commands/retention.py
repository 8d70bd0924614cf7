"""Erase the records whose retention is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from caseness.errors import BadRequest
from caseness.web.operation.holds import hold_record, release_record
from caseness.web.operation.readiness import require_ready
from caseness.web.operation.retention import count_due, erase_due
from caseness.web.services.named import find_service


@click.group("retention", invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Count, and erase nothing.")
@click.pass_context
def command(ctx: click.Context, dry_run: bool) -> None:
    """Erase the records of clients whose last referral ended CASENESS_WEB_RETENTION_YEARS ago or more.

    A record with a legal hold is kept: `hold` sets one, and `release` takes it away; neither erases anything. Events are kept, with keys that lead to nobody any more. Backups that were written
    before hold the record until they are removed.
    """
    if ctx.invoked_subcommand:
        return
    years = settings.ENVIRONMENT.retention_years
    if years is None:
        raise BadRequest("CASENESS_WEB_RETENTION_YEARS is not set, so nothing is ever erased, and nothing was.")
    require_ready()
    today = timezone.localdate()
    due = count_due(today, years)
    click.echo(f"{due.free} records are due after {years} years. A legal hold keeps {due.held} more.")
    if not dry_run:
        click.echo(f"Erased {erase_due(timezone.now(), today, years)}.")


def of_client(command: Callable[..., Any]) -> Callable[..., Any]:
    """Whose record it is, and why."""
    for add in (
        click.option("--service", "code", metavar="CODE", help="The provider code. Not needed where there is one."),
        click.option("--reason", required=True, metavar="TEXT", help="Why, in at most 200 letters. Name nobody."),
        click.argument("client", metavar="IDENTIFIER"),
    ):
        command = add(command)
    return command


@command.command("hold")
@of_client
def hold(client: str, reason: str, code: str | None) -> None:
    """Keep the record of the client with this identifier (LocalPatientId), whatever its age, until it is released."""
    require_ready()
    hold_record(find_service(code), client, reason)
    click.echo("The record is held. Nothing of it is erased until it is released.")


@command.command("release")
@of_client
def release(client: str, reason: str, code: str | None) -> None:
    """Take the legal hold of a client's record away. It is erased when its retention is over, as any other.

    The reason stands in the event that tells of it, and events stay.
    """
    require_ready()
    release_record(find_service(code), client, reason)
    click.echo("The record is held no longer.")
