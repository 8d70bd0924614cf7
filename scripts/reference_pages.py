"""The reference pages that describe the programme's surface: commands, settings, errors and results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib import import_module
from inspect import cleandoc
from pkgutil import walk_packages
from types import MappingProxyType

import click
import pyarrow as pa

import caseness
from caseness import results
from caseness.cli import app
from caseness.cli.table import COMMANDS
from caseness.errors import CasenessError
from caseness.settings import FILE, PREFIX, Settings

WIDTH = 100

# What each column of a figure holds, and in which unit. A column that is not explained here
# cannot be put on the page, so a new one is never added in silence.
COLUMN_MEANINGS = MappingProxyType(
    {
        "figure_id": ("", "NHS England's own id where there is one, such as `M076`; else a name of ours, such as `at_caseness`."),
        "statistic": ("", "What kind of number it is: count, percentage, mean, median, sum and so on."),
        "clock": ("", "The date that places a referral or a contact in the period, such as `discharge_date`."),
        "period_start": ("day", "The first day of the period. It is part of it."),
        "period_end": ("day", "The last day of the period. It is part of it."),
        "level": ("", "What kind of organisation the figure is about; see [levels](#levels)."),
        "organisation": ("", "Its code. England is `ENGLAND`."),
        "commissioner": ("", "The code of the commissioner, where a figure is about one provider for one commissioner."),
        "split_1": ("", "A breakdown, such as age band. Null for a total."),
        "group_1": ("", "The group of that breakdown. Null for a total."),
        "split_2": ("", "A second breakdown, within the first."),
        "group_2": ("", "The group of the second breakdown."),
        "numerator": ("as the figure counts", "The count above the line of a rate, where it is known."),
        "denominator": ("as the figure counts", "The count below the line of a rate, where it is known."),
        "value": ("by statistic", "What was printed, or follows from it. A percentage is 0 to 100, not a fraction."),
        "low": ("as `value`", "The lowest that the true figure can be. It can be this."),
        "high": ("as `value`", "The highest that the true figure can be. It can be this."),
        "reason": ("", "Why there is no value; see [reasons](#reasons). Null where there is one."),
        "basis": ("", "What kind of source it rests on; see [bases](#bases)."),
        "source": ("", "The document or file."),
        "release": ("", "Which kind of release that is."),
        "definitions_version": ("", "The version of our definitions under which it was read or computed."),
    }
)  # fmt: skip

LEVEL_MEANINGS = MappingProxyType(
    {
        "england": "The whole country.",
        "region": "An NHS region.",
        "icb": "An integrated care board, from July 2022.",
        "stp": "A partnership, to June 2022.",
        "ccg": "A clinical commissioning group, to June 2022.",
        "sub-icb": "A part of an integrated care board, from July 2022.",
        "provider": "An organisation that gives the therapy.",
        "sub-icb-provider": "One provider within one sub-ICB (earlier, within one CCG).",
        "team": "A team of a provider, told as `PROVIDER/TEAM`. It is never published: only computed figures have it.",
    }
)

REASON_MEANINGS = MappingProxyType(
    {
        "suppressed": "The publisher printed a star. `low` and `high` say what it can be, and are never narrowed.",
        "not_applicable": "The figure has no meaning here, such as a rate over nobody.",
        "no_data": "The publisher printed a blank or NULL, or the figure was not published.",
    }
)

BASIS_MEANINGS = MappingProxyType(
    {
        results.ANNUAL: "Printed in an annual report.",
        results.MONTHLY: "Printed in a monthly file.",
        results.SUMMED: "The twelve monthly files of a financial year, added up.",
        results.PRESS: "Taken from a newspaper or web page that quotes a report, often rounded.",
        results.COMPUTED: "Computed by Caseness from records.",
    }
)

COMMANDS_PAGE = """# Command line

One rule holds for every command. It prints to the screen, unless `--out FOLDER` is given. `--format` chooses what is
written there, and may be repeated. `--json` prints JSON to standard output. Tables are drawn on a terminal, and are plain
text in a pipe or a file. What follows is what `--help` prints. The [exit codes](errors.md) are on a page of their own.

"""

SETTINGS_PAGE = f"""# Settings

A setting comes from its default, then from a file, then from the environment, then from the command line. The last one
wins. The file is `{FILE}` in the working folder. A name that is not in this table is refused, because a setting that is
silently ignored is a figure that is silently different. [Change settings](../how-to/change-settings.md) shows each way.

"""

ERRORS_PAGE = """# Errors and exit codes

A mistake in what was asked for, or in a file, is shown as one message without a traceback. The message says what is
wrong, where, what it does to the figures, and what to do. A script can tell the kinds apart by the exit code. Code 0 is
success, and code 2 is a command line that cannot be read.

"""

ERRORS_AFTER = """
In Python each of these is a class, and all of them are a `caseness.errors.CasenessError`.

A **finding** is not an error. It says something of the figures themselves, such as an identity that does not hold, and
stands in the report.
"""

RESULTS_PAGE = f"""# Results

Every figure has the same columns, whether NHS England published it or Caseness computed it. One row is one figure. In
Python the columns are `caseness.results.SCHEMA`, a pyarrow schema. Its version is {results.SCHEMA_VERSION}, and that of
the definitions {results.DEFINITIONS_VERSION}. [Versions](../explanation/versions.md) says what a change of each means.

"""

RESULTS_AFTER = """
A star is not zero, and not missing. Zero is a value, and has no reason.
[Suppressed and rounded cells](../explanation/intervals.md) says how `low` and `high` are found.
[The bases](../explanation/bases.md) says why a ratio never mixes two of them, with one exception: a cost per result.
"""


def table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown. A bar within a cell is escaped, and a line break becomes a space."""
    named = list(titles)
    lines = [named, ["---"] * len(named), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def code(text: object) -> str:
    """Text as code, or nothing where there is none."""
    return f"`{text}`" if text not in (None, "") else ""


def names(texts: Iterable[str]) -> str:
    """Several names as code, with commas."""
    return ", ".join(map(code, texts))


def commands_page() -> str:
    """Every command's help, as it prints it."""
    contents = table(
        ("command", "what it does"), ((f"[`caseness {one.name}`](#{_anchor(one.name)})", one.help) for one in COMMANDS)
    )
    return COMMANDS_PAGE + contents + "\n" + "\n".join(_help(app, "caseness"))


def settings_page() -> str:
    """Every setting, with its default."""
    rows = (
        (code(one.name), code(PREFIX + one.name.upper()), code(one.default) or "none", one.metadata["help"])
        for one in fields(Settings)
    )
    return SETTINGS_PAGE + table(("name", "in the environment", "default", "what it does"), rows)


def errors_page() -> str:
    """Every kind of error, with its exit code."""
    rows = (
        (kind.exit_code, code(kind.__name__), cleandoc(kind.__doc__ or "").splitlines()[0]) for kind in error_classes()
    )
    return ERRORS_PAGE + table(("code", "name", "when"), rows) + ERRORS_AFTER


def results_page() -> str:
    """The columns of a figure, and the words that may stand in them."""
    columns = ((code(name), _type(results.SCHEMA.field(name).type), *COLUMN_MEANINGS[name]) for name in results.COLUMNS)
    return "".join(
        (
            RESULTS_PAGE,
            "## Columns\n\n",
            table(("column", "type", "unit", "holds"), columns),
            _words("Levels", "level", results.LEVELS, LEVEL_MEANINGS),
            _words("Reasons", "reason", results.REASONS, REASON_MEANINGS),
            _words("Bases", "basis", results.BASES, BASIS_MEANINGS),
            RESULTS_AFTER,
        )
    )


def error_classes() -> list[type[CasenessError]]:
    """Every kind of error of the package, in the order of the exit codes."""
    for module in walk_packages(caseness.__path__, "caseness."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return sorted(_with_subclasses(CasenessError), key=lambda kind: (kind.exit_code, kind.__name__))


def _with_subclasses(kind: type[CasenessError]) -> set[type[CasenessError]]:
    found = {kind}
    for below in kind.__subclasses__():
        found |= _with_subclasses(below)
    return found


def _help(command: click.Command, name: str, above: click.Context | None = None) -> Iterator[str]:
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, parent=above, **settings)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    for inner_name, inner in _commands_in(command, context):
        yield from _help(inner, inner_name, context)


def _commands_in(command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if found := command.get_command(context, name):
                yield name, found


def _anchor(name: str) -> str:
    return f"caseness-{name}"


def _words(title: str, column: str, words: Iterable[str], meanings: MappingProxyType[str, str]) -> str:
    return f"\n## {title}\n\n" + table((column, "means"), ((code(word), meanings[word]) for word in words))


def _type(kind: pa.DataType) -> str:
    return {"string": "text", "double": "number", "date32[day]": "date"}[str(kind)]


def _cell(cell: object) -> str:
    return re.sub(r"\s+", " ", str(cell)).strip().replace("|", "\\|")
