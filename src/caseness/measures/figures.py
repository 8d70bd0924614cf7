"""What was worked out for each measure and group, laid out one figure a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from caseness.measures.algebra import Measure
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


def lay_long(level: Level, kind: str, measures: Sequence[Measure], worked: Sequence[Worked]) -> pa.Table:
    """The figures of one level and kind of period, measure by measure."""
    once, each = len(level.groups), len(measures)
    value = _stacked([one.value for one in worked])
    columns = {
        **{name: _repeated(words, once) for name, words in _of_measures(measures).items()},
        **{name: pa.concat_arrays([column] * each) for name, column in _of_groups(level, kind).items()},
        "level": pa.repeat(pa.scalar(level.name), once * each),
        "numerator": _stacked([one.numerator for one in worked]),
        "denominator": _stacked([one.denominator for one in worked]),
        # Counted and not rounded, so the truth is the value itself.
        **dict.fromkeys(("value", "low", "high"), value),
        "reason": pa.array([NO_DATA], pa.string()).take(_places_of_nulls(value)),
    }
    rest = {name: pa.nulls(once * each, SCHEMA.field(name).type) for name in SCHEMA.names if name not in columns}
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
