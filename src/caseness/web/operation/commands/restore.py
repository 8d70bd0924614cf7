"""Put a backup back."""

from pathlib import Path
from typing import TextIO

import click
from django.conf import settings

from caseness.errors import CannotRestore
from caseness.web.operation.restore import restore_backup
from caseness.web.operation.sealing import read_identities


@click.command("restore")
@click.argument("path", metavar="BACKUP", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--identity",
    required=True,
    type=click.File(),
    help="The file of the secret key, as age-keygen wrote it; - reads it from the input.",
)
@click.option("--replace", is_flag=True, help="Put it in the place of a database that is not empty.")
def command(path: Path, identity: TextIO, replace: bool) -> None:
    """Put a backup in the place of the database and of the files. Stop the application first.

    The backup is read to its end before anything is changed. One that is damaged, not whole or encrypted to another key
    changes nothing.
    """
    settings.ENVIRONMENT.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    done = restore_backup(path, read_identities(_text_of(identity)), replace=replace)
    click.echo(f"Restored the backup of {done.at} (version {done.version}): {done.rows} rows and {done.files} files.")
    click.echo("Nobody is signed in any more.")
    if done.lacking:
        click.echo(f"It lacks {done.lacking} migrations of this version. Run: caseness-web migrate")


def _text_of(identity: TextIO) -> str:
    try:
        return identity.read()
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotRestore(
            "The file of keys cannot be read, or is no text. Nothing was changed. Name the file that age-keygen wrote."
        ) from problem
