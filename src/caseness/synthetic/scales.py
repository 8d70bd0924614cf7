"""The questionnaires that are answered: range, reliability, and where made-up first scores lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from caseness.instruments import instrument
from caseness.instruments.parts import CASENESS

WSAS_ITEMS = ("932621000000100", "932581000000100", "932611000000106", "932591000000103", "932601000000109")
# Where no reliability of a scale was read.
_USUAL_RELIABILITY = 0.9
# Raw scores of the anxiety measures are not published. Their first scores are assumed to lie so far above the cut-off,
# as a share of what is left of the range, and to spread over such a share of the range.
_ABOVE_CUT_OFF, _SPREAD = 0.3, 0.17


@dataclass(frozen=True)
class Scale:
    """One questionnaire: its code, its range, and the mean and standard deviation of first scores."""

    id: str
    snomed: str
    low: float
    high: float
    decimals: int
    mean: float
    spread: float
    reliability: float


@cache
def reliability(instrument_id: str) -> float:
    """The highest Cronbach's alpha that is on record for a questionnaire, or 0.9 where none is.

    Examples
    --------
    >>> reliability("phq9"), reliability("gad7")
    (0.89, 0.92)
    """
    found = [norm.value for norm in instrument(instrument_id).norms if norm.statistic == "Cronbach's alpha"]
    return max(found, default=_USUAL_RELIABILITY)


@cache
def scale(instrument_id: str) -> Scale:
    """One questionnaire with made-up first scores that lie above its cut-off.

    Examples
    --------
    >>> scale("pcl5").snomed, scale("mobility_inventory_alone").decimals
    ('491581000000104', 2)
    """
    one = instrument(instrument_id)
    low, high = one.low, one.high
    assert low is not None, f"Unhandled {instrument_id}"
    assert high is not None, f"Unhandled {instrument_id}"
    cut_off = next((each.value for each in one.thresholds if each.kind == CASENESS), (low + high) / 3)
    return Scale(
        id=one.id,
        snomed=one.snomed,
        low=low,
        high=high,
        decimals=one.decimals,
        mean=cut_off + _ABOVE_CUT_OFF * (high - cut_off),
        spread=_SPREAD * (high - low),
        reliability=reliability(instrument_id),
    )
