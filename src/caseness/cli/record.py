"""`caseness record`."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import click

from caseness.cli.clock import find_today
from caseness.cli.practice_tables import practice_tables, practice_to_plain
from caseness.cli.show import Table, print_json, print_tables, working
from caseness.read import Record, read_record, to_plain, write_record, write_rejected
from caseness.read.model import REJECTED_FOLDER
from caseness.read.practice import Practice, PracticeSheets, read_practice
from caseness.record import table

_FORMATS = ("parquet", "csv")
_SUBMISSION, _PRACTICE = _PROFILES = ("submission", "practice")

# A record, and the sheets that it was read from where it is that of a practice.
_Read = tuple[Record, PracticeSheets | None]


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
@click.option(
    "--profile",
    type=click.Choice(_PROFILES),
    default=_SUBMISSION,
    help="What SOURCE holds: submissions (without it: this), or the sheet of a practice (see `caseness practice-template`).",
)
@click.option("--provider", help="With --profile practice: a code for the practice, at most six characters.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(source: str, out: Path | None, form: str, profile: str, provider: str | None, as_json: bool) -> None:
    """Read the submissions at SOURCE, and say what was found.

    SOURCE is a folder of CSV, Parquet, Excel or Access files, one such file, or the address of a PostgreSQL
    database. A submission is known by its header row. Rows that are not well formed are rejected, with the reason.

    With --profile practice, SOURCE is a practice sheet: a CSV file, a workbook, or a folder of them. It is said
    what each header was taken for.
    """
    practice = _practice(profile, provider)
    if out is not None and form == _FORMATS[0]:
        _tell(_read(source, out, practice), as_json)
        _say_where(out)
        return
    with tempfile.TemporaryDirectory(prefix="caseness-record-") as folder:
        read = _read(source, Path(folder) / "record", practice)
        if out is not None:
            write_record(read[0], out, form)
            write_rejected(read[0], out / REJECTED_FOLDER)
        _tell(read, as_json)
    _say_where(out)


def _practice(profile: str, provider: str | None) -> Practice | None:
    if profile == _PRACTICE:
        own = Practice(read_on=find_today())
        return own if provider is None else replace(own, provider=provider)
    if provider is not None:
        raise click.UsageError("--provider is for --profile practice: a submission names its provider itself.")
    return None


def _read(source: str, to: Path, practice: Practice | None) -> _Read:
    with working(f"Reading {to if '://' in source else source} ..."):
        read = read_practice(Path(source), to, practice) if practice else (read_record(source, to), None)
        write_rejected(read[0], to / REJECTED_FOLDER)
        return read


def _say_where(out: Path | None) -> None:
    if out is not None:
        click.echo(f"Wrote {out}", err=True)


def _tell(read: _Read, as_json: bool) -> None:
    record, sheets = read
    if as_json:
        print_json({**to_plain(record), **({"practice": practice_to_plain(sheets)} if sheets else {})})
        return
    above = practice_tables(sheets) if sheets else [_submissions(record)]
    print_tables([*above, _tables(record), *_ignored(record)])


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
