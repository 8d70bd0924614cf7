"""`caseness change`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from caseness.audit.change import Courses, Judged, find_definition, judge_change
from caseness.audit.change.from_grains import gather_courses
from caseness.audit.change.from_practice import gather_practice
from caseness.audit.quantity import Quantity
from caseness.check import PRACTICE_PROFILE, PROFILES, SUBMISSION_PROFILE, check
from caseness.cli.grains import How, derived, name_of, require_place
from caseness.cli.options import assumptions_option, open_assumptions, output_options, rules_option
from caseness.cli.reading import open_as
from caseness.cli.show import Table, print_json, print_tables, working
from caseness.derive import read_options
from caseness.errors import CannotDerive, UnreadableRecord
from caseness.periods import Period
from caseness.programme import Programme, load, read_programme
from caseness.report.change_page import FORMATS, change_document, write_change
from caseness.report.change_tables import change_tables
from caseness.report.table import Cell, quantity_in, spell_cell
from caseness.report.table import Table as ReportTable


@click.command(name="change")
@click.argument("path", metavar="DIR")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=SUBMISSION_PROFILE,
    show_default=True,
    help="Whose record it is: a service that submits to NHS England, or a practice that does not.",
)
@click.option("--period", help="A month, quarter or financial year in which courses ended. Without it: all.")
@click.option(
    "--instrument",
    "instruments",
    multiple=True,
    help="A questionnaire to judge by itself. Repeat for more; without it: PHQ-9 and GAD-7, or all that a practice has.",
)
@click.option(
    "--programme",
    "programme",
    help="For a practice: a programme of the package, or a TOML file, whose rule is the headline.",
)
@click.option("--between", nargs=2, metavar="ID ID", help="Two definitions whose agreement is shown, class by class.")
@click.option("--with-unverified", is_flag=True, help="Use norms that were not verified, too. Each of them says so.")
@assumptions_option()
@rules_option()
@output_options(FORMATS)
def command(
    path: str,
    profile: str,
    period: str | None,
    instruments: tuple[str, ...],
    programme: str | None,
    between: tuple[str, str] | None,
    with_unverified: bool,
    assumptions: Path | None,
    chosen: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Judge the finished courses of the record at DIR under every definition of change, side by side.

    DIR is a record, as for `caseness check`, or what `caseness derive` made of one; with --profile practice it may be a
    practice sheet. The programme's own headline is reproduced first, and each definition is set beside it.
    """
    _require_sense(path, profile, programme, out, formats)
    for name in between or ():
        find_definition(name)
    when, assumed = Period.parse(period) if period else None, open_assumptions(assumptions)
    if profile == PRACTICE_PROFILE:
        courses = _of_practice(path, when, instruments, programme)
    else:
        courses = _of_service(path, when, instruments, chosen)
    with working("Judging ..."):
        judged = judge_change(courses, assumed, with_unverified, between)
    _show(judged, as_json, out, formats)


def _require_sense(path: str, profile: str, programme: str | None, out: Path | None, formats: tuple[str, ...]) -> None:
    if formats and out is None:
        raise click.UsageError("--format writes files: say into which folder with --out.")
    if programme is not None and profile != PRACTICE_PROFILE:
        raise click.UsageError("--programme is for --profile practice: submissions are judged by England's own flags.")
    if out is not None:
        require_place(path, out)


def _of_service(path: str, when: Period | None, instruments: tuple[str, ...], chosen: tuple[str, ...]) -> Courses:
    try:
        with derived(path, How(read_options(chosen), scores=True)) as given, working("Gathering courses ..."):
            return gather_courses(given.grains, given.name, when, instruments)
    except (CannotDerive, UnreadableRecord) as problem:
        raise type(problem)(
            f"{problem} If it is the record or the sheet of a practice, add --profile practice."
        ) from problem


def _of_practice(path: str, when: Period | None, instruments: tuple[str, ...], programme: str | None) -> Courses:
    rule = _programme(programme) if programme else None
    with tempfile.TemporaryDirectory(prefix="caseness-change-") as folder:
        with working(f"Reading {name_of(path)} ..."):
            record = open_as(path, Path(folder) / "record", PRACTICE_PROFILE)
        with working("Checking the record ..."):
            checked = check(record, PRACTICE_PROFILE)
        return gather_practice(checked, name_of(path), when, instruments, rule)


def _programme(name: str) -> Programme:
    return read_programme(Path(name)) if name.endswith(".toml") else load(name)


def _show(judged: Judged, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    if as_json:
        print_json(change_document(judged))
    elif out is None:
        print_tables([_table(one) for one in change_tables(judged)])
    if out is not None:
        _write(judged, out, formats or FORMATS)
    click.echo(f"caseness: {' '.join(filter(None, (judged.policy, judged.made_up)))}", err=True)


# As elsewhere, what stands in the folder is written over. Files of another record would be taken for those of this one.
def _write(judged: Judged, out: Path, formats: tuple[str, ...]) -> None:
    before = {path.name for path in out.glob("change*")}
    written = write_change(judged, out, formats)
    for path in written:
        click.echo(f"Wrote {path}", err=True)
    names = {path.name for path in written}
    if over := before & names:
        click.echo(f"caseness: {len(over)} of these files were in {out} before, and were written over.", err=True)
    if left := sorted(before - names):
        click.echo(
            f"caseness: not of this record, or of an earlier run, and left in {out}: {', '.join(left)}.", err=True
        )


def _table(one: ReportTable) -> Table:
    shown = [i for i, column in enumerate(one.columns) if not column.in_files_only]
    headings = tuple(one.columns[i].heading for i in shown)
    rows = tuple(tuple(_cell(row[i], one.columns[i].sign) for i in shown) for row in one.rows)
    return Table(one.id, one.caption, headings, rows, one.notes)


# Only words can carry a plus sign to the terminal.
def _cell(cell: Cell, sign: bool) -> str | Quantity:
    return spell_cell(cell, True) if sign or isinstance(cell, str) else quantity_in(cell)
