"""Write an encrypted backup."""

from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from caseness.errors import CannotBackUp
from caseness.web.operation.archive import remove_old
from caseness.web.operation.backup import write_backup


@click.command("backup")
@click.option(
    "--to", type=click.Path(path_type=Path, file_okay=False), help="A folder instead of CASENESS_WEB_BACKUP_FOLDER."
)
def command(to: Path | None) -> None:
    """Write the database and the files into one file of the age format, encrypted to CASENESS_WEB_BACKUP_RECIPIENTS.

    The application may go on running. Nothing that is not encrypted is written to a disk.
    """
    found = settings.ENVIRONMENT
    try:
        written = write_backup(to or found.backup_folder, found.backup_recipients, timezone.now())
    except OSError as problem:
        raise CannotBackUp(
            f"No backup was written: {problem.strerror}. Look at the folder and its rights."
        ) from problem
    click.echo(f"Wrote {written.path}: {written.rows} rows and {written.files} files, encrypted.")
    if to is None and (removed := remove_old(found.backup_folder, found.backup_keep)):
        click.echo(f"Removed {removed} older, so that {found.backup_keep} are kept.")
