"""England's headline figures, kept inside the package as a small table of facts.

They let an audit run with nothing but the package. Source: NHS England, Psychological
Therapies annual reports 2012-13 to 2024-25 and monthly activity and performance files
January 2021 to March 2026 (Open Government Licence v3.0). Years are as printed in the
annual reports, months as printed in the monthly files: the two are different bases.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from caseness.periods import Period
from caseness.provenance import Provenance, SourceFile
from caseness.published.names import Figure, all_figures, read_rows
from caseness.results import DEFINITIONS_VERSION, ENGLAND, MONTHLY, Results, Selection

YEARS = "national_years.csv"
MONTHS = "national_months.csv"

_DECIMAL = 0.05
_EXACT = ("count", "median", "min", "max")


class Embedded:
    """The embedded facts as a source of figures."""

    ignored = ()
    notes = ()

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted."""
        return _all_facts().select(wanted)

    def organisation_names(self) -> dict[str, str]:
        """Only England is embedded."""
        return {ENGLAND: "England"}

    def provenance(self) -> Provenance:
        """The two tables of facts, with their hashes."""
        return Provenance(sources=tuple(_source_file(table) for table in (YEARS, MONTHS)))


@cache
def _all_facts() -> Results:
    facts = Results.from_rows([*_yearly_facts(), *_monthly_facts()])
    return Results(facts.table, {ENGLAND: "England"})


def _yearly_facts() -> list[dict[str, object]]:
    return [_yearly_fact(row) for row in read_rows(YEARS)]


def _yearly_fact(row: dict[str, str]) -> dict[str, object]:
    split = "Waiting Time" if row["wait"] else None
    return {
        **_common(Period.parse(row["year"]), all_figures()[row["figure_id"]]),
        "split_1": split,
        "group_1": row["wait"] or None,
        "split_2": split,
        "group_2": row["band"] or None,
        "value": float(row["value"]),
        "low": float(row["low"]),
        "high": float(row["high"]),
        "basis": row["basis"],
        "source": row["source"],
        "release": "annual report",
    }


def _monthly_facts() -> list[dict[str, object]]:
    return [
        _monthly_fact(Period.parse(row["month"]), all_figures()[figure_id], float(row[figure_id]))
        for row in read_rows(MONTHS)
        for figure_id in row
        if figure_id != "month" and row[figure_id]
    ]


def _monthly_fact(month: Period, figure: Figure, value: float) -> dict[str, object]:
    margin = 0.0 if figure.statistic in _EXACT else _DECIMAL
    return {
        **_common(month, figure),
        "value": value,
        "low": value - margin,
        "high": value + margin,
        "basis": MONTHLY,
        "source": "monthly activity and performance file",
        "release": "monthly activity and performance",
    }


def _common(period: Period, figure: Figure) -> dict[str, object]:
    return {
        "figure_id": figure.figure_id,
        "statistic": figure.statistic,
        "clock": figure.clock,
        "period_start": period.start,
        "period_end": period.end,
        "level": "england",
        "organisation": ENGLAND,
        "definitions_version": DEFINITIONS_VERSION,
    }


def _source_file(table: str) -> SourceFile:
    content = files("caseness.published").joinpath(table).read_bytes()
    first, *_, last = (next(iter(row.values())) for row in read_rows(table))
    return SourceFile(
        f"embedded: {table}",
        len(content),
        hashlib.sha256(content).hexdigest(),
        "Embedded table of facts",
        f"{first} to {last}",
    )
