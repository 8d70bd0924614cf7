"""`caseness record`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from caseness.cli.show import Table, print_json, print_tables, working
from caseness.read import Record, read_record, to_plain, write_record, write_rejected
from caseness.read.model import REJECTED_FOLDER
from caseness.record import table

_FORMATS = ("parquet", "csv")


@click.command(name="record")
@click.argument("source")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for the typed record. Without it: only what was found is said, and nothing is kept.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default=_FORMATS[0],
    help="What to write into --out: the record in Parquet (without it: this), or its rows as CSV.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(source: str, out: Path | None, form: str, as_json: bool) -> None:
    """Read the submissions at SOURCE, and say what was found.

    SOURCE is a folder of CSV, Parquet, Excel or Access files, one such file, or the address of a PostgreSQL
    database. A submission is known by its header row. Rows that are not well formed are rejected, with the reason.
    """
    if out is not None and form == _FORMATS[0]:
        _tell(_read(source, out), as_json)
        _say_where(out)
        return
    with tempfile.TemporaryDirectory(prefix="caseness-record-") as folder:
        record = _read(source, Path(folder) / "record")
        if out is not None:
            write_record(record, out, form)
            write_rejected(record, out / REJECTED_FOLDER)
        _tell(record, as_json)
    _say_where(out)


def _read(source: str, to: Path) -> Record:
    with working(f"Reading {to if '://' in source else source} ..."):
        record = read_record(source, to)
        write_rejected(record, to / REJECTED_FOLDER)
        return record


def _say_where(out: Path | None) -> None:
    if out is not None:
        click.echo(f"Wrote {out}", err=True)


def _tell(record: Record, as_json: bool) -> None:
    if as_json:
        print_json(to_plain(record))
        return
    print_tables([_submissions(record), _tables(record), *_ignored(record)])


def _submissions(record: Record) -> Table:
    latest = sum(one.is_latest for one in record.submissions)
    rows = tuple(
        (
            str(one.id),
            one.provider,
            f"{one.period_start:%Y-%m}",
            f"{one.created:%Y-%m-%d %H:%M}",
            one.window,
            "yes" if one.is_latest else "no",
            one.place,
        )
        for one in record.submissions
    )
    title = f"{_many(len(rows), 'submission')}, {latest} of them the latest of their provider and month"
    return Table("submissions", title, ("No", "Provider", "Month", "Made", "Window", "Latest", "Place"), rows)


def _tables(record: Record) -> Table:
    rows = tuple(
        (table_id, table(table_id).title, f"{count.read:,}", f"{count.kept:,}", f"{count.rejected:,}")
        for table_id, count in record.rows.items()
    )
    return Table(
        "tables", _many(len(rows), "table"), ("Table", "Holds", "Rows", "Kept", "Rejected"), rows, record.notes
    )


def _ignored(record: Record) -> list[Table]:
    rows = tuple((one.name, one.ignored) for one in record.files if one.ignored)
    return [Table("ignored", f"{_many(len(rows), 'file')} ignored", ("File", "Why"), rows)] if rows else []


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
