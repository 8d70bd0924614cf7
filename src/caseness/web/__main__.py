"""The script `caseness-web`: serve, work, back up, restore, check."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click
from django import setup
from django.db import DatabaseError

from caseness import __version__
from caseness.cli import LazyCommands
from caseness.cli.table import Command
from caseness.errors import CasenessError, NotReady
from caseness.web.variables import PREFIX

_OPERATION, _EXCHANGE = "caseness.web.operation.commands", "caseness.web.exchange.commands"
COMMANDS = (
    Command("serve", "Serve the pages.", f"{_OPERATION}.serve"),
    Command("worker", "Do what time asks for, one round a minute.", f"{_OPERATION}.worker"),
    Command("check", "Say what is well and what is not, and what to do.", f"{_OPERATION}.check"),
    Command("migrate", "Bring the database to the shape that this version needs.", f"{_OPERATION}.migrate"),
    Command("found", "Found a service, with its first administrator.", f"{_OPERATION}.found"),
    Command("backup", "Write an encrypted backup.", f"{_OPERATION}.backup"),
    Command("restore", "Put a backup back.", f"{_OPERATION}.restore"),
    Command("rekey", "Encrypt second factors by another key.", f"{_OPERATION}.rekey"),
    Command("demonstration", "Make a made-up service to try the application on.", f"{_EXCHANGE}.demonstration"),
    Command("import", "Bring a record into a service.", f"{_EXCHANGE}.import_"),
    Command("export", "Write the record of a service.", f"{_EXCHANGE}.export"),
    Command(
        "retention", "Erase the records whose retention is over, and hold or release one.", f"{_OPERATION}.retention"
    ),
)

# An import stands whole or not at all, and so does all else that a command writes.
_LOOK = "Look whether it runs and has the shape of this version: caseness-web check. A new one is made by: caseness-web migrate"


class PreparedCommands(LazyCommands):
    """The declared commands. Django is prepared before the module of a command is loaded."""

    declared = COMMANDS

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.list_commands(ctx):
            prepare()
        return super().get_command(ctx, cmd_name)


def prepare() -> None:
    """Read the settings, and load the models. Settings that are unsafe are an error here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseness.web.settings")
    setup()


@click.group(
    cls=PreparedCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Start with: caseness-web migrate, caseness-web check, then caseness-web found. Every command says more with --help.",
)
@click.version_option(__version__, message="caseness-web %(version)s")
def app() -> None:
    """Run the practice application.

    Settings come from the environment: variables that begin with CASENESS_WEB_. The manual lists them
    (docs/reference/web-settings.md).
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run one command. An error of ours is told without a traceback, with its exit code."""
    given = list(sys.argv[1:] if args is None else args)
    if {"-h", "--help"} & set(given):
        _forget_settings()
    try:
        app.main(given, prog_name="caseness-web")
    except CasenessError as problem:
        _end(problem)
    except DatabaseError as problem:
        _end(NotReady(f"The database did not do what was asked ({problem}). {_LOOK}"))


def _end(problem: CasenessError) -> None:
    click.echo(f"caseness-web: {problem}", err=True)
    sys.exit(problem.exit_code)


# Help is told whatever the settings are, since nothing runs: those of a demonstration stand in.
def _forget_settings() -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    os.environ[f"{PREFIX}MODE"] = "demonstration"


if __name__ == "__main__":
    main()
