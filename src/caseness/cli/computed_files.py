"""Files of computed figures: the results shape, and the layout in which NHS England publishes its monthly measures."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from caseness.disclosure import PUBLISHED, release
from caseness.engine import fetch, scan_parquet
from caseness.errors import CannotWrite, say_why_not_written
from caseness.measures import all_official
from caseness.organisations import all_organisations
from caseness.published import open_releases
from caseness.read.model import MADE_UP
from caseness.results import COLUMNS, SCHEMA, Results, Selection

RESULTS, NHS_MONTHLY = "results", "nhs-monthly"
LAYOUTS = (RESULTS, NHS_MONTHLY)
# What the monthly files call each level. Boards have no rows there; ours are called as the annual files call them.
_GROUP_TYPES = {
    "england": "England",
    "region": "CommissioningRegion",
    "icb": "ICB",
    "sub-icb": "SubICB",
    "provider": "Provider",
    "sub-icb-provider": "SubICB/Provider",
}
_ALL = "All"


def require_in_layout(levels: Iterable[str], layout: str) -> None:
    """Refuse levels for which a layout has no place, before anything is computed."""
    lacking = [level for level in levels if layout == NHS_MONTHLY and level not in _GROUP_TYPES]
    if lacking:
        raise click.UsageError(
            f"The layout {layout} has no group type for the level {lacking[0]}: NHS England publishes none. Nothing was computed. "
            f"Use --layout {RESULTS}, or leave out --level {lacking[0]}."
        )


def write_figures(results: Results, layout: str, out: Path) -> list[Path]:
    """Write figures into a folder: as Parquet and CSV in the results shape, or as CSV in the monthly layout.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        if layout == NHS_MONTHLY:
            return [_write_csv(_as_monthly(results.table), out / "measures-nhs-monthly.csv")]
        pq.write_table(results.table, out / "measures.parquet", compression="zstd")
        return [out / "measures.parquet", _write_csv(results.table, out / "measures.csv")]
    except OSError as problem:
        raise CannotWrite(
            f"Nothing could be written to {out}: {say_why_not_written(problem)}. Choose another folder with --out."
        ) from problem


def open_results(path: Path, wanted: Selection | None = None) -> Results:
    """Figures of a results file (Parquet), or the wanted ones of official releases.

    Raises
    ------
    UnreadableInput
        If it is neither.
    """
    if path.is_dir() and (path / "measures.parquet").is_file():
        path = path / "measures.parquet"
    if path.suffix == ".csv" and _holds_results(path):
        return Results.from_arrow(pacsv.read_csv(path, convert_options=pacsv.ConvertOptions(column_types=SCHEMA)))
    if path.suffix == ".parquet" and set(COLUMNS) <= set(scan_parquet(path).columns):
        return Results.from_arrow(fetch(scan_parquet(path)))
    return release(open_releases(path), PUBLISHED).select(wanted or Selection(splits=()))


def _holds_results(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return set(COLUMNS) <= set(next(csv.reader(opened), []))
    except (OSError, UnicodeDecodeError):
        return False


def _write_csv(table: pa.Table, path: Path) -> Path:
    pacsv.write_csv(table, path, pacsv.WriteOptions(quoting_style="needed"))
    return path


# The values are exact: the column is named as the layout has it, and nothing is suppressed in it.
def _as_monthly(table: pa.Table) -> pa.Table:
    names = {one.code: one.name for one in all_organisations().values()}
    organisation, level = table["organisation"].to_pylist(), table["level"].to_pylist()
    pairs = [_pair(*row) for row in zip(level, organisation, table["commissioner"].to_pylist(), strict=True)]
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return pa.table(
        {
            "REPORTING_PERIOD_START": pc.strftime(table["period_start"], "%d/%m/%Y"),
            "REPORTING_PERIOD_END": pc.strftime(table["period_end"], "%d/%m/%Y"),
            "GROUP_TYPE": [_GROUP_TYPES[one] for one in level],
            "ORG_CODE1": first,
            "ORG_NAME1": [names.get(code, code) for code in first],
            "ORG_CODE2": second,
            "ORG_NAME2": [names.get(code, code) for code in second],
            "MEASURE_ID": table["figure_id"],
            "MEASURE_NAME": [all_official()[one].name for one in table["figure_id"].to_pylist()],
            "MEASURE_VALUE_SUPPRESSED": table["value"],
            **({"SYNTHETIC": table["source"]} if _is_made_up(table) else {}),
        }
    )


def _is_made_up(table: pa.Table) -> bool:
    return any(MADE_UP in (source or "") for source in pc.unique(table["source"]).to_pylist())  # type: ignore[attr-defined]


def _pair(level: str, organisation: str, commissioner: str | None) -> tuple[str, str]:
    """The two organisations of a row: commissioner and provider, either of them "All"."""
    if level == "england":
        return _ALL, _ALL
    if level == "sub-icb-provider":
        return commissioner or _ALL, organisation
    return (_ALL, organisation) if level == "provider" else (organisation, _ALL)
