"""Import a record from a folder on this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from django.utils import timezone

from caseness.check import PROFILES, SUBMISSION_PROFILE
from caseness.cli.check import tables_of
from caseness.cli.practice_tables import practice_tables
from caseness.cli.show import print_tables, working
from caseness.web.exchange.arriving import choose_submissions
from caseness.web.exchange.course_tables import course_tables
from caseness.web.exchange.importing import import_record
from caseness.web.exchange.looking import look_at_all
from caseness.web.exchange.looking_through import check_read, read_source
from caseness.web.services.named import find_service


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--service", "code", metavar="CODE", help="The provider code of the service. Not needed where there is one."
)
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=SUBMISSION_PROFILE,
    show_default=True,
    help="What FOLDER holds: submissions, or the sheet of a practice.",
)
@click.option("--yes", "is_confirmed", is_flag=True, help="Import what is sound without asking.")
def command(folder: Path, code: str | None, profile: str, is_confirmed: bool) -> None:
    """Import the record in FOLDER into a service.

    What is wrong with it is shown first, as `caseness check` shows it. Then all that is sound is written, or nothing.
    The same record again changes nothing; a later month updates.
    """
    service = find_service(code)
    with tempfile.TemporaryDirectory(prefix="caseness-import-") as place:
        with working(f"Reading {folder.name} ..."):
            sheet = read_source(folder, Path(place) / "record", profile, service)
        with working("Checking the record ..."):
            checked = check_read(Path(place) / "record", profile)
        of_sheet = [*practice_tables(sheet), *course_tables(sheet, service)] if sheet else []
        print_tables([*of_sheet, *tables_of(checked, folder.resolve().name, sheet)])
        arrival = choose_submissions(checked, service)
        if not arrival.months:
            click.echo(f"There is nothing to import into {service.name}. Nothing was changed.")
            return
        if not is_confirmed:
            click.confirm(f"Import what is sound into {service.name}?", abort=True)
        with working("Importing ..."):
            now = timezone.now()
            done = import_record(checked=checked, service=service, by=None, now=now, then_look=False)
            look_at_all(service, now)
    click.echo(f"Imported into {service.name}: {', '.join(done.months)}.")
    for name, count in done.counts.items():
        click.echo(f"  {count:>10,}  {name.replace('_', ' ')}")
