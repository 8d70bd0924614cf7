"""Computed figures in the layouts of the annual report: a file for each of its files and years, a row for each line of a group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from caseness.cli.grains import Derived
from caseness.cli.letting_out import Wanted, let_out
from caseness.cli.whole_files import WholeFiles, whole_files
from caseness.disclosure import Policy
from caseness.measures.annual import COURSES, AnnualFile, all_fields, all_files, status_of_field
from caseness.organisations import all_organisations
from caseness.periods import Period
from caseness.read.model import MADE_UP

# What the annual files call each level. They have no rows of sub-ICBs; ours are called as the monthly files call them.
_ORG_TYPES = {
    "england": "England",
    "region": "Commissioning Region",
    "icb": "ICB",
    "sub-icb": "SubICB",
    "provider": "Provider",
}
LEVELS = tuple(_ORG_TYPES)
_ENGLAND, _ALL = "england", "All"
# What stands for a main group as a whole where the files of 2024-25 say it: by variable and main group, or by variable.
_WHOLES = {
    ("Ethnic Group", None): "All",
    ("Ethnic Group / Gender", None): "All",
    ("Presenting Complaint", "Anxiety and stress related disorders"): "All",
    ("Presenting Complaint", "All ADSM"): "Total",
}
# How the files of 2024-25 spell what other years, and so our figures, spell otherwise.
_SPELLED = {
    "Any other ethnic group": "Any Other Ethnic Group",
    "First to second treatment": "First to Second treatment",
}
_SPELLED_IN_COURSES = {
    "Body dysmorphic disorder": "Body Dysmorphic Disorder",
    "Generalised anxiety disorder": "Generalised Anxiety Disorder",
    "Chronic fatigue syndrome": "Chronic Fatigue Syndrome",
    "Irritable bowel syndrome": "Irritable Bowel Syndrome",
}
_SYNTHETIC = "SYNTHETIC"
_ROWS_AT_ONCE = 1 << 16
# A number, a star where the policy holds it back, or nothing.
Cell = float | str | None
Cells = Mapping[str, Cell]
_STAR, _SUPPRESSED = "*", "suppressed"


@dataclass(frozen=True)
class _Place:
    """Where the rows of a group stand."""

    level: str
    organisation: str
    split_1: str | None
    group_1: str | None
    group_2: str | None
    source: str


_PLACE = tuple(_Place.__dataclass_fields__)


def what_is_written() -> tuple[str, ...]:
    """How many of the fields that the metadata describe are written, and on what they rest."""
    described = [status_of_field(one) for one in all_fields() if one.official]
    exact = sum(status.startswith("exact") for status in described)
    return (
        f"All {len(described)} fields of the annual metadata of 2024-25 are written: {exact} are exact, and {len(described) - exact} rest on "
        "rules and readings that are assumed. The manual's page of the annual report says which.",
        "An effect size is in England's standard deviations, and England is all rows of this record.",
    )


def write_annual(given: Derived, wanted: Wanted, out: Path, policy: Policy) -> list[tuple[Path, int]]:
    """Compute and write the files of each year, one after the other, and say where and how many figures each holds.

    They take their names when all of them are whole.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    written: list[tuple[Path, int]] = []
    with whole_files(out) as files:
        for one in all_files().values():
            asked = replace(wanted, measures=one.measures, variables=one.variables(wanted.variables))
            computed = pa.concat_tables(let_out(given, asked, policy))
            years = sorted(wanted.periods, key=lambda each: each.start)
            written += [(out / _named(one, year), _write_year(one, computed, year, files)) for year in years]
    return written


def _named(one: AnnualFile, year: Period) -> str:
    return f"{one.id if one.id == COURSES else f'annual-{one.id}'}-{year.label}.csv"


def _write_year(one: AnnualFile, figures: pa.Table, year: Period, files: WholeFiles) -> int:
    held = _held(figures, year)
    path = files.begin(_named(one, year))
    pacsv.write_csv(_laid_out(one, held), path, pacsv.WriteOptions(quoting_style="needed"))
    return sum(map(len, held.values()))


# Of a country with breakdowns there are millions, so they are not all Python objects at once.
def _held(figures: pa.Table, year: Period) -> dict[_Place, dict[str, Cell]]:
    held: dict[_Place, dict[str, Cell]] = {}
    told = figures.select((*_PLACE, "period_start", "figure_id", "value", "reason"))
    for batch in told.to_batches(max_chunksize=_ROWS_AT_ONCE):
        for *place, start, figure, value, reason in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            if start == year.start:
                held.setdefault(_Place(*place), {})[figure] = _STAR if reason == _SUPPRESSED else value
    return held


# Whether a cell is text or a number follows from its column, unless a star stands in it.
def _laid_out(one: AnnualFile, held: Mapping[_Place, Cells]) -> pa.Table:
    rows = [row for place, cells in held.items() for row in _lines_of(one, place, cells)]
    marked = [_SYNTHETIC] if any(MADE_UP in place.source for place in held) else []
    text = {*one.place, *marked, *(name for line in one.lines for name in line.says)}
    names = [*filter(None, one.place), *one.columns, *marked]
    return pa.table({name: _column([row.get(name) for row in rows], name in text) for name in names})


def _column(cells: list[Cell], is_text: bool) -> pa.Array:
    if is_text or _STAR in cells:
        return pa.array([None if cell is None else _spelled(cell) for cell in cells], pa.string())
    return pa.array(cells, pa.float64())


def _spelled(cell: float | str) -> str:
    return cell if isinstance(cell, str) else f"{cell:.15g}"


def _lines_of(one: AnnualFile, place: _Place, cells: Cells) -> Iterator[dict[str, Cell]]:
    where = dict(zip(one.place, (*_organisation(place), *_group(one, place)), strict=True))
    for line in one.lines:
        told = {printed: cells.get(measure.id) for printed, measure in line.cells.items()}
        yield {**where, **line.says, **told, _SYNTHETIC: place.source}


def _organisation(place: _Place) -> tuple[str, str, str]:
    level, code = _ORG_TYPES[place.level], place.organisation
    if place.level == _ENGLAND:
        return level, _ALL, _ALL
    known = all_organisations().get(code)
    return level, code, known.name if known else code


def _group(one: AnnualFile, place: _Place) -> tuple[str, str, str]:
    if place.split_1 is None or place.group_1 is None:
        return one.total
    spelled = _SPELLED_IN_COURSES if one.id == COURSES else _SPELLED
    whole = _WHOLES.get((place.split_1, place.group_1)) or _WHOLES.get((place.split_1, None)) or one.nothing
    lower = place.group_2 or whole
    return place.split_1, spelled.get(place.group_1, place.group_1), spelled.get(lower, lower)
