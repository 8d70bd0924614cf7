"""`caseness measures compute` and `caseness measures compare`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import pyarrow.compute as pc

from caseness.cli.annual_files import write_annual
from caseness.cli.breakdowns import (
    notes_of,
    picked_measures,
    require_layout,
    require_policy,
    wanted_periods,
    with_what_is_known,
)
from caseness.cli.computed_files import (
    LAYOUTS,
    NHS_ANNUAL,
    mark_of_files,
    open_results,
    without_text,
    write_layout,
)
from caseness.cli.grains import Derived, How, derived, engine_option, require_place
from caseness.cli.lacking import say_missing_months, say_what_has_no_figure
from caseness.cli.letting_out import Wanted, let_out, says_what_is_held_back
from caseness.cli.options import deprivation_option, output_options, policy_option, rules_option
from caseness.cli.show import Table, answer, working
from caseness.derive import Grains, read_options
from caseness.disclosure import Policy, choose_policy
from caseness.errors import FiguresDiffer
from caseness.measures import (
    CATALOGUES,
    CORE,
    LEVELS,
    TEAM,
    Places,
    choose_variables,
    needs_employment,
    places_of_providers,
    read_places,
)
from caseness.measures.comparing import DIFFERS, ONLY_OURS, ONLY_THEIRS, SAME, Line, compare, tally
from caseness.read.model import MADE_UP
from caseness.results import Results, Selection

TEAM_RULE = "team-of-referral"
_SHOWN = 20


@click.group(name="measures")
def command() -> None:
    """Compute official measures from a record, and compare them with other figures."""


@command.command(name="compute")
@click.argument("path", metavar="DIR")
@click.option(
    "--period",
    "periods",
    multiple=True,
    help="A month, quarter or year. Repeat for more; without it: all that are whole.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    help="An official id, such as M192. Repeat for more; without it: all of --catalogue.",
)
@click.option(
    "--catalogue",
    type=click.Choice(CATALOGUES),
    help=f"Which part of the official catalogue to compute; without it, and without --measure: {CORE}. Not together with --measure.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(LEVELS),
    help="Repeat for more; without it: england. Teams need the table EXT01TeamMembership.",
)
@click.option(
    "--places",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file that places commissioners: commissioner, icb, region. Without it: the board of the provider, as it is today.",
)
@click.option(
    "--breakdown",
    "by",
    multiple=True,
    help="Break every figure down as well, by an official variable such as V001, one of the annual report, or all. Repeat for more.",
)
@deprivation_option()
@rules_option()
@engine_option()
@click.option(
    "--layout", type=click.Choice(LAYOUTS), default="results", show_default=True, help="How the figures are laid out."
)
@policy_option()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder to write into.")
def compute_command(path: str, **options: Any) -> None:
    """Compute official measures of the record at DIR, and write them into a folder.

    DIR is a record, as for `caseness check`, or what `caseness derive` made of one. A record is read, checked and derived
    first, and what is rejected counts for nothing.

    All core measures, for every whole month, quarter and financial year that DIR covers, unless others are asked for.
    Those of employment need grains that `caseness derive --employment` makes; of a record they are made where needed.
    Figures with breakdowns are of quarters and years, unless a month is named, and need those of `derive --breakdowns`.
    """  # fmt: skip
    asked = _Asked(**options)
    require_place(path, asked.out)
    policy, variables = choose_policy(asked.policy), choose_variables(asked.by)
    require_layout(asked.layout, variables, asked.levels)
    require_policy(asked.layout, policy)
    picked = picked_measures(asked.layout, asked.measures, asked.catalogue)
    with derived(path, asked.how(needs_employment(picked), bool(variables))) as given:
        variables = with_what_is_known(variables, asked.by, given.grains)
        kept = wanted_periods(given.grains, asked.periods, bool(variables), asked.layout, policy.rules.needs_all)
        lacking = () if asked.layout == NHS_ANNUAL else say_what_has_no_figure(picked, kept)
        partial = say_missing_months(given.grains, kept)
        wanted = Wanted(kept, picked, asked.levels or ("england",), asked.placed, variables)
        with working("Computing ..."):
            written = _write(given, wanted, asked, policy)
    told = (
        *without_text([path for path, _ in written], asked.layout),
        *notes_of(variables, picked, kept, asked.layout),
        *(lacking if asked.periods or asked.measures else ()),
        *partial,
        policy.notice,
    )
    teams = _of_teams(given.grains) if TEAM in asked.levels else ""
    _tell(written, (*told, *says_what_is_held_back(wanted, policy), teams, given.grains.made_up))


# Each file with how many figures it holds.
def _write(given: Derived, wanted: Wanted, asked: _Asked, policy: Policy) -> list[tuple[Path, int]]:
    if asked.layout == NHS_ANNUAL:
        return write_annual(given, wanted, asked.out, policy)
    paths, rows = write_layout(let_out(given, wanted, policy), asked.layout, asked.out, policy)
    return [(path, rows) for path in paths]


@dataclass(frozen=True)
class _Asked:
    periods: tuple[str, ...]
    measures: tuple[str, ...]
    catalogue: str | None
    levels: tuple[str, ...]
    places: Path | None
    by: tuple[str, ...]
    deprivation: Path | None
    chosen: tuple[str, ...]
    engine: str
    layout: str
    policy: str
    out: Path

    @property
    def placed(self) -> Places:
        return read_places(self.places) if self.places else places_of_providers()

    def how(self, employment: bool, breakdowns: bool) -> How:
        annual = self.layout == NHS_ANNUAL
        more = {"employment": employment, "breakdowns": breakdowns, "deprivation": self.deprivation, "annual": annual}
        return How(read_options(self.chosen), engine=self.engine, **more)


# No document says to which team a referral belongs, and the figures of a team of one are those of a person.
def _of_teams(grains: Grains) -> str:
    return (
        f"To which team a referral belongs is assumed: {TEAM_RULE} = {grains.options[TEAM_RULE]}. A team of one is one "
        "person's work: its figures are for that person and their supervisor."
    )


def _tell(written: list[tuple[Path, int]], notes: tuple[str, ...]) -> None:
    for path, rows in written:
        click.echo(f"Wrote {path}: {rows:,} {'figure' if rows == 1 else 'figures'}.", err=True)
    for note in filter(None, notes):
        click.echo(f"caseness: {note}", err=True)


@command.command(name="compare")
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option(
    "--strict",
    is_flag=True,
    help="End with code 46 also where a figure is on one side alone, or cannot be told from rounding.",
)
@output_options()
def compare_command(
    ours: Path, theirs: Path, strict: bool, as_json: bool, out: Path | None, formats: tuple[str, ...]
) -> None:
    """Compare the figures of OURS with those of THEIRS, line by line, as far as theirs were rounded.

    Each is a file of results that `measures compute` wrote, or a file or folder of official releases. Of releases, what
    is in OURS is compared. It ends with code 0 where no figure differs, and 46 where one does.
    """
    mine = open_results(ours)
    held = mine.table
    figures = tuple(sorted(set(held["figure_id"].to_pylist())))
    levels = tuple(sorted(set(held["level"].to_pylist())))
    splits = tuple(sorted(set(held["split_1"].to_pylist()) - {None}))
    beside = open_results(theirs, Selection(figures=figures, levels=levels, splits=splits))
    lines = compare(mine, _within(beside, mine))
    mark = _mark_in(mine, beside) or mark_of_files(ours) or mark_of_files(theirs)
    answer([_marked(one, mark) for one in (_tally(lines), _worst(lines))], lines, as_json, out, formats)
    _end(lines, strict)


# All has been told by then. The code is for a script, which reads no table.
def _end(lines: tuple[Line, ...], strict: bool) -> None:
    if lines and all(line.verdict in (ONLY_OURS, ONLY_THEIRS) for line in lines):
        raise FiguresDiffer(
            f"No figure of the {len(lines):,} is on both sides, so nothing could be compared. Look whether both are of the same "
            "measures, periods and levels."
        )
    against = {verdict: number for verdict, number in tally(lines).items() if number and verdict != SAME}
    if not (strict and against) and DIFFERS not in against:
        return
    told = ", ".join(f"{verdict} {number:,}" for verdict, number in against.items())
    raise FiguresDiffer(
        f"Of {len(lines):,} figures compared not all are the same: {told}. Nothing was changed. Look at the lines above, or "
        "write all with --out."
    )


# Figures of people who do not exist may stand beside published ones, and must not be taken for them.
def _mark_in(*sides: Results) -> str:
    sources = {source or "" for side in sides for source in pc.unique(side.table["source"]).to_pylist()}  # type: ignore[attr-defined]
    return next((source for source in sorted(sources) if MADE_UP in source), "")


def _marked(table: Table, mark: str) -> Table:
    if not mark:
        return table
    columns, rows = (*table.columns, "Synthetic"), tuple((*row, MADE_UP) for row in table.rows)
    return replace(table, columns=columns, rows=rows, notes=(*table.notes, mark))


# A release of eight years is compared only in the periods that both have.
def _within(theirs: Results, ours: Results) -> Results:
    held = set(zip(ours.table["period_start"].to_pylist(), ours.table["period_end"].to_pylist(), strict=True))
    both = zip(theirs.table["period_start"].to_pylist(), theirs.table["period_end"].to_pylist(), strict=True)
    return Results(theirs.table.filter([pair in held for pair in both]), theirs.names)


def _tally(lines: tuple[Line, ...]) -> Table:
    rows = tuple((verdict, f"{number:,}") for verdict, number in tally(lines).items())
    note = "Within rounding: England exact and to one decimal, below it counts to 5 and percentages to 1."
    return Table("verdicts", f"{len(lines):,} figures compared", ("Verdict", "Figures"), rows, (note,))


def _worst(lines: tuple[Line, ...]) -> Table:
    differing = [line for line in lines if line.verdict == DIFFERS]
    rows = tuple(
        (
            line.figure_id,
            f"{line.period_start} to {line.period_end}",
            line.level,
            line.organisation,
            line.group,
            _spelled(line.ours),
            _spelled(line.theirs),
        )
        for line in differing[:_SHOWN]
    )
    more = (
        (f"{len(differing) - _SHOWN:,} more are not shown: ask for all with --out.",) if len(differing) > _SHOWN else ()
    )
    columns = ("Measure", "Period", "Level", "Organisation", "Group", "Ours", "Theirs")
    return Table("differing", f"{len(differing):,} figures differ", columns, rows, more)


def _spelled(value: float | None) -> str:
    return "none" if value is None else f"{value:,.10g}"
