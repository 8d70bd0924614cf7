"""Is this series doing anything but vary as it always does? XmR charts by the Making Data Count rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Signs = NDArray[np.int8]

# From the NHSRplotthedots source, as are the four rules: `ptd_spc_standard.R`, `ptd_calculate_point_type.R`.
LIMIT_FACTOR = 2.66
NEAR_FACTOR = LIMIT_FACTOR * 2 / 3
SCREEN_FACTOR = 3.267
RUN_LENGTH = 7
# Fewer points than this make limits that should be read with care: `ptd_add_short_group_warnings.R`.
ENOUGH_POINTS = 12

HIGHER, LOWER, NEUTRAL = "higher", "lower", "neutral"
DIRECTIONS = {HIGHER: 1, LOWER: -1, NEUTRAL: 0}

OUTSIDE, TREND, TWO_OF_THREE, SHIFT = "outside limits", "seven-point trend", "two of three", "seven-point shift"
COMMON_CAUSE, NO_DATA = "common cause", "no data"
IMPROVEMENT, CONCERN, HIGH, LOW = "improvement", "concern", "high", "low"
PASSES, FAILS, INCONSISTENT = "consistently passes", "consistently fails", "inconsistent"


@dataclass(frozen=True)
class Limits:
    """What a stable process is expected to keep within. In the unit of the values; NaN where unknown."""

    mean: float
    average_moving_range: float

    @property
    def lower(self) -> float:
        return self.mean - LIMIT_FACTOR * self.average_moving_range

    @property
    def upper(self) -> float:
        return self.mean + LIMIT_FACTOR * self.average_moving_range

    @property
    def near_lower(self) -> float:
        return self.mean - NEAR_FACTOR * self.average_moving_range

    @property
    def near_upper(self) -> float:
        return self.mean + NEAR_FACTOR * self.average_moving_range


@dataclass(frozen=True, eq=False)
class Chart:
    """A judged series. Every array has the shape of the values, and each point stands in one phase.

    `outside`, `trend`, `two_of_three` and `shift` are +1 where the rule fires upwards, -1
    where it fires downwards and 0 elsewhere. `rule` names the first that fires, in that
    order, or is empty. `verdict` is one of common cause, improvement, concern, high, low
    (where no direction is better) and no data.
    """

    values: Array
    phase: NDArray[np.int64]
    mean: Array
    average_moving_range: Array
    lower: Array
    upper: Array
    near_lower: Array
    near_upper: Array
    outside: Signs
    trend: Signs
    two_of_three: Signs
    shift: Signs
    rule: NDArray[np.str_]
    verdict: NDArray[np.str_]
    assurance: str | None

    @property
    def is_special(self) -> NDArray[np.bool_]:
        """Whether any rule fires at each point."""
        return self.rule != ""

    @property
    def short_phases(self) -> tuple[int, ...]:
        """The phases with fewer than twelve points that hold a value: read their limits with care."""
        filled = np.bincount(self.phase, weights=~np.isnan(self.values))
        return tuple(np.flatnonzero(filled < ENOUGH_POINTS).tolist())


def judge(
    values: ArrayLike,
    better: str = HIGHER,
    *,
    target: float | None = None,
    breaks: Sequence[int] = (),
    baseline: int | None = None,
    screen: bool = False,
) -> Chart:
    """Draw an XmR chart of a series and say which points are more than chance.

    Limits are the mean plus and minus 2.66 average moving ranges; near limits stand two
    thirds of the way out. Four rules are applied, first that fires first named:

    1. a point outside the limits;
    2. seven points in a row, each above (or each below) the one before;
    3. two of three successive points between near limit and limit, all three on one side
       of the mean;
    4. seven points in a row on one side of the mean.

    A signal is an improvement or a concern by its direction: that of the trend under rule
    2, the side of the mean under the others. (NHSRplotthedots takes the side of the mean
    under rule 2 as well, which calls the low end of a rise a concern.)

    A blank stays blank: it is not judged, it gives no moving range with its neighbours, and
    it interrupts a run. Signals are common: of stable, independent series of 63 points, 46 %
    show at least one (simulated). A season, or months that resemble the last, brings more.

    Parameters
    ----------
    values : array of float, shape (n,)
        The series in order of time, in any one unit. NaN where there is no value.
    better : "higher", "lower" or "neutral"
        Which direction is an improvement.
    target : float, in the unit of the values
        What the series is held against; None for no target.
    breaks : positions in 1..n-1
        Where a new phase begins: its limits are its own, and no run crosses into it.
        A break is declared because something changed, never to make a signal go away.
    baseline : int, at least 2
        Limits of each phase rest on its first so many points. None means all of them.
    screen : bool
        Leave out, once, moving ranges of 3.267 times their average or more (Nelson 1982).
        NHS England's own spreadsheet does not; the R package does unless told otherwise.

    Returns
    -------
    Chart
        Frozen; arrays of shape (n,). Limits are NaN in a phase with no moving range.
        `assurance` holds the target against the limits of the last phase, and is None
        without a target, without limits or where no direction is better.

    Raises
    ------
    ValueError
        If an argument is not what is said here.

    Source
    ------
    NHSRplotthedots (MIT), the NHS-R community's package of Making Data Count, its source and its
    vignette "Deviations from Excel". Limits: tests/reference/spc_limits.csv, made by
    spc_limits.R. Rules: tests/reference/spc_rules.csv, made by spc_rules.py with abspc
    1.1.0, an implementation by Aneurin Bevan University Health Board.

    Examples
    --------
    >>> chart = judge([50, 51, 50, 51, 50, 51, 50, 60, 50, 51], target=70)
    >>> chart.rule[7], chart.verdict[7], chart.assurance
    (np.str_('outside limits'), np.str_('improvement'), 'consistently fails')
    """
    series = _require_series(values)
    _require_arguments(series, better, breaks, baseline)

    phases = np.split(series, sorted(breaks))
    limits = [process_limits(phase[:baseline], screen=screen) for phase in phases]
    parts = [_judge_phase(*each) for each in zip(range(len(phases)), phases, limits, strict=True)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    rule, sign = _first_rule(columns)
    return Chart(
        values=series,
        **columns,
        rule=rule,
        verdict=_verdicts(series, sign, DIRECTIONS[better]),
        assurance=assure(limits[-1], target, better),
    )


def process_limits(values: ArrayLike, *, screen: bool = False) -> Limits:
    """Find the level of a series and how far it moves from one point to the next.

    Parameters
    ----------
    values : array of float, shape (n,)
        One phase, in order of time. NaN where there is no value.
    screen : bool
        Leave out, once, moving ranges of 3.267 times their average or more.

    Examples
    --------
    >>> found = process_limits([10, 12, 11, 13])
    >>> round(found.average_moving_range, 3), round(found.upper, 3)
    (1.667, 15.933)
    """
    series = _require_series(values)
    moving = np.abs(np.diff(series))
    moving = moving[~np.isnan(moving)]
    if screen and moving.size:
        moving = moving[moving < SCREEN_FACTOR * moving.mean()] if moving.any() else moving
    return Limits(_mean(series[~np.isnan(series)]), _mean(moving))


def assure(limits: Limits, target: float | None, better: str = HIGHER) -> str | None:
    """Say whether a stable process would always, never or only sometimes meet a target.

    Examples
    --------
    >>> assure(Limits(mean=50, average_moving_range=1), target=55)
    'consistently fails'
    """
    if target is None or better == NEUTRAL or np.isnan(limits.upper):
        return None
    if limits.lower <= target <= limits.upper:
        return INCONSISTENT
    is_above = limits.lower > target
    return PASSES if is_above == (better == HIGHER) else FAILS


def _judge_phase(number: int, values: Array, limits: Limits) -> dict[str, NDArray]:
    side = np.nan_to_num(np.sign(values - limits.mean)).astype(np.int8)
    outside = _beyond(values, limits.lower, limits.upper)
    near = np.where(outside == 0, _beyond(values, limits.near_lower, limits.near_upper), 0)
    names = ("mean", "average_moving_range", "lower", "upper", "near_lower", "near_upper")
    steps = np.nan_to_num(np.sign(np.diff(values))).astype(np.int8)
    return {
        "phase": np.full(len(values), number),
        **{name: np.full(len(values), getattr(limits, name)) for name in names},
        "outside": outside,
        "trend": _spread(_all_equal(steps, RUN_LENGTH - 1), RUN_LENGTH, len(values)),
        "two_of_three": _pairs_near_a_limit(near, side),
        "shift": _spread(_all_equal(side, RUN_LENGTH), RUN_LENGTH, len(values)),
    }


def _beyond(values: Array, lower: float, upper: float) -> Signs:
    return (values > upper).astype(np.int8) - (values < lower).astype(np.int8)


def _pairs_near_a_limit(near: Signs, side: Signs) -> Signs:
    """Mark the points near a limit in any three on one side of which at least two are near it."""
    windows = _all_equal(side, 3)
    pairs = [np.count_nonzero(near[start : start + 3]) >= 2 for start in range(len(windows))]
    return _spread(windows * np.array(pairs, np.int8), 3, len(near)) * abs(near)


def _all_equal(signs: Signs, length: int) -> Signs:
    """For each window of points: the sign that all of them share, or 0."""
    if len(signs) < length:
        return np.zeros(0, np.int8)
    windows = sliding_window_view(signs, length)
    return np.where((windows == windows[:, :1]).all(axis=1), windows[:, 0], 0).astype(np.int8)


def _spread(windows: Signs, length: int, size: int) -> Signs:
    """Give every point of a window the sign of the window.

    The top of a rise may open a fall. Such a point belongs to the trend that led to it,
    so the earlier window is written last.
    """
    points = np.zeros(size, np.int8)
    for start in np.flatnonzero(windows)[::-1]:
        points[start : start + length] = windows[start]
    return points


def _first_rule(columns: dict[str, NDArray]) -> tuple[NDArray[np.str_], Signs]:
    ordered = [columns[name] for name in ("outside", "trend", "two_of_three", "shift")]
    fired = [signs != 0 for signs in ordered]
    return np.select(fired, [OUTSIDE, TREND, TWO_OF_THREE, SHIFT], ""), np.select(fired, ordered, np.int8(0))


def _verdicts(values: Array, sign: Signs, direction: int) -> NDArray[np.str_]:
    rising, falling = {1: (IMPROVEMENT, CONCERN), -1: (CONCERN, IMPROVEMENT), 0: (HIGH, LOW)}[direction]
    return np.select([np.isnan(values), sign > 0, sign < 0], [NO_DATA, rising, falling], COMMON_CAUSE)


def _mean(values: Array) -> float:
    return float(values.mean()) if values.size else float("nan")


def _require_series(values: ArrayLike) -> Array:
    series = np.asarray(values, float)
    if series.ndim != 1 or np.isinf(series).any():
        raise ValueError("A series is one row of finite numbers, with NaN where there is no value.")
    return series


def _require_arguments(series: Array, better: str, breaks: Sequence[int], baseline: int | None) -> None:
    if better not in DIRECTIONS:
        raise ValueError(f"Better is one of {', '.join(DIRECTIONS)}, not {better!r}.")
    if len(set(breaks)) < len(breaks) or any(not 0 < position < len(series) for position in breaks):
        raise ValueError(f"Breaks are different positions from 1 to {len(series) - 1}, not {list(breaks)}.")
    if baseline is not None and baseline < 2:
        raise ValueError(f"A baseline has at least two points, not {baseline}.")
