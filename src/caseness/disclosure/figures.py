"""Columns of figures as arrays, and back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.results import SCHEMA, Results
from caseness.stats.bounds import Array, Bounded

SUPPRESSED, NO_DATA = "suppressed", "no_data"
_REASONS = pa.array([SUPPRESSED, NO_DATA])


def numbers(results: Results, name: str) -> Array:
    """A column of numbers, NaN where it is null."""
    return pc.fill_null(results.table[name], np.nan).to_numpy()


def is_any(results: Results, name: str, *words: str) -> np.ndarray:
    """Which rows hold one of some words in a column."""
    return pc.is_in(results.table[name], pa.array(words, pa.string())).to_numpy()  # type: ignore[attr-defined]


def with_released(results: Results, shown: Bounded, counts: Mapping[str, Array], is_hidden: np.ndarray) -> Results:
    """The figures with what may be shown of them. A row without a value says why: suppressed, or no data."""
    reason = np.where(is_hidden, 0.0, np.where(np.isnan(shown.value), 1.0, np.nan))
    columns = {"value": shown.value, "low": shown.low, "high": shown.high, **counts}
    replaced: dict[str, pa.Array] = {
        name: pa.array(held, pa.float64(), from_pandas=True) for name, held in columns.items()
    }
    replaced["reason"] = _REASONS.take(pa.array(reason, from_pandas=True).cast(pa.int64()))
    return _replaced(results, replaced)


def marked(results: Results, policy: str) -> Results:
    """The figures with the policy under which they were let out, in the column `release`."""
    return _replaced(results, {"release": pa.repeat(pa.scalar(policy, pa.string()), len(results))})


def _replaced(results: Results, columns: Mapping[str, pa.Array]) -> Results:
    table = results.table
    for name, column in columns.items():
        table = table.set_column(SCHEMA.get_field_index(name), SCHEMA.field(name), column)
    return Results(table, results.names)
