"""Measures of a record, as figures in the one shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from caseness.errors import CannotDerive
from caseness.measures.aggregate import ByMonth, Cells, Grains, Spread, add_up, add_up_months, spread_out
from caseness.measures.algebra import Measure, Part
from caseness.measures.breakdown import Variable
from caseness.measures.breaking_down import break_down
from caseness.measures.catalogue import MONTH, core_measures, kinds_of
from caseness.measures.clocks import number_of
from caseness.measures.columns import ATTRIBUTES, ON_REQUEST, TEAM, YEARLY
from caseness.measures.encoded import Span
from caseness.measures.figures import Beyond, Worked, lay_long, with_constants, work_out
from caseness.measures.finest import finest_for
from caseness.measures.places import Places, places_of_providers
from caseness.measures.rollup import Level, lay_out
from caseness.measures.variables import used_in
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
    breakdowns: Sequence[Variable] = (),
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
    breakdowns : variables by which every figure is broken down as well; those of the annual report in years alone

    Returns
    -------
    figures, basis "computed". A percentage is 0 to 100. A count has its own value as numerator; a share or a mean has
    what it was divided from, and the denominator. Where that is 0 there is no value, and the reason is `no_data`. An
    organisation has figures for a period in which it has any row, and by a variable for each of its values; a pair of
    commissioner and provider for those values of which it has a row.

    Raises
    ------
    CannotDerive
        If a grain is needed that is made on request, and the record was derived without. If teams are asked for, and the
        record says nothing of any.
    """
    tables = list(compute_tables(grains, periods, measures, levels, places, source, breakdowns))
    return Results(pa.concat_tables(tables or [SCHEMA.empty_table()]))


def compute_tables(
    grains: Grains,
    periods: Iterable[Period],
    measures: Sequence[Measure] | None = None,
    levels: Sequence[str] = ("england",),
    places: Places | None = None,
    source: str = "",
    breakdowns: Sequence[Variable] = (),
) -> Iterator[pa.Table]:
    """The figures of `compute`, one table after the other, so that they need not all be in memory.

    There is one for each kind of period and level, and one more for each variable.
    """
    chosen = tuple(core_measures().values()) if measures is None else tuple(measures)
    _require(grains, chosen, breakdowns)
    _require_teams(grains, levels)
    held = tuple(dict.fromkeys(periods)), chosen, tuple(dict.fromkeys(levels)), places or places_of_providers()
    return _tables(_Asked(grains, *held, tuple(breakdowns)), source)


def _tables(asked: _Asked, source: str) -> Iterator[pa.Table]:
    months = {number_of(one.start, MONTH) for period in asked.periods for one in period.months()}
    by_month = add_up_months(asked.grains, asked.measures, sorted(months), finest_for(asked.levels))
    for kind in MONTHS_IN:
        for table in _of_kind(asked, kind, by_month):
            yield with_constants(table, source)


# Some grains are made only where they are asked for.
def _require(grains: Grains, measures: Sequence[Measure], breakdowns: Sequence[Variable]) -> None:
    if breakdowns and ATTRIBUTES in _absent(grains):
        raise CannotDerive(
            f"Figures were to be broken down by {_named([one.title for one in breakdowns])}, and the record was derived "
            "without what that needs. Nothing was computed. Derive it again with `caseness derive --breakdowns`, or give "
            "the record itself."
        )
    _require_year(grains, measures)
    lacking = [one.id for one in measures if grains_read(one) & _absent(grains)]
    if lacking:
        raise CannotDerive(
            f"{len(lacking)} of {len(measures)} measures read employment rows ({_named(lacking)}), and the record "
            "was derived without. Nothing was computed. Derive it again with `caseness derive --employment`, or give the "
            "record itself."
        )
    lacking = [one.title for one in breakdowns if one.needs_deciles]
    if lacking and not getattr(grains, "has_deciles", False):
        raise CannotDerive(
            f"Figures were to be broken down by {_named(lacking)}, and no deciles of deprivation are known. Nothing was "
            "computed. Give a file of them: `caseness derive --breakdowns --deprivation FILE`."
        )


def _require_year(grains: Grains, measures: Sequence[Measure]) -> None:
    lacking = [one.id for one in measures if grains_read(one) & _absent(grains) & set(YEARLY)]
    if lacking:
        raise CannotDerive(
            f"{len(lacking)} of {len(measures)} measures read what the annual report alone asks ({_named(lacking)}), and the record "
            "was derived without. Nothing was computed. Derive it again with `caseness derive --annual`, or give the record itself."
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
    return {grain for grain in (*ON_REQUEST, *YEARLY, ATTRIBUTES) if getattr(grains, grain, None) is None}


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
    breakdowns: tuple[Variable, ...]


def _of_kind(asked: _Asked, kind: str, by_month: ByMonth) -> Iterator[pa.Table]:
    measures = [one for one in asked.measures if kind in kinds_of(one)]
    numbers = [number_of(one.start, kind) for one in asked.periods if one.kind == kind]
    if not measures or not numbers:
        return
    sums = add_up(asked.grains, measures, numbers, kind, by_month)
    spreads = spread_out(asked.grains, measures, numbers, kind, by_month.key)
    levels = [lay_out(name, sums.keys, asked.places, by_month.key) for name in asked.levels]
    england = lay_out("england", sums.keys, asked.places, by_month.key)
    for level in levels:
        yield lay_long(level, kind, measures, _worked(measures, level, sums, spreads, england))
    months = {number_of(one.start, MONTH) for period in asked.periods if period.kind == kind for one in period.months()}
    span = Span(kind, tuple(numbers), tuple(sorted(months)), by_month.key, sums.keys)
    yield from break_down(asked.grains, used_in(kind, asked.breakdowns), measures, span, levels, england)


def _worked(
    measures: Sequence[Measure], level: Level, sums: Cells, spreads: Mapping[Part, Spread], england: Level
) -> list[Worked]:
    added, whole = (dict(zip(sums.parts, each.add(sums).T, strict=True)) for each in (level, england))
    at = level.periods_among(england)
    beyond = Beyond(added.__getitem__, lambda part: whole[part][at])
    return [work_out(one, added, lambda part, which: level.pick(spreads[part], which), beyond) for one in measures]
