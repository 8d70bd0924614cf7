"""`caseness completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that completes commands and options in a SHELL.

    For bash: caseness completion bash > ~/.local/share/bash-completion/completions/caseness
    """
    kind = get_completion_class(shell)
    assert kind is not None, f"Unhandled {shell!r}"
    click.echo(kind(context.find_root().command, {}, "caseness", "_CASENESS_COMPLETE").source())
