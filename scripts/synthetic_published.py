"""Read the counts that the facts rest on from the published releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from synthetic_labels import FIRST_DAY, FIRST_MONTH, LAST_DAY, YEAR

# No fact rests on a cell of fewer people than this, and no score on fewer than STABLE.
FEWEST = 3
STABLE = 30
MONTHLY = "measures_monthly.parquet"
ANNUAL = "measures_annual.parquet"
PROMS = "proms_annual.parquet"

TOTALS = """
    select measure_id, measure_statistic, sum(value), avg(value), count(value) from read_parquet($path)
    where group_type = 'England' and start_date between $first and $last group by all
"""
MONTHS = """
    pivot (
        select strftime(start_date, '%Y-%m') as period, measure_id, value from read_parquet('{path}')
        where group_type = 'England' and measure_statistic = 'count' and strftime(start_date, '%Y-%m') >= '{first}'
          and measure_id in ('M001', 'M031', 'M184', 'M056', 'M153', 'M075', 'M076', 'M082')
    ) on measure_id using first(value) group by period order by period
"""
GROUPS = """
    select variable_type, variable_a, variable_b, measure_name, try_cast(value as bigint) from read_parquet($path)
    where org_type = 'England' and reporting_period = $year and measure_statistic = 'count' and variable_type = $split
"""
SCORES = """
    select variable_a, variable_b, measure_name, measure_statistic, coalesce(measure_time, ''), value
    from read_parquet($path) where org_type = 'England' and reporting_period = $year and value is not null
      and measure_statistic in ('count', 'mean', 'sd')
"""
# A starred month is left out on both sides, so that a provider's rate never mixes months.
PROVIDERS = """
    with monthly as (
        select org_code2 as provider, start_date, measure_id, value from read_parquet($path)
        where group_type = 'Provider' and measure_statistic = 'count' and start_date between $first and $last
          and list_contains($above || $below, measure_id)
    ),
    whole as (
        select provider, start_date from monthly where value is not null group by all
        having count(*) = len(list_distinct($above || $below))
    )
    select provider, sum(value) filter (list_contains($above, measure_id)),
           sum(value) filter (list_contains($below, measure_id))
    from monthly semi join whole using (provider, start_date) group by provider order by provider
"""
ANNUAL_PROVIDERS = """
    select org_code, measure_name, try_cast(value as bigint) from read_parquet($path)
    where org_type = 'Provider' and reporting_period = $year and variable_type = 'Total' and measure_statistic = 'count'
"""


@dataclass(frozen=True)
class Published:
    """The releases in one folder."""

    folder: Path

    def ask(self, query: str, file: str, **terms: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect() as engine:
            return engine.execute(query, {"path": str(self.folder / file), **terms}).fetchall()

    @cached_property
    def _totals(self) -> Mapping[tuple[str, str], tuple[float, float]]:
        rows = self.ask(TOTALS, MONTHLY, first=FIRST_DAY, last=LAST_DAY)
        return {(measure, statistic): (total, mean) for measure, statistic, total, mean, _ in rows}

    def total(self, measure: str) -> float:
        """The sum of twelve monthly files."""
        return self._totals[measure, "count"][0]

    def mean(self, measure: str, statistic: str = "mean") -> float:
        """The mean of twelve monthly values."""
        return self._totals[measure, statistic][1]

    @cached_property
    def months(self) -> list[dict[str, Any]]:
        query = MONTHS.format(path=self.folder / MONTHLY, first=FIRST_MONTH)
        with duckdb.connect() as engine:
            cursor = engine.execute(query)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def groups(self, split: str) -> dict[tuple[str, str], dict[str, int]]:
        """The annual counts of one breakdown, by its two labels."""
        held: dict[tuple[str, str], dict[str, int]] = {}
        for _, label, inner, measure, value in self.ask(GROUPS, ANNUAL, year=YEAR, split=split):
            held.setdefault((label, inner), {})[measure] = value
        return held

    @cached_property
    def scores(self) -> dict[tuple[str, str], dict[str, float]]:
        """Scores by problem and therapy. Keys such as `phq_mean_start`; `courses_of_therapy_count` is the number."""
        held: dict[tuple[str, str], dict[str, float]] = {}
        for problem, therapy, measure, statistic, time, value in self.ask(SCORES, PROMS, year=YEAR):
            name = "_".join(part for part in (measure, statistic, time) if part)
            held.setdefault((problem, therapy), {})[name] = value
        return {key: cell for key, cell in held.items() if cell.get("courses_of_therapy_count", 0) >= FEWEST}

    def providers(self, above: Sequence[str], below: Sequence[str]) -> list[tuple[str, float, float]]:
        """Numerator and denominator of each provider, as sums over the months in which nothing is starred."""
        return self.ask(PROVIDERS, MONTHLY, first=FIRST_DAY, last=LAST_DAY, above=list(above), below=list(below))

    @cached_property
    def annual_providers(self) -> dict[str, dict[str, int | None]]:
        held: dict[str, dict[str, int | None]] = {}
        for provider, measure, value in self.ask(ANNUAL_PROVIDERS, ANNUAL, year=YEAR):
            held.setdefault(provider, {})[measure] = value
        return dict(sorted(held.items()))
