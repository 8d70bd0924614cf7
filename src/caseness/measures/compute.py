"""Measures of a record, as figures in the one shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from caseness.measures.aggregate import Grains, Spread, Sums, add_up, spread_out
from caseness.measures.algebra import Measure, Part, Total
from caseness.measures.catalogue import all_measures, all_official
from caseness.measures.clocks import number_of
from caseness.measures.figures import Worked, lay_long, with_constants
from caseness.measures.places import Places, places_of_providers
from caseness.measures.rollup import Level, lay_out
from caseness.periods import MONTHS_IN, Period
from caseness.results import SCHEMA, Results


def compute(
    grains: Grains,
    periods: Iterable[Period],
    measures: Sequence[Measure] | None = None,
    levels: Sequence[str] = ("england",),
    places: Places | None = None,
    source: str = "",
) -> Results:
    """Compute measures over the grains of a record.

    Parameters
    ----------
    grains : the tables that `derive` makes, or tables with the columns that the measures read
    periods : months, quarters and financial years
        A measure is computed for the kinds of period in which NHS England publishes it, and for financial years. A stock
        of a quarter or a year is that of its last month.
    measures : which, None means all core measures
    levels : england, region, icb, sub-icb, provider, sub-icb-provider
    places : where boards and regions are taken from; None means those of the provider, as the reference tables have them
    source : what the figures are said to rest on

    Returns
    -------
    figures, basis "computed". A percentage is 0 to 100. A count has its own value as numerator; a share or a mean has
    what it was divided from, and the denominator. Where that is 0 there is no value, and the reason is `no_data`. An
    organisation has figures for a period in which it has any row.
    """
    chosen = tuple(all_measures().values()) if measures is None else tuple(measures)
    asked = list(dict.fromkeys(periods))
    made = [
        table
        for kind in MONTHS_IN
        for table in _of_kind(grains, kind, [one for one in asked if one.kind == kind], chosen, _Asked(levels, places))
    ]
    return Results(with_constants(pa.concat_tables(made or [SCHEMA.empty_table()]), source))


@dataclass(frozen=True)
class _Asked:
    levels: Sequence[str]
    places: Places | None


def _of_kind(
    grains: Grains, kind: str, periods: Sequence[Period], chosen: Sequence[Measure], asked: _Asked
) -> Iterator[pa.Table]:
    measures = [one for one in chosen if kind in all_official()[one.id].kinds]
    if not measures or not periods:
        return
    numbers = [number_of(one.start, kind) for one in periods]
    sums, spreads = add_up(grains, measures, numbers, kind), spread_out(grains, measures, numbers, kind)
    for name in asked.levels:
        level = lay_out(name, sums.keys, asked.places or places_of_providers())
        added = level.add(sums)
        worked = [_work_out(one, level, sums, added, spreads) for one in measures]
        yield lay_long(level, kind, measures, worked)


def _work_out(measure: Measure, level: Level, sums: Sums, added: np.ndarray, spreads: Mapping[Part, Spread]) -> Worked:
    above = _sum(measure.above, sums, added)
    if measure.below is None:
        return Worked(above, np.full(len(above), np.nan), above)
    below = _sum(measure.below, sums, added)
    if measure.is_of_spread:
        picked = level.pick(spreads[measure.above.parts[0]], measure.statistic)
        return Worked(np.full(len(above), np.nan), below, picked)
    divided = np.divide(above, below, out=np.full(len(above), np.nan), where=below != 0)
    return Worked(above, below, measure.factor * divided)


def _sum(total: Total, sums: Sums, added: np.ndarray) -> np.ndarray:
    columns = {part: column for column, part in enumerate(sums.parts)}
    return np.sum([sign * added[:, columns[part]] for sign, part in total.terms], axis=0)
