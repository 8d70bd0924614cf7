"""Measures of a record, as figures in the one shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from caseness.errors import CannotDerive
from caseness.measures.aggregate import ByMonth, Cells, Grains, Spread, add_up, add_up_months, spread_out
from caseness.measures.algebra import Measure, Part, Total
from caseness.measures.catalogue import MONTH, core_measures, kinds_of
from caseness.measures.clocks import number_of
from caseness.measures.columns import ON_REQUEST, TEAM
from caseness.measures.figures import Worked, lay_long, with_constants
from caseness.measures.finest import finest_for
from caseness.measures.places import Places, places_of_providers
from caseness.measures.rollup import Level, lay_out
from caseness.periods import MONTHS_IN, Period
from caseness.results import SCHEMA, Results

# So many measures are named where some cannot be computed.
_NAMED = 3


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
    levels : england, region, icb, sub-icb, provider, sub-icb-provider, team
    places : where boards and regions are taken from; None means those of the provider, as the reference tables have them
    source : what the figures are said to rest on

    Returns
    -------
    figures, basis "computed". A percentage is 0 to 100. A count has its own value as numerator; a share or a mean has
    what it was divided from, and the denominator. Where that is 0 there is no value, and the reason is `no_data`. An
    organisation has figures for a period in which it has any row.

    Raises
    ------
    CannotDerive
        If a measure reads a grain of employment, and the record was derived without. If teams are asked for, and the
        record says nothing of any.
    """
    chosen = tuple(core_measures().values()) if measures is None else tuple(measures)
    _require(grains, chosen)
    _require_teams(grains, levels)
    asked = _Asked(grains, tuple(dict.fromkeys(periods)), chosen, tuple(levels), places or places_of_providers())
    months = {number_of(one.start, MONTH) for period in asked.periods for one in period.months()}
    by_month = add_up_months(grains, chosen, sorted(months), finest_for(levels))
    made = [table for kind in MONTHS_IN for table in _of_kind(asked, kind, by_month)]
    return Results(with_constants(pa.concat_tables(made or [SCHEMA.empty_table()]), source))


# The grains of employment are made only where they are asked for.
def _require(grains: Grains, measures: Sequence[Measure]) -> None:
    lacking = [one.id for one in measures if grains_read(one) & _absent(grains)]
    if lacking:
        raise CannotDerive(
            f"{len(lacking)} of {len(measures)} measures read employment rows ({_named(lacking)}), and the record "
            "was derived without. Nothing was computed. Derive it again with `caseness derive --employment`, or give the "
            "record itself."
        )


# A team of everybody whose team is not known would look like a figure.
def _require_teams(grains: Grains, levels: Sequence[str]) -> None:
    if TEAM in levels and TEAM not in grains.referral.columns:
        raise CannotDerive(
            "No row tells a team: the record has no row of EXT01TeamMembership that can be used, or was derived before teams "
            "were read. Nothing was computed. Add that table and derive the record again, or leave out the level team."
        )


def _named(ids: Sequence[str]) -> str:
    more = [f"and {len(ids) - _NAMED} more"] if len(ids) > _NAMED else []
    return ", ".join((*ids[:_NAMED], *more))


def _absent(grains: Grains) -> set[str]:
    return {grain for grain in ON_REQUEST if getattr(grains, grain, None) is None}


def grains_read(measure: Measure) -> set[str]:
    """The grains that a measure reads."""
    return {part.on.grain for part in measure.parts}


def needs_employment(measures: Iterable[Measure]) -> bool:
    """Whether any of some measures reads a grain that is made only where it is asked for.

    >>> from caseness.measures.catalogue import choose
    >>> needs_employment(choose(["M192", "M296"])), needs_employment(choose(["EA034"]))
    (False, True)
    """
    return any(grains_read(one) & set(ON_REQUEST) for one in measures)


@dataclass(frozen=True, eq=False)
class _Asked:
    grains: Grains
    periods: tuple[Period, ...]
    measures: tuple[Measure, ...]
    levels: tuple[str, ...]
    places: Places


def _of_kind(asked: _Asked, kind: str, by_month: ByMonth) -> Iterator[pa.Table]:
    measures = [one for one in asked.measures if kind in kinds_of(one)]
    numbers = [number_of(one.start, kind) for one in asked.periods if one.kind == kind]
    if not measures or not numbers:
        return
    sums = add_up(asked.grains, measures, numbers, kind, by_month)
    spreads = spread_out(asked.grains, measures, numbers, kind, by_month.key)
    for name in asked.levels:
        level = lay_out(name, sums.keys, asked.places, by_month.key)
        added = level.add(sums)
        worked = [_work_out(one, level, sums, added, spreads) for one in measures]
        yield lay_long(level, kind, measures, worked)


def _work_out(measure: Measure, level: Level, sums: Cells, added: np.ndarray, spreads: Mapping[Part, Spread]) -> Worked:
    above = _sum(measure.above, sums, added)
    if measure.below is None:
        return Worked(above, np.full(len(above), np.nan), above)
    below = _sum(measure.below, sums, added)
    if measure.is_of_spread:
        picked = level.pick(spreads[measure.above.parts[0]], measure.statistic)
        return Worked(np.full(len(above), np.nan), below, picked)
    divided = np.divide(above, below, out=np.full(len(above), np.nan), where=below != 0)
    return Worked(above, below, measure.factor * divided)


def _sum(total: Total, sums: Cells, added: np.ndarray) -> np.ndarray:
    columns = {part: column for column, part in enumerate(sums.parts)}
    return np.sum([sign * added[:, columns[part]] for sign, part in total.terms], axis=0)
