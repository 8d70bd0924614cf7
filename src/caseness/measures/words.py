"""A measure in words: what it counts, and by what it divides."""

from __future__ import annotations

from functools import cache

from caseness.measures.algebra import (
    COUNT,
    DEVIATION,
    EFFECT_SIZE,
    MAXIMUM,
    MEAN,
    MEDIAN,
    MINIMUM,
    PERCENTAGE,
    Measure,
    Part,
    Total,
)
from caseness.measures.catalogue import all_measures

_TAKEN = {MEAN: "Mean", MEDIAN: "Median", MAXIMUM: "Highest", MINIMUM: "Lowest"}


def formula(measure: Measure) -> str:
    """How a measure is worked out, in words. A part that is a measure of its own is called by its id.

    >>> from caseness.measures.catalogue import find_measure
    >>> formula(find_measure("M076"))
    'Number of referrals that ended in the period, that finished a course of treatment'
    >>> formula(find_measure("M192"))
    '100 x M191 / (M076 - M179)'
    """
    if measure.of_everybody:
        return f"100 x {_term(measure.above)} / {_term(measure.above)} of everybody in the organisation"
    if measure.statistic in _BESIDES:
        return _BESIDES[measure.statistic].format(first=measure.above.parts[0].says, begun=_begun(measure))
    if measure.statistic == PERCENTAGE and measure.below:
        return f"100 x {_term(measure.above)} / {_term(measure.below)}"
    first = measure.above.parts[0]
    if measure.statistic == COUNT:
        return " plus the ".join(_counted(part) for part in measure.above.parts).replace("plus the N", "plus the n")
    if measure.below and measure.below.parts[0].number:
        return f"Sum of {first.says}, divided by the sum of {measure.below.parts[0].says}"
    return f"{_TAKEN[measure.statistic]} of {first.says}"


_BESIDES = {
    DEVIATION: "Standard deviation of {first}",
    EFFECT_SIZE: "Mean of {begun}, less the mean of {first}, divided by England's standard deviation of the former",
}


def _begun(measure: Measure) -> str:
    return measure.more[0].parts[0].says


def _counted(part: Part) -> str:
    return f"Sum of {part.says}" if part.number else f"Number of {part.says}"


def _term(total: Total) -> str:
    signs = [("" if i == 0 else " + ") if sign > 0 else " - " for i, (sign, _) in enumerate(total.terms)]
    spelled = "".join(sign + _called(part) for sign, (_, part) in zip(signs, total.terms, strict=True))
    return f"({spelled})" if len(total.terms) > 1 else spelled


def _called(part: Part) -> str:
    return _ids().get(part) or f"[{_counted(part)[0].lower()}{_counted(part)[1:]}]"


@cache
def _ids() -> dict[Part, str]:
    counts = [one for one in all_measures().values() if one.statistic == COUNT and len(one.above.terms) == 1]
    return {one.above.parts[0]: one.id for one in counts}
