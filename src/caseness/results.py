"""The one shape of a figure.

Published and computed figures share these columns, so agreement with NHS England is a
join, and the audit does not care which it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from caseness.errors import UnreadableInput

if TYPE_CHECKING:
    import pandas
    import polars

SCHEMA_VERSION = "1.0.0"
DEFINITIONS_VERSION = "1.0.0"
ENGLAND = "ENGLAND"

LEVELS = ("england", "region", "icb", "stp", "ccg", "sub-icb", "provider", "sub-icb-provider", "team")
REASONS = ("suppressed", "not_applicable", "no_data")

ANNUAL = "annual report"
MONTHLY = "monthly file"
SUMMED = "sum of monthly files"
PRESS = "press report"
COMPUTED = "computed"
BASES = (ANNUAL, MONTHLY, SUMMED, PRESS, COMPUTED)

SCHEMA = pa.schema(
    [
        ("figure_id", pa.string()),
        ("statistic", pa.string()),
        ("clock", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("level", pa.string()),
        ("organisation", pa.string()),
        ("commissioner", pa.string()),
        ("split_1", pa.string()),
        ("group_1", pa.string()),
        ("split_2", pa.string()),
        ("group_2", pa.string()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("reason", pa.string()),
        ("basis", pa.string()),
        ("source", pa.string()),
        ("release", pa.string()),
        ("definitions_version", pa.string()),
    ]
)
COLUMNS = tuple(SCHEMA.names)


@dataclass(frozen=True)
class Selection:
    """Which figures are wanted. None means all of them; `splits` of () means totals only."""

    figures: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None
    bases: tuple[str, ...] | None = None
    statistics: tuple[str, ...] | None = None
    splits: tuple[str, ...] | None = None


class FigureSource(Protocol):
    """Anything that can hand over figures: open releases, embedded facts, or results."""

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted, and no others."""
        ...


@dataclass(frozen=True, eq=False)
class Results:
    """Figures, one a row, in the columns of `SCHEMA`. Immutable.

    Examples
    --------
    >>> Results.from_rows([{"figure_id": "M076", "value": 57359.0}]).table.num_rows
    1
    """

    table: pa.Table
    names: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def from_arrow(cls, figures: Any) -> Results:
        """Take figures from a pyarrow, polars or pandas table, or any Arrow stream.

        Raises
        ------
        UnreadableInput
            If a column is missing, unknown or of a type that cannot be converted.
        """
        table = pa.table(figures)
        _require_columns(table.column_names)
        try:
            return cls(table.select(COLUMNS).cast(SCHEMA))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
            raise UnreadableInput(f"A column of these results has the wrong type: {problem}") from problem

    @classmethod
    def from_rows(cls, rows: Iterable[dict[str, object]]) -> Results:
        """Make results from dictionaries. A column that is left out is null."""
        return cls(pa.Table.from_pylist([_with_all_columns(row) for row in rows], schema=SCHEMA))

    def to_arrow(self) -> pa.Table:
        """The figures as a pyarrow table."""
        return self.table

    def to_polars(self) -> polars.DataFrame:
        """The figures as a polars frame. Needs polars (`pip install caseness[polars]`)."""
        import polars

        return polars.DataFrame(self.table)

    def to_pandas(self) -> pandas.DataFrame:
        """The figures as a pandas frame."""
        return self.table.to_pandas()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return self.table.num_rows

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted."""
        table = self.table
        for column, values in _filters(wanted):
            table = table.filter(pc.is_in(table[column], pa.array(values, pa.string())))
        if wanted.splits is not None:
            table = table.filter(_is_wanted_split(table, wanted.splits))
        return Results(table, self.names)

    def _repr_html_(self) -> str:
        shown = ("figure_id", "statistic", "period_start", "organisation", "value", "low", "high", "reason", "basis")
        head = self.table.select(shown).slice(0, 20).to_pylist()
        cells = "".join("<tr>" + "".join(f"<td>{_shown(row[name])}</td>" for name in shown) + "</tr>" for row in head)
        titles = "".join(f"<th>{name}</th>" for name in shown)
        return f"<table><caption>{len(self):,} figures</caption><tr>{titles}</tr>{cells}</table>"


def join_results(parts: Sequence[Results]) -> Results:
    """Put several results one after the other."""
    names = {code: name for part in parts for code, name in part.names.items()}
    return Results(pa.concat_tables([part.table for part in parts] or [SCHEMA.empty_table()]), names)


def _require_columns(given: Sequence[str]) -> None:
    missing = [name for name in COLUMNS if name not in given]
    if missing:
        raise UnreadableInput(
            f"These results lack {len(missing)} of {len(COLUMNS)} columns: {', '.join(missing)}. "
            "No figure is taken from them. The columns are listed in docs/reference/results.md."
        )


def _with_all_columns(row: dict[str, object]) -> dict[str, object]:
    unknown = sorted(set(row) - set(COLUMNS))
    assert not unknown, f"not columns of a figure: {unknown}"
    return {name: row.get(name) for name in COLUMNS}


_COLUMN_OF = {
    "figures": "figure_id",
    "levels": "level",
    "organisations": "organisation",
    "bases": "basis",
    "statistics": "statistic",
}


def _filters(wanted: Selection) -> list[tuple[str, tuple[str, ...]]]:
    asked = {part.name: getattr(wanted, part.name) for part in fields(wanted)}
    return [(column, asked[name]) for name, column in _COLUMN_OF.items() if asked[name] is not None]


def _is_wanted_split(table: pa.Table, splits: tuple[str, ...]) -> pa.ChunkedArray:
    is_total = pc.is_null(table["split_1"])
    return pc.or_(is_total, pc.is_in(table["split_1"], pa.array(splits, pa.string()))) if splits else is_total


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).replace("&", "&amp;").replace("<", "&lt;")
