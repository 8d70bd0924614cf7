"""From answers to a total: of one form, or of many at once. What cannot be scored says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.instruments.model import Instrument

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
Claims = NDArray[np.bool_]

# Nine digits are far beyond what any form prints, and far short of what a double holds.
DIGITS = 9


@dataclass(frozen=True)
class Score:
    """What one filled-in form comes to.

    `total` is None where there is none, and `reason` then says why. A total in proportion
    to the answers that were given is for display only, and may not be submitted. `risk` is
    the answer to the item about risk, None where it was not answered or the form has none.
    """

    total: float | None
    answered: int
    missing: int
    not_applicable: int
    is_prorated: bool
    may_be_submitted: bool
    risk: float | None
    asks_for_review: bool
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Scores:
    """What many forms come to: arrays of one value a form. A total that does not exist is NaN.

    `refused` counts answers that are none of an item's own, and a form with one has no total.
    """

    total: Numbers
    answered: Counts
    missing: Counts
    not_applicable: Counts
    refused: Counts
    is_prorated: Claims
    may_be_submitted: Claims
    risk: Numbers
    asks_for_review: Claims


def score(
    instrument: Instrument,
    answers: Sequence[float | None],
    with_unverified: bool = False,
    are_turned: bool = False,
) -> Score:
    """Score one form. A blank is None, or NaN.

    Parameters
    ----------
    answers
        One number an item, in the order of the items: the place of the answer, counted from
        the item's lowest number. An item that is scored in reverse is turned here.
    with_unverified
        Whether a rule for missing answers may be used that is not verified.
    are_turned
        Whether the items that are scored in reverse have been turned already, as are the
        numbers printed beside the boxes of some forms.

    Raises
    ------
    ValueError
        If the form has another number of items, or takes totals only.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> score(instrument("gad7"), [1, 2, 0, 3, 1, 0, 1]).total
    8.0
    >>> score(instrument("gad7"), [None] * 7).reason
    'All 7 items are blank.'
    """
    row = np.array([[np.nan if answer is None else answer for answer in answers]], dtype=float)
    many = score_many(instrument, row, with_unverified, are_turned)
    total, risk = _known(many.total), _known(many.risk)
    return Score(
        total,
        int(many.answered[0]),
        int(many.missing[0]),
        int(many.not_applicable[0]),
        bool(many.is_prorated[0]),
        bool(many.may_be_submitted[0]),
        risk,
        bool(many.asks_for_review[0]),
        "" if total is not None else _why_none(instrument, row[0], many, with_unverified),
    )


def score_many(
    instrument: Instrument, answers: ArrayLike, with_unverified: bool = False, are_turned: bool = False
) -> Scores:
    """Score many forms at once.

    Parameters
    ----------
    answers : array of float, shape (forms, items)
        As for `score`, with NaN for a blank.
    with_unverified, are_turned
        As for `score`.

    Returns
    -------
    Scores
        Arrays of shape (forms,), in the order of the forms.

    Raises
    ------
    ValueError
        If the shape is another, or the questionnaire takes totals only.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> score_many(instrument("gad7"), [[0] * 7, [3] * 7]).total
    array([ 0., 21.])
    """
    filled = _table(instrument, answers)
    blank, beside, refused = _kinds_of_answer(instrument, filled)
    counts = ~(blank | beside | refused)
    answered, missing, inapplicable, bad = (part.sum(axis=1) for part in (counts, blank, beside, refused))
    is_full = counts.all(axis=1)
    has_total = (is_full | _may_be_prorated(instrument, missing + inapplicable, with_unverified)) & (bad == 0)
    total = np.where(has_total, _totals(instrument, filled, counts, are_turned), np.nan)
    risk = _risk(instrument, filled, counts)
    return Scores(
        total=total,
        answered=answered,
        missing=missing,
        not_applicable=inapplicable,
        refused=bad,
        is_prorated=has_total & ~is_full,
        may_be_submitted=has_total & is_full,
        risk=risk,
        asks_for_review=_asks_for_review(instrument, risk),
    )


def _table(instrument: Instrument, answers: ArrayLike) -> Numbers:
    if instrument.total == "none":
        raise ValueError(f"{instrument.short_name} takes totals only")
    filled = np.asarray(answers, dtype=float)
    if filled.ndim != 2 or filled.shape[1] != len(instrument.items):
        raise ValueError(f"{instrument.short_name} has {len(instrument.items)} items, one column for each")
    return filled


def _kinds_of_answer(instrument: Instrument, filled: Numbers) -> tuple[Claims, Claims, Claims]:
    """Which answers are blank, which say that the item does not apply, and which are none of the item's own."""
    lows, highs, steps = _limits(instrument)
    blank = np.isnan(filled)
    beside = np.zeros_like(blank)
    for place, item in enumerate(instrument.items):
        beside[:, place] = np.isin(filled[:, place], [float(word) for word in item.not_applicable])
    with np.errstate(invalid="ignore"):
        fine = (filled >= lows) & (filled <= highs) & (np.round(filled * steps, DIGITS) % 1 == 0)
    return blank, beside, ~(fine | blank | beside)


def _limits(instrument: Instrument) -> tuple[Numbers, Numbers, Numbers]:
    lows = np.array([item.low for item in instrument.items], dtype=float)
    highs = np.array([item.high for item in instrument.items], dtype=float)
    return lows, highs, np.array([10.0**item.decimals for item in instrument.items])


def _may_be_prorated(instrument: Instrument, without: Counts, with_unverified: bool) -> Claims:
    rule = instrument.missing
    if rule is None or not rule.is_usable(with_unverified):
        return np.zeros(without.shape, dtype=bool)
    return (without <= rule.may_be_missing) & (without < len(instrument.items))


def _totals(instrument: Instrument, filled: Numbers, counts: Claims, are_turned: bool) -> Numbers:
    """The total of the answers that count, scaled to the whole form. NaN where none counts."""
    lows, highs, _ = _limits(instrument)
    is_reversed = np.array([item.is_reversed and not are_turned for item in instrument.items], dtype=bool)
    turned = np.where(is_reversed, lows + highs - filled, filled)
    summed = np.where(counts, turned, 0.0).sum(axis=1)
    answered = counts.sum(axis=1)
    # A full sum is not scaled at all, so that it stays exact.
    scale = {"sum": len(instrument.items), "mean": 1, "mean times ten": 10}[instrument.total]
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = np.where(answered == scale, summed, summed * scale / answered)
    if instrument.total == "sum":
        return scaled
    return round_half_up(scaled, instrument.decimals)


def round_half_up(values: ArrayLike, decimals: int) -> Numbers:
    """Numbers that are not negative to so many decimals, a half always upwards, as on paper.

    >>> round_half_up([2.25, 2.35], 1)
    array([2.3, 2.4])
    """
    step = 10.0**decimals
    return np.floor(np.round(np.asarray(values, dtype=float) * step, DIGITS) + 0.5) / step


def _risk(instrument: Instrument, filled: Numbers, counts: Claims) -> Numbers:
    if instrument.risk is None:
        return np.full(len(filled), np.nan)
    place = instrument.risk.item - 1
    return np.where(counts[:, place], filled[:, place], np.nan)


def _asks_for_review(instrument: Instrument, risk: Numbers) -> Claims:
    # Whether or not the rule is verified: a review that was not needed costs less than one that was missed.
    above = instrument.risk.above if instrument.risk else 0
    with np.errstate(invalid="ignore"):
        return risk > above


def _known(values: Numbers) -> float | None:
    return None if np.isnan(values[0]) else float(values[0])


def _why_none(instrument: Instrument, row: Numbers, many: Scores, with_unverified: bool) -> str:
    if many.refused[0]:
        wrong = [str(place + 1) for place in np.flatnonzero(_kinds_of_answer(instrument, row[None, :])[2][0])]
        return f"Not among the answers of the form: item {', '.join(wrong)}."
    items, without = len(instrument.items), int(many.missing[0] + many.not_applicable[0])
    if without == items:
        return f"All {items} items are blank."
    said = f"{without} of {items} items have no answer that counts"
    rule = instrument.missing
    if rule is None:
        return f"{said}, and no rule for missing answers is known."
    if not rule.is_usable(with_unverified):
        return f"{said}, and the rule for missing answers is not verified."
    return f"{said}, and at most {rule.may_be_missing} may be missing."
