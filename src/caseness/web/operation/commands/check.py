"""Say what is well and what is not."""

import click
from django.utils import timezone

from caseness.errors import NotWell
from caseness.web.operation.wellness import look_at_everything


@click.command("check")
def command() -> None:
    """Say what is well and what is not, and what to do about it. Nothing is changed.

    Ends with 0 where all is well. A setting that is unsafe is told at once, with 36.
    """
    findings = look_at_everything(timezone.now())
    for one in findings:
        click.echo(f"{'well    ' if one.is_well else 'NOT WELL'}  {one.what}: {one.told}")
        if one.remedy:
            click.echo(f"          {one.remedy}")
    if unwell := sum(not one.is_well for one in findings):
        raise NotWell(f"{unwell} of {len(findings)} are not well. Nothing was changed.")
