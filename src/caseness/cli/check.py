"""`caseness check`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from caseness.check import (
    FILE,
    GROUP,
    PROFILES,
    RECORD,
    SUBMISSION_PROFILE,
    Checked,
    Finding,
    check,
)
from caseness.check.telling import tell
from caseness.check.writing import write_rejected_rows, write_rows
from caseness.cli.options import output_options
from caseness.cli.practice_tables import places_of, practice_to_plain, spell_places
from caseness.cli.reading import read_with_sheet
from caseness.cli.show import Table, print_json, print_tables, working
from caseness.engine import database_name
from caseness.errors import (
    CannotWrite,
    CasenessError,
    GroupsRejected,
    RowsRejected,
    SubmissionsRejected,
)
from caseness.read.database import is_address
from caseness.read.practice import PracticeSheets
from caseness.report.files import put_in_place
from caseness.report.findings import percent, render_findings, share, total_rows, verdict_on
from caseness.report.table import write_csv

FORMATS = ("html", "json", "csv")
# A terminal shows so many submissions and row ids; the files hold all.
_SUBMISSIONS, _IDS = 20, 3
# The worst severity decides how the command ends.
_ENDS: dict[str, type[CasenessError]] = {FILE: SubmissionsRejected, GROUP: GroupsRejected, RECORD: RowsRejected}


@click.command(name="check")
@click.argument("path", metavar="DIR")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=SUBMISSION_PROFILE,
    show_default=True,
    help="Who is checked: a service that submits to NHS England, or a practice that does not.",
)
@output_options(FORMATS, folder="A folder for the findings and for the rejected rows, which are personal data.")
def command(path: str, profile: str, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """Check the record at DIR: what is rejected, what it does to the figures, and what to do.

    DIR is a folder, a file, or the address of a database; with --profile practice it may be a practice sheet. It ends
    with code 0 where no row is rejected, 41 where rows are, 42 where what hangs on them goes too, and 43 where a whole
    submission is rejected.
    """
    if formats and out is None:
        raise click.UsageError("--format writes files: say into which folder with --out.")
    name = database_name(path) if is_address(path) else Path(path).resolve().name
    if out is not None and not is_address(path):
        _require_apart(Path(path).resolve(), out.resolve())
    with _checked(path, name, profile) as (checked, sheet):
        if as_json:
            print_json(_tell(checked, sheet))
        else:
            print_tables(tables_of(checked, name, sheet))
        if out is not None:
            _write(checked, name, out, formats or FORMATS)
        _end(checked, out)


# Findings and rejected rows among the source would be taken for a part of it the next time.
def _require_apart(source: Path, out: Path) -> None:
    if out == source or source in out.parents:
        raise CannotWrite(f"{out} lies within what is checked. Nothing was read. Choose another folder with --out.")


@contextmanager
def _checked(path: str, name: str, profile: str) -> Iterator[tuple[Checked, PracticeSheets | None]]:
    with tempfile.TemporaryDirectory(prefix="caseness-") as folder:
        with working(f"Reading {name} ..."):
            record, sheet = read_with_sheet(path, Path(folder) / "record", profile)
        with working("Checking the record ..."):
            checked = check(record, profile)
        yield checked, sheet


def tables_of(checked: Checked, name: str, sheet: PracticeSheets | None = None) -> list[Table]:
    """What the terminal shows. Of the sheet of a practice each finding names its rows there."""
    return [_submissions(checked, name), _rows(checked), *_ignored(checked), *_findings(checked, sheet)]


# What was told of a sheet's findings by ids of the record leads nobody to a row of the sheet.
def _tell(checked: Checked, sheet: PracticeSheets | None) -> dict[str, Any]:
    told = tell(checked)
    if sheet is None:
        return told
    for one, finding in zip(told["findings"], checked.findings, strict=True):
        one["places"] = [
            {"sheet": sheet.sheets[where.sheet - 1].name, "row": where.row} for where in places_of(finding, sheet)
        ]
    return {**told, "sheet": practice_to_plain(sheet)}


def _submissions(checked: Checked, name: str) -> Table:
    every = checked.record.submissions
    shown = sorted(every, key=lambda one: one.id not in checked.refused)[:_SUBMISSIONS]
    rows = tuple(
        (
            str(one.id),
            one.provider,
            f"{one.period_start} to {one.period_end}",
            one.version,
            f"rejected ({', '.join(checked.refused[one.id])})" if one.id in checked.refused else "accepted",
        )
        for one in shown
    )
    columns = ("Submission", "Provider", "Period", "Version", "Outcome")
    more = [f"{len(every) - len(rows):,} more submissions are not shown."] if len(every) > len(rows) else []
    title = f"{name}: {_many(len(every), 'submission')}"
    return Table("submissions", title, columns, rows, (*more, verdict_on(checked), *filter(None, [checked.made_up])))


def _rows(checked: Checked) -> Table:
    rows = [
        (
            table,
            *(f"{number:,}" for number in (one.read, one.unreadable, one.rejected, one.kept)),
            percent(checked.score_of(table)),
        )
        for table, one in checked.tables.items()
    ]
    total = total_rows(checked)
    kinds = ("read", "unreadable", "rejected", "kept")
    rows.append(("All", *(f"{total[kind]:,}" for kind in kinds), percent(checked.score)))
    columns = ("Table", "Read", "Unreadable", "Rejected", "Kept", "Score")
    return Table("tables", "Rows", columns, tuple(rows), ("The score is ours, and not the DQMI of NHS England.",))


# A table whose file bears another name is not there for the rules, so what was passed over is always told.
def _ignored(checked: Checked) -> list[Table]:
    rows = tuple((one.name, one.ignored) for one in checked.record.files if one.ignored)
    return [Table("ignored", f"{_many(len(rows), 'file')} not read", ("File", "Why"), rows)] if rows else []


def _findings(checked: Checked, sheet: PracticeSheets | None) -> list[Table]:
    own = [one for one in checked.findings if not one.rule.is_consequence]
    taken = sum(one.count for one in checked.findings if one.rule.is_consequence)
    if not checked.findings:
        return []
    notes = (
        [f"{taken:,} more rows go with their parents. Mend the findings above, and they come back."] if taken else []
    )
    first = "First rows of the sheet" if sheet else "First row ids"
    columns = ("Severity", "Rule", "Table", "Rows", "Share", "What should be", first)
    rows = tuple(_finding(one, sheet) for one in own)
    return [Table("findings", "Findings, worst first", columns, rows, tuple(notes))]


def _finding(one: Finding, sheet: PracticeSheets | None) -> tuple[str, ...]:
    rule = one.rule
    ids = spell_places(places_of(one, sheet), sheet) if sheet else " ".join(map(str, one.rows[:_IDS]))
    return rule.severity, rule.id, rule.table, f"{one.count:,}", share(one), rule.says, ids


def _write(checked: Checked, name: str, out: Path, formats: tuple[str, ...]) -> None:
    made = {"html": _html, "json": _json, "csv": _csv}
    contents = {file: text.encode() for form in formats for file, text in made[form](checked, name).items()}
    written = [*put_in_place(out, contents), write_rows(checked, out)]
    rejected = write_rejected_rows(checked, out)
    for path in written:
        click.echo(f"Wrote {path}", err=True)
    if rejected:
        click.echo(f"Wrote {rejected[0].parent}: the rejected rows. They hold personal data.", err=True)


def _html(checked: Checked, name: str) -> dict[str, str]:
    return {"findings.html": render_findings(checked, name)}


def _json(checked: Checked, name: str) -> dict[str, str]:
    return {"findings.json": json.dumps({"record": name, **tell(checked)}, indent=2, ensure_ascii=False) + "\n"}


def _csv(checked: Checked, name: str) -> dict[str, str]:
    told = tell(checked)
    return {f"{kind}.csv": _lines(told[kind], checked.made_up) for kind in ("findings", "fields", "tables")}


def _lines(rows: list[dict[str, object]], made_up: str) -> str:
    rows = [{**row, "synthetic": made_up} for row in rows] if made_up else rows
    header = list(rows[0]) if rows else []
    cells = [[" ".join(map(str, cell)) if isinstance(cell, list) else cell for cell in row.values()] for row in rows]
    return write_csv(header, cells)


def _end(checked: Checked, out: Path | None) -> None:
    end = _ENDS.get(checked.worst or "")
    if end is None:
        return
    where = f"Read {out / 'findings.html'} and {out / 'rejected'}" if out else "Ask for the rows with --out FOLDER"
    raise end(f"{verdict_on(checked)} {where}, mend the rows in the record system, and export again.")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
