"""Erase the records whose retention is over."""

import click
from django.conf import settings
from django.utils import timezone

from caseness.errors import BadRequest
from caseness.web.operation.readiness import require_ready
from caseness.web.operation.retention import count_due, erase_due


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Count, and erase nothing.")
def command(dry_run: bool) -> None:
    """Erase the records of clients whose last referral ended CASENESS_WEB_RETENTION_YEARS ago or more.

    A record with a legal hold is kept. Events are kept, with keys that lead to nobody any more. Backups that were written
    before hold the record until they are removed.
    """
    years = settings.ENVIRONMENT.retention_years
    if years is None:
        raise BadRequest("CASENESS_WEB_RETENTION_YEARS is not set, so nothing is ever erased, and nothing was.")
    require_ready()
    today = timezone.localdate()
    due = count_due(today, years)
    click.echo(f"{due.free} records are due after {years} years. A legal hold keeps {due.held} more.")
    if not dry_run:
        click.echo(f"Erased {erase_due(timezone.now(), today, years)}.")
