"""Files of computed figures: the results shape, and the layout in which NHS England publishes its monthly measures."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from caseness.cli.kinds import kind_of
from caseness.cli.whole_files import WholeFiles, whole_files
from caseness.disclosure import PUBLISHED, Policy, release
from caseness.engine import fetch, scan_parquet
from caseness.errors import UnreadableInput
from caseness.measures import all_official
from caseness.organisations import all_organisations
from caseness.published import open_releases
from caseness.read.model import MADE_UP
from caseness.results import COLUMNS, SCHEMA, Results, Selection

RESULTS, NHS_MONTHLY, NHS_ANNUAL = "results", "nhs-monthly", "nhs-annual"
LAYOUTS = (RESULTS, NHS_MONTHLY, NHS_ANNUAL)
# What the monthly files call each level. Boards have no rows there; ours are called as the annual files call them.
GROUP_TYPES = {
    "england": "England",
    "region": "CommissioningRegion",
    "icb": "ICB",
    "sub-icb": "SubICB",
    "provider": "Provider",
    "sub-icb-provider": "SubICB/Provider",
}
_ALL = "All"
_STAR, _NO_FIGURE = "*", "NULL"
_SYNTHETIC = "SYNTHETIC"
_WHOLE, _PLAIN = "measures.parquet", "measures.csv"
# A spreadsheet has so many rows below its header. Figures by breakdowns can be a hundred times as many.
_MOST_IN_CSV = 1_048_575


def write_layout(tables: Iterable[pa.Table], layout: str, out: Path, policy: Policy) -> tuple[list[Path], int]:
    """Write figures into a folder, and say where and how many: in the results shape, or as CSV in an official layout.

    The results shape is written table by table: as Parquet, and as CSV too where a spreadsheet has room for it. Each row
    bears the id of the policy that let it out, and the Parquet file says what that policy is. No file has its name before
    all are whole.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    with whole_files(out) as files:
        if layout == RESULTS:
            rows = _write_each(tables, files, policy)
        else:
            figures = pa.concat_tables(tables)
            rows = len(figures)
            _write_csv(_as_monthly(figures), files.begin("measures-nhs-monthly.csv"))
        return files.finish(), rows


def without_text(written: list[Path], layout: str) -> tuple[str, ...]:
    """What is said where figures were written as Parquet alone."""
    if layout == RESULTS and len(written) == 1:
        return (
            "Too many figures for a spreadsheet, so there is no CSV file. Ask for fewer breakdowns, measures or levels.",
        )
    return ()


def _write_each(tables: Iterable[pa.Table], files: WholeFiles, policy: Policy) -> int:
    whole, plain = files.begin(_WHOLE), files.begin(_PLAIN)
    rows, options = 0, pacsv.WriteOptions(quoting_style="needed")
    said = {"policy": policy.id, "policy_says": policy.says, "policy_source": policy.source}
    with pq.ParquetWriter(whole, SCHEMA.with_metadata(said), compression="zstd") as parquet, pacsv.CSVWriter(plain, SCHEMA, write_options=options) as text:  # fmt: skip
        for table in tables:
            rows += len(table)
            parquet.write_table(table.replace_schema_metadata(said))
            if rows <= _MOST_IN_CSV:
                text.write_table(table)
    if rows > _MOST_IN_CSV:
        files.leave_out(_PLAIN)
    return rows


def open_results(path: Path, wanted: Selection | None = None) -> Results:
    """Figures of a results file (Parquet), or the wanted ones of official releases.

    Raises
    ------
    UnreadableInput
        If it is neither.
    """
    if path.is_dir() and (path / _WHOLE).is_file():
        path = path / _WHOLE
    _require_figures(path)
    if path.suffix == ".csv" and _holds_results(path):
        # A blank is no text: what is no pair has no commissioner, and not one without a name.
        options = pacsv.ConvertOptions(column_types=SCHEMA, strings_can_be_null=True)
        return Results.from_arrow(pacsv.read_csv(path, convert_options=options))
    if path.suffix == ".parquet" and set(COLUMNS) <= set(scan_parquet(path).columns):
        return Results.from_arrow(fetch(scan_parquet(path)))
    return release(open_releases(path), PUBLISHED).select(wanted or Selection(splits=()))


def _require_figures(path: Path) -> None:
    if kind := kind_of(path):
        raise UnreadableInput(
            f"{path} is {kind}, and holds no figures. Compute them first with `caseness measures compute {path} --out FOLDER`, and "
            "compare FOLDER."
        )


def mark_of_files(path: Path) -> str:
    """What files in an official layout say of people who do not exist: a release has no place for it, so a column has."""
    for one in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
        try:
            with one.open(encoding="utf-8-sig", newline="") as opened:
                row = next(csv.DictReader(opened), {})
        except (OSError, UnicodeDecodeError):
            continue
        if row.get(_SYNTHETIC):
            return str(row[_SYNTHETIC])
    return ""


def _holds_results(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return set(COLUMNS) <= set(next(csv.reader(opened), []))
    except (OSError, UnicodeDecodeError):
        return False


def _write_csv(table: pa.Table, path: Path) -> None:
    pacsv.write_csv(table, path, pacsv.WriteOptions(quoting_style="needed"))


# For own use the values are exact: the column is named as the layout has it, and nothing is suppressed in it.
def _as_monthly(table: pa.Table) -> pa.Table:
    names = {one.code: one.name for one in all_organisations().values()}
    organisation, level = table["organisation"].to_pylist(), table["level"].to_pylist()
    pairs = [_pair(*row) for row in zip(level, organisation, table["commissioner"].to_pylist(), strict=True)]
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return pa.table(
        {
            "REPORTING_PERIOD_START": pc.strftime(table["period_start"], "%d/%m/%Y"),
            "REPORTING_PERIOD_END": pc.strftime(table["period_end"], "%d/%m/%Y"),
            "GROUP_TYPE": [GROUP_TYPES[one] for one in level],
            "ORG_CODE1": first,
            "ORG_NAME1": [names.get(code, code) for code in first],
            "ORG_CODE2": second,
            "ORG_NAME2": [names.get(code, code) for code in second],
            "MEASURE_ID": table["figure_id"],
            "MEASURE_NAME": [all_official()[one].name for one in table["figure_id"].to_pylist()],
            "MEASURE_VALUE_SUPPRESSED": _printed(table),
            "POLICY": table["release"],
            **({_SYNTHETIC: table["source"]} if _is_made_up(table) else {}),
        }
    )


# A star for what is suppressed, and the text NULL for what there is not, as the monthly files have them.
def _printed(table: pa.Table) -> pa.ChunkedArray:
    is_star = pc.equal(table["reason"], "suppressed").fill_null(False)  # type: ignore[attr-defined]
    if not pc.any(is_star).as_py():  # type: ignore[attr-defined]
        return table["value"]
    value = table["value"]
    is_whole = pc.equal(value, pc.round(value))  # type: ignore[attr-defined]
    whole = pc.if_else(is_whole, value, None).cast(pa.int64()).cast(pa.string())
    text = pc.coalesce(whole, value.cast(pa.string()), pa.scalar(_NO_FIGURE))  # type: ignore[attr-defined]
    return pc.if_else(is_star, _STAR, text)


def _is_made_up(table: pa.Table) -> bool:
    return any(MADE_UP in (source or "") for source in pc.unique(table["source"]).to_pylist())  # type: ignore[attr-defined]


def _pair(level: str, organisation: str, commissioner: str | None) -> tuple[str, str]:
    """The two organisations of a row: commissioner and provider, either of them "All"."""
    if level == "england":
        return _ALL, _ALL
    if level == "sub-icb-provider":
        return commissioner or _ALL, organisation
    return (_ALL, organisation) if level == "provider" else (organisation, _ALL)
