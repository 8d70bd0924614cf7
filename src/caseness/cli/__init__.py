"""The command line: arguments in, one call, one answer. Errors are caught once, in `main`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from caseness import __version__
from caseness.cli.table import COMMANDS, Command
from caseness.errors import CasenessError, suggest


class LazyCommands(click.Group):
    """The declared commands. A command's module is loaded only when it is asked for."""

    declared: Sequence[Command] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [one.name for one in self.declared]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for one in self.declared:
            if one.name == cmd_name:
                return import_module(one.module).command
        return None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple:
        if args and args[0] not in self.list_commands(ctx):
            near = suggest(args[0], self.list_commands(ctx))
            raise click.UsageError(f"There is no command {args[0]!r}. {near}".strip(), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(one.name, one.help) for one in self.declared])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        named = [CompletionItem(one.name, help=one.help) for one in self.declared if one.name.startswith(incomplete)]
        return named or click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=LazyCommands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Start with: caseness audit. Every command says more with --help.",
)
@click.version_option(__version__, message="caseness %(version)s")
def app() -> None:
    """An independent audit of talking-therapy programmes, from their published figures.

    Without --releases every command works on England's headline figures, which come with
    the package. With it, on any file or folder of official releases.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line. A user's error is printed without a traceback, with its exit code."""
    try:
        app.main(args, prog_name="caseness")
    except CasenessError as problem:
        click.echo(f"caseness: {problem}", err=True)
        sys.exit(problem.exit_code)
