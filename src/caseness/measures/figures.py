"""What each measure is in each group, worked out of sums and laid out one figure a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from caseness.measures.algebra import DEVIATION, EFFECT_SIZE, Measure, Part, Total
from caseness.measures.breakdown import Variable
from caseness.measures.clocks import period_of
from caseness.measures.rollup import Level
from caseness.results import COMPUTED, DEFINITIONS_VERSION, SCHEMA

NO_DATA = "no_data"


@dataclass(frozen=True, eq=False)
class Worked:
    """A measure at each group of a level: not a number stands for what there is not."""

    numerator: np.ndarray
    denominator: np.ndarray
    value: np.ndarray


Sums = Callable[[Part], np.ndarray]


@dataclass(frozen=True, eq=False)
class Beyond:
    """Sums from beyond each group: of everybody in its organisation, and of its group in England in its period."""

    everybody: Sums
    england: Sums


def work_out(
    measure: Measure, sums: Mapping[Part, np.ndarray], pick: Callable[[Part, str], np.ndarray], beyond: Beyond
) -> Worked:
    """A measure of the sums of its parts in each group. `pick` gives a median, a highest or a lowest of a part."""
    above, nothing = _add(measure.above, sums.__getitem__), np.full(len(sums[measure.above.parts[0]]), np.nan)
    if measure.below is None:
        return Worked(above, nothing, above)
    below = _add(measure.below, beyond.everybody if measure.of_everybody else sums.__getitem__)
    if measure.is_of_spread:
        return Worked(nothing, below, pick(measure.above.parts[0], measure.statistic))
    if measure.statistic in _WITH_MORE:
        return Worked(nothing, below, _WITH_MORE[measure.statistic](measure, sums, beyond))
    return Worked(above, below, measure.factor * _divided(above, below))


def _deviation(measure: Measure, sums: Mapping[Part, np.ndarray], _beyond: Beyond) -> np.ndarray:
    assert measure.below is not None, "a deviation is of so many"
    return _spread_of(*(_add(total, sums.__getitem__) for total in (measure.above, measure.below, *measure.more)))


# Where England's first numbers do not differ there is nothing to measure a change by.
def _effect(measure: Measure, sums: Mapping[Part, np.ndarray], beyond: Beyond) -> np.ndarray:
    assert measure.below is not None, "an effect is of so many"
    begun, number, _ = (_add(total, sums.__getitem__) for total in measure.more)
    ended = _divided(*(_add(total, sums.__getitem__) for total in (measure.above, measure.below)))
    return _divided(
        _divided(begun, number) - ended, _spread_of(*(_add(total, beyond.england) for total in measure.more))
    )


def _spread_of(numbers: np.ndarray, rows: np.ndarray, squares: np.ndarray) -> np.ndarray:
    variance = _divided(squares, rows) - _divided(numbers, rows) ** 2
    return np.sqrt(np.maximum(variance, 0.0))


_WITH_MORE = {DEVIATION: _deviation, EFFECT_SIZE: _effect}


def _divided(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below != 0)


def _add(total: Total, sums: Sums) -> np.ndarray:
    return np.sum([sign * sums(part) for sign, part in total.terms], axis=0)


def lay_split(
    level: Level,
    kind: str,
    measures: Sequence[Measure],
    worked: Sequence[Worked],
    variable: Variable,
    kept: np.ndarray | None = None,
) -> pa.Table:
    """The figures of one level and kind of period by a variable, measure by measure, for each group all values.

    `kept` says which of groups and values are wanted, None means all of them.
    """
    groups, values = len(level.groups), len(variable.values)
    places = np.arange(groups * values) if kept is None else np.flatnonzero(kept)
    once, each = len(places), len(measures)
    names = {**_of_groups(level, kind), **_of_values(variable)}
    of_group, of_value = (pa.array(np.tile(found, each)) for found in np.divmod(places, values))
    columns = {name: column.take(of_value if name in _SPLITS else of_group) for name, column in names.items()}
    return _laid({**columns, **_counted(level, measures, [_only(one, places) for one in worked], once)}, once * each)


_SPLITS = ("split_1", "group_1", "split_2", "group_2")


def _of_values(variable: Variable) -> dict[str, pa.Array]:
    groups = [value.groups for value in variable.values]
    second = [variable.called if lower else None for _, lower in groups]
    upper, lower = zip(*groups, strict=True)
    cells = ([variable.called] * len(groups), upper, second, lower)
    return {name: pa.array(held, pa.string()) for name, held in zip(_SPLITS, cells, strict=True)}


def _only(worked: Worked, places: np.ndarray) -> Worked:
    return Worked(worked.numerator[places], worked.denominator[places], worked.value[places])


def lay_long(level: Level, kind: str, measures: Sequence[Measure], worked: Sequence[Worked]) -> pa.Table:
    """The figures of one level and kind of period, measure by measure."""
    once, each = len(level.groups), len(measures)
    groups = {name: pa.concat_arrays([column] * each) for name, column in _of_groups(level, kind).items()}
    return _laid({**groups, **_counted(level, measures, worked, once)}, once * each)


def _counted(level: Level, measures: Sequence[Measure], worked: Sequence[Worked], once: int) -> dict[str, pa.Array]:
    each = len(measures)
    value = _stacked([one.value for one in worked])
    return {
        **{name: _repeated(words, once) for name, words in _of_measures(measures).items()},
        "level": pa.repeat(pa.scalar(level.name), once * each),
        "numerator": _stacked([one.numerator for one in worked]),
        "denominator": _stacked([one.denominator for one in worked]),
        # Counted and not rounded, so the truth is the value itself.
        **dict.fromkeys(("value", "low", "high"), value),
        "reason": pa.array([NO_DATA], pa.string()).take(_places_of_nulls(value)),
    }


def _laid(columns: Mapping[str, pa.Array], rows: int) -> pa.Table:
    rest = {name: pa.nulls(rows, SCHEMA.field(name).type) for name in SCHEMA.names if name not in columns}
    return pa.table({**columns, **rest}).select(SCHEMA.names).cast(SCHEMA)


def with_constants(figures: pa.Table, source: str) -> pa.Table:
    """The figures, with what is the same for all that are computed."""
    for name, word in (("basis", COMPUTED), ("source", source), ("definitions_version", DEFINITIONS_VERSION)):
        column = pa.repeat(pa.scalar(word, pa.string()), len(figures))
        figures = figures.set_column(SCHEMA.get_field_index(name), SCHEMA.field(name), column)
    return figures


def _of_measures(measures: Sequence[Measure]) -> dict[str, list[str]]:
    return {
        "figure_id": [one.id for one in measures],
        "statistic": [one.statistic for one in measures],
        "clock": [one.clock.name for one in measures],
    }


def _of_groups(level: Level, kind: str) -> dict[str, pa.Array]:
    periods = {number: period_of(number, kind) for number in {group[0] for group in level.groups}}
    held = [periods[group[0]] for group in level.groups]
    return {
        "period_start": pa.array([one.start for one in held], pa.date32()),
        "period_end": pa.array([one.end for one in held], pa.date32()),
        "organisation": pa.array([group[1] for group in level.groups], pa.string()),
        "commissioner": pa.array([group[2] for group in level.groups], pa.string()),
    }


def _repeated(words: Sequence[str], times: int) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(np.repeat(np.arange(len(words)), times)))


def _stacked(columns: Sequence[np.ndarray]) -> pa.Array:
    return pa.array(np.concatenate(columns), pa.float64(), from_pandas=True)


def _places_of_nulls(value: pa.Array) -> pa.Array:
    missing = value.is_null().to_numpy(zero_copy_only=False)
    return pa.array(np.where(missing, 0.0, np.nan), from_pandas=True).cast(pa.int64())
