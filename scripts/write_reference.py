"""Write the pages of the manual that say what the code says: commands, settings and errors.

`make fix` writes them. A test compares them with what would be written, so that a page cannot
fall behind the code.
"""

import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import click

from caseness import errors
from caseness.cli.table import COMMANDS
from caseness.settings import FILE, PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
WIDTH = 100

COMMANDS_PAGE = """# Commands

Every command takes `--help`. What follows is what it prints.

"""

SETTINGS_PAGE = f"""# Settings

A setting comes from its default, then from a file, then from the environment, then from the command line. The last one
wins. The file is `{FILE}` in the working folder. A name that is not in this table is refused.

| name | in the environment | default | what it does |
|---|---|---|---|
"""

ERRORS_PAGE = """# Errors and exit codes

A mistake in what was asked for, or in a file, is shown as one message without a traceback. The message says what is
wrong, where, what it does to the figures, and what to do. A script can tell the kinds apart by the exit code. Code 0 is
success, and 2 is a command line that cannot be read.

| code | name | when |
|---|---|---|
"""


def pages() -> dict[Path, str]:
    """Every generated page, with its text."""
    return {
        REFERENCE / "commands.md": COMMANDS_PAGE + "\n".join(_commands()),
        REFERENCE / "settings.md": SETTINGS_PAGE + "".join(_settings()),
        REFERENCE / "errors.md": ERRORS_PAGE + "".join(_errors()),
    }


def _commands() -> Iterator[str]:
    for declared in COMMANDS:
        yield from _help(import_module(declared.module).command, f"caseness {declared.name}")


def _help(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    yield f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _help(command.commands[inner], f"{name} {inner}")


def _settings() -> Iterator[str]:
    for each in fields(Settings):
        default = "none" if each.default is None else f"`{each.default}`"
        yield f"| `{each.name}` | `{PREFIX}{each.name.upper()}` | {default} | {each.metadata['help']} |\n"


def _errors() -> Iterator[str]:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.CasenessError)
    ]
    for kind in sorted(kinds, key=lambda kind: kind.exit_code):
        explanation = (kind.__doc__ or "").splitlines()[0]
        yield f"| {kind.exit_code} | `{kind.__name__}` | {explanation} |\n"


def main() -> int:
    """Write each page that has changed, and say which."""
    REFERENCE.mkdir(exist_ok=True)
    for path, text in pages().items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"Wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
