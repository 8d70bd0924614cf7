"""Answers as tables on a terminal, plain text when piped, JSON when asked, and files in a folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from caseness.audit.plain import to_plain
from caseness.audit.quantity import Quantity
from caseness.audit.spelling import MINUS, UNBROKEN
from caseness.audit.spelling import spell as spell_quantity
from caseness.errors import CannotWrite, say_why_not_written
from caseness.settings import load_settings

FORMATS = ("json", "csv")


@dataclass(frozen=True)
class Table:
    """A titled table. The first column is left-aligned text; cells are text or quantities."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Quantity, ...], ...]
    notes: tuple[str, ...] = ()


def answer(tables: Sequence[Table], content: Any, as_json: bool, out: Path | None, formats: Sequence[str]) -> None:
    """Give an answer the way it was asked for.

    Raises
    ------
    CannotWrite
        If `out` cannot be written to.
    click.UsageError
        If formats are asked for without a folder to put them in.
    """
    if formats and out is None:
        raise click.UsageError("--format writes files: say into which folder with --out.")
    if as_json:
        print_json(to_plain(content))
    elif out is None:
        print_tables(tables)
    if out is not None:
        _write_all(tables, content, out, formats or FORMATS)


def spell(cell: str | Quantity) -> str:
    """A cell as a reader should see it: an interval as an interval, a blank as its reason.

    >>> spell(Quantity(None, 0.0, 4.0, "count", "suppressed"))
    '0 to 4 (suppressed)'
    """
    return cell if isinstance(cell, str) else spell_quantity(cell).replace(UNBROKEN, " ").replace(MINUS, "-")


@contextmanager
def working(on: str) -> Iterator[None]:
    """Say on the terminal what is being done, for as long as it takes. Silent when piped."""
    console = make_console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(on):
        yield


def print_json(plain: Any) -> None:
    """Print plain content as JSON to standard output."""
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False))


def print_tables(tables: Sequence[Table]) -> None:
    """Print tables: drawn on a terminal, plain text when piped."""
    console = make_console()
    for table in tables:
        if console.is_terminal:
            _print_rich(console, table)
        else:
            click.echo(_plain_text(table))


def _print_rich(console: Console, table: Table) -> None:
    drawn = RichTable(title=escape(table.title), title_justify="left", title_style="bold", header_style="")
    for i, column in enumerate(table.columns):
        drawn.add_column(escape(column), justify="right" if _is_numeric(table, i) else "left")
    for row in table.rows:
        drawn.add_row(*(escape(spell(cell)) for cell in row))
    console.print(drawn)
    for note in table.notes:
        console.print(escape(note), style="dim")
    console.print()


def _is_numeric(table: Table, column: int) -> bool:
    return any(isinstance(row[column], Quantity) for row in table.rows)


def _plain_text(table: Table) -> str:
    spelled = [tuple(table.columns), *(tuple(spell(cell) for cell in row) for row in table.rows)]
    widths = [max(len(row[i]) for row in spelled) for i in range(len(table.columns))]
    lines = [
        "  ".join(
            cell.rjust(width) if _is_numeric(table, i) else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in spelled
    ]
    return "\n".join([table.title, *lines, *table.notes, ""])


def _write_all(tables: Sequence[Table], content: Any, out: Path, formats: Sequence[str]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = [path for name in formats for path in _write(tables, content, out, name)]
    except OSError as problem:
        raise CannotWrite(
            f"Nothing could be written to {out}: {say_why_not_written(problem)}. Choose another folder with --out."
        ) from problem
    for path in written:
        click.echo(f"Wrote {path}", err=True)


def _write(tables: Sequence[Table], content: Any, out: Path, name: str) -> list[Path]:
    if name == "json":
        path = out / f"{tables[0].id}.json"
        path.write_text(json.dumps(to_plain(content), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return [path]
    return [_write_csv(table, out / f"{table.id}.csv") for table in tables]


def _write_csv(table: Table, path: Path) -> Path:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name for i, column in enumerate(table.columns) for name in _csv_names(table, i, column)])
    writer.writerows(
        [value for i, cell in enumerate(row) for value in _csv_values(table, i, cell)] for row in table.rows
    )
    path.write_text(stream.getvalue(), encoding="utf-8")
    return path


def _csv_names(table: Table, i: int, column: str) -> list[str]:
    name = column.lower().replace(" ", "_")
    return [name, f"{name}_low", f"{name}_high", f"{name}_reason"] if _is_numeric(table, i) else [name]


def _csv_values(table: Table, i: int, cell: str | Quantity) -> list[object]:
    if isinstance(cell, Quantity):
        return [cell.value, cell.low, cell.high, cell.reason]
    return [cell, None, None, None] if _is_numeric(table, i) else [cell]


def make_console(stderr: bool = False) -> Console:
    """A console that uses colour as the settings say."""
    colour = load_settings().colour
    return Console(
        stderr=stderr,
        no_color=colour == "never",
        force_terminal=True if colour == "always" and not stderr else None,
    )
