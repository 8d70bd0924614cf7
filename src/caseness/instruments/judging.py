"""What a total says: a case or not, how far it has changed, and in which band it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.instruments.model import Instrument
from caseness.instruments.parts import RELIABLE_CHANGE, Band, Threshold

IMPROVEMENT, DETERIORATION, NO_CHANGE = "reliable improvement", "reliable deterioration", "no reliable change"
# Differences of two decimals are not exact in binary: 3.00 - 2.27 falls short of 0.73.
DIGITS = 6


@dataclass(frozen=True)
class Change:
    """How far somebody has come. `improved_by` is positive for better, whichever way the scale runs.

    `outcome` is None where it cannot be said, and `reason` then says why.
    """

    improved_by: float | None
    outcome: str | None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Changes:
    """How far many have come: arrays of one value a person. Masked is not known."""

    improved_by: np.ma.MaskedArray
    has_improved: np.ma.MaskedArray
    has_deteriorated: np.ma.MaskedArray


def is_case(
    instrument: Instrument,
    totals: ArrayLike,
    on: date | None = None,
    with_unverified: bool = False,
    official_only: bool = False,
) -> np.ma.MaskedArray:
    """Whether each total is that of a case. Masked where that is not known, as null would be.

    Parameters
    ----------
    totals : array of float, any shape
        NaN for a missing one.
    on
        The day whose threshold is asked for; None for the one in force.
    with_unverified, official_only
        As for `Instrument.caseness`.

    Returns
    -------
    masked array of bool
        All of it is masked where no threshold may be used; `Instrument.why_none` says why.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> is_case(instrument("phq9"), [9, 10, np.nan]).tolist()
    [False, True, None]
    """
    return _judged(instrument.caseness(on, with_unverified, official_only), _numbers(totals))


def changes(
    instrument: Instrument,
    first: ArrayLike,
    last: ArrayLike,
    on: date | None = None,
    with_unverified: bool = False,
    operator: str | None = None,
    official_only: bool = False,
) -> Changes:
    """How far each person has come from the first total to the last, and whether that is reliable.

    Parameters
    ----------
    first, last : arrays of float, of one shape
        NaN for a missing one.
    operator
        Replaces that of the threshold, such as "above" for the guide's printed wording.
    on, with_unverified, official_only
        As for `Instrument.reliable_change`.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> found = changes(instrument("phq9"), [16, 16, 9], [10, 11, 15])
    >>> found.has_improved.tolist(), found.has_deteriorated.tolist()
    ([True, False, False], [False, False, True])
    """
    direction = 1 if instrument.higher_is == "worse" else -1
    improved_by = np.round(direction * (_numbers(first) - _numbers(last)), DIGITS)
    smallest = instrument.reliable_change(on, with_unverified, operator, official_only)
    return Changes(np.ma.masked_invalid(improved_by), _judged(smallest, improved_by), _judged(smallest, -improved_by))


def change(
    instrument: Instrument,
    first: float | None,
    last: float | None,
    on: date | None = None,
    with_unverified: bool = False,
    operator: str | None = None,
    official_only: bool = False,
) -> Change:
    """How far one person has come, as `changes` says it of many.

    >>> from caseness.instruments import instrument
    >>> change(instrument("gad7"), 12, 8)
    Change(improved_by=4.0, outcome='reliable improvement', reason='')
    """
    if first is None or last is None or np.isnan(first) or np.isnan(last):
        return Change(None, None, "There are not two totals to compare.")
    found = changes(instrument, [first], [last], on, with_unverified, operator, official_only)
    improved_by = float(found.improved_by[0])
    if found.has_improved.mask.all():
        return Change(improved_by, None, instrument.why_none(RELIABLE_CHANGE, on, official_only))
    if found.has_improved[0]:
        return Change(improved_by, IMPROVEMENT)
    return Change(improved_by, DETERIORATION if found.has_deteriorated[0] else NO_CHANGE)


def band_of(instrument: Instrument, total: float | None, with_unverified: bool = False) -> Band | None:
    """The band in which a total lies, or None where there is none that may be used.

    A total in proportion may lie between two bands, and belongs to the lower of them.

    >>> from caseness.instruments import instrument
    >>> band_of(instrument("phq9"), 12).label
    'moderate'
    """
    if total is None or np.isnan(total) or not _is_within(instrument, total):
        return None
    reached = [band for band in instrument.bands if band.is_usable(with_unverified) and band.low <= total]
    return reached[-1] if reached else None


def _is_within(instrument: Instrument, total: float) -> bool:
    return instrument.low is not None and instrument.high is not None and instrument.low <= total <= instrument.high


def _judged(threshold: Threshold | None, values: NDArray[np.float64]) -> np.ma.MaskedArray:
    unknown = np.isnan(values) | (threshold is None)
    with np.errstate(invalid="ignore"):
        holds = threshold.holds(values) if threshold else np.zeros(values.shape, dtype=bool)
    return np.ma.MaskedArray(holds & ~unknown, mask=unknown)


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(np.round(np.asarray(values, dtype=np.float64), DIGITS), dtype=np.float64)
